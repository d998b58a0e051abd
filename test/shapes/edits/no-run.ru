#+ summary: The graph holds no run: everything else has nothing to stand on.
#+ finds: pipeline-runs#one vam:PipelineRun
DELETE DATA { <urn:uuid:019abcde-0000-7000-8000-000000000001> a vam:PipelineRun }
