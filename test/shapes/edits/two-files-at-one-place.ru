#+ summary: A file was written over, and the old version is not said to be gone.
#+ finds: intermediate-results#one-file run:path-4
INSERT DATA {
  run:file-6 a prov:Entity, vam:FileVersion ; prov:atLocation run:path-4 ; prov:specializationOf <ni:///sha-256;fwcSNYBfv1iiUk93v_duE5HQ0c_i9MGQ1zBUSV4FtGA> ; vam:path "a.png" ; prov:wasGeneratedBy run:call-4
}
