#+ summary: User code without the lines it stands in.
#+ finds: components#plans <ni:///sha-256;wPF3nBbSa6ySxOMv44XUIU2jnnvW-HqnpM4r74-2ae0> stars.py
DELETE WHERE { <ni:///sha-256;wPF3nBbSa6ySxOMv44XUIU2jnnvW-HqnpM4r74-2ae0> vam:startLine ?line }
