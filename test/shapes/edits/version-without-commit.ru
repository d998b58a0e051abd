#+ summary: The code is under git, and the commit is not known.
#+ finds: pipeline-version#versions <ni:///sha-256;I78NJEpMtiyF_Dqg6Ov46365cFIqUTJq3xrAFfxzjHw>
DELETE WHERE { <ni:///sha-256;I78NJEpMtiyF_Dqg6Ov46365cFIqUTJq3xrAFfxzjHw> vam:commit ?commit }
