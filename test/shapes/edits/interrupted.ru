#+ summary: An interrupted run needs no end, and its open call no time.
DELETE { <urn:uuid:019abcde-0000-7000-8000-000000000001> prov:endedAtTime ?end ; vam:status ?status . run:call-1 prov:endedAtTime ?callEnd ; vam:wallSeconds ?wall ; vam:status ?callStatus }
INSERT { <urn:uuid:019abcde-0000-7000-8000-000000000001> vam:status vam:Interrupted . run:call-1 vam:status vam:Interrupted }
WHERE { <urn:uuid:019abcde-0000-7000-8000-000000000001> prov:endedAtTime ?end ; vam:status ?status . run:call-1 prov:endedAtTime ?callEnd ; vam:wallSeconds ?wall ; vam:status ?callStatus }
