#+ summary: A component does not say what it is.
#+ finds: components#kind <ni:///sha-256;Z5Ba08wt1SsfX2ptKBTeA5Zhiym0I4ua9SB662mTbm0> stars.py:8
DELETE DATA { comp:clip vam:kind vam:Function }
