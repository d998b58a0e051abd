#+ summary: The graph holds a second run, which tells nothing of itself.
#+ finds: pipeline-runs#one vam:PipelineRun
#+ finds: pipeline-runs#start run:other
#+ finds: pipeline-runs#status run:other
#+ finds: pipeline-runs#command-line run:other
#+ finds: pipeline-runs#working-directory run:other
#+ finds: pipeline-runs#agent run:other
#+ finds: pipeline-runs#end run:other
#+ finds: pipelines#plan run:other
#+ finds: pipeline-version#sources run:other
#+ finds: runtime-environment#environment run:other
#+ finds: runtime-environment#versions run:other
#+ finds: resource-consumption#wall run:other
#+ finds: resource-consumption#cpu run:other
#+ finds: resource-consumption#memory run:other
#+ finds: quality-metrics run:other
#+ notes: components#any run:other
#+ notes: data-sources#any run:other
#+ notes: data-products#any run:other
#+ notes: intermediate-results#any run:other
#+ notes: parameters#any run:other
#+ notes: data-source-metadata#any run:other
#+ notes: data-product-metadata#any run:other
#+ notes: intermediate-result-metadata#any run:other
#+ notes: data-flow#any run:other
INSERT DATA { run:other a vam:PipelineRun }
