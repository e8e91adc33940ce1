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
    given = yaml.safe_load(textwrap.dedent(text)) or {}
    root: dict[str, Any] = {("swagger" if version == "2.0" else "openapi"): version}
    root |= {"info": {"title": "t", "version": "1"}, "paths": {}} | given
    options = LoadOptions(check=False, tolerant=True)
    return loads(yaml.safe_dump(root, sort_keys=False, allow_unicode=True), options=options)


def api(text: str, version: str = "3.1.0", **options: Any) -> Api:
    """The IR of a document of `text`."""
    return lower(document(text, version), options=LowerOptions(**options))


def schemas(text: str, version: str = "3.1.0") -> Api:
    """The IR of a document whose component schemas are `text`."""
    given = yaml.safe_load(textwrap.dedent(text))
    key = "definitions" if version == "2.0" else "components"
    wrapped = given if version == "2.0" else {"schemas": given}
    return api(yaml.safe_dump({key: wrapped}, sort_keys=False), version)


def named(found: Api, name: str) -> Any:
    """The type of a component schema."""
    return found.types[f"#/components/schemas/{name}"]


def member(found: Api, name: str, key: str) -> Property:
    """A member of a component schema."""
    found_here: Property = next(one for one in named(found, name).properties if one.name == key)
    return found_here


def only(found: Api) -> Operation:
    """The one operation of a document."""
    (one,) = found.operations
    return one


def causes(found: Api) -> list[str]:
    """The codes of everything that was degraded, at types and operations."""
    every: list[Degraded] = [one for type_ in found.types.values() for one in type_.degraded]
    every += [one for operation in found.operations for one in operation.degraded]
    return sorted(one.code for one in every)
