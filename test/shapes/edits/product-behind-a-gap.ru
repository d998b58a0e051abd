#+ summary: What came before could not be seen, and the record says so.
INSERT DATA {
  run:call-6 a prov:Activity, provone:Execution, vam:Call ; provone:wasPartOf <urn:uuid:019abcde-0000-7000-8000-000000000001> ; prov:startedAtTime "2026-11-24T09:00:04.2Z"^^xsd:dateTime ;
    prov:endedAtTime "2026-11-24T09:00:04.3Z"^^xsd:dateTime ; vam:status vam:Completed ; vam:wallSeconds 0.1 ; vam:gap run:call-6-gap-1 ;
    prov:qualifiedAssociation run:call-6-association .
  run:call-6-association prov:agent run:process-1 ; prov:hadPlan <ni:///sha-256;Eglw2BKDbxmIhiVYekYGpa0jzvMchoTmAXcVUlSPxrk> .
  run:call-6-gap-1 a prov:Entity, vam:CaptureGap ; vam:reason "A thread of a library wrote it" .
  run:file-7 a prov:Entity, vam:FileVersion ; prov:specializationOf <ni:///sha-256;fwcSNYBfv1iiUk93v_duE5HQ0c_i9MGQ1zBUSV4FtGA> ; vam:path "noise.png" ; prov:wasGeneratedBy run:call-6
}
