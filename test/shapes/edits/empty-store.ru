#+ summary: The store holds nothing but what is asked about.
#+ finds: records-of-same-pipeline#completed-runs <urn:vampira:store>
#+ finds: records-of-other-pipelines#other-pipelines <urn:vampira:store>
#+ finds: records-of-other-pipelines#other-runs <urn:vampira:store>
INSERT DATA { <urn:vampira:store> a vam:Store ; vam:completedRunsOfThisPipeline 0 ; vam:otherRuns 0 ; vam:otherPipelines 0 }
