"""What discriminators say of an object: its own value, and those of other types."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bindwright.ir import model as ir
from bindwright.targets.typescript.naming.plan import NamePlan
from bindwright.targets.typescript.syntax.code import Code
from bindwright.targets.typescript.syntax.layout import value
from bindwright.targets.typescript.syntax.module import CONSTANT, Module

_WIDE = frozenset({"int64", "uint64"})
"""Forms of integers that are no numbers in JavaScript."""
_PATH = "discriminators"
"""The module of the values of each discriminator. Its types would bring all that derive from the same base into a bundle."""


class Discriminators:
    """What is said of each type; the values of a discriminator are listed once, for all types that it tells."""

    def __init__(self, api: ir.Api, plan: NamePlan) -> None:
        self._api, self._plan = api, plan
        self._own: dict[ir.TypeId, dict[ir.TypeId, list[str]]] = {}
        self._listed: dict[str, ir.Object] = {}
        """By the names of constants: bases whose values some type asks for."""

    def facts(self, type_: ir.Object, module: Module) -> dict[str, dict[str, Any]]:
        """By the name of the member: the value that is written where nobody sets one (``usual``); all values that the
        discriminator has (``values``), and those of them that an object of this type may have (``own``).

        An object that others refer to is written as it is: what refers to it means the same one.
        """
        if type_.reference is not None:
            return {}
        line = list(_line(self._api, type_))
        facts: dict[str, dict[str, Any]] = {}
        for property_ in type_.properties:
            of_member: dict[str, Any] = {}
            if property_.usual is not None:
                is_wide = _is_wide(self._api, property_)
                of_member["usual"] = Code(f"{property_.usual}n") if is_wide else property_.usual
            of_member |= self._checked(type_, line, property_.name, module)
            if of_member:
                facts[property_.name] = of_member
        return facts

    def _checked(self, type_: ir.Object, line: list[ir.Object], name: str, module: Module) -> dict[str, Any]:
        holders = [above for above in line if above.discriminator == name and above.mapping]
        # The base furthest up knows the values of all that derives from it.
        base = holders[-1] if holders else None
        if base is None or base.id not in self._plan.types:
            return {}
        own = self._own_values(base).get(type_.id, [])
        if len(own) == len(base.mapping):
            return {}
        constant = f"valuesOf{self._plan.types[base.id]}"
        self._listed[constant] = base
        return {"values": Code(module.imported(_PATH, constant)), "own": own}

    def _own_values(self, base: ir.Object) -> dict[ir.TypeId, list[str]]:
        """By type, the values that lead to it, to what derives from it, or to what it derives from."""
        if base.id not in self._own:
            types = self._api.types
            direct: dict[ir.TypeId, dict[str, None]] = {}
            below: dict[ir.TypeId, dict[str, None]] = {}
            for text, goal in base.mapping.items():
                direct.setdefault(goal, {})[text] = None
                for above in _line(self._api, types[goal]):
                    below.setdefault(above.id, {})[text] = None
            places = {text: place for place, text in enumerate(base.mapping)}
            own: dict[ir.TypeId, list[str]] = {}
            for key, texts in below.items():
                above_texts = (direct.get(above.id, {}) for above in _line(self._api, types[key]))
                own[key] = sorted({*texts, *(text for each in above_texts for text in each)}, key=places.__getitem__)  # fmt: skip
            self._own[base.id] = own
        return self._own[base.id]

    def module(self, *, is_source: bool) -> Module | None:
        """The module of the values that the modules written so far ask for; None where they ask for none."""
        if not self._listed:
            return None
        module = Module(_PATH, self._listed, is_source=is_source)
        for constant, base in sorted(self._listed.items()):
            module.constant(
                constant, "readonly string[]", value([*base.mapping], 0, CONSTANT + len(constant))
            )
        return module


def _is_wide(api: ir.Api, property_: ir.Property) -> bool:
    lexical = property_.use.lexical or getattr(api.types[property_.use.type], "lexical", None)
    return lexical is not None and lexical.json in _WIDE


def _line(api: ir.Api, type_: ir.AnyType) -> Iterator[ir.Object]:
    """An object and those that it derives from, the nearest first."""
    seen: set[ir.TypeId] = set()
    while isinstance(type_, ir.Object) and type_.id not in seen:
        yield type_
        seen.add(type_.id)
        type_ = api.types.get(type_.base or "", type_)
