"""``to_dict``, ``to_json``, ``to_xml``, their inverses, and the short ``repr`` of models."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from attrs import define, field
from bindwright.runtime import UNSET, DecodeError, Model, Unset, root, wire


@define(kw_only=True)
class Toy(Model):
    __wire__ = root("Toy")

    toy_id: int = field(metadata=wire("toyId"))
    note: str | None = None
    gone: str | Unset | None = UNSET
    must: str | None = field(metadata=wire("must"))
    tags: list[str] | None = None
    price: float | None = None
    part: Toy | None = None
    more: dict[str, Any] = field(factory=dict)


def toy(**members: Any) -> Toy:
    return Toy(**{"toy_id": 7, "must": None, **members})


def test_round_trips() -> None:
    model = toy(note="a", tags=["x", "y"], price=1.5, part=toy(gone=None))
    plain = model.to_dict()
    assert (plain["toyId"], plain["must"], plain["tags"], plain["part"]["gone"]) == (
        7,
        None,
        ["x", "y"],
        None,
    )
    assert "gone" not in plain
    assert Toy.from_dict(plain) == model
    assert Toy.from_json(model.to_json()) == model == Toy.from_json(model.to_json(indent=2).encode())
    model.more.clear()
    assert Toy.from_xml(model.to_xml()) == model
    assert "\n  " in model.to_json(indent=2)
    assert "\n  <" in model.to_xml(indent=2)


def test_what_does_not_fit_has_a_path() -> None:
    with pytest.raises(DecodeError, match=r"\$\.toyId"):
        Toy.from_dict({"toyId": "x", "must": None})


def test_repr_is_short() -> None:
    assert repr(toy()) == "Toy(toy_id=7, must=None)"
    assert repr(toy(gone=None, note="")) == "Toy(toy_id=7, note='', gone=None, must=None)"
    assert repr(toy(part=toy(tags=[]))) == "Toy(toy_id=7, must=None, part=Toy(toy_id=7, must=None, tags=[]))"
    long = repr(toy(note="x" * 5000, tags=["t"] * 400, more={"k": 1}))
    assert len(long) < 300
    assert "... 4900 more" in long
    assert "... 390 more]" in long
    assert "more={'k': 1}" in long


def test_repr_of_a_cycle_ends() -> None:
    model = toy()
    model.part = model
    assert repr(model) == "Toy(toy_id=7, must=None, part=...)"


def test_a_repr_of_ones_own_stays() -> None:
    @define(kw_only=True)
    class Named(Toy):
        def __repr__(self) -> str:
            return "mine"

    @define(kw_only=True)
    class Derived(Toy):
        extra: int = field(default=1, repr=lambda value: f"<{value}>")
        secret: str = field(default="s", repr=False)

    assert repr(Named(toy_id=1, must="")) == "mine"
    assert repr(Derived(toy_id=1, must="")) == "Derived(toy_id=1, must='', extra=<1>)"
    assert attrs.evolve(Derived(toy_id=1, must=""), extra=2).extra == 2
