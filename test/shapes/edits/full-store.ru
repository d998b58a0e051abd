#+ summary: The store holds enough of everything.
INSERT DATA { <urn:vampira:store> a vam:Store ; vam:completedRunsOfThisPipeline 3 ; vam:otherRuns 7 ; vam:otherPipelines 2 }
