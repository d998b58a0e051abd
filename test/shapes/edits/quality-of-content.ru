#+ summary: The quality of a product's content is the product's.
DELETE DATA { run:quality-1 dqv:computedOn run:file-2 } ; INSERT DATA { run:quality-1 dqv:computedOn <ni:///sha-256;fwcSNYBfv1iiUk93v_duE5HQ0c_i9MGQ1zBUSV4FtGA> }
