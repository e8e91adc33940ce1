"""The schemas of a document as a JSON Schema validator reads them, without any of our code: a second opinion.

2.0 and 3.0 are translated into JSON Schema 2020-12 (``nullable``, boolean exclusive limits, ``$ref`` beside others).
"""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jsonschema_rs
import yaml
from bindwright.standards import json_pointer

BASE = "urn:document"


class DocumentSchemas:
    """Validators for the places of one document."""

    def __init__(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8-sig")
        raw = json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)
        self.document: dict[str, Any] = json.loads(json.dumps(raw, default=str))
        self.version = str(self.document.get("openapi") or self.document.get("swagger"))
        root = copy.deepcopy(self.document)
        self._translate(root)
        self.root = root
        self._registry = jsonschema_rs.Registry(
            [(BASE, {"$id": BASE, **root})], draft=jsonschema_rs.Draft202012
        )
        self._validators: dict[str, Any] = {}

    def errors(self, pointer: str, value: Any) -> list[str]:
        """What a validator has against a value, by the schema at a JSON pointer; empty where it is valid."""
        return [
            f"{error.instance_path}: {error.message}"[:300]
            for error in self._validator(pointer).iter_errors(value)
        ]

    def error_paths(self, pointer: str, value: Any) -> list[list[str | int]]:
        """Where the violated keywords stand, from the schema at the pointer on; ``$ref`` for each reference."""
        errors = self._validator(pointer).iter_errors(value)
        return [
            list(error.evaluation_path)[1:] for error in errors
        ]  # the first one is this class's own reference

    def _validator(self, pointer: str) -> Any:
        if pointer not in self._validators:
            schema = {
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                "$ref": f"{BASE}#{quote(pointer)}",
            }
            self._validators[pointer] = jsonschema_rs.validator_for(
                schema, registry=self._registry, validate_formats=True, ignore_unknown_formats=True
            )
        return self._validators[pointer]

    def self_contained(self, pointer: str) -> dict[str, Any]:
        """The schema with all that it may refer to, for readers that know no registry."""
        tables = {key: self.root[key] for key in ("components", "definitions") if key in self.root}
        schema = {"$ref": f"#{quote(pointer)}"}
        if pointer.split("/")[1] not in tables:
            schema = json_pointer.resolve(self.root, pointer)
        return copy.deepcopy({**tables, **schema})

    def _translate(self, node: Any, is_map: bool = False) -> None:
        """Rewrite all schemas of the document in place; what is no schema is not hurt by it."""
        if isinstance(node, list):
            for item in node:
                self._translate(item)
        if not isinstance(node, dict):
            return
        for key, child in node.items():
            if is_map or key not in ("example", "examples", "default", "enum", "const"):
                self._translate(
                    child,
                    is_map=not is_map
                    and key in ("properties", "patternProperties", "schemas", "definitions"),
                )
        if not is_map and self.version.startswith(("2", "3.0")):
            _old_schema(node)
        if not is_map:
            for key in ("$schema", "$id", "$anchor", "id"):
                if isinstance(node.get(key), str):
                    del node[key]


def _old_schema(schema: dict[str, Any]) -> None:
    if isinstance(schema.get("$ref"), str):
        reference, nullable = schema["$ref"], schema.get("nullable") is True
        schema.clear()
        schema.update({"anyOf": [{"$ref": reference}, {"type": "null"}]} if nullable else {"$ref": reference})
        return
    for limit, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if isinstance(schema.get(exclusive), bool) and schema.pop(exclusive) and limit in schema:
            schema[exclusive] = schema.pop(limit)
    if schema.get("type") == "file":
        del schema["type"]
    if True in (schema.pop("nullable", None), schema.pop("x-nullable", None)):
        if isinstance(schema.get("type"), str):
            schema["type"] = [schema["type"], "null"]
        if isinstance(schema.get("enum"), list):
            schema["enum"] = [*schema["enum"], None]
