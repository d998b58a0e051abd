#+ summary: A run of external programs alone needs no packages.
#+ notes: parameters#any <urn:uuid:019abcde-0000-7000-8000-000000000001>
#+ notes: intermediate-results#any <urn:uuid:019abcde-0000-7000-8000-000000000001>
#+ notes: intermediate-result-metadata#any <urn:uuid:019abcde-0000-7000-8000-000000000001>
DELETE { ?node ?property ?value }
WHERE {
  VALUES ?class { vam:Call vam:CallGroup vam:Value vam:FileVersion vam:Parameter vam:Setting prov:Usage prov:Generation }
  ?node a ?class ; ?property ?value
  FILTER (?node NOT IN (run:call-3, run:file-1, run:file-2))
} ;
DELETE WHERE { run:call-3 vam:calledBy ?caller } ;
DELETE { ?environment vam:package ?package } WHERE { ?environment a vam:Environment ; vam:package ?package }
