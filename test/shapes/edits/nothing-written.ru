#+ summary: No file was written: there are no products to check, and an earlier run's catalogue was read.
#+ notes: data-products#any <urn:uuid:019abcde-0000-7000-8000-000000000001>
#+ notes: data-product-metadata#any <urn:uuid:019abcde-0000-7000-8000-000000000001>
#+ notes: data-flow#any <urn:uuid:019abcde-0000-7000-8000-000000000001>
DELETE { ?file ?property ?value ; prov:wasGeneratedBy ?call . ?quality dqv:computedOn ?file . ?user prov:used ?file }
INSERT { ?quality dqv:computedOn <urn:uuid:019abcde-0000-7000-8000-000000000001> }
WHERE { ?file a vam:FileVersion ; prov:wasGeneratedBy ?call ; ?property ?value . OPTIONAL { ?quality dqv:computedOn ?file } OPTIONAL { ?user prov:used ?file } }
