"""The operations of a raw document, counted without any of the generator's code.

It follows the text of the specifications only: path items under ``paths`` (in 2.0 to 3.2), a path item that
is a reference to another, the fixed methods, and 3.2's ``query`` and ``additionalOperations``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


def read(path: Path) -> Any:
    """A document as plain data, with the standard library's or PyYAML's reader."""
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix == ".json":
        return json.loads(text)
    import yaml

    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def operations(document: Any) -> list[str]:
    """``"GET /path"`` of every operation, in document order, fragments of path keys included."""
    paths = document.get("paths")
    if not isinstance(paths, dict):
        return []
    version = str(document.get("openapi", document.get("swagger", "")))
    names: list[str] = []
    for key, item in paths.items():
        if str(key).startswith("/") and isinstance(item, dict):
            names += _of_item(key, _follow(document, item), version)
    return names


def _of_item(key: str, item: dict[str, Any], version: str) -> list[str]:
    methods = [*_METHODS, "query"] if version.startswith("3.2") else list(_METHODS)
    if version.startswith("2"):
        methods.remove("trace")
    names = [
        f"{method.upper()} {key}" for method in item if method in methods and isinstance(item[method], dict)
    ]
    if version.startswith("3.2"):
        more = item.get("additionalOperations")
        names += [f"{method} {key}" for method in (more if isinstance(more, dict) else {})]
    return names


def _follow(document: Any, item: dict[str, Any], depth: int = 0) -> dict[str, Any]:
    """A path item with what its reference in the same document says (siblings kept)."""
    ref = item.get("$ref")
    if not isinstance(ref, str) or not ref.startswith("#/") or depth > 20:
        return item
    value: Any = document
    for part in ref[2:].split("/"):
        name = unquote(part).replace("~1", "/").replace("~0", "~")
        value = value.get(name) if isinstance(value, dict) else None
    if not isinstance(value, dict):
        return item
    return {**_follow(document, value, depth + 1), **item}
