#+ summary: A group of calls says what a field of the object was that its parameter took.
DELETE { run:calls-1-setting-1 vam:parameter ?whole }
INSERT {
  run:calls-1-setting-1 vam:parameter par:clip.level .
  par:clip.level a prov:Entity, prov:Role, provone:Port, vam:Parameter ; schema:name "value.level" ; vam:position 0 ; dcterms:isPartOf ?whole .
}
WHERE { run:calls-1-setting-1 vam:parameter ?whole }
