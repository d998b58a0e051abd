#+ summary: Nothing was measured for its quality.
#+ finds: quality-metrics <urn:uuid:019abcde-0000-7000-8000-000000000001>
DELETE DATA { run:quality-1 dqv:computedOn run:file-2 }
