"""Elements that no member names, as members of the JSON value that an XML body stands for.

Whether a member is there that ``required`` names without describing it, or one that only another alternative has, is
asked of them as of further members in JSON.
"""

from __future__ import annotations

from typing import Any

from attrs import has

from bindwright.runtime.shapes import members_of
from bindwright.runtime.xml.tree.names import split_name
from bindwright.runtime.xml.tree.unknown import Fragment, XmlExtra


def with_unknown(model: Any, value: Any) -> Any:
    """The JSON value of a model that was read from XML, with the unknown elements of its namespace; it is changed."""
    if isinstance(model, (list, tuple)) and isinstance(value, list) and len(model) == len(value):
        for item, item_value in zip(model, value, strict=True):
            with_unknown(item, item_value)
    elif isinstance(model, dict) and isinstance(value, dict):
        for key, item in model.items():
            with_unknown(item, value.get(key))
    elif has(type(model)) and isinstance(value, dict):
        class_: type = type(model)
        for member in members_of(class_):
            with_unknown(getattr(model, member.attribute), value.get(member.json))
        extra = getattr(model, "_extra", None)
        for _, fragment in extra.fragments if isinstance(extra, XmlExtra) else ():
            if isinstance(fragment, Fragment):
                namespace, name = split_name(fragment.tag)
                if namespace in ("", _namespace(model)):
                    value.setdefault(name, _value(fragment))
    return value


def _namespace(model: Any) -> str:
    wire = getattr(model, "__wire__", None)
    return (wire.xml.namespace if wire is not None else None) or ""


def _value(fragment: Fragment) -> Any:
    """Its text, or its children by name."""
    children = [part for part in fragment.content if isinstance(part, Fragment)]
    if children:
        return {split_name(child.tag)[1]: _value(child) for child in children}
    return "".join(part for part in fragment.content if isinstance(part, str))
