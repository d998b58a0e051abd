#+ summary: No call was recorded at all.
#+ notes: components#any <urn:uuid:019abcde-0000-7000-8000-000000000001>
#+ notes: parameters#any <urn:uuid:019abcde-0000-7000-8000-000000000001>
#+ notes: data-sources#any <urn:uuid:019abcde-0000-7000-8000-000000000001>
#+ notes: data-products#any <urn:uuid:019abcde-0000-7000-8000-000000000001>
#+ notes: intermediate-results#any <urn:uuid:019abcde-0000-7000-8000-000000000001>
#+ notes: data-source-metadata#any <urn:uuid:019abcde-0000-7000-8000-000000000001>
#+ notes: data-product-metadata#any <urn:uuid:019abcde-0000-7000-8000-000000000001>
#+ notes: intermediate-result-metadata#any <urn:uuid:019abcde-0000-7000-8000-000000000001>
#+ notes: data-flow#any <urn:uuid:019abcde-0000-7000-8000-000000000001>
#+ finds: quality-metrics <urn:uuid:019abcde-0000-7000-8000-000000000001>
DELETE { ?node ?property ?value }
WHERE {
  VALUES ?class { vam:Call vam:CallGroup vam:Value vam:FileVersion vam:Parameter vam:Setting prov:Usage prov:Generation }
  ?node a ?class ; ?property ?value
}
