"""Documents of a few lines, lowered."""

from __future__ import annotations

import textwrap
from typing import Any

import yaml
from bindwright.ir import LowerOptions, lower
from bindwright.ir.model import Api, Degraded, Operation, Property
from bindwright.openapi import LoadedDocument, LoadOptions, loads


def document(text: str, version: str = "3.1.0") -> LoadedDocument:
    """A document of `text`; ``openapi``, ``info`` and ``paths`` are added where they are missing."""
    members = yaml.safe_load(textwrap.dedent(text)) or {}
    root: dict[str, Any] = {("swagger" if version == "2.0" else "openapi"): version}
    root |= {"info": {"title": "t", "version": "1"}, "paths": {}} | members
    options = LoadOptions(check=False, tolerant=True)
    return loads(yaml.safe_dump(root, sort_keys=False, allow_unicode=True), options=options)


def api_of(text: str, version: str = "3.1.0", **options: Any) -> Api:
    """The IR of a document of `text`."""
    return lower(document(text, version), options=LowerOptions(**options))


def schemas(text: str, version: str = "3.1.0") -> Api:
    """The IR of a document whose component schemas are `text`."""
    described = yaml.safe_load(textwrap.dedent(text))
    key = "definitions" if version == "2.0" else "components"
    wrapped = described if version == "2.0" else {"schemas": described}
    return api_of(yaml.safe_dump({key: wrapped}, sort_keys=False), version)


def named(api: Api, name: str) -> Any:
    """The type of a component schema."""
    return api.types[f"#/components/schemas/{name}"]


def member(api: Api, name: str, key: str) -> Property:
    """A member of a component schema."""
    properties: list[Property] = named(api, name).properties
    return next(property_ for property_ in properties if property_.name == key)


def only(api: Api) -> Operation:
    """The one operation of a document."""
    (operation,) = api.operations
    return operation


def causes(api: Api) -> list[str]:
    """The codes of everything that was degraded, at types and operations."""
    every: list[Degraded] = [degraded for type_ in api.types.values() for degraded in type_.degraded]
    every += [degraded for operation in api.operations for degraded in operation.degraded]
    return sorted(degraded.code for degraded in every)
