#+ summary: No package has a version, not even the interpreter's.
#+ finds: runtime-environment#package-version <pkg:pypi/astropy@5.2.1>
#+ finds: runtime-environment#package-version <pkg:generic/cpython@3.11.7>
#+ finds: runtime-environment#versions <urn:uuid:019abcde-0000-7000-8000-000000000001>
#+ finds: components#plans <pkg:deb/debian/source-extractor@2.25.0#usr/bin/source-extractor>
DELETE WHERE { ?package schema:softwareVersion ?version }
