"""Documents of flat models, put together in every manner: read as text, they are what the full parser reads."""

from __future__ import annotations

import datetime as dt
import decimal
import enum
import random
import re
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from attrs import define, field
from bindwright.runtime import UNSET, DecodeError, Model, OpenStrEnum, Unset, Xml, root, wire, xml
from bindwright.runtime.xml import codec

from tests.xml.jobs import NAMESPACE, ImportJob

FULL = xml.Settings(speculate=False)
LENIENT, LENIENT_FULL = (
    xml.Settings(namespaces="lenient", speculate=speculate) for speculate in (True, False)
)
XSI = "http://www.w3.org/2001/XMLSchema-instance"
SHOP = "urn:example:shop"


class Colour(OpenStrEnum):
    RED = "red"
    BLUE = "blue"


@define(kw_only=True)
class Parcel(Model):
    """A flat model of the other profile: optional members, null, defaults, many kinds of scalars."""

    __wire__ = root("parcel", namespace=SHOP)

    number: int = field(metadata=wire("number"))
    weight: decimal.Decimal | None = field(default=None, metadata=wire("weight"))
    label: str | Unset | None = field(default=UNSET, metadata=wire("label"))
    sent: dt.datetime | None = field(default=None, metadata=wire("sent"))
    due: dt.date | None = field(metadata=wire("due"))
    paid: bool = field(default=False, metadata=wire("paid"))
    colour: Colour | None = field(default=None, metadata=wire("colour"))
    ratio: float = field(default=1.5, metadata=wire("ratio"))
    note: str = field(metadata=wire("note"))


VALUES: dict[type, dict[str, str]] = {
    Parcel: {
        "number": "7", "weight": "1.50", "label": "a label", "sent": "2025-11-24T10:45:01.4007824+00:00",
        "due": "2025-11-24", "paid": "true", "colour": "red", "ratio": "2", "note": "two words",
    },
    ImportJob: {
        name: "2025-11-24T10:45:01.4007824+00:00" if name.endswith("Date")
        else "sample string 2" if name == "CurrentStatus" else "1"
        for name in ("ContactListId", "CurrentStatus", "DroppedContacts", "FinishDate", "Id", "InsertedContacts",
                     "InvalidEmailCount", "InvalidSmsCount", "NotUpdatedContacts", "ProgressPercent", "StartDate",
                     "TotalContacts", "UpdatedContacts")
    },
}  # fmt: skip
SPACES = {Parcel: ("parcel", SHOP), ImportJob: ("ImportJob", NAMESPACE)}
PREFIXES = ("", "q:")

Change = Callable[[str, random.Random], str]
"""A document's text with one thing changed."""


def texts(new: str) -> Change:
    """Another text in one element that has text."""

    def change(document: str, chance: random.Random) -> str:
        match = chance.choice([*re.finditer(r">([^<>]+)</", document)] or [None])  # type: ignore[list-item]
        if match is None:
            return document
        text = new.replace("@", match[1])
        return document[: match.start(1)] + text + document[match.end(1) :]

    return change


def inserted(new: str) -> Change:
    """Something between two elements, or before the first or after the last."""

    def change(document: str, chance: random.Random) -> str:
        at = chance.choice([tag.end() for tag in re.finditer(r"<[^>]*>(?=<)", document)] or [0])
        return document[:at] + new + document[at:]

    return change


def elements(how: Callable[[list[str], random.Random], list[str]]) -> Change:
    """The elements of members in another order, or fewer, or more."""

    def change(document: str, chance: random.Random) -> str:
        start, end = document.find(">") + 1, document.rfind("</")
        parts = re.finditer(r"<([^ >/]+)[^>/]*>.*?</\1>|<[^>]*/>|[^<]+", document[start:end])
        return document[:start] + "".join(how([part[0] for part in parts], chance)) + document[end:]

    return change


def replaced(pattern: str, new: str) -> Change:
    """One match of a pattern, replaced."""

    def change(document: str, chance: random.Random) -> str:
        match = chance.choice([*re.finditer(pattern, document)] or [None])  # type: ignore[list-item]
        return (
            document
            if match is None
            else document[: match.start()] + match.expand(new) + document[match.end() :]
        )

    return change


def _shuffled(parts: list[str], chance: random.Random) -> list[str]:
    return chance.sample(parts, len(parts))


CHANGES: dict[str, Change] = {
    **{f"text {new!r}": texts(new) for new in (
        "", " @ ", "@&amp;@", "&#13;@", "&#x1F600;", "&nbsp;", "&", "a&b;", "&#0;", "&#xFFFE;", "<![CDATA[@]]>", "<![CDATA[a & <b>]]>",
        "<![CDATA[@]]>x", "@]]>", "@]]&gt;", "x: y", "0", "-0", "007", "2147483648", "99999999999", "+1", "1_0", "\u0661", "INF",
        "2025-11-24T10:45:01Z", "2025-11-24", "true", "@\r@", "@\t@", "\x01", "\x7f", "\ufffe", "@<b/>", "<!-- c -->@", "@<!-- c -->",
    )},
    **{f"between {new!r}": inserted(new) for new in (
        "<!-- c -->", "<!-- a--b -->", "<!---->", "<!--\x01-->", "<!--->-->", "<?p i?>", "<![CDATA[ ]]>", "<![CDATA[x]]>", " ", "\n",
        "\r\n", "text", "&amp;", "<new>x</new>", "<new/>", "<new />", "<q:new>y</q:new>", "<x:new>y</x:new>", "<new a='1'/>",
        "<new>q:r</new>", "<new>&lt;</new>", "<new><b/></new>", "<a:b:c>1</a:b:c>", "<1a>x</1a>", "<i:new>x</i:new>", "<new><![CDATA[x]]></new>",
        "<id xmlns='urn:other'>1</id>", "<note xmlns='urn:other'>n</note>", "<i:note>n</i:note>", "<new i:nil='true'/>", '<new i:nil="true"/>', "</new>", "<new>",
    )},
    "shuffled": elements(_shuffled), "reversed": elements(lambda parts, _: parts[::-1]),
    "one missing": elements(lambda parts, chance: chance.sample(parts, len(parts) - 1) if parts else []),
    "one twice": elements(lambda parts, chance: [*parts, *chance.sample(parts, min(1, len(parts)))]),
    "none": elements(lambda parts, _: []),
    "null": replaced(r"<([^ >/]+)>[^<>]*</\1>", r'<\1 i:nil="true"/>'), "null in .NET's way": replaced(r"<([^ >/]+)>[^<>]*</\1>", r'<\1 i:nil="true" />'),
    "null with a comment": replaced(r"<([^ >/]+)>[^<>]*</\1>", r'<\1 i:nil="tr<!-- c -->ue"/>'),
    "not null": replaced(r"<([^ >/]+)>([^<>]*)</\1>", r'<\1 i:nil="false">\2</\1>'),
    "empty": replaced(r"<([^ >/]+)>[^<>]*</\1>", r"<\1/>"), "blank in the tag": replaced(r"<([^ >/]+)>", r"<\1 >"),
    "an attribute": replaced(r"<([^ >/!?]+)>", r'<\1 a=">">'), "another end": replaced(r"</([^>]+)>", r"</\1x>"),
    "a comment in the tag": replaced(r"<([^ >/]+)>", r"<\1<!-- c -->>"), "a comment in the root": replaced(r'"http', r'"http<!-- c -->'),
    "after the end": lambda document, _: document + "<!-- end -->", "blank after": lambda document, _: document + " \n",
    "section after": lambda document, _: document + "<![CDATA[ ]]>", "text after": lambda document, _: document + "x",
    "cut after the root's start tag": lambda document, _: document[: document.find(">") + 1],
    "cut": lambda document, chance: document[: chance.randrange(len(document))], "before": lambda document, _: "<!-- c -->" + document,
    "declared": lambda document, _: '<?xml version="1.0"?>' + document, "a DTD": lambda document, _: "<!DOCTYPE a>" + document,
    "lines": lambda document, _: document.replace("><", ">\r\n  <"),
}  # fmt: skip


def whole(model: type, prefix: str) -> str:
    """The usual document."""
    local, space = SPACES[model]
    within = "".join(f"<{prefix}{name}>{value}</{prefix}{name}>" for name, value in VALUES[model].items())
    declared = f'xmlns:i="{XSI}" xmlns{":q" if prefix else ""}="{space}"'
    return f"<{prefix}{local} {declared}>{within}</{prefix}{local}>"


def outcome(model: type, document: str, chosen: xml.Settings | None) -> tuple[Any, ...]:
    """The value, what is kept beside it and how it is written; or the error."""
    try:
        value = xml.decode(document, model, settings=chosen)
    except DecodeError as error:
        return "error", str(error)
    return "value", value, value._extra, repr(value), xml.encode(value)


def learnt(model: type) -> None:
    """Let documents of the usual spellings be seen."""
    for prefix, chosen, _ in product(PREFIXES, (None, LENIENT), range(2)):
        xml.decode(whole(model, prefix), model, settings=chosen)


@pytest.mark.parametrize("model", list(VALUES))
def test_the_same_as_the_full_parser(model: type) -> None:
    assert compared(model, 2025, 3000) > 600


def compared(model: type, seed: int, count: int) -> int:
    """Compare as many documents with one or two changes; gives how many of them could be read."""
    chance = random.Random(seed)
    learnt(model)
    read = 0
    pairs = chance.choices([*product(CHANGES, CHANGES, PREFIXES)], k=count)
    for first, second, prefix in [*product(CHANGES, [""], PREFIXES), *pairs]:
        document = CHANGES[first](whole(model, prefix), chance)
        document = CHANGES[second](document, chance) if second else document
        full = outcome(model, document, FULL)
        assert outcome(model, document, None) == full, (first, second, document)
        read += full[0] == "value"
        lenient = outcome(model, document, LENIENT_FULL)
        assert outcome(model, document, LENIENT) == lenient, (first, second, document)
    return read


def _job(*, order: int = 1, within: str = "") -> str:
    elements = [f"<{name}>{value}</{name}>" for name, value in VALUES[ImportJob].items()][::order]
    declared = f'xmlns:i="{XSI}" xmlns="{NAMESPACE}"'
    return f"<ImportJob {declared}>{''.join([*elements[:3], within, *elements[3:]])}</ImportJob>"


@pytest.mark.parametrize(
    "document",
    [
        _job(order=-1), _job(within="<New>x</New>"), _job(within="<!-- c -->"), _job().replace("\n", "\r\n"),
        _job().replace(">sample string 2<", "><![CDATA[a & b]]><"), _job(order=-1).replace("string", "&amp;"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("chosen", [None, LENIENT])
def test_no_tree_is_made(document: str, chosen: xml.Settings | None, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = xml.decode(document, ImportJob, settings=FULL)
    learnt(ImportJob)
    for _ in range(16):  # after many documents that must be read in full, not every one is tried
        xml.decode(document, ImportJob, settings=chosen)

    def never(*_: object) -> None:
        raise AssertionError("the full parser was asked")

    if chosen is not LENIENT or "New" not in document:  # which may be a member in another namespace
        monkeypatch.setattr(codec, "tree_of", never)
    assert xml.decode(document, ImportJob, settings=chosen) == expected


def test_what_a_layout_was_learnt_in_says_nothing_of_the_encoding() -> None:
    declared = b'<?xml version="1.0" encoding="iso-8859-1"?>' + _job().encode()
    for _ in range(3):
        xml.decode(declared, ImportJob)
    document = declared.replace(b"sample", b"\xc3\xa4")
    assert xml.decode(document, ImportJob).current_status == "\u00c3\u00a4 string 2"


def test_enumerations_stay_open() -> None:
    assert issubclass(Colour, enum.Enum)
    learnt(Parcel)
    text = f'<parcel xmlns="{SHOP}"><note>n</note><number>1</number><due>2025-01-01</due><colour>green</colour></parcel>'
    assert xml.decode(text, Parcel) == xml.decode(text, Parcel, settings=FULL)


class Shade(str, enum.Enum):  # noqa: UP042 - as code before Python 3.11 has it
    RED = "red"


def test_an_enumeration_that_is_no_strenum_has_its_values_as_texts() -> None:
    @define(kw_only=True)
    class Paint(Model):
        __wire__ = root("paint")

        shade: Shade = field(metadata=wire("shade", xml=Xml(node="attribute")))

    assert xml.encode(Paint(shade=Shade.RED)) == b'<paint shade="red"/>'
    assert xml.decode(b'<paint shade="red"/>', Paint) == Paint(shade=Shade.RED)
