"""Users' own types: hooks on the cattrs converter win over the compiled code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from attrs import define, field, frozen
from bindwright.runtime import DecodeError, Model, json, wire
from bindwright.runtime.json.codecs.default import REGISTRY

from tests.json.models import Part


@frozen
class Money:
    """No model of the document."""

    cents: int


@define(kw_only=True)
class Bill(Model):
    """Holds one."""

    total: Money = field(metadata=wire("total"))
    due: dt.date | None = field(default=None, metadata=wire("due"))
    parts: list[Money] = field(factory=list, metadata=wire("parts"))


@pytest.fixture
def hooks() -> Iterator[None]:
    """Hooks that are gone again after the test."""
    converter = json.converter()
    converter.register_structure_hook(Money, lambda value, _: Money(int(value.removesuffix("c"))))
    converter.register_unstructure_hook(Money, lambda value: f"{value.cents}c")
    yield
    REGISTRY.unhook()


@pytest.mark.usefixtures("hooks")
@pytest.mark.parametrize("settings", [json.DEFAULT, json.Settings(speculate=False)])
def test_hooks_read_and_write_everywhere(settings: json.Settings) -> None:
    text = b'{"total":"5c","due":"2025-01-01","parts":["1c","2c"]}'
    value = json.decode(text, Bill, settings=settings)
    assert value == Bill(total=Money(5), due=dt.date(2025, 1, 1), parts=[Money(1), Money(2)])
    assert json.encode(value) == text
    assert json.encode([Money(1)]) == b'["1c"]'
    assert json.decode(b'"7c"', Money) == Money(7)


@pytest.mark.usefixtures("hooks")
def test_what_a_hook_raises_is_a_decode_error_with_a_path() -> None:
    with pytest.raises(DecodeError, match=r"expected a Money .* found the string 'x' - at \$\.parts\[1\]"):
        json.decode(b'{"total":"5c","parts":["1c","x"]}', Bill)


@define(kw_only=True)
class Hooked(Model):
    """A model that a user reads in another way."""

    a: int = field(metadata=wire("a"))


@pytest.mark.usefixtures("hooks")
def test_a_hook_for_a_model_wins_and_what_was_compiled_before_is_stale() -> None:
    assert json.decode(b'[{"a":1}]', list[Hooked]) == [Hooked(a=1)]
    json.converter().register_structure_hook(Hooked, lambda value, _: Hooked(a=-value["a"]))
    assert json.decode(b'[{"a":1}]', list[Hooked]) == [Hooked(a=-1)]


def test_structure_and_unstructure_are_the_same_code() -> None:
    converter = json.converter()
    assert converter.structure({"a": 1, "b": "x"}, Part) == Part(a=1, b="x")
    assert converter.unstructure(Part(a=1)) == {"a": 1}
    with pytest.raises(DecodeError):
        converter.structure({"a": "x"}, Part)
