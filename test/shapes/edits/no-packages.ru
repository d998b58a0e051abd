#+ summary: Python ran, and the packages it had loaded are not known.
#+ finds: runtime-environment#interpreted <urn:uuid:019abcde-0000-7000-8000-000000000001>
DELETE WHERE { <ni:///sha-256;ulKFFhum7tAIX7E3hM5ckvcOvCaLlP1mqh1ooyiEIE0> vam:package ?package }
