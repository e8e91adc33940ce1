"""What the TypeScript target is told, and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from bindwright.openapi.diagnostics.model import Diagnostic


class TypeScriptOptions(Struct, kw_only=True, frozen=True):
    """Settings of one generated package."""

    package: str
    """Name for npm; a scope (``@acme/shop``) is allowed."""
    version: str = ""
    """Semantic version; empty: from the document where it is one, else ``0.0.0``."""
    description: str = ""
    """One line; empty: the document's title."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Overrides: type id or operation id to a public name, which is spelled as TypeScript has it."""
    surface: bool = True
    """Whether ``surface.typescript.json`` is written beside the modules."""
    group_by: str = "tag"
    """What makes the groups of the client: ``tag``, ``path``, ``none`` or an extension of operations."""
    as_source: bool = False
    """Whether modules are written as ``.ts`` in place of ``.js`` and ``.d.ts``: so compilers can tell that the codecs
    are of the types that they are declared to be. Packages are not written so."""
    generator_version: str = ""
    """Written into the package; empty: the generator's own."""


class Output(Struct, kw_only=True, frozen=True):
    """Files in memory, the public names to be locked, and what there was to say."""

    files: dict[str, str]
    """Relative POSIX paths to text."""
    names: dict[str, Any]
    """JSON-ready: to be handed in as `names` next time."""
    diagnostics: list[Diagnostic] = field(default_factory=list)
