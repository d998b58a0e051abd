#+ summary: A file that the run is known to have read, by no call that was seen, has no content.
#+ finds: data-sources#used-by-run run:file-9
INSERT DATA { <urn:uuid:019abcde-0000-7000-8000-000000000001> prov:used run:file-9 . run:file-9 a prov:Entity, vam:FileVersion ; vam:path "b.fits" }
