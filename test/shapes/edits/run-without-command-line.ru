#+ summary: Nobody knows how the run was started. (No product then leads back to an argument, but all lead to a file.)
#+ finds: pipeline-runs#command-line <urn:uuid:019abcde-0000-7000-8000-000000000001>
DELETE WHERE { <urn:uuid:019abcde-0000-7000-8000-000000000001> vam:commandLine ?commandLine }
