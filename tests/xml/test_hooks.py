"""Users' own types: hooks on the cattrs converter of XML win over the compiled code, wherever the type stands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from attrs import define, field, frozen
from bindwright.runtime import DecodeError, EncodeError, Model, wire, xml
from bindwright.runtime.wire import Wire, Xml
from bindwright.runtime.xml import codec
from bindwright.runtime.xml.scalars.hooks import HOOKS


@frozen
class Money:
    """No model of the document."""

    cents: int


@define(kw_only=True)
class Hooked(Model):
    """A model that a user reads and writes in another way."""

    a: int = field(metadata=wire("a"))


@define(kw_only=True)
class Bill(Model):
    """Holds one of each."""

    __wire__ = Wire(xml=Xml(name="Bill", namespace="urn:bill"))

    tax: Money | None = field(default=None, metadata=wire("tax", xml=Xml(node="attribute")))
    total: Money = field(metadata=wire("total"))
    rest: Money | None = field(default=None, metadata=wire("rest"))
    parts: list[Money] = field(factory=list, metadata=wire("parts"))
    kept: list[Money] = field(factory=list, metadata=wire("kept", xml=Xml(wrapped=True)))
    by_name: dict[str, Money] = field(factory=dict, metadata=wire("by_name"))
    model: Hooked | None = field(default=None, metadata=wire("model"))


@pytest.fixture(autouse=True)
def hooks() -> Iterator[None]:
    """Hooks that are gone again after the test; what was compiled without them must go stale."""
    xml.decode(b"<Hooked><a>1</a></Hooked>", Hooked)
    xml.encode(Hooked(a=1))
    converter = xml.converter()
    converter.register_structure_hook(Money, lambda value, _: Money(int(value.removesuffix("c"))))
    converter.register_unstructure_hook(Money, lambda value: f"{value.cents}c")
    yield
    HOOKS.clear()


TEXT = (
    b'<Bill xmlns="urn:bill" tax="2c"><total>5c</total><parts>1c</parts><parts>2c</parts>'
    b"<kept><kept>3c</kept></kept><by_name><x>4c</x></by_name></Bill>"
)
VALUE = Bill(
    tax=Money(2), total=Money(5), parts=[Money(1), Money(2)], kept=[Money(3)], by_name={"x": Money(4)}
)


def test_hooks_read_and_write_everywhere() -> None:
    for _ in range(4):
        assert xml.decode(TEXT, Bill) == VALUE
    assert xml.encode(VALUE) == TEXT
    assert xml.decode(xml.encode(Money(7)), Money) == Money(7)


def test_lists_of_hooked_types_are_not_matched_as_text() -> None:
    text = b"<ArrayOfMoney>" + b"<ArrayOfMoney>1c</ArrayOfMoney>" * 9 + b"</ArrayOfMoney>"
    for _ in range(9):
        assert xml.decode(text, list[Money]) == [Money(1)] * 9


def test_a_hook_for_a_model_wins_and_what_was_compiled_before_is_stale() -> None:
    converter = xml.converter()
    converter.register_structure_hook(Hooked, lambda value, _: Hooked(a=-int(value["b"]["@c"])))
    assert xml.decode(b'<Hooked><b c="5"/></Hooked>', Hooked) == Hooked(a=-5)
    assert xml.encode(Hooked(a=1)) == b"<Hooked><a>1</a></Hooked>"
    converter.register_unstructure_hook(Hooked, lambda value: {"@n": 1, "b": {"@c": str(-value.a)}})
    assert xml.encode(Hooked(a=1)) == b'<Hooked n="1"><b c="-1"></b></Hooked>'
    bill = Bill(total=Money(1), model=Hooked(a=3))
    assert xml.decode(xml.encode(bill), Bill) == bill


def test_hooks_for_plain_classes_win_too() -> None:
    xml.converter().register_structure_hook(int, lambda value, _: int(value, 16))
    xml.converter().register_unstructure_hook(int, lambda value: f"{value:x}")
    for _ in range(4):
        assert xml.decode(b"<Hooked><a>ff</a></Hooked>", Hooked) == Hooked(a=255)
    assert xml.encode(Hooked(a=255)) == b"<Hooked><a>ff</a></Hooked>"


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [(b"<total>5c", b"<total>x", "/Bill/total"), (b'"2c"', b'"x"', "/Bill/@tax"), (b"<parts>2c", b"<parts>x", "/Bill/parts[2]")],
)  # fmt: skip
def test_what_a_hook_raises_is_a_decode_error_with_a_path(old: bytes, new: bytes, path: str) -> None:
    with pytest.raises(DecodeError, match="a Money") as caught:
        xml.decode(TEXT.replace(old, new), Bill)
    assert caught.value.path == path


def test_what_a_hook_cannot_write_is_an_encode_error_with_a_path() -> None:
    with pytest.raises(EncodeError) as caught:
        xml.encode(Bill(total="5c"))  # type: ignore[arg-type]
    assert caught.value.path == "/Bill/total"


def test_structure_and_unstructure_are_the_same_code() -> None:
    assert xml.converter().structure(TEXT, Bill) == VALUE
    assert xml.converter().unstructure(VALUE) == TEXT


class Emptied(dict[object, object]):
    """A cache that another thread empties as soon as something is in it."""

    def __setitem__(self, key: object, value: object) -> None:
        super().__setitem__(key, value)
        self.clear()


def test_a_cache_may_be_emptied_at_any_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hook that one thread registers makes stale what another has just made."""
    monkeypatch.setattr(codec, "PLAIN", Emptied())
    monkeypatch.setattr(codec, "_near", Emptied())
    monkeypatch.setattr(HOOKS, "codecs", Emptied())
    bill = b"<Hooked><a>1</a></Hooked>"
    assert xml.decode(bill, Hooked) == Hooked(a=1)
    assert xml.decode(bill, Hooked, settings=xml.Settings(indent=1)) == Hooked(a=1)
    own = xml.new_converter()
    monkeypatch.setattr(own._hooks, "codecs", Emptied())
    assert own.decode(bill, Hooked) == Hooked(a=1)
