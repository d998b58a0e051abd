#+ summary: The store kept no text of a source file.
#+ notes: pipeline-version#kept <ni:///sha-256;pTbZIr-MMhwf_N6wXooOh8_p9CcUY4xdAXmeoTPgMW8>
INSERT DATA { <ni:///sha-256;pTbZIr-MMhwf_N6wXooOh8_p9CcUY4xdAXmeoTPgMW8> vam:kept false ; vam:notKeptBecause "nothing was to be kept" }
