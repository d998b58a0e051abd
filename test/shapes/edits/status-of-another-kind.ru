#+ summary: The status is none of the three.
#+ finds: pipeline-runs#status <urn:uuid:019abcde-0000-7000-8000-000000000001>
DELETE DATA { <urn:uuid:019abcde-0000-7000-8000-000000000001> vam:status vam:Completed } ; INSERT DATA { <urn:uuid:019abcde-0000-7000-8000-000000000001> vam:status vam:Adaptive }
