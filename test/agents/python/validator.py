"""The part of JSON Schema (2020-12) that contract/journal.schema.json uses.

A schema is turned into functions once. Tests check tens of thousands of lines, and to look up the words of the schema
again for each of them took most of the time of a suite.
"""

import json
import os
import re

from running import ROOT

_TYPES = {
    "object": lambda x: isinstance(x, dict),
    "array": lambda x: isinstance(x, list),
    "string": lambda x: isinstance(x, str),
    "integer": lambda x: isinstance(x, int) and not isinstance(x, bool),
    "number": lambda x: isinstance(x, (int, float)) and not isinstance(x, bool),
    "boolean": lambda x: isinstance(x, bool),
    "null": lambda x: x is None,
}
_NOTES = frozenset(("$schema", "$id", "$defs", "title", "description"))

with open(os.path.join(ROOT, "contract", "journal.schema.json")) as file:
    SCHEMA = json.load(file)
_definitions = {}


def why_not(value):
    """Why a value is not a line of the journal, or None if it is one."""
    return _definition("")(value)


def _definition(name):
    """The check of the schema of this name under $defs; of the whole schema for an empty name."""
    check = _definitions.get(name)
    if check is None:
        # A definition may refer to itself. Until its check is finished, this function stands for it.
        _definitions[name] = lambda value: _definitions[name](value)
        check = _definitions[name] = check_of(SCHEMA["$defs"][name] if name else SCHEMA)
    return check


def check_of(schema):
    """A function that gives the reason why a value does not conform to a schema, or None."""
    if "$ref" in schema:
        return _definition(schema["$ref"].rsplit("/", 1)[1])
    unknown = set(schema) - set(_RULES) - _NOTES
    if unknown:
        raise NotImplementedError("schema words %s" % sorted(unknown))
    # Words that share a rule are checked together, once.
    checks = [rule(schema) for rule in dict.fromkeys(rule for word, rule in _RULES.items() if word in schema)]

    def check(value):
        for one in checks:
            reason = one(value)
            if reason:
                return reason
        return None

    return check


def _one_of(schema):
    branches = [(_constants(branch), check_of(branch)) for branch in schema["oneOf"]]

    def check(value):
        # Most branches want another `kind` or `$`. That is compared first, which makes this quick.
        reasons = [
            "%s is another" % word if word and (not isinstance(value, dict) or value.get(word) not in wanted) else one(value)
            for (word, wanted), one in branches
        ]
        if reasons.count(None) == 1:
            return None
        return "%d of oneOf hold: %s" % (reasons.count(None), [reason for reason in reasons if reason][:30])

    return check


def _constants(branch):
    """The word that a branch requires to have one of some values, and those values."""
    if "$ref" in branch:
        branch = SCHEMA["$defs"][branch["$ref"].rsplit("/", 1)[1]]
    for word in branch.get("required", ()) if branch.get("type") == "object" else ():
        rule = branch.get("properties", {}).get(word, {})
        if "const" in rule or "enum" in rule:
            return word, rule.get("enum", [rule.get("const")])
    return None, ()


def _const(schema):
    wanted = schema["const"]
    return lambda value: "%r is not %r" % (value, wanted) if value != wanted or type(value) is not type(wanted) else None


def _enum(schema):
    return lambda value: "%r is none of %r" % (value, schema["enum"]) if value not in schema["enum"] else None


def _type(schema):
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    tests = [_TYPES[kind] for kind in kinds]
    return lambda value: None if any(test(value) for test in tests) else "%r is no %s" % (value, kinds)


def _minimum(schema):
    least = schema["minimum"]
    return lambda value: "%r is below %r" % (value, least) if _TYPES["number"](value) and value < least else None


def _pattern(schema):
    search = re.compile(schema["pattern"]).search
    return lambda value: (
        "%r does not match %s" % (value, schema["pattern"]) if isinstance(value, str) and not search(value) else None
    )


def _required(schema):
    def check(value):
        for name in schema["required"] if isinstance(value, dict) else ():
            if name not in value:
                return "%s is missing" % name
        return None

    return check


def _properties(schema):
    rules = {name: check_of(rule) for name, rule in schema.get("properties", {}).items()}
    other = schema.get("additionalProperties", True)
    others = check_of(other) if isinstance(other, dict) else None

    def check(value):
        for name, inner in value.items() if isinstance(value, dict) else ():
            rule = rules.get(name, others)
            if rule is None:
                if other is False:
                    return "%s is not allowed" % name
                continue
            reason = rule(inner)
            if reason:
                return "%s: %s" % (name, reason)
        return None

    return check


def _items(schema):
    first = [check_of(rule) for rule in schema.get("prefixItems", [])]
    rest = check_of(schema.get("items", {}))
    least, most = schema.get("minItems", 0), schema.get("maxItems", float("inf"))

    def check(value):
        if not isinstance(value, list):
            return None
        if not least <= len(value) <= most:
            return "%d items" % len(value)
        for at, inner in enumerate(value):
            reason = (first[at] if at < len(first) else rest)(inner)
            if reason:
                return "[%d]: %s" % (at, reason)
        return None

    return check


_RULES = {
    "oneOf": _one_of,
    "const": _const,
    "enum": _enum,
    "type": _type,
    "minimum": _minimum,
    "pattern": _pattern,
    "required": _required,
    "properties": _properties,
    "additionalProperties": _properties,
    "items": _items,
    "prefixItems": _items,
    "minItems": _items,
    "maxItems": _items,
}
