#+ summary: A file that was read is known by path only.
#+ finds: data-sources#used-by-calls run:file-1 stars.py:45
#+ finds: data-source-metadata#size run:file-1
#+ finds: data-source-metadata#format run:file-1
#+ finds: data-source-metadata#description run:file-1
DELETE DATA { run:file-1 prov:specializationOf <ni:///sha-256;XhA4nWJjihQo4m_ExDw7uurm4TmcIxeesxg9T-L2qyk> }
