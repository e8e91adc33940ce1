"""Choices that nothing tells, read by the accelerator as the reference reads them: every alternative in turn."""

from __future__ import annotations

import random
from collections import Counter
from contextlib import suppress
from enum import Enum
from typing import Any, Literal, TypeAlias

import attrs
import pytest
from bindwright.runtime import UNSET, Model, Unset, Xml, root, wire, xml
from bindwright.runtime.alternatives.decoded import decoded_grader, grade_decoded
from bindwright.runtime.errors import DecodeError
from bindwright.runtime.resolve import COMMON
from bindwright.runtime.shapes import members_of
from bindwright.runtime.wire import Checks, Choice, at
from bindwright.runtime.xml.accelerated import read_plans, write_plans
from bindwright.runtime.xml.codec import XmlCodec
from bindwright.runtime.xml.encoding.namespaces import Env, StaticScope
from bindwright.runtime.xml.encoding.read_back import ReadBack
from bindwright.runtime.xml.fast.layout_regex import MISS
from bindwright.runtime.xml.plan.members import model_plan
from bindwright.runtime.xml.settings import XSI
from bindwright.runtime.xml.tree.unknown import XmlExtra
from typing_extensions import TypeAliasType

from tests.leaks import blocks_kept
from tests.xml.test_accelerated_reading import Both, disturbed, settings, shuffled
from tests.xml.test_accelerated_writing import outcome, pure
from tests.xml.test_both_paths import mutated
from tests.xml.test_hostile import PIECES

pytestmark = pytest.mark.skipif(
    read_plans.C is None, reason="the accelerator is not installed, or switched off"
)


class Colour(str, Enum):  # noqa: UP042 - as code before Python 3.11 has it
    RED = "red"
    BLUE = "blue"


@attrs.define(kw_only=True)
class Link(Model):
    href: str = attrs.field(metadata=wire("href"))
    size: int | None = attrs.field(default=None, metadata=wire("size", checks=Checks(maximum=9)))


@attrs.define(kw_only=True)
class Iban(Model):
    type: Literal["iban"] = attrs.field(default="iban", metadata=wire("type"))
    number: str = attrs.field(metadata=wire("number", checks=Checks(max_length=4)))


@attrs.define(kw_only=True)
class Account(Model):
    type: Literal["local"] = attrs.field(default="local", metadata=wire("type"))
    number: str = attrs.field(metadata=wire("number"))
    colour: Colour | None = attrs.field(default=None, metadata=wire("colour"))


@attrs.define(kw_only=True)
class Shade(Model):
    __wire__ = root("shade", namespace="urn:shade")

    colour: Colour | None = attrs.field(default=None, metadata=wire("colour"))
    at: str | None = attrs.field(default=None, metadata=wire("at", xml=Xml(node="attribute")))
    inner: Link | Shade | None = attrs.field(default=None, metadata=wire("inner"))


@attrs.define(kw_only=True)
class Note(Model):
    lang: str | None = attrs.field(default=None, metadata=wire("lang", xml=Xml(node="attribute")))
    value: int = attrs.field(metadata=wire("value", xml=Xml(node="text")))


@attrs.define(kw_only=True)
class Grantee(Model):
    kind: str | None = attrs.field(
        default=None, metadata=wire("kind", xml=Xml(name="type", namespace=XSI, node="attribute"))
    )
    colour: Colour | None = attrs.field(
        default=None, metadata=wire("colour", xml=Xml(name="type2", namespace=XSI, node="attribute"))
    )
    id: str | None = attrs.field(default=None, metadata=wire("id"))


@attrs.define(kw_only=True)
class Typing(Model):
    selector: str | None = attrs.field(default=None, metadata=wire("selector"))
    value: str | None = attrs.field(default=None, metadata=wire("value"))
    is_optional: bool | None = attrs.field(default=None, metadata=wire("is_optional"))


@attrs.define(kw_only=True)
class Keys(Model):
    """What `Typing` knows as well, and in the same order."""

    selector: str | None = attrs.field(default=None, metadata=wire("selector"))
    value: str | None = attrs.field(default=None, metadata=wire("value"))


@attrs.define(kw_only=True)
class Swapped(Model):
    """The same in another order, which is something that is kept."""

    value: str | None = attrs.field(default=None, metadata=wire("value"))
    selector: str | None = attrs.field(default=None, metadata=wire("selector"))
    lang: str | None = attrs.field(default=None, metadata=wire("lang", xml=Xml(node="attribute")))


@attrs.define(kw_only=True)
class Pause(Model):
    delay: int | None = attrs.field(default=None, metadata=wire("delay", checks=Checks(maximum=9)))
    unit: Literal["s", "ms"] | None = attrs.field(default=None, metadata=wire("unit"))
    is_optional: bool | None = attrs.field(default=None, metadata=wire("is_optional"))


@attrs.define(kw_only=True)
class Wait(Model):
    delay: int | None = attrs.field(default=None, metadata=wire("delay"))
    unit: str | None = attrs.field(default=None, metadata=wire("unit"))
    nullable: int | Unset | None = attrs.field(default=UNSET, metadata=wire("nullable"))


@attrs.define(kw_only=True)
class Loop(Model):
    times: int | None = attrs.field(default=None, metadata=wire("times"))
    steps: list[Typing] | None = attrs.field(default=None, metadata=wire("steps"))
    names: list[str] | None = attrs.field(default=None, metadata=wire("names", xml=Xml(wrapped=True)))


@attrs.define(kw_only=True)
class Press(Model):
    """Its element may be taken for an alternative's within the choice's own."""

    keys: Keys | None = attrs.field(default=None, metadata=wire("Keys"))
    times: int | None = attrs.field(default=None, metadata=wire("times"))


Loose: TypeAlias = Typing | Keys | Swapped | Pause | Wait | Loop | Press
"""Nothing tells these apart but which members are there."""


@attrs.define(kw_only=True)
class Script(Model):
    __wire__ = root("script", namespace="urn:script")

    step: Loose | None = attrs.field(default=None, metadata=wire("step"))
    steps: list[Loose] | None = attrs.field(default=None, metadata=wire("steps"))
    either: Literal["off"] | int | Loose | None = attrs.field(default=None, metadata=wire("either"))
    named: dict[str, Loose | None] | None = attrs.field(default=None, metadata=wire("named"))
    rows: list[Link] | list[Shade] | list[dict[str, Any]] | None = attrs.field(
        default=None, metadata=wire("rows")
    )
    health: Colour | dict[str, Link] | None = attrs.field(default=None, metadata=wire("health"))
    word: Colour | str | int | None = attrs.field(default=None, metadata=wire("word"))
    number: Literal["7"] | float | dict[str, Link] | None = attrs.field(default=None, metadata=wire("number"))
    tuples: dict[str, dict[str, int] | None] | None = attrs.field(default=None, metadata=wire("tuples"))


@attrs.define(kw_only=True)
class Document(Model):
    __wire__ = root("document")

    link: str | Link | None = attrs.field(default=None, metadata=wire("link"))
    number: int | Link | str | None = attrs.field(default=None, metadata=wire("number"))
    account: Iban | Account | None = attrs.field(default=None, metadata=wire("account"))
    accounts: list[Iban | Account] | None = attrs.field(default=None, metadata=wire("accounts", items=at()))
    shade: Shade | Link | None = attrs.field(default=None, metadata=wire("shade"))
    health: Colour | dict[str, Link] | None = attrs.field(default=None, metadata=wire("health"))
    note: Note | Link | None = attrs.field(default=None, metadata=wire("note"))
    either: Link | list[Link] | None = attrs.field(default=None, metadata=wire("either"))
    words: list[str] | str | Link | None = attrs.field(default=None, metadata=wire("words"))
    many: list[Iban] | list[Link] | None = attrs.field(default=None, metadata=wire("many"))
    named: dict[str, list[Link]] | None = attrs.field(default=None, metadata=wire("named"))
    numbers: dict[str, list[int]] | None = attrs.field(default=None, metadata=wire("numbers"))
    choices: dict[str, Iban | Account] | None = attrs.field(default=None, metadata=wire("choices"))
    free: Link | dict[str, Any] | None = attrs.field(default=None, metadata=wire("free"))
    grantee: Grantee | None = attrs.field(default=None, metadata=wire("grantee"))
    tagged: Iban | Account | None = attrs.field(
        default=None,
        metadata=wire(
            "tagged", choice=Choice(discriminator="type", mapping={"iban": "Iban", "local": "Account"})
        ),
    )
    plain: Link | None = attrs.field(default=None, metadata=wire("plain"))
    only: str | Keys | None = attrs.field(default=None, metadata=wire("only"))


_DECLARED = f'xmlns:xsi="{XSI}"'
CONTENTS = [
    "", " ", "a", "http://e.org/x", "7", "red", "<href>a</href>", "<href>a</href><size>3</size>", "<href>a</href><size>12</size>",
    "<size>3</size>", "<size>x</size><href>a</href>", "<href>a</href>text", "<href/>", "<href><b/></href>", "<href>a</href><href>b</href>",
    "<type>iban</type><number>12</number>", "<type>iban</type><number>123456</number>", "<type>local</type><number>12</number>",
    "<number>12</number>", "<number>123456</number>", "<number>12</number><colour>red</colour>", "<number>12</number><colour>pink</colour>",
    "<type>other</type><number>1</number>", "<type>local</type><number>1</number><u/>", "<type>iban</type><number>1</number><u>t</u>",
    "<colour>blue</colour>", "<colour>pink</colour>", "<inner><href>a</href></inner>", "<inner><colour>red</colour></inner>",
    "<inner><inner><inner><href>a</href></inner></inner></inner>", "<a><href>a</href></a><b><href>b</href></b>", "<a><href>a</href></a>",
    "<a>1</a><b><b>1</b><c>2</c></b>", "<k><k><href>a</href></k><k><href>b</href></k></k>", "<k/>", "<k><k>1</k></k>", "<k>1</k><k>2</k>",
    "<account><number>1</number></account>", "<Iban><number>1</number></Iban>", "<Link><href>a</href></Link>",
    '<k xmlns:q="urn:q">q:a</k>', "<id>1</id>", "<!-- c -->red", "<href>a<!-- c -->b</href>", "&#160;", "<either><href>a</href></either>",
]  # fmt: skip
_LINKS = [content for content in CONTENTS if content.startswith("<href>a")]
_ACCOUNTS = [content for content in CONTENTS if content.startswith(("<type>", "<number>"))]
USUAL = {
    "link": ["a", *_LINKS], "number": ["7", "a", *_LINKS], "account": _ACCOUNTS, "accounts": _ACCOUNTS,
    "shade": [content for content in CONTENTS if content.startswith(("<colour>", "<inner>"))], "health": ["red", "pink", *CONTENTS[30:32]],
    "note": ["7", "7", "8", "x", *_LINKS], "either": _LINKS, "words": ["a", "b", *_LINKS], "many": [*_ACCOUNTS, *_LINKS],
    "named": ["<k><k><href>a</href></k><k><href>b</href></k></k>", "<k/>", ""], "numbers": ["<k><k>1</k></k>", "<k><l>1</l></k><m/>"],
    "choices": ["<k><number>1</number></k>", "<k><type>local</type><number>1</number></k>"], "free": [*_LINKS, "<a><b>c</b></a>"],
    "grantee": ["<id>1</id>", ""], "tagged": _ACCOUNTS, "plain": _LINKS,
    "only": ["a", " ", "<value>b</value>", "<selector>c</selector><value/>", "<Keys><value>d</value></Keys>", "t<value>b</value>",
             "<Keys/><value>e</value>", "<value>b</value><u/>"],
}  # fmt: skip
"""Contents that an alternative of a member may have."""
ATTRIBUTES = [
    "", "", "", "", "", ' u="1"', ' at="x"', ' lang="en"', ' lang="en" u="1"', f" {_DECLARED}", f' {_DECLARED} xsi:nil="true"',
    f' {_DECLARED} xsi:nil="0"', f' {_DECLARED} xsi:type="Link"', f' {_DECLARED} xsi:type="Account"', f' {_DECLARED} xsi:type="Grantee" u="2"',
    f' {_DECLARED} xmlns:q="urn:q" xsi:type="q:Iban"', f' {_DECLARED} xsi:type="q:Iban"', f' {_DECLARED} xmlns:q="urn:shade" xsi:type="q:shade"',
    f' {_DECLARED} xmlns:q="{"u" * 130}" xsi:type="q:shade"', f' {_DECLARED} xsi:type=" Iban "', f' {_DECLARED} xsi:type="xsi:Iban" xsi:type2="red"',
    f' {_DECLARED} xsi:type="CanonicalUser" xsi:type2="xsi:red" u="3"',
]  # fmt: skip
ROOTS = ["", "", f" {_DECLARED}", ' xmlns:q="urn:q"', ' u="1"']
NAMES = [member.json for member in members_of(Document)]


def document(source: random.Random) -> bytes:
    """A document with contents of any alternative at any member."""
    parts = []
    for name in source.sample(NAMES, source.choice((1, 1, 1, 2, 3))):
        for _ in range(source.choice((1, 1, 1, 2)) if name in ("accounts", "either", "words", "many") else 1):
            content = source.choice(USUAL[name] if source.random() < 0.8 else CONTENTS)
            attributes = source.choice(ATTRIBUTES) if source.random() < 0.5 or name == "grantee" else ""
            parts.append(f"<{name}{attributes}>{content}</{name}>")
    if source.random() < 0.3:
        source.shuffle(parts)
    return f"<document{source.choice(ROOTS)}>{''.join(parts)}</document>".encode()


@pytest.mark.parametrize("namespaces", ["strict", "lenient"])
def test_choices_are_read_the_same(namespaces: Any) -> None:
    both, source = Both(Document, namespaces), random.Random(11)
    reads = dict.fromkeys(NAMES, 0)
    for _ in range(5000):
        data = document(source)
        is_read = both.compare(data)
        for name in NAMES:
            reads[name] += is_read and f"<{name}" in data.decode()
    assert min(reads.values()) > 15, reads


def test_choices_in_disturbed_documents_are_read_the_same() -> None:
    both, source, count = Both(Document), random.Random(12), 0
    for _ in range(1500):
        data = document(source)
        count += both.compare(disturbed(data, source))
        count += both.compare(mutated(data, source, PIECES, document(source)))
        if both.compare(data):
            count += both.compare(shuffled(data, source))
    assert count > 600


VALUES = [
    Document(link="http://e.org", number="a"),
    Document(
        link=Link(href="a"), number=3, shade=Shade(inner=Shade(inner=Link(href="b"), colour=Colour.RED))
    ),
    Document(
        account=Account(number="1", colour=Colour.BLUE), accounts=[Iban(number="1"), Account(number="2")]
    ),
    Document(health={"a": Link(href="b")}, either=[Link(href="a"), Link(href="b")], words=["a", "b"]),
    Document(health=Colour.RED, either=Link(href="a"), words="a", many=[Iban(number="1"), Iban(number="2")]),
    Document(named={"k": [Link(href="a")]}, numbers={"k": [1, 2]}, choices={"k": Iban(number="1")}),
    Document(free={"a": {"b": "c"}}, grantee=Grantee(kind="CanonicalUser", id="1"), tagged=Iban(number="1")),
]


@pytest.mark.parametrize("value", VALUES)
def test_it_is_the_accelerator_that_reads_them(value: Document) -> None:
    both = Both(Document)
    assert both.compare(xml.encode(value))


def test_a_choice_within_choices_is_read_in_linear_time() -> None:
    """Each level tries two alternatives: what would double with every level is left to the reference."""
    text = "<inner>" * 60 + "<href>a</href>" + "</inner>" * 60
    data = f"<document><shade>{text}</shade></document>".encode()
    both = Both(Document)
    both.compare(data)
    assert repr(both.quick.decode(data)) == repr(both.full.decode(data))


def test_graders_see_what_grading_sees() -> None:
    source, both = random.Random(13), Both(Document)
    graded = 0
    for _ in range(2000):
        value = both.read(document(source).decode())
        if value is MISS:
            continue
        for member in members_of(Document):
            item = getattr(value, member.attribute)
            shapes = member.shape.inner() if member.shape.kind == "union" else [member.shape]
            for shape in shapes:
                python_type = {"list": list, "map": dict}.get(shape.kind, shape.type)
                if not isinstance(python_type, type) or not isinstance(item, python_type):
                    continue
                grader, full = decoded_grader(shape), grade_decoded(shape, item)
                assert (None if grader is None else grader(item)) == (full if any(full) else None)
                graded += any(full)
    assert graded > 20


def test_what_a_class_says_of_its_values_is_what_asking_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """The alternative that is certain by a value's class, and the one found by reading back what was written."""
    source, quick = random.Random(15), XmlCodec(Document, None, COMMON, settings("strict", quick=True))
    values = [*VALUES, Document(link=" ", number="7", health={})]  # type: ignore[arg-type]
    for _ in range(2500):
        with suppress(DecodeError):
            values.append(quick.decode(document(source)))
    written = [quick.encode(value) for value in values]
    monkeypatch.setattr(ReadBack, "certainties", lambda *_: ())
    monkeypatch.setattr(write_plans, "element_reader", lambda _: None)
    asking = XmlCodec(Document, None, COMMON, settings("strict", quick=True))
    for value, data in zip(values, written, strict=True):
        assert asking.encode(value) == data, value
    assert len(values) > 900


_TEXTS: list[Any] = [None, None, "a", "", " ", "ms", "<&>"]
_NUMBERS: list[Any] = [None, None, 0, 7, 12, -3]
MEMBERS: dict[str, list[Any]] = {
    "selector": _TEXTS, "value": _TEXTS, "unit": [None, "s", "ms"], "lang": [None, None, "en"], "delay": _NUMBERS, "times": _NUMBERS,
    "is_optional": [None, None, True, False], "nullable": [UNSET, UNSET, None, 4], "names": [None, [], ["a"], ["a", ""]],
    "steps": [None, [], [Typing(value="a")], [Typing(), Typing(selector="b")]], "Keys": [None, Keys(), Keys(value="a")],
}  # fmt: skip


def loose(source: random.Random) -> Any:
    """An object of one of the alternatives, with members of the right kinds; one in some keeps something."""
    cls = source.choice(Loose.__args__)  # type: ignore[attr-defined]
    value = cls(**{member.attribute: source.choice(MEMBERS[member.json]) for member in members_of(cls)})
    if source.random() < 0.1:
        value._extra = source.choice((XmlExtra(attributes=(("u", "1"),)), XmlExtra(order=(1, 0)), XmlExtra()))
    return value


def script(source: random.Random) -> Script:
    """A script with values at one or two of its members."""
    links = [[], [Link(href="a")], [Link(href="a"), Link(href="b", size=12)]]
    kinds: dict[str, Any] = {
        "step": lambda: loose(source), "steps": lambda: [loose(source) for _ in range(source.randrange(4))],
        "either": lambda: source.choice(("off", 7, -1, loose(source))),
        "named": lambda: {key: source.choice((None, loose(source))) for key in source.sample(("a", "b:c", "_x_", "ä", ""), 2)},
        "rows": lambda: source.choice((*links, [Shade(at="x")], [Shade(), Link(href="a")], [{"a": "b"}], [{"a": "b"}, {"c": "d"}])),
        "health": lambda: source.choice((Colour.RED, {}, {"a:b": Link(href="a")}, {"a": Link(href="b"), "{u}c": Link(href="d")})),
        "word": lambda: source.choice((Colour.RED, "red", "7", "", " ", "word", " 7", "ä", "-x", 7, -1)),
        "number": lambda: source.choice(("7", 7.0, 0.5, -1e300, float("inf"), {}, {"a": Link(href="b")})),
        "tuples": lambda: source.choice(({}, {"a": None}, {"b:c": {"d": 1}, "": None})),
    }  # fmt: skip
    return Script(**{name: kinds[name]() for name in source.sample(sorted(kinds), source.choice((1, 1, 2)))})


@pytest.mark.parametrize("is_quick", [True, False])
def test_members_tell_what_reading_back_would(is_quick: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Alternatives without required members: what is settled by the members that are there is what reading back says."""
    source = random.Random(16)
    codec = XmlCodec(Script, None, COMMON, settings("strict", quick=True)) if is_quick else pure(Script)
    values = [script(source) for _ in range(3000)]
    written = [outcome(codec, value) for value in values]
    seen = Counter(
        (type(value.step), certainty.is_typed)
        for value in values
        if value.step is not None and (certainty := _back().certainty_of(value.step)) is not None
    )
    assert len(seen) > 6, seen
    monkeypatch.setattr(ReadBack, "certainties", lambda *_: ())
    monkeypatch.setattr(write_plans, "element_reader", lambda _: None)
    asking = pure(Script)
    for value, data in zip(values, written, strict=True):
        assert data == outcome(asking, value), value


def _back() -> ReadBack:
    plan = model_plan(XmlCodec(Script, None, COMMON, settings("strict", quick=True)).place)
    place = next(slot.place for slot in plan.elements if slot.member.json == "step")
    return ReadBack(place, Env(StaticScope("urn:script", ()), ()))


def test_nothing_is_kept_of_alternatives_that_were_tried() -> None:
    both, source = Both(Document), random.Random(14)
    texts = [document(source).decode() for _ in range(300)]

    def turn() -> int:
        return sum(both.read(text) is not MISS for text in texts)

    for _ in range(5):
        assert 50 < turn() < len(texts)
    assert blocks_kept(turn, 20) < 10 < len(texts)


class Nested(dict[str, "Nested"]):
    __wire__ = root("Nested")


Tree: TypeAlias = TypeAliasType("Tree", 'str | list["Tree"] | dict[str, "Tree"]')
Ring: TypeAlias = TypeAliasType("Ring", 'int | list["Chain"] | dict[str, "Ring"]')
Chain: TypeAlias = TypeAliasType("Chain", 'int | list["Ring"] | list["Tree"]')


@attrs.define(kw_only=True)
class Recursive(Model):
    __wire__ = root("recursive")

    nested: Nested | None = attrs.field(default=None, metadata=wire("nested"))
    tree: Tree | None = attrs.field(default=None, metadata=wire("tree", xml=Xml(wrapped=True)))
    ring: Ring | None = attrs.field(default=None, metadata=wire("ring", xml=Xml(wrapped=True)))


@pytest.mark.parametrize(("type_", "name"), [(Recursive, "recursive"), (Nested, "Nested")])
def test_what_holds_itself_without_a_model_between_has_an_end(type_: Any, name: str) -> None:
    both, inner, count = Both(type_), "" if type_ is Nested else "3", 0
    for _ in range(6):
        for member in ("nested", "tree", "ring"):
            document = f"<{name}><{member}>{inner}</{member}></{name}>"
            with suppress(DecodeError):
                assert both.quick.encode(both.quick.decode(document)) == both.full.encode(
                    both.full.decode(document)
                )
                count += 1
            both.compare(document.encode())
        inner = f"<a>{inner}</a><b>{inner}</b>"
    assert count > 5
