#+ summary: No component has a parameter.
#+ notes: parameters#any <urn:uuid:019abcde-0000-7000-8000-000000000001>
DELETE WHERE { ?version provone:hasInPort ?port . ?port ?property ?value }
