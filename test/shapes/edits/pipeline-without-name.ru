#+ summary: The pipeline has no name.
#+ finds: pipelines#name <ni:///sha-256;I78NJEpMtiyF_Dqg6Ov46365cFIqUTJq3xrAFfxzjHw>
DELETE DATA { pipe:stars schema:name "stars" }
