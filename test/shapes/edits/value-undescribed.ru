#+ summary: Of an array that calls passed on neither type nor shape is known.
#+ finds: intermediate-result-metadata#value-type run:value-4 stars.py:46
#+ finds: intermediate-result-metadata#value-extent run:value-4
DELETE WHERE { run:value-4 vam:valueType ?type ; vam:shape ?shape }
