#+ summary: The caller may have made what it passed on of what its callees returned: possible lineage is lineage.
#+ notes: intermediate-results#any <urn:uuid:019abcde-0000-7000-8000-000000000001>
#+ notes: intermediate-result-metadata#any <urn:uuid:019abcde-0000-7000-8000-000000000001>
DELETE DATA { run:call-5 prov:used run:value-4, run:file-3 . run:call-5-in-0 prov:entity run:value-4 } ;
INSERT DATA { run:call-5 prov:used run:value-9 . run:call-5-in-0 prov:entity run:value-9 . run:value-9 a prov:Entity, vam:Value ; vam:valueType "list" }
