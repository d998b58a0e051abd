#+ summary: A program of no package is named by its bytes, which is version enough.
DELETE DATA { run:call-3-association prov:hadPlan <pkg:deb/debian/source-extractor@2.25.0#usr/bin/source-extractor> } ;
INSERT DATA {
  run:call-3-association prov:hadPlan <ni:///sha-256;ExDKLIky29EYZovZdEJVij4fVGteFcaWmd-9YCT1SNg> .
  <ni:///sha-256;ExDKLIky29EYZovZdEJVij4fVGteFcaWmd-9YCT1SNg> a vam:ComponentVersion ; prov:specializationOf <urn:vampira:program:extract> .
  <urn:vampira:program:extract> a vam:Component ; schema:name "extract" ; vam:kind vam:Command
}
