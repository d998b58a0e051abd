#+ summary: A redacted value counts as recorded, with a value that says so or without one.
DELETE DATA { run:call-4-in-1 prov:entity run:value-3 } ; INSERT DATA { run:call-4-in-1 vam:redacted true }
