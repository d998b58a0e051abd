#+ summary: Size, format and describer of a source are not known.
#+ finds: data-source-metadata#size run:file-1 stars.py:45
#+ finds: data-source-metadata#format run:file-1
#+ finds: data-source-metadata#description run:file-1
DELETE WHERE { <ni:///sha-256;XhA4nWJjihQo4m_ExDw7uurm4TmcIxeesxg9T-L2qyk> vam:sizeBytes ?size ; dcterms:format ?format ; vam:describedBy ?describer }
