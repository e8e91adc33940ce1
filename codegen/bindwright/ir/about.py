"""What an API says about itself: info, servers, tags and security schemes (part of `bindwright.ir.model`)."""

from __future__ import annotations

from typing import Any

from attrs import define, field

from bindwright.spec.shown import Shown

Json = Any
"""A JSON value."""


@define(kw_only=True, repr=False)
class Server(Shown):
    """A server; variables are (name, default, allowed values, description)."""

    url: str
    doc: str = ""
    variables: list[tuple[str, str, list[str], str]] = field(factory=list)


@define(kw_only=True, repr=False)
class SecurityScheme(Shown):
    """``apiKey`` (name, location), ``http`` (scheme), ``oauth2`` (flows), ``openIdConnect`` (url) or
    ``mutualTLS``."""

    name: str
    kind: str
    doc: str = ""
    parameter: str | None = None
    location: str | None = None
    scheme: str | None = None
    bearer_format: str | None = None
    flows: dict[str, dict[str, Json]] = field(factory=dict)
    url: str | None = None


@define(kw_only=True, repr=False)
class Tag(Shown):
    """A group of operations; 3.2: ``parent`` and ``kind``."""

    name: str
    summary: str = ""
    doc: str = ""
    parent: str | None = None
    kind: str | None = None


@define(kw_only=True, repr=False)
class Info(Shown):
    """The document's own data."""

    title: str
    version: str
    summary: str = ""
    doc: str = ""
    contact: dict[str, Json] = field(factory=dict)
    license: dict[str, Json] = field(factory=dict)
    terms: str = ""
    source_version: str = ""
    """Which OpenAPI version it was written in: for reports only, nothing may branch on it."""
