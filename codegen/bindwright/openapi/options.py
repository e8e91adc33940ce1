"""What a caller may allow, and how much of it: the options of `bindwright.openapi.load`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field


class LoadLimits(Struct, kw_only=True, frozen=True):
    """Bounds that keep a hostile document from taking the machine; each one ends in a diagnostic."""

    file_bytes: int = 256 * 1024 * 1024
    """Bytes of one file, local or fetched."""
    depth: int = 128
    """Objects and arrays inside each other. The deepest of some 2,600 public descriptions has 34."""
    nodes: int = 20_000_000
    """Objects, arrays and scalars of one file after YAML aliases are expanded."""
    alias_factor: int = 100
    """How many times larger than its text a YAML file may become through aliases (small files excepted)."""
    files: int = 10_000
    """Files of one description."""
    remote_seconds: float = 20.0
    """Seconds that fetching one remote file may take, redirects included."""


class LoadOptions(Struct, kw_only=True, frozen=True):
    """How `load` treats references that leave the folder, and a document that is wrong in places."""

    allow_outside: bool = False
    """Whether references may name files outside the root document's folder."""
    allow_remote: bool = False
    """Whether ``http`` and ``https`` references are fetched."""
    remote_hashes: Mapping[str, str] = field(default_factory=dict)
    """URL to lower-case sha256 of its bytes, from the lock. A URL that is listed must match."""
    tolerant: bool = False
    """Whether a reference that resolves nowhere, or an impossible statement, only degrades the result."""
    overlays: Sequence[str] = ()
    """Files with corrections to the root document, applied in this order (OpenAPI Overlay 1.0.0)."""
    check: bool = True
    """Whether the structure is checked after reading."""
    limits: LoadLimits = LoadLimits()
