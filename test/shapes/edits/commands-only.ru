#+ summary: A run of external programs alone needs no packages.
#+ notes: parameters#any <urn:uuid:019abcde-0000-7000-8000-000000000001>
#+ notes: intermediate-results#any <urn:uuid:019abcde-0000-7000-8000-000000000001>
#+ notes: intermediate-result-metadata#any <urn:uuid:019abcde-0000-7000-8000-000000000001>
DELETE { ?call provone:wasPartOf <urn:uuid:019abcde-0000-7000-8000-000000000001> . ?environment vam:package ?package }
WHERE { { ?call provone:wasPartOf <urn:uuid:019abcde-0000-7000-8000-000000000001> FILTER (?call != run:call-3) } UNION { ?environment a vam:Environment ; vam:package ?package } }
