"""Finds and masks what looks like a secret.

The patterns are those of contract/secrets.json, copied so that the agent reads no file at its start. A test compares both.
"""

NAMES = (
    r"passw(or)?d",
    r"passphrase",
    r"(^|[^a-z])pwd($|[^a-z])",
    r"secret",
    r"token(?!i[sz]|s|_?(count|type|index|ids?($|_)|len))",
    r"(auth|access|api|bearer|refresh|session)[_-]?tokens",
    r"api[_-]?key",
    r"access[_-]?key",
    r"private[_-]?key",
    r"(auth|account|signing|encryption|session|ssh)[_-]?key",
    r"credential",
    r"authorization",
    r"(^|[_-])auth($|[_-])",
    r"cookie",
    r"connection[_-]?string",
)
VALUES = (
    r"(AKIA|ASIA)[0-9A-Z]{16}",
    r"gh[pousr]_[A-Za-z0-9]{36,}",
    r"github_pat_[A-Za-z0-9_]{22,}",
    r"glpat-[A-Za-z0-9_-]{20,}",
    r"sk-[A-Za-z0-9_-]{20,}",
    r"xox[abprs]-[A-Za-z0-9-]{10,}",
    r"AIza[0-9A-Za-z_-]{35}",
    r"eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*",
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----",
    r"[A-Za-z][A-Za-z0-9+.-]*://[^/?#@:\s]*:[^/?#@\s]+@",
    r"Bearer [A-Za-z0-9._~+/-]{16,}",
)
# Each text that matches VALUES contains one of these. To look for them first takes a tenth of the time.
HINTS = ("://", "sk-", "gh", "github_pat_", "AKIA", "ASIA", "glpat-", "xox", "AIza", "eyJ", "-----BEGIN", "Bearer ")
# The same of NAMES, in lower case: most programs have no such name, and need no regular expressions for it.
NAME_HINTS = ("pass", "pwd", "secret", "token", "key", "credential", "auth", "cookie", "connection")
MASK = "[redacted]"

_names = _values = None
_known_names = {}


def is_secret_name(name):
    """Whether a parameter, option or key of this name holds a secret."""
    known = _known_names.get(name)
    if known is None:
        lower = name.lower()
        known = any(hint in lower for hint in NAME_HINTS) and _name_pattern().search(name) is not None
        if len(_known_names) < 4096:
            _known_names[name] = known
    return known


def _name_pattern():
    global _names
    if _names is None:
        import re

        _names = re.compile("|".join("(?:%s)" % pattern for pattern in NAMES), re.IGNORECASE)
    return _names


def _value_pattern():
    global _values
    if _values is None:
        import re

        _values = re.compile("|".join("(?:%s)" % pattern for pattern in VALUES))
    return _values


def has_secret(text):
    """Whether a text contains what looks like a secret."""
    for hint in HINTS:
        if hint in text:
            return _value_pattern().search(text) is not None
    return False


def mask_text(text):
    """The text with everything that looks like a secret masked."""
    return _value_pattern().sub(MASK, text) if has_secret(text) else text


def mask_arguments(arguments):
    """A command line with `--password X`, `--token=X`, `key=value` and secret-looking values masked."""
    masked = []
    hide_next = False
    for argument in arguments:
        if hide_next and not argument.startswith("-"):
            masked.append(MASK)
            hide_next = False
            continue
        hide_next = False
        name, equals, value = argument.partition("=")
        if equals and value and " " not in name and is_secret_name(name.lstrip("-")):
            masked.append(name + "=" + MASK)
            continue
        if not equals and argument.startswith("-") and " " not in argument and is_secret_name(argument.lstrip("-")):
            hide_next = True
        masked.append(mask_text(argument))
    return masked


def mask_command(command):
    """A command for a shell with its secrets masked; everything else is kept."""
    words = command.split(" ")
    masked = mask_arguments(words)
    return mask_text(" ".join(masked))
