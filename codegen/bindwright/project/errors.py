"""`CommandError`: a run that cannot go on, in one sentence with a remedy."""

from __future__ import annotations

INVALID = 2
"""Exit code: the document, the configuration or the command line is not usable; nothing was written."""
DOCUMENT_MOVED = 3
GENERATOR_MOVED = 4
FILES_EDITED = 5
INTERNAL = 70
"""Exit code of an error in bindwright itself (``EX_SOFTWARE`` of sysexits.h)."""
INTERRUPTED = 130


class CommandError(Exception):
    """Raised before anything is written; the command line prints it and ends with `INVALID`.

    ``where`` is ``file`` or ``file:line:column``, empty where the fault is in no file.
    """

    def __init__(self, code: str, message: str, remedy: str = "", where: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.remedy = remedy
        self.where = where

    def __str__(self) -> str:
        prefix = f"{self.where}: " if self.where else ""
        remedy = f"\n  help: {self.remedy}" if self.remedy else ""
        return f"{prefix}error[{self.code}]: {self.message}{remedy}"
