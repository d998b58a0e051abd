"""The part of JSON Schema (2020-12) that contract/journal.schema.json uses."""

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
_KNOWN = frozenset((
    "$schema", "$id", "$ref", "$defs", "title", "description", "type", "required", "oneOf", "properties", "enum",
    "additionalProperties", "const", "items", "prefixItems", "minItems", "maxItems", "minimum", "pattern",
))  # fmt: skip

with open(os.path.join(ROOT, "contract", "journal.schema.json")) as file:
    SCHEMA = json.load(file)


def why_not(value, schema=SCHEMA):
    """Why a value does not conform, or None if it does."""
    unknown = set(schema) - _KNOWN
    if unknown:
        raise NotImplementedError("schema words %s" % sorted(unknown))
    if "$ref" in schema:
        return why_not(value, SCHEMA["$defs"][schema["$ref"].rsplit("/", 1)[1]])
    if "oneOf" in schema:
        reasons = [why_not(value, one) for one in schema["oneOf"]]
        if reasons.count(None) != 1:
            return "%d of oneOf hold: %s" % (reasons.count(None), [reason for reason in reasons if reason][:30])
    if "const" in schema and (value != schema["const"] or type(value) is not type(schema["const"])):
        return "%r is not %r" % (value, schema["const"])
    if "enum" in schema and value not in schema["enum"]:
        return "%r is none of %r" % (value, schema["enum"])
    if "type" in schema:
        kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        if not any(_TYPES[kind](value) for kind in kinds):
            return "%r is no %s" % (value, kinds)
    if "minimum" in schema and _TYPES["number"](value) and value < schema["minimum"]:
        return "%r is below %r" % (value, schema["minimum"])
    if "pattern" in schema and isinstance(value, str) and not re.search(schema["pattern"], value):
        return "%r does not match %s" % (value, schema["pattern"])
    if isinstance(value, dict):
        for name in schema.get("required", ()):
            if name not in value:
                return "%s is missing" % name
        properties = schema.get("properties", {})
        for name, inner in value.items():
            rule = properties.get(name, schema.get("additionalProperties", True))
            if rule is False:
                return "%s is not allowed" % name
            reason = None if rule is True else why_not(inner, rule)
            if reason:
                return "%s: %s" % (name, reason)
    if isinstance(value, list):
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            return "%d items" % len(value)
        prefix = schema.get("prefixItems", [])
        for at, inner in enumerate(value):
            rule = prefix[at] if at < len(prefix) else schema.get("items", {})
            reason = why_not(inner, rule)
            if reason:
                return "[%d]: %s" % (at, reason)
    return None
