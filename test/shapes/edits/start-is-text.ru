#+ summary: The start is a text, not a time.
#+ finds: pipeline-runs#start <urn:uuid:019abcde-0000-7000-8000-000000000001>
DELETE { <urn:uuid:019abcde-0000-7000-8000-000000000001> prov:startedAtTime ?start } INSERT { <urn:uuid:019abcde-0000-7000-8000-000000000001> prov:startedAtTime "yesterday" } WHERE { <urn:uuid:019abcde-0000-7000-8000-000000000001> prov:startedAtTime ?start }
