#+ summary: A completed run has no end.
#+ finds: pipeline-runs#end <urn:uuid:019abcde-0000-7000-8000-000000000001>
DELETE WHERE { <urn:uuid:019abcde-0000-7000-8000-000000000001> prov:endedAtTime ?end }
