#+ summary: A value was returned, and no call is said to have returned it.
#+ finds: intermediate-results#generated-once run:value-2
DELETE DATA { run:value-2 prov:wasGeneratedBy run:call-2 }
