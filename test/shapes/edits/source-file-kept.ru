#+ summary: The store kept the text of a source file, without its secrets.
INSERT DATA { <ni:///sha-256;pTbZIr-MMhwf_N6wXooOh8_p9CcUY4xdAXmeoTPgMW8> vam:kept true ; vam:redacted true }
