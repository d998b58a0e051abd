#+ summary: A body wrote a file after a call below it had read one.
INSERT DATA {
  run:file-7 a prov:Entity, vam:FileVersion ; prov:specializationOf <ni:///sha-256;fwcSNYBfv1iiUk93v_duE5HQ0c_i9MGQ1zBUSV4FtGA> ; vam:path "report.png" ; prov:wasGeneratedBy run:call-1
}
