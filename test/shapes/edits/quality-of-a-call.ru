#+ summary: The quality may be a call's.
DELETE DATA { run:quality-1 dqv:computedOn run:file-2 } ; INSERT DATA { run:quality-1 dqv:computedOn run:call-5 }
