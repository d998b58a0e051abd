#+ summary: The graph holds no run: its calls have nothing to hang on.
#+ finds: pipeline-runs#one vam:PipelineRun
#+ finds: components#run-of-call run:call-1
#+ finds: components#run-of-call run:call-2
#+ finds: components#run-of-call run:call-3
#+ finds: components#run-of-call run:call-4
#+ finds: components#run-of-call run:call-5
#+ finds: components#run-of-call run:calls-1
DELETE DATA { <urn:uuid:019abcde-0000-7000-8000-000000000001> a vam:PipelineRun }
