"""Speculation: documents in a layout that was seen before are matched as text.

A server writes the same layout every time. From a document that the full parser has read, a `Matcher`
is made: one regular expression for the model in exactly this layout (the same start tag of the root, the
same prefixes, the members in written order, the same white space). Values are taken straight from the text.

Whatever deviates in any way (order, prefix, entity, comment, CDATA, CR, control character, unknown element
or attribute, white space) does not match, and the full parser reads the document. So results and
errors are those of the full parser. Expressions are possessive throughout: matching is linear.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from attrs import define

from bindwright.runtime.compile.function import compiled
from bindwright.runtime.xml.fast.layout_regex import (
    MISS,
    Layouter,
    MatcherSource,
    Unfit,
    capturing,
    instance,
    item_of,
    members_in,
    scanner_of,
)
from bindwright.runtime.xml.plan.members import ModelPlan, model_plan
from bindwright.runtime.xml.plan.places import XmlPlace
from bindwright.runtime.xml.tree.parse import Element
from bindwright.runtime.xml.tree.unknown import Layout, XmlExtra

_match_head = re.compile(
    r"""(?:[^<]|<[?!])*+<[^<>"'!?]++(?:"[^"<]*+"[^<>"']*+|'[^'<]*+'[^<>"']*+)*+>"""
).match


odd = re.compile("[\ud800-\udfff\ufffe\uffff]").search
"""Finds characters that XML cannot have and the expressions let pass."""


Matcher = Callable[[str], Any]


def learn(place: XmlPlace, root: Element, text: str, value: Any) -> Matcher | None:
    """A matcher for documents like this one; None where there is nothing to speculate on."""
    match = _match_head(text)
    if match is None or root.keys():
        return None
    extra = getattr(value, "_extra", None)
    layout = extra.layout if isinstance(extra, XmlExtra) else None
    if extra is not None and (not isinstance(extra, XmlExtra) or not extra.plain):
        return None
    try:
        matcher = _learnt(place, Layouter(dict(root.nsmap), layout), match[0], extra)
    except Unfit:
        return None
    return matcher if matcher(text) == value else None


def head_of(text: str) -> str | None:
    """Everything up to the end of the root's start tag: what tells one layout from another."""
    match = _match_head(text[:4096])
    return None if match is None else match[0]


def _learnt(place: XmlPlace, layouter: Layouter, head: str, extra: XmlExtra | None) -> Matcher:
    if head.endswith("/>"):
        raise Unfit
    tail = tail_of(head)
    if place.kind == "model":
        return _model_matcher(model_plan(place), layouter, head, tail, extra)
    if place.kind == "list" and place.wrapped and place.item.kind in ("model", "scalar"):
        return _list_matcher(place, layouter, head, tail, extra)
    raise Unfit


def tail_of(head: str) -> str:
    """The end tag for the start tag that a head ends in."""
    start = head[head.rindex("<") + 1 : -1].rstrip("/")  # no value of an attribute has a "<"
    return f"</{start.split(None, 1)[0]}>"


def _model_matcher(
    plan: ModelPlan, layouter: Layouter, head: str, tail: str, extra: XmlExtra | None
) -> Matcher:
    build = MatcherSource({})
    pattern = capturing(members_in(plan, layouter, build, 1))
    match = re.compile(pattern + layouter.space(0) + re.escape(tail) + r"[ \t\n]*+").fullmatch
    expression = instance(plan, build, extra)
    names = {"match": match, "MISS": MISS, "head": head, **build.names}
    groups = "(" + "".join(f"{group}, " for group in build.groups) + ")" if build.groups else "_"
    lines = [
        "def decode(text):", "    if not text.startswith(head):", "        return MISS",
        f"    found = match(text, {len(head)})", "    if found is None:", "        return MISS",
        f"    {groups} = found.groups()", "    try:", *(f"        {line}" for line in build.lines),
        f"        return {expression}", "    except (ValueError, ArithmeticError):", "        return MISS", "",
    ]  # fmt: skip
    function: Matcher = compiled("\n".join(lines), "decode", f"xml match {plan.model.__qualname__}", names)
    return function


@define
class ItemScanner:
    """Items of a list in one layout, one after the other."""

    head: str
    """The document up to the first item."""
    end: str
    """The end tag of an item."""
    scan: Callable[[str, int, list[Any]], int]
    """Adds the items that stand from a position on to a list, and gives where they end."""
    tail: Callable[[str, int], Any]
    """Matches what follows the last item."""


def _scanned(place: XmlPlace, layouter: Layouter, head: str, tail: str) -> ItemScanner:
    build = MatcherSource({})
    pattern, expression = item_of(place, layouter, build, 1)
    groups = "(" + "".join(f"{group}, " for group in build.groups) + ")"
    names = {"scanner": scanner_of(capturing(pattern)), **build.names}
    lines = [
        "def scan(text, at, out):", "    add = out.append", "    step = scanner(text, at).match",
        "    while (found := step()) is not None:", f"        {groups} = found.groups()",
        *(f"        {line}" for line in build.lines), f"        add({expression})",
        "        at = found.end()", "    return at", "",
    ]  # fmt: skip
    scan = compiled("\n".join(lines), "scan", f"xml match items <{place.name}>", names)
    end = re.compile(layouter.space(0) + re.escape(tail) + r"[ \t\n]*+").fullmatch
    return ItemScanner(head, f"</{layouter.name(place)}>".replace("\\", ""), scan, end)


def _list_matcher(
    place: XmlPlace, layouter: Layouter, head: str, tail: str, extra: XmlExtra | None
) -> Matcher:
    items = _scanned(place.item, layouter, head, tail)
    scan, end, build = items.scan, items.tail, place.shape.type

    def decode(text: str) -> Any:
        if not text.startswith(head):
            return MISS
        out: list[Any] = []
        try:
            position = scan(text, len(head), out)
        except (ValueError, ArithmeticError):
            return MISS
        if not out or end(text, position) is None:
            return MISS
        if build is list:
            return out
        value = build(out)
        if extra is not None:
            value._extra = extra
        return value

    return decode


def learn_items(place: XmlPlace, root: Element, head: str, layout: Layout | None) -> ItemScanner | None:
    """How items stand in a document with this root; None where there is nothing to speculate on."""
    try:
        return _scanned(place, Layouter(dict(root.nsmap), layout), head, tail_of(head))
    except Unfit:
        return None


def sample_of(text: str, place: XmlPlace) -> str | None:
    """A short document with the first items of a long list: what a layout is learnt from."""
    head = head_of(text)
    if head is None or head.endswith("/>"):
        return None
    end = re.compile(rf"</(?:[^:<>]++:)?{re.escape(place.name)}>").finditer(
        text, len(head), len(head) + (1 << 20)
    )
    match = next(end, None)
    match = next(end, match)
    if match is None:
        return None
    before = re.search(r"[ \t\n]*+(?=</[^<>]*+>[ \t\n]*+\Z)", text[-4096:])
    return text[: match.end()] + (before[0] if before is not None else "") + tail_of(head)
