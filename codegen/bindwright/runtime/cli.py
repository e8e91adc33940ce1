"""The address that every generated ``__main__`` imports; the command line itself is `bindwright.runtime.command_line`."""

from bindwright.runtime.command_line.main import main

__all__ = ["main"]
