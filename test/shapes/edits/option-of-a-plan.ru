#+ summary: No call is asked for an option of the command line, which only the process has that was started with it.
INSERT {
  ?plan provone:hasInPort par:extract.level .
  par:extract.level a prov:Entity, prov:Role, provone:Port, vam:Parameter, vam:Option ; schema:name "--level" ; vam:position 1 .
}
WHERE { ?plan provone:hasInPort par:extract.image }
