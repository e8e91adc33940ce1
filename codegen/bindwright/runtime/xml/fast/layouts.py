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

import attrs
from attrs import define

from bindwright.runtime.compile.function import compiled
from bindwright.runtime.xml.fast.layout_models import item_scan, model_pattern
from bindwright.runtime.xml.fast.layout_regex import (
    CLEAN,
    MISS,
    OPEN,
    SCANNED,
    Apart,
    Frame,
    Layouter,
    MatcherSource,
    ReadApart,
    Scan,
    Unfit,
    capturing,
    instance,
    is_clean,
)
from bindwright.runtime.xml.fast.rows import with_deviations
from bindwright.runtime.xml.plan.members import ModelPlan, model_plan
from bindwright.runtime.xml.plan.places import XmlPlace
from bindwright.runtime.xml.settings import Settings
from bindwright.runtime.xml.tree.names import split_name
from bindwright.runtime.xml.tree.parse import Element
from bindwright.runtime.xml.tree.unknown import Layout, XmlExtra, layout_of
from bindwright.standards.regular_expressions import possessive

_match_head = re.compile(
    possessive(r"""(?:[^<]|<[?!])*+<[^<>"'!?]++(?:"[^"<]*+"[^<>"']*+|'[^'<]*+'[^<>"']*+)*+>""")
).match


odd = re.compile("[\ud800-\udfff\ufffe\uffff]").search
"""Finds characters that XML cannot have and the expressions let pass."""


Matcher = Callable[[str], Any]


def learn(
    place: XmlPlace,
    root: Element,
    text: str,
    value: Any,
    settings: Settings,
    read_apart: ReadApart,
    *,
    stepwise: bool = True,
) -> Matcher | None:
    """A matcher for documents like this one; None where there is nothing to speculate on.

    Args:
        place: of the root.
        root: the document's tree.
        text: its characters.
        value: what the full reader made of it.
        settings: of the codec.
        read_apart: reads items that deviate from the layout.
        stepwise: as in `Layouter`.
    """
    match = _match_head(text)
    if match is None:
        return None
    extra = getattr(value, "_extra", None)
    layout = extra.layout if isinstance(extra, XmlExtra) else None
    if value.__class__ is list:  # which has no room for it
        layout = layout_of(root)
    namespace = split_name(str(root.tag))[0]
    head = match[0]
    substitute = namespace if settings.namespaces == "lenient" and not place.namespace else ""
    # An empty list has no layout that could be seen; attributes of one are kept beside it.
    if place.kind != "model" and (head.endswith("/>") or root.keys()):
        return None
    start, attributes = _start_of(head)
    frame = Frame(head, tail_of(head), settings, read_apart)
    layouter = Layouter(
        dict(root.nsmap), layout, frame, clean=len(text) >= CLEAN, stepwise=stepwise, substitute=substitute,
        close=" />" if " />" in text else "/>", root_attributes=attributes,
    )  # fmt: skip
    try:
        matcher = _learnt(place, layouter, root)
    except Unfit:
        return None
    if layouter.clean:
        matcher = _asked_if_clean(matcher, start)
    # The proof: the expression has to give what the full parser gave of this document, kept content included.
    copy = matcher(text)
    return matcher if copy is not MISS and is_same(copy, value) else None


def is_same(copy: Any, value: Any) -> bool:
    """Whether two values are equal, and everything that is kept beside them and in them."""
    if copy.__class__ is not value.__class__ or getattr(copy, "_extra", None) != getattr(
        value, "_extra", None
    ):
        return False
    if isinstance(value, (list, tuple)):
        return len(copy) == len(value) and all(map(is_same, copy, value))
    if attrs.has(value.__class__):
        return all(
            is_same(getattr(copy, attribute.name), getattr(value, attribute.name))
            for attribute in attrs.fields(value.__class__)
            if attribute.name != "_extra"
        )
    return bool(copy == value) and getattr(copy, "_text", None) == getattr(value, "_text", None)


_find_attributes = re.compile(
    r"""[ \t\r\n]++([^ \t\r\n=<>]++)[ \t\r\n]*+=[ \t\r\n]*+(?:"[^"]*+"|'[^']*+')"""
).finditer


def _start_of(head: str) -> tuple[str, list[tuple[str, str]]]:
    """A document's start up to the first attribute of the root that is no declaration, and the attributes from there."""
    written = list(_find_attributes(head, head.rindex("<")))
    for number, match in enumerate(written):
        if match[1] != "xmlns" and not match[1].startswith("xmlns:"):
            return head[: match.start()], [(each[1], each[0]) for each in written[number:]]
    return head, []


def start_of(head: str) -> str:
    """What documents of one layout have in common before the values of the root's attributes."""
    return _start_of(head)[0]


def head_of(text: str) -> str | None:
    """Everything up to the end of the root's start tag: what tells one layout from another."""
    match = _match_head(text[:4096])
    return None if match is None else match[0]


def _asked_if_clean(matcher: Matcher, head: str) -> Matcher:
    def decode(text: str) -> Any:
        return matcher(text) if text.startswith(head) and is_clean(text) else MISS

    return decode


def _learnt(place: XmlPlace, layouter: Layouter, root: Element) -> Matcher:
    if place.kind == "model":
        return _model_matcher(model_plan(place), layouter, root)
    if place.kind == "list" and place.wrapped and place.item.kind in ("model", "scalar", "union"):
        return _list_matcher(place, layouter, root)
    raise Unfit


def tail_of(head: str) -> str:
    """The end tag for the start tag that a head ends in."""
    start = head[head.rindex("<") + 1 : -1].rstrip("/")  # no value of an attribute has a "<"
    return f"</{start.split(None, 1)[0]}>"


def _model_matcher(plan: ModelPlan, layouter: Layouter, root: Element) -> Matcher:
    """A matcher in steps: an expression up to each list without an element of its own, and its items one by one.

    A long list in one expression would be matched twice, as a whole and then item by item.
    """
    if plan.text is not None:
        raise Unfit
    build = MatcherSource({})
    head, tail = start_of(layouter.frame.head), layouter.frame.tail
    scans: list[tuple[str, Scan]] = []
    layouter.scans = scans
    if layouter.frame.head.endswith("/>"):
        if any(slot.member.required for slot in plan.elements):
            raise Unfit  # an expression would take their values from what does not stand there
        layouter.exact = True  # nothing stands in it
    model = model_pattern(plan, [root], layouter, build, 1, layouter.layout)
    layouter.scans = None
    expression = instance(plan, build, model.kept)
    empty = layouter.frame.head.endswith("/>")
    end = "" if empty else model.content + layouter.space(0) + re.escape(tail)
    opened = f"{model.attributes}{' ?+/' if empty else ''}>" if layouter.root_attributes else ""
    pattern = f"{opened}{end}[ \\t\\n]*+"
    names: dict[str, Any] = {"MISS": MISS, "head": head}
    lines = [
        "def decode(text):",
        "    if not text.startswith(head):",
        "        return MISS",
        f"    at = {len(head)}",
        "    try:",
    ]
    lines += _steps(pattern, scans, build, names)
    lines += [f"        {line}" for line in build.rendered()]
    if scans:
        names["with_deviations"] = with_deviations
        lines.append(f"        if {' or '.join(f'apart_{items}' for items, _ in scans)}:")
        lists = ", ".join(f"({items}, apart_{items})" for items, _ in scans)
        lines.append(f"            return with_deviations({expression}, [{lists}])")
    lines += [
        f"        return {expression}",
        "    except (ValueError, ArithmeticError):",
        "        return MISS",
        "",
    ]
    names |= build.names  # what the lines have bound
    function: Matcher = compiled("\n".join(lines), "decode", f"xml match {plan.model.__qualname__}", names)
    return function


def _steps(
    pattern: str, scans: list[tuple[str, Scan]], build: MatcherSource, names: dict[str, Any]
) -> list[str]:
    """Source that matches what stands around lists, and reads their items, one after the other."""
    lines: list[str] = []
    groups = iter(build.groups)
    steps = pattern.split(SCANNED)
    for number, step in enumerate(steps):
        last = number == len(steps) - 1
        if step:
            names[f"match{number}"] = getattr(
                re.compile(possessive(capturing(step))), "fullmatch" if last else "match"
            )
            variables = [next(groups) for _ in range(step.count(OPEN))]
            lines += [
                f"        match = match{number}(text, at)",
                "        if match is None:",
                "            return MISS",
            ]
            if variables:
                lines.append(f"        {', '.join(variables)}, = match.groups()")
            if not last:
                lines.append("        at = match.end()")
        if not last:
            items, names[f"scan{number}"] = scans[number]
            lines.append(f"        {items}, apart_{items} = [], []")
            lines.append(f"        at = scan{number}(text, at, {items}, apart_{items})")
    return lines


@define
class ItemScanner:
    """Items of a list in one layout, one after the other."""

    head: str
    """The document up to the first item."""
    end: str
    """The end tag of an item."""
    scan: Scan
    tail: Callable[[str, int], Any]
    """Matches what follows the last item."""


def _scanned(place: XmlPlace, layouter: Layouter, samples: list[Element]) -> ItemScanner:
    scan = item_scan(place, samples, layouter, 1)
    end = re.compile(layouter.space(0) + re.escape(layouter.frame.tail) + r"[ \t\n]*+").fullmatch
    return ItemScanner(layouter.frame.head, f"</{layouter.name(place)}>".replace("\\", ""), scan, end)


def _list_matcher(place: XmlPlace, layouter: Layouter, root: Element) -> Matcher:
    items = _scanned(place.item, layouter, list(root))
    head, scan, end, build = items.head, items.scan, items.tail, place.shape.type
    extra = None if layouter.layout is None else XmlExtra(layout=layouter.layout)

    def decode(text: str) -> Any:
        if not text.startswith(head):
            return MISS
        out: list[Any] = []
        apart: list[Apart] = []
        position = scan(text, len(head), out, apart)
        # No item matched, or something stands behind the last one that matched: another layout.
        if not out or end(text, position) is None:
            return MISS
        # Most lists are plain: no object to be made of them.
        value: Any = out if build is list else build(out)
        if build is not list and extra is not None:
            value._extra = extra
        return with_deviations(value, [(out, apart)]) if apart else value

    return decode


def learn_items(
    place: XmlPlace,
    root: Element,
    head: str,
    layout: Layout | None,
    settings: Settings,
    read_apart: ReadApart,
) -> ItemScanner | None:
    """How items stand in a document with this root; None where there is nothing to speculate on.

    Args:
        place: of an item.
        root: the tree of a document with some items.
        head: the start of that document's text, up to the end of the root's start tag.
        layout: white space of the document.
        settings: how items are read that deviate.
        read_apart: reads these.
    """
    frame = Frame(head, tail_of(head), settings, read_apart)
    try:
        return _scanned(place, Layouter(dict(root.nsmap), layout, frame), list(root))
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
    # Two items, where there are two: the white space between them is part of the layout.
    match = next(end, match)
    if match is None:
        return None
    # The white space before the end tag is only seen at the end of the document.
    before = re.search(r"[ \t\n]*+(?=</[^<>]*+>[ \t\n]*+\Z)", text[-4096:])
    return text[: match.end()] + (before[0] if before is not None else "") + tail_of(head)
