#+ summary: A component has no name.
#+ finds: components#name <ni:///sha-256;Z5Ba08wt1SsfX2ptKBTeA5Zhiym0I4ua9SB662mTbm0> stars.py:8
DELETE DATA { comp:clip schema:name "stars.clip" }
