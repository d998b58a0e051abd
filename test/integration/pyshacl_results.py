"""Validates data files against shapes files with pySHACL: prints what each finds as JSON.

Usage: pyshacl_results.py SHAPES.ttl... -- DATA.nt...
"""
import json
import sys

from pyshacl import validate
from rdflib import Graph
from rdflib.namespace import SH


def read(files):
    graph = Graph()
    for file in files:
        graph.parse(file)
    return graph


def results(data, shapes):
    _, report, _ = validate(data, shacl_graph=shapes, meta_shacl=False, advanced=False)
    # Not the details of a result, which are results too.
    for result in report.objects(None, SH.result):
        yield {
            "focusNode": report.value(result, SH.focusNode),
            "value": report.value(result, SH.value),
            "shape": report.value(result, SH.sourceShape),
            "component": report.value(result, SH.sourceConstraintComponent),
            "severity": report.value(result, SH.resultSeverity),
        }


files = sys.argv[1:]
at = files.index("--")
shapes = read(files[:at])
# Well-formed by pySHACL's own judgement too.
validate(Graph(), shacl_graph=shapes, meta_shacl=True)
json.dump([list(results(read([file]), shapes)) for file in files[at + 1 :]], sys.stdout)
