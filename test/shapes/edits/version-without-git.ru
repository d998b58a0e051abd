#+ summary: Code that is under no version control has no commit.
DELETE WHERE { <ni:///sha-256;I78NJEpMtiyF_Dqg6Ov46365cFIqUTJq3xrAFfxzjHw> vam:commit ?commit ; vam:uncommittedChanges ?changes ; schema:codeRepository ?repository }
