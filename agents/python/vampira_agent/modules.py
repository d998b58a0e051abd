"""Which code is the user's, and its rewritten form.

CPython first loads a module as it always does, so that its errors, warnings and caches are its own; what it would run
is then replaced by the rewritten code. Where that cannot be made, what CPython loaded runs, with a `gap` line.
"""

import os
import sys
from types import CodeType, ModuleType

from . import VERSION, journal, values
from .calls import Component, places
from .failures import names
from .text import base64, quote, quote_text

MARK = "\0vampira:"
CACHE_FORMAT = 3
# Below this size, rewriting is faster than looking for what was rewritten before.
CACHED_FROM = 400

roots = ()
_include = ()
_exclude = ()
_never = ()
_cache = None
_modules = []
# Path as the code carries it → (source, name, rewritten code).
files = {}
# Absolute paths of the user's code.
code_paths = set()


class Module:
    """A file of the user's code, as it was loaded."""

    def __init__(self, name, code_file, file, source):
        self.id = len(_modules) + 1
        self.name = name
        # The name that its code carries; it may be relative.
        self.code_file = code_file
        self.file = file
        self.source = source
        self.told = False
        _modules.append(self)
        code_paths.add(file)

    def tell(self):
        """The module's line, once a spool."""
        if self.told:
            return
        self.told = True
        places[self.code_file] = self.id
        names.add(self.name)
        try:
            text = quote(self.source.decode("utf-8"))
        except UnicodeDecodeError:
            text = '{"$":"bytes","v":"%s"}' % base64(self.source)
        journal.emit('{"kind":"module","id":%d,"at":%d,"name":%s,"file":%s,"source":%s}' % (
            self.id, journal.at(), quote(self.name), quote_text(self.file), text,
        ))  # fmt: skip

    def forget(self):
        """In a forked child: its spool does not know the module yet."""
        self.told = False


def start(home):
    """Learn which folders are the user's."""
    global roots, _include, _exclude, _never
    environment = os.environ
    given = [root for root in environment.get("VAMPIRA_ROOTS", "").split(os.pathsep) if root]
    roots = tuple(os.path.abspath(root).rstrip("/") + "/" for root in given or [os.getcwd()])
    _include = _patterns(environment.get("VAMPIRA_INCLUDE", ""))
    _exclude = _patterns(environment.get("VAMPIRA_EXCLUDE", ""))
    if _include or _exclude:
        # Now, not while another module is being imported.
        import fnmatch  # noqa: F401
    libraries = {os.path.dirname(os.__file__) + "/", home + "/vampira_agent/", home + "/site/"}
    for prefix in {sys.prefix, sys.base_prefix, sys.exec_prefix}:
        libraries.add(os.path.join(prefix, "lib", "python%d.%d" % sys.version_info[:2]) + "/")
    _never = tuple(libraries)


def _patterns(text):
    return tuple(part for whole in text.split(os.pathsep) for part in whole.split(",") if part)


def is_users_file(path):
    """Whether a source file is the user's code."""
    return path.startswith(roots) and not path.startswith(_never) and "-packages/" not in path


def add_root(folder):
    """Count one more folder as the user's: that of a script that lies elsewhere."""
    global roots
    roots += (folder.rstrip("/") + "/",)


def _matches(name, patterns):
    from fnmatch import fnmatchcase

    return any(fnmatchcase(name, pattern) for pattern in patterns)


def _is_wanted_module(name, path):
    if is_users_file(path):
        if _exclude and _matches(name, _exclude) and not (_include and _may_include(name)):
            return False
        return True
    return bool(_include) and "vampira_agent" not in path and _may_include(name)


def _may_include(name):
    from fnmatch import fnmatchcase

    for pattern in _include:
        if fnmatchcase(name, pattern):
            return True
        # module.qualname: the pattern's first words may name the module
        words = pattern.split(".")
        if any(fnmatchcase(name, ".".join(words[:end])) for end in range(1, len(words))):
            return True
    return False


def _wanted_in(name, users):
    """Decides for each qualified name in a module."""
    if not _include and not _exclude:
        return lambda qualified: True

    def wanted(qualified):
        full = name + "." + qualified
        if _include and (_matches(full, _include) or _matches(name, _include)):
            return True
        return users and not (_exclude and (_matches(full, _exclude) or _matches(name, _exclude)))

    return wanted


def rewritten(name, path, source, original, whole=None):
    """The rewritten code of a module, or None to run what CPython made.

    original: CPython's code of it. whole: the absolute path where `path`, the name that the code carries, is not.
    """
    try:
        if not _is_wanted_module(name, whole or path):
            return None
        known = files.get(path)
        if known is not None and known[0] == source and known[1] == name:
            # Loaded before (reload, or a worker that imports the main script): the same components.
            return known[2]
        rows, code = _compiled(name, path, source, is_users_file(whole or path))
        module = Module(name, path, whole or path, source)
        hooks = [Component(module, *row) for row in rows]
        code = _with_hooks(code, hooks)
        module.tell()
        files[path] = (source, name, code)
        return code
    except Exception as fault:
        journal.gap("the code of %s is not recorded: %s" % (name, type(fault).__name__))
        return None


def _compiled(name, path, source, users):
    """Rows of components and code with marks for hooks, from the cache if it is there."""
    place = _cache_place(name, path, source) if len(source) >= CACHED_FROM else None
    if place is not None:
        found = _read_cache(place)
        if found is not None:
            return found
    import ast

    from .rewrite import rewrite

    with _Quiet():
        tree = ast.parse(source, path)
        rows = rewrite(tree, _decoded(source), name, _wanted_in(name, users))
        code = compile(tree, path, "exec", dont_inherit=True)
    if place is not None:
        _write_cache(place, rows, code)
    return rows, code


def _decoded(source):
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError:
        from importlib.util import decode_source

        return decode_source(source)
    return text.replace("\r\n", "\n").replace("\r", "\n")


class _Quiet:
    """CPython has compiled the source and warned of what is in it already: not twice."""

    def __enter__(self):
        import warnings

        self.warnings = warnings
        self.filters = warnings.filters
        warnings.filters = [("ignore", None, Warning, None, 0)]
        warnings._filters_mutated() if hasattr(warnings, "_filters_mutated") else warnings._filters_mutated_lock_held()

    def __exit__(self, kind, error, trace):
        warnings = self.warnings
        warnings.filters = self.filters
        warnings._filters_mutated() if hasattr(warnings, "_filters_mutated") else warnings._filters_mutated_lock_held()


def _with_hooks(code, hooks):
    """The code with its marks replaced by hooks, in nested code too. Notes the addresses of string constants."""
    fresh = []
    for constant in code.co_consts:
        if type(constant) is str:
            if constant.startswith(MARK):
                constant = hooks[int(constant[len(MARK) :]) - 1]
            elif len(constant) > 3:
                values.constants.add(id(constant))
        elif type(constant) is CodeType:
            constant = _with_hooks(constant, hooks)
        fresh.append(constant)
    return code.replace(co_consts=tuple(fresh))


def _cache_folder():
    global _cache
    if _cache is None:
        _cache = ""
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
        if os.path.isabs(base):
            folder = os.path.join(base, "vampira", sys.implementation.cache_tag or "code")
            try:
                os.makedirs(folder, 0o700, exist_ok=True)
                status = os.stat(folder)
                # What is read from here is run: nobody else may have written it.
                if status.st_uid == os.getuid() and not status.st_mode & 0o022:
                    _cache = folder
            except OSError:
                pass
    return _cache


def _cache_place(name, path, source):
    folder = _cache_folder()
    if not folder:
        return None
    from zlib import crc32

    key = repr((VERSION, CACHE_FORMAT, sys.version, sys.flags.optimize, name, path, _include, _exclude)).encode()
    # The whole source is compared too (see _read_cache): the name only has to be likely.
    return os.path.join(folder, "%08x%08x" % (crc32(key), crc32(source))), key + b"\n" + source


def _read_cache(place):
    import marshal

    path, whole = place
    try:
        with open(path, "rb") as file:
            held, rows, code = marshal.loads(file.read())
    except (OSError, ValueError, EOFError, TypeError):
        return None
    return (rows, code) if held == whole else None


def _write_cache(place, rows, code):
    import marshal

    path, whole = place
    part = "%s.%d" % (path, os.getpid())
    try:
        data = marshal.dumps((whole, rows, code))
        with open(part, "wb") as file:
            file.write(data)
        os.replace(part, path)
    except (OSError, ValueError):
        pass


def patch_loader():
    """Give the rewritten code to the import system."""
    import importlib._bootstrap_external as external

    original = external.SourceLoader.get_code

    def get_code(self, fullname):
        code = original(self, fullname)
        try:
            path = self.get_filename(fullname)
            if _is_wanted_module(fullname, path):
                with journal.busy():
                    source = self.get_data(path)
                if fullname == "__main__":
                    fullname = main_name(path)
                fresh = rewritten(fullname, path, source, code)
                if fresh is not None:
                    return fresh
        except Exception as fault:
            journal.fault("an import", fault)
        return code

    # Tracebacks leave out the import system's frames by this name.
    get_code.__code__ = get_code.__code__.replace(co_filename=original.__code__.co_filename)
    external.SourceLoader.get_code = get_code


def patch_runpy():
    """Give the rewritten code to runpy.run_path, with which multiprocessing imports the main script again."""
    runpy = sys.modules.get("runpy")
    if runpy is None or "compile" in runpy.__dict__:
        return

    def compile_users(source, filename, mode, *rest, **named):
        code = compile(source, filename, mode, *rest, **named)
        if mode == "exec" and type(source) is bytes and not rest and not named:
            name = main_name(filename)
            fresh = rewritten(name, filename, source, code, os.path.abspath(filename))
            if fresh is not None:
                return fresh
        return code

    runpy.compile = compile_users


def main_name(path):
    """Name of a script: its file's stem; of a package's __main__ the package's."""
    stem = os.path.basename(path)
    stem = stem[:-3] if stem.endswith(".py") else stem
    if stem == "__main__":
        folder = os.path.basename(os.path.dirname(os.path.abspath(path)))
        return folder + ".__main__" if folder else stem
    return stem


def forget():
    """In a forked child: tell every module again when it is needed."""
    for module in _modules:
        module.forget()


def libraries(told):
    """Lines of top-level modules that are not the user's nor the standard library's, those in `told` left out."""
    standard = getattr(sys, "stdlib_module_names", None)
    lib = os.path.dirname(os.__file__) + "/"
    for name, module in list(sys.modules.items()):
        if "." in name or name in told or type(module) is not ModuleType:
            continue
        if name in ("__main__", "sitecustomize", "usercustomize", "vampira", "vampira_agent"):
            continue
        inside = module.__dict__
        spec = inside.get("__spec__")
        if spec is not None and getattr(spec, "_initializing", False):
            continue
        told.add(name)
        file = inside.get("__file__")
        if type(file) is not str or is_users_file(file):
            continue
        if standard is not None and name in standard:
            continue
        if standard is None and file.startswith(lib) and "-packages/" not in file:
            continue
        line = '{"kind":"library","at":%d,"name":%s,"file":%s' % (journal.at(), quote(name), quote_text(file))
        version = inside.get("__version__")
        if type(version) is str:
            line += ',"version":%s' % quote(version)
        yield line + "}"
