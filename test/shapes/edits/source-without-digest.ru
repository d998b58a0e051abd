#+ summary: The source file is known by name only: every version of a component that it defines is as vague.
#+ finds: components#plans <ni:///sha-256;Eglw2BKDbxmIhiVYekYGpa0jzvMchoTmAXcVUlSPxrk>
#+ finds: components#plans <ni:///sha-256;8c8v1cholRKNVZCIJZoTLU1GiaTWrk4DORADk0OOyYY>
#+ finds: components#plans <ni:///sha-256;wPF3nBbSa6ySxOMv44XUIU2jnnvW-HqnpM4r74-2ae0>
#+ finds: components#plans <ni:///sha-256;VvDlsoR8OgscS2uJ3836MHEsV-Tiiv4KyqGxI9CcDP4>
#+ finds: components#plans <ni:///sha-256;Z5Ba08wt1SsfX2ptKBTeA5Zhiym0I4ua9SB662mTbm0>
#+ finds: pipeline-version#digest <ni:///sha-256;pTbZIr-MMhwf_N6wXooOh8_p9CcUY4xdAXmeoTPgMW8>
DELETE WHERE { <ni:///sha-256;pTbZIr-MMhwf_N6wXooOh8_p9CcUY4xdAXmeoTPgMW8> vam:sha256 ?hex }
