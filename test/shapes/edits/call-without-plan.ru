#+ summary: One call does not say what was called.
#+ finds: components#plan run:call-5 stars.py:47
DELETE DATA { run:call-5-association prov:hadPlan <ni:///sha-256;VvDlsoR8OgscS2uJ3836MHEsV-Tiiv4KyqGxI9CcDP4> }
