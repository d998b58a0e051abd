#+ summary: A package that was loaded has no version.
#+ finds: runtime-environment#package-version <pkg:pypi/astropy@5.2.1>
DELETE DATA { <pkg:pypi/astropy@5.2.1> schema:softwareVersion "5.2.1" }
