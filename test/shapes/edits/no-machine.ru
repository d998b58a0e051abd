#+ summary: The environment does not say its machine.
#+ finds: runtime-environment#machine <ni:///sha-256;ulKFFhum7tAIX7E3hM5ckvcOvCaLlP1mqh1ooyiEIE0>
DELETE WHERE { <ni:///sha-256;ulKFFhum7tAIX7E3hM5ckvcOvCaLlP1mqh1ooyiEIE0> vam:machine ?machine }
