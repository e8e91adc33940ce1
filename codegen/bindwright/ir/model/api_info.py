"""What an API says about itself: info, servers, tags and security schemes (part of `bindwright.ir.model`)."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

Json = Any
"""A JSON value."""


class Server(Struct, kw_only=True):
    """A server; variables are (name, default, allowed values, description)."""

    url: str
    doc: str = ""
    variables: list[tuple[str, str, list[str], str]] = field(default_factory=list)


class SecurityScheme(Struct, kw_only=True):
    """``apiKey`` (name, location), ``http`` (scheme), ``oauth2`` (flows), ``openIdConnect`` (url) or
    ``mutualTLS``."""

    name: str
    kind: str
    doc: str = ""
    parameter: str | None = None
    location: str | None = None
    scheme: str | None = None
    bearer_format: str | None = None
    flows: dict[str, dict[str, Json]] = field(default_factory=dict)
    url: str | None = None


class Tag(Struct, kw_only=True):
    """A group of operations; 3.2: ``parent`` and ``kind``."""

    name: str
    summary: str = ""
    doc: str = ""
    parent: str | None = None
    kind: str | None = None


class Info(Struct, kw_only=True):
    """The document's own data."""

    title: str
    version: str
    summary: str = ""
    doc: str = ""
    contact: dict[str, Json] = field(default_factory=dict)
    license: dict[str, Json] = field(default_factory=dict)
    terms: str = ""
    source_version: str = ""
    """Which OpenAPI version it was written in: for reports only, nothing may branch on it."""
