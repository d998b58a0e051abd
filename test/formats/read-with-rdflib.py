"""Reads a file with rdflib and prints its quads as JSON lines; then, if asked, what python `prov` finds in it."""
import json
import sys

import rdflib

rdflib.NORMALIZE_LITERALS = False


def term(node):
    if isinstance(node, rdflib.Literal):
        return ["literal", str(node), str(node.datatype or ""), node.language or ""]
    return ["blank" if isinstance(node, rdflib.BNode) else "iri", str(node)]


def main(path, syntax):
    dataset = rdflib.Dataset()
    dataset.parse(path, format=syntax)
    for subject, predicate, value, graph in dataset.quads():
        name = "" if graph is None or str(graph) == "urn:x-rdflib:default" else str(graph)
        print(json.dumps([term(subject), term(predicate), term(value), name]))


def count(path, syntax):
    import warnings

    from prov.model import ProvDocument

    warnings.simplefilter("ignore")
    document = ProvDocument.deserialize(path, format="rdf", rdf_format=syntax)
    counts = {}
    for container in [document, *document.bundles]:
        for record in container.get_records():
            name = type(record).__name__
            counts[name] = counts.get(name, 0) + 1
    print(json.dumps(counts))


if __name__ == "__main__":
    (count if sys.argv[1] == "prov" else main)(sys.argv[2], sys.argv[3])
