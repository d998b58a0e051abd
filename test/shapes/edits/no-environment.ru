#+ summary: Nobody knows where the run took place.
#+ finds: runtime-environment#environment <urn:uuid:019abcde-0000-7000-8000-000000000001>
#+ finds: runtime-environment#interpreted <urn:uuid:019abcde-0000-7000-8000-000000000001>
DELETE WHERE { <urn:uuid:019abcde-0000-7000-8000-000000000001> vam:environment ?environment }
