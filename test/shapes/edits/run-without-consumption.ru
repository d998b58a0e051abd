#+ summary: The run does not say what it consumed.
#+ finds: resource-consumption#wall <urn:uuid:019abcde-0000-7000-8000-000000000001>
#+ finds: resource-consumption#cpu <urn:uuid:019abcde-0000-7000-8000-000000000001>
#+ finds: resource-consumption#memory <urn:uuid:019abcde-0000-7000-8000-000000000001>
DELETE WHERE { <urn:uuid:019abcde-0000-7000-8000-000000000001> vam:wallSeconds ?wall ; vam:cpuSeconds ?cpu ; vam:peakMemoryBytes ?memory }
