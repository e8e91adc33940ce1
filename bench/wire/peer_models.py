"""The models that xsdata and polyxml have of a document's schemas: dataclasses, made as their manuals have one write them.

Kinder to both than the document is: no namespaces, one class for all alternatives of a choice, times and listed words as
text, maps left out.
"""

# No deferred annotations: polyxml reads the classes themselves.
import re
from collections.abc import Iterator
from dataclasses import MISSING, field, fields, is_dataclass, make_dataclass
from pathlib import Path
from typing import Any, Optional

SCALARS: dict[str, type] = {"string": str, "integer": int, "number": float, "boolean": bool}


class PeerModels:
    """Classes of the schemas of one document, made when they are asked for."""

    def __init__(self, document: Path) -> None:
        """The schemas of a document in YAML."""
        import yaml

        self._schemas: dict[str, Any] = yaml.safe_load(document.read_text())["components"]["schemas"]
        self._classes: dict[str, type] = {}
        self._open: list[str] = []

    def of(self, name: str) -> Any:
        """The class of a schema; its name where it is being made, for schemas may hold themselves."""
        if name in self._open:
            return name  # resolved in this module, as a name in an annotation is
        if name not in self._classes:
            self._open.append(name)
            schema = self._schemas[name]
            members = list(self._members(self._with_alternatives(schema)))
            cls = make_dataclass(name, [member for member in members if member is not None], kw_only=True)
            cls.__module__ = __name__
            globals()[name] = cls
            cls.Meta = type("Meta", (), {"name": schema.get("xml", {}).get("name", name)})  # type: ignore[attr-defined]
            self._classes[name] = cls
            self._open.remove(name)
        return self._classes[name]

    def _with_alternatives(self, schema: dict[str, Any]) -> dict[str, Any]:
        """A schema's properties, with those of all its alternatives."""
        properties: dict[str, Any] = {}
        for each in (
            schema,
            *(self._schemas[_target(alternative)] for alternative in schema.get("oneOf", [])),
        ):
            properties |= each.get("properties", {})
        return properties

    def _members(self, properties: dict[str, Any]) -> Iterator[tuple[str, Any, Any] | None]:
        for name, schema in properties.items():
            attribute = _attribute(name)
            xml = schema.get("xml", {})
            facts = {
                "name": xml.get("name", name),
                "type": "Attribute" if xml.get("attribute") else "Element",
            }
            if schema.get("type") == "array":
                item = self._type(schema["items"])
                item_name = self._schemas.get(_target(schema["items"]), {}).get("xml", {}).get("name", name)
                if xml.get("wrapped"):
                    wrapper = self._wrapper(f"{attribute}_{item_name}", item, item_name)
                    yield attribute, Optional[wrapper], field(default=None, metadata=facts)  # noqa: UP045 - a name may stand here
                else:
                    yield (
                        attribute,
                        list[item],
                        field(default_factory=list, metadata={**facts, "name": item_name}),
                    )
            elif (type_ := self._type(schema)) is not None:
                yield attribute, Optional[type_], field(default=None, metadata=facts)  # noqa: UP045 - a name may stand here

    def _wrapper(self, name: str, item: Any, item_name: str) -> type:
        items = field(default_factory=list, metadata={"name": item_name, "type": "Element"})
        cls = make_dataclass(name, [("wrapped_items", list[item], items)], kw_only=True)
        cls.__module__ = __name__
        globals()[name] = cls
        return cls

    def _type(self, schema: dict[str, Any]) -> Any:
        """The type of a value; None where it has none here: a map."""
        target = _target(schema)
        if target:
            return self.of(target)
        for alternative in schema.get("oneOf", []):
            if _target(alternative):
                return self.of(_target(alternative))
        if "const" in schema:
            return str
        kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        return SCALARS.get(next(kind for kind in kinds if kind != "null"))


def _attribute(name: str) -> str:
    """A name that Python can have."""
    return "m_" + re.sub(r"\W", lambda match: f"_{ord(match[0])}_", name)


def _target(schema: dict[str, Any]) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]


def plain(value: Any) -> Any:
    """What a value says, of a peer's or of parsed JSON: texts in lists and dictionaries, without what is empty."""
    if is_dataclass(value):
        items = getattr(value, "wrapped_items", None)
        if items is not None:
            return plain(items)
        return plain({each.name: getattr(value, each.name) for each in fields(value)})
    if isinstance(value, dict):
        members = {
            name if name.startswith("m_") else _attribute(name): plain(each) for name, each in value.items()
        }
        return {name: each for name, each in members.items() if each not in (None, "", [], {})}
    if isinstance(value, list):
        return [plain(each) for each in value]
    if isinstance(value, bool):
        return str(value).lower()
    return (
        value
        if value is None or value is MISSING
        else str(float(value))
        if isinstance(value, float)
        else str(value)
    )
