#+ summary: A file that was read has no digest and says why; what is known of it stands on the version.
DELETE DATA { run:file-1 prov:specializationOf <ni:///sha-256;XhA4nWJjihQo4m_ExDw7uurm4TmcIxeesxg9T-L2qyk> } ;
INSERT DATA { run:file-1 vam:noDigestBecause "changed after" ; vam:sizeBytes 1051200 ; dcterms:format "image/fits" ; vam:describedBy vam:NoDescriber }
