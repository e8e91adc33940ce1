"""Under ``BINDWRIGHT_PURE=1``, modules that an installation has compiled ahead of time come from their sources."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache
from importlib.machinery import SOURCE_SUFFIXES, FileFinder, ModuleSpec, SourceFileLoader
from types import ModuleType


class SourceFinder:
    """Finds this package's modules as sources (Python Library Reference, `importlib.abc.MetaPathFinder`)."""

    @staticmethod
    def find_spec(
        name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Where the source of a module is; None for modules of others, and where there is none."""
        if path is None or not name.startswith("bindwright."):
            return None
        specs = (_finder(folder).find_spec(name) for folder in path)
        return next(filter(None, specs), None)


@cache
def _finder(folder: str) -> FileFinder:
    return FileFinder(folder, (SourceFileLoader, SOURCE_SUFFIXES))


def prefer_sources() -> None:
    """Have modules that are not imported yet imported from their sources, for the rest of the process."""
    sys.meta_path.insert(0, SourceFinder)
