"""For programs that want to add notes to their record. Both functions do nothing when the program is not recorded."""

try:
    from vampira_agent.notes import note, quality
except ImportError:

    def note(name, value, path=None):
        """Add metadata to the current call, or to the file at `path`."""

    def quality(metric, value, unit=None, path=None):
        """Add the value of a quality metric to the current call, or to the file at `path`."""


__all__ = ["note", "quality"]
