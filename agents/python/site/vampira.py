"""What a pipeline may say about itself. Both functions do nothing when the program is not being recorded."""

try:
    from vampira_agent.notes import note, quality
except ImportError:

    def note(name, value, path=None):
        """Add metadata to the current call, or to the file at `path`."""

    def quality(metric, value, unit=None, path=None):
        """Say what a quality metric's value is for the current call, or for the file at `path`."""


__all__ = ["note", "quality"]
