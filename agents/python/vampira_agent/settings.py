"""Which objects hold settings, and how their fields are read without running the user's code.

Dataclasses, attrs, pydantic, named tuples, namespaces, dictionaries of a class, OmegaConf, configparser, and classes of
nothing but values. Attributes are read from the object's own dictionary and slots by CPython's descriptors: no property,
no `__getattr__`.
"""

from .attributes import attribute_reader, attributes_of
from .places import module_names
from .raw_type import bases_of, is_made_from, members_of, module_of, root_of, type_name

_KINDS_KEPT = 1000
_Slot = type(type(type_name).__dict__["__globals__"])
# Attributes by which a class is known as one that holds settings: dataclasses, attrs, pydantic 2 and 1.
_MARKS = ("__dataclass_fields__", "__attrs_attrs__", "__pydantic_fields__", "__fields_set__")
# Their objects never change, and say what they are in a few words.
_PLAIN_LIBRARIES = frozenset(("pathlib", "datetime", "decimal", "uuid"))
_NAMESPACES = frozenset(("types.SimpleNamespace", "argparse.Namespace", "optparse.Values"))
_nothing = object()


def _kept(find):
    """A function of a type that keeps what it has found."""
    # Address of a type → (the type, what was found). By address: a metaclass may define a hash.
    known = {}

    def kept(kind):
        entry = known.get(id(kind))
        if entry is None:
            if len(known) > _KINDS_KEPT:
                known.clear()
            entry = known[id(kind)] = (kind, find(kind))
        return entry[1]

    return kept


@_kept
def is_enum(kind):
    """Whether a type is an enum: its objects are the members."""
    return any(type_name(base) == "enum.Enum" for base in bases_of(kind))


@_kept
def is_plain(kind):
    """Whether a type's objects never change and are told in a few words: members of enums, paths, dates."""
    return is_enum(kind) or root_of(kind) in _PLAIN_LIBRARIES


def read_items(x):
    """(name, value) for each item of a dictionary."""
    return [*dict.items(x)]


@_kept
def reader_of(kind):
    """The function that gives (name, value) for each field of an object of this type; None if it holds no settings.

    Where it reads nothing but a dictionary, or nothing but slots, its `glance` is a quick function that gives what the
    object holds, as it stands: that dictionary, or a list.
    """
    name = type_name(kind)
    if name in _NAMESPACES:
        return _attribute_reader(kind)
    if name.startswith("omegaconf."):
        return _read_omega if name in ("omegaconf.dictconfig.DictConfig", "omegaconf.listconfig.ListConfig") else None
    if name == "configparser.ConfigParser":
        return _read_sections
    members = [members_of(base) for base in bases_of(kind)]
    if is_made_from(kind, tuple):
        names = next((each["_fields"] for each in members if type(each.get("_fields")) is tuple), None)
        return _tuple_reader(names) if names and all(type(each) is str for each in names) else None
    if is_made_from(kind, dict):
        return read_items
    if any(mark in each for mark in _MARKS for each in members):
        return _attribute_reader(kind)
    if any(type_name(base) in _NAMESPACES for base in bases_of(kind)):
        return _attribute_reader(kind)
    if module_of(kind) in module_names and _holds_only_values(members[:-1]):
        return _class_reader(members[:-1])
    return None


def _slots_of(kind):
    """(name, function that reads it) of the slots of a type."""
    slots = []
    for base in bases_of(kind):
        for name, member in members_of(base).items():
            if type(member) is _Slot and type(name) is str and not name.startswith("_"):
                slots.append((name, member.__get__))
    return slots


def _attribute_reader(kind):
    """Reads the object's own dictionary, and its slots."""
    slots = _slots_of(kind)
    read = attribute_reader(kind)

    def read_attributes(x):
        # Read at every call that gets the object: so without a function for each name.
        own = None if read is None else read(x)
        items = [item for item in own.items() if type(item[0]) is str and item[0][:1] != "_"] if type(own) is dict else []
        for name, get in slots:
            try:
                items.append((name, get(x)))
            except AttributeError:
                # Not set yet.
                pass
        return items

    if not slots:
        read_attributes.glance = read
    elif read is None:
        getters = [get for _, get in slots]
        read_attributes.glance = lambda x: [get(x) for get in getters]
    return read_attributes


def _tuple_reader(names):
    def read(x):
        return [*zip(names, tuple.__iter__(x))]

    return read


def _holds_only_values(members):
    """Whether classes have no function, property or other descriptor of their own: then they are mere namespaces."""
    found = False
    for each in members:
        for name, value in each.items():
            if _is_private(name):
                if name == "__init__" or name == "__new__" or name == "__slots__":
                    return False
            elif any("__get__" in members_of(base) for base in bases_of(type(value))):
                return False
            else:
                found = True
    return found


def _class_reader(members):
    """Reads what the classes say, and the object's own attributes instead where it has them."""
    return lambda x: _values_of(members, attributes_of(x))


def read_class(x):
    """(name, value) for each value of a class of the user's that holds only values; None for any other class."""
    if module_of(x) not in module_names:
        return None
    members = [members_of(base) for base in bases_of(x)[:-1]]
    return _values_of(members, {}) if _holds_only_values(members) else None


def _values_of(members, own):
    found = {}
    for each in reversed(members):
        found.update(each)
    found.update(own)
    return [item for item in found.items() if not _is_private(item[0])]


def _read_omega(x):
    """The nodes of OmegaConf, as they were written: an interpolation stays one."""
    content = _attribute(x, "_content")
    if type(content) is dict:
        pairs = [*content.items()]
    elif type(content) is list:
        pairs = [(str(at), node) for at, node in enumerate(content)]
    else:
        return []
    items = []
    for key, node in pairs:
        value = _attribute(node, "_val")
        items.append((key if type(key) is str else str(key) if type(key) is int else "", node if value is _nothing else value))
    return items


def _attribute(x, name):
    return attributes_of(x).get(name, _nothing)


def _read_sections(x):
    sections = _attribute(x, "_sections")
    return [*sections.items()] if type(sections) is dict else []


def _is_private(name):
    return type(name) is not str or name.startswith("_")
