"""Records what a Python program does, from inside it, as lines of a journal (contract/journal.schema.json).

`site/sitecustomize.py` starts it when VAMPIRA_JOURNAL names a folder. It needs the standard library only. It may not
change what the program does: where the agent fails, the journal gets a `gap` line, and the program no exception.
"""

VERSION = "0.1.0"
