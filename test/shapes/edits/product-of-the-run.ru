#+ summary: Nobody saw which call wrote the picture.
#+ finds: data-products#generated-by-run run:file-4
#+ finds: data-flow#generated-by-run run:file-4
DELETE DATA { run:file-4 prov:wasGeneratedBy run:call-5 } ; INSERT DATA { run:file-4 prov:wasGeneratedBy <urn:uuid:019abcde-0000-7000-8000-000000000001> }
