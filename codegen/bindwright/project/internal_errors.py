"""The last resort: an error in bindwright itself, reported without a traceback unless it was asked for."""

from __future__ import annotations

import platform
import traceback

from bindwright import __version__


def explain(error: Exception, verbose: bool) -> str:
    """What happened, that it is not the user's fault, and what a report should hold."""
    last = traceback.extract_tb(error.__traceback__)[-1:]
    where = f" at {_module(last[0].filename)}:{last[0].lineno}" if last else ""
    lines = [
        f"error[internal]: {type(error).__name__}: {_short(str(error))}{where}",
        "  This is a fault in bindwright, not in your document. Nothing was left half written.",
        f"  help: report it with this text (bindwright {__version__}, Python {platform.python_version()},"
        f" {platform.system()}) and, if you may, the document"
        + ("" if verbose else "; --verbose shows the traceback"),
    ]
    if verbose:
        lines.append("".join(traceback.format_exception(error)).rstrip())
    return "\n".join(lines)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 300 else line[:300] + "..."


def _module(path: str) -> str:
    """The path without the part that belongs to this machine."""
    parts = path.replace("\\", "/").split("/")
    return "/".join(parts[parts.index("bindwright") :] if "bindwright" in parts else parts[-1:])
