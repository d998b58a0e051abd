#+ summary: A setting is there and says nothing.
#+ finds: parameters#of-groups run:calls-1
DELETE WHERE { run:calls-1-setting-1 vam:histogram ?histogram }
