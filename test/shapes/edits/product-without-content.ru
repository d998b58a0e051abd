#+ summary: A file that was written is known by path only.
#+ finds: data-products#generated-by-calls run:file-4 stars.py:47
#+ finds: data-product-metadata#size run:file-4
#+ finds: data-product-metadata#format run:file-4
#+ finds: data-product-metadata#description run:file-4
DELETE DATA { run:file-4 prov:specializationOf <ni:///sha-256;fwcSNYBfv1iiUk93v_duE5HQ0c_i9MGQ1zBUSV4FtGA> }
