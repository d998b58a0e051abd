#+ summary: Size, format and describer of an intermediate file, which is a product too, are not known.
#+ finds: intermediate-result-metadata#size run:file-3 stars.py:46
#+ finds: intermediate-result-metadata#format run:file-3
#+ finds: intermediate-result-metadata#description run:file-3
#+ finds: data-product-metadata#size run:file-3
#+ finds: data-product-metadata#format run:file-3
#+ finds: data-product-metadata#description run:file-3
DELETE WHERE { <ni:///sha-256;xi-lLFKn1eNqiEsE33Ubj6PdfA1ZTMxl4laOeDKr7ak> vam:sizeBytes ?size ; dcterms:format ?format ; vam:describedBy ?describer }
