#+ summary: The default of a parameter was not recorded.
#+ finds: parameters#of-calls run:call-4 stars.py:46
DELETE WHERE { run:call-4 prov:qualifiedUsage run:call-4-in-1 . run:call-4-in-1 ?property ?value }
