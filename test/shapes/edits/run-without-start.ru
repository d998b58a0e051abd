#+ summary: Nobody wrote down when the run started.
#+ finds: pipeline-runs#start <urn:uuid:019abcde-0000-7000-8000-000000000001>
DELETE WHERE { <urn:uuid:019abcde-0000-7000-8000-000000000001> prov:startedAtTime ?start }
