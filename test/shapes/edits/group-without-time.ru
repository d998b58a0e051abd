#+ summary: A group of calls does not say how long they took.
#+ finds: resource-consumption#calls run:calls-1 stars.py:8
DELETE WHERE { run:calls-1 vam:wallSeconds ?wall ; prov:endedAtTime ?end }
