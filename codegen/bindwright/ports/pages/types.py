"""Types on a page: what a use is in words, with links, and the table of an object's members."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bindwright.ir.model import Api, Array, Constraints, Enum, Map, Object, Scalar, Union, Use
from bindwright.ports.pages.html import code, prose, table, text

_LIMITS = (
    ("minimum", "at least"), ("maximum", "at most"), ("exclusive_minimum", "above"), ("exclusive_maximum", "below"),
    ("multiple_of", "a multiple of"), ("min_length", "shortest"), ("max_length", "longest"), ("pattern", "pattern"),
    ("min_items", "fewest items"), ("max_items", "most items"),
)  # fmt: skip


def anchor(name: str) -> str:
    """The fragment of a type on the page of types."""
    return "type-" + re.sub(r"[^A-Za-z0-9]+", "-", name)


def described(api: Api, use: Use | None, within: tuple[str, ...] = ()) -> str:
    """A use in words, as HTML; a list or map that holds itself is told by its name there (`within`: ids around it)."""
    if use is None:
        return "anything"
    type_ = api.types.get(use.type)
    if use.type in within:
        words = text(type_.name or "the same") if type_ is not None else "anything"
    else:
        words = _words(api, type_, (*within, use.type))
    return f"{words} or null" if use.nullable else words


def _words(api: Api, type_: object, within: tuple[str, ...]) -> str:
    match type_:
        case Object() | Enum() | Union() if type_.name:
            return f'<a href="types.html#{anchor(type_.name)}">{text(type_.name)}</a>'
        case Scalar():
            form = type_.format or (type_.lexical.json if type_.lexical is not None else "")
            return text(type_.base) + (f" ({text(form)})" if form and form != type_.base else "")
        case Enum():
            return "one of " + ", ".join(code(member.value) for member in type_.members[:30])
        case Array():
            return "list of " + described(api, type_.items, within)
        case Map():
            return "map of " + described(api, type_.values, within)
        case Union():
            return " or ".join(described(api, member, within) for member in type_.members)
        case Object():
            return "object"
    return "anything"


def members(api: Api, type_: Object) -> str:
    """The table of an object's members."""
    rows = [
        (
            code(property.name), described(api, property.use), "required" if property.required else "optional",
            prose(property.use.doc) + _limits(property.use.constraints),
        )
        for property in type_.properties
    ]  # fmt: skip
    for pattern, use in type_.pattern_additional:
        what = f"<em>names that match</em> {code(pattern)}"
        rows.append((what, described(api, use), "optional", prose(use.doc) + _limits(use.constraints)))
    if type_.additional is not None:
        rows.append(("<em>any other name</em>", described(api, type_.additional), "optional", ""))
    return table(("Name", "Type", "", "Description"), rows)


def _limits(constraints: Constraints | None) -> str:
    if constraints is None:
        return ""
    limits = [
        f"{words} {code(value)}"
        for name, words in _LIMITS
        if (value := getattr(constraints, name, None)) is not None
    ]
    return f'<p class="note">{"; ".join(limits)}</p>' if limits else ""


def sections(api: Api) -> Iterator[str]:
    """A section for each named type."""
    for type_ in api.types.values():
        if not type_.name or not isinstance(type_, Object | Enum | Union):
            continue
        yield f'<h2 id="{anchor(type_.name)}">{text(type_.name)}</h2>\n{prose(type_.doc)}'
        if isinstance(type_, Object):
            yield members(api, type_)
        elif isinstance(type_, Enum):
            rows = [
                (code(member.value), text(member.name or ""), prose(member.doc)) for member in type_.members
            ]
            yield table(("Value", "Name", "Description"), rows)
        else:
            yield f"<p>{_words(api, Union(id='', members=type_.members), ())}</p>\n"
