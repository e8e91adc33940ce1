"""What the Python target is told, and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct, field

from bindwright.openapi.diagnostics.model import Diagnostic


class PythonOptions(Struct, kw_only=True, frozen=True):
    """Settings of one generated distribution."""

    package: str
    """Import name: identifiers with dots between (``acme.clients.shop``)."""
    distribution: str | None = None
    """Name for installers; None: the package's, with hyphens."""
    version: str | None = None
    """PEP 440; None: from the document where it is one, else ``0.0.0``."""
    description: str | None = None
    """One line; None: the document's title."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Overrides: ``"#/components/schemas/Pet"`` or ``"#/components/schemas/Pet/properties/tag"``, ``"GET /pets"``,
    ``"GET /pets query limit"`` or ``"tag pets"`` to a public name."""
    models: tuple[str, ...] = ("attrs",)
    """Model styles: ``attrs`` always, and any of ``pydantic``, ``dataclass``, ``typeddict``, ``msgspec``."""
    format: bool = True
    """Whether files the writer could not lay out by itself go through ruff."""
    layout: Literal["project", "package"] = "project"
    """``project``: a folder with pyproject.toml and README.md round the package. ``package``: the package alone, its
    modules at the top."""
    runtime: Literal["installed", "vendored"] = "installed"
    """``vendored``: a copy of the runtime stands in the package, and its users install no bindwright."""
    surface: bool = False
    """Whether ``surface.python.json`` stands beside the package: what its callers can name."""
    group_by: str = "tag"
    """What makes the properties of clients: ``tag``, ``path`` (the first segment that is no version), ``none`` (one for
    all), or the name of an extension of operations (``x-resource``)."""
    requires: str = ""
    """Version specifier of the runtime; empty: from the generator's own version."""
    generator_version: str = ""
    """Written into the package; empty: the generator's own."""


class Output(Struct, kw_only=True, frozen=True):
    """Files in memory, the public names to be locked, and what there was to say."""

    files: dict[str, str]
    """Relative POSIX paths to text."""
    names: dict[str, Any]
    """JSON-ready: to be handed in as `names` next time."""
    diagnostics: list[Diagnostic] = field(default_factory=list)
