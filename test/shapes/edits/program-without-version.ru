#+ summary: The package of a program has no version.
#+ finds: components#plans <pkg:deb/debian/source-extractor@2.25.0#usr/bin/source-extractor>
DELETE DATA { <pkg:deb/debian/source-extractor@2.25.0> schema:softwareVersion "2.25.0" }
