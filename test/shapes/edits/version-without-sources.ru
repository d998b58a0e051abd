#+ summary: The version of the pipeline does not say what it was made of.
#+ finds: pipeline-version#sources <urn:uuid:019abcde-0000-7000-8000-000000000001>
DELETE WHERE { <ni:///sha-256;I78NJEpMtiyF_Dqg6Ov46365cFIqUTJq3xrAFfxzjHw> dcterms:hasPart ?part }
