#+ summary: A call that ended does not say how long it took.
#+ finds: resource-consumption#calls run:call-5 stars.py:47
DELETE WHERE { run:call-5 vam:wallSeconds ?wall }
