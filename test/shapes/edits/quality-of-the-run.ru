#+ summary: The quality may be the whole run's.
DELETE DATA { run:quality-1 dqv:computedOn run:file-2 } ; INSERT DATA { run:quality-1 dqv:computedOn <urn:uuid:019abcde-0000-7000-8000-000000000001> }
