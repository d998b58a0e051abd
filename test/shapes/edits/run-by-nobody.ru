#+ summary: The run has no agent.
#+ finds: pipeline-runs#agent <urn:uuid:019abcde-0000-7000-8000-000000000001>
DELETE DATA { <urn:uuid:019abcde-0000-7000-8000-000000000001> prov:wasAssociatedWith agent:operator.3f21c0 }
