#+ summary: The run's plan does not say that it is a version of a pipeline.
#+ finds: pipelines#plan <urn:uuid:019abcde-0000-7000-8000-000000000001>
DELETE DATA { <ni:///sha-256;I78NJEpMtiyF_Dqg6Ov46365cFIqUTJq3xrAFfxzjHw> a vam:PipelineVersion }
