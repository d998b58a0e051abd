#+ summary: No file was read: no sources to check, and every product leads back to an argument.
#+ notes: data-sources#any <urn:uuid:019abcde-0000-7000-8000-000000000001>
#+ notes: data-source-metadata#any <urn:uuid:019abcde-0000-7000-8000-000000000001>
DELETE WHERE { ?call prov:used run:file-1 . run:file-1 ?property ?value }
