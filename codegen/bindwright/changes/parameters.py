"""Parameters of operations."""

from __future__ import annotations

import re

from bindwright.changes.findings import Context
from bindwright.changes.likeness import may_be_renamed
from bindwright.changes.walk import Walk, inline_types, shown
from bindwright.ir.model import Operation, Parameter

Key = tuple[str, str]


def compare_parameters(walk: Walk, old: Operation, new: Operation, contexts: list[Context]) -> None:
    """Compare the parameters of two operations; `contexts` are those of what is asked."""
    before = {_key(old, parameter): parameter for parameter in old.parameters}
    after = {_key(new, parameter): parameter for parameter in new.parameters}
    matches = walk.parameters.setdefault(old.id, {})
    matches |= {_name(parameter): _name(after[key]) for key, parameter in before.items() if key in after}
    removed = [parameter for key, parameter in before.items() if key not in after]
    added = [parameter for key, parameter in after.items() if key not in before]
    for parameter in list(removed):
        other = _same_elsewhere(walk, parameter, added)
        if other is not None:
            removed.remove(parameter)
            added.remove(other)
            matches[_name(parameter)] = _name(other)
            kind = "param-location" if parameter.name == other.name else "param-renamed"
            values = (
                (parameter.location, other.location)
                if kind == "param-location"
                else (parameter.name, other.name)
            )
            walk.findings.add(
                kind, element_of(old, parameter), contexts, *values, places=(parameter.place, other.place),
                site=element_of(old, parameter),
            )  # fmt: skip
            _compare(walk, old, parameter, other, contexts)
    for parameter in removed:
        change = walk.findings.add(
            "param-removed",
            element_of(old, parameter),
            contexts,
            parameter.name,
            places=(parameter.place, None),
            site=element_of(old, parameter),
        )
        change.sites.update(inline_types(walk.old, parameter.use))
    for parameter in added:
        kind = "param-added-required" if parameter.required else "param-added-optional"
        walk.findings.add(
            kind, element_of(old, parameter), contexts, None, parameter.name, places=(None, parameter.place),
            site=element_of(old, parameter),
        )  # fmt: skip
    for key, parameter in before.items():
        if key in after:
            _compare(walk, old, parameter, after[key], contexts)


def _key(operation: Operation, parameter: Parameter) -> Key:
    """Header names have no case (RFC 9110, 5.1); the name of a path parameter is nothing but its place."""
    if parameter.location == "path":
        names = re.findall(r"\{([^{}]*)\}", operation.path)
        if parameter.name in names:
            return "path", str(names.index(parameter.name))
    name = parameter.name.lower() if parameter.location == "header" else parameter.name
    return parameter.location, name


def _name(parameter: Parameter) -> str:
    return f"{parameter.location}:{parameter.name}"


def element_of(operation: Operation, parameter: Parameter) -> str:
    """How a change of a parameter is headed."""
    return f"{operation.id} {parameter.location} {parameter.name}"


def _same_elsewhere(walk: Walk, parameter: Parameter, candidates: list[Parameter]) -> Parameter | None:
    """The parameter of the same name in another location, or of another name with the same type in the same one."""
    for candidate in candidates:
        if candidate.name.lower() == parameter.name.lower():
            return candidate
    type_ = shown(walk.old, parameter.use)
    alike = [
        candidate
        for candidate in candidates
        if candidate.location == parameter.location
        and shown(walk.new, candidate.use) == type_
        and candidate.required == parameter.required
        and may_be_renamed(parameter, candidate)
    ]
    return alike[0] if len(alike) == 1 else None


def _compare(
    walk: Walk, operation: Operation, old: Parameter, new: Parameter, contexts: list[Context]
) -> None:
    element, places = element_of(operation, old), (old.place, new.place)

    def add(kind: str, before: object = None, after: object = None) -> None:
        walk.findings.add(kind, element, contexts, before, after, places=places, site=element)

    if old.location == new.location == "path" and old.name != new.name:
        walk.findings.add(
            "path-parameter-renamed", element, None, old.name, new.name, places=places, site=element
        )
    if old.required != new.required:
        add("param-required" if new.required else "param-optional")
    if old.content != new.content:
        add("param-style", old.content or old.style, new.content or new.style)
    elif old.style != new.style and old.location == new.location:
        add("param-style", old.style, new.style)
    elif old.explode != new.explode and old.location == new.location:
        add("param-explode", old.explode, new.explode)
    elif old.inner_separators != new.inner_separators:
        add("param-style", *(" ".join(map(repr, each.inner_separators)) or "JSON" for each in (old, new)))
    if old.allow_reserved != new.allow_reserved:
        add("param-allowreserved", old.allow_reserved, new.allow_reserved)
    for context in contexts:
        walk.uses(old.use, new.use, element, context._replace(text=True, sites=(element,)), places)
