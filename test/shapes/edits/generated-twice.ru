#+ summary: Two calls are said to have written the same version of a file.
#+ finds: intermediate-results#one-generation run:file-3
INSERT DATA { run:file-3 prov:wasGeneratedBy run:call-2 }
