#+ summary: Size, format and describer of a product are not known.
#+ finds: data-product-metadata#size run:file-4 stars.py:47
#+ finds: data-product-metadata#format run:file-4
#+ finds: data-product-metadata#description run:file-4
DELETE WHERE { <ni:///sha-256;fwcSNYBfv1iiUk93v_duE5HQ0c_i9MGQ1zBUSV4FtGA> vam:sizeBytes ?size ; dcterms:format ?format ; vam:describedBy ?describer }
