#+ summary: A group of calls does not say what its parameter was.
#+ finds: parameters#of-groups run:calls-1 stars.py:8
DELETE DATA { run:calls-1 vam:setting run:calls-1-setting-1 }
