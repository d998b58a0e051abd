"""Records what a Python program does, from inside it, as lines of a journal (contract/journal.schema.json).

Standard library only. Started by `site/sitecustomize.py` when VAMPIRA_JOURNAL names a folder. Nothing here may
change what the program does: every fault ends in a `gap` line, never in an exception of the program's.
"""

VERSION = "0.1.0"
