"""What the difference of two surfaces means to who wrote code against the first.

Knows nothing of the API and of no language's syntax beyond annotations: surfaces of all targets have one form
(`bindwright.targets.surface`). Names that mean the same thing under another name are handed in as partners.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from bindwright.changes.binding.annotations import Annotations
from bindwright.changes.binding.annotations_typescript import TypeScriptAnnotations
from bindwright.changes.binding.members import Members, owner_of
from bindwright.changes.rules import Level
from bindwright.targets.surface import Surface, Symbol

_METHODS = ("method", "async method")
NOBODY = ""
"""The partner of a symbol whose name means something else in the new surface."""


class Difference(Struct, kw_only=True):
    """One thing that callers see otherwise."""

    what: str
    """``removed``, ``added``, ``renamed``, ``bases``, ``annotation``, ``returns``, ``kind``, ``value``, ``deprecated``;
    of a parameter ``parameter-removed``, ``parameter-added``, ``parameter-renamed``, ``parameter-moved``,
    ``parameter-required``, ``parameter-optional``, ``parameter-default``, ``parameter-annotation``."""
    symbol: str
    """The old name; the new one of what is added."""
    level: Level
    parameter: str = ""
    """The old name of the parameter; the new one of what is added."""
    old: Any = None
    new: Any = None


def compare_surfaces(
    old: Surface, new: Surface, partners: Mapping[str, str], *, softened: bool = False
) -> list[Difference]:
    """Every difference that callers of the old package feel.

    Args:
        softened: whether an older name that stays as a deprecated alias makes a rename risky only.
        partners: old names to the new names of the same things, where they differ; a parameter's name is
            ``METHOD(NAME)``. `NOBODY` where the name means another thing now.
    """
    return list(_Comparison(old, new, partners, softened).differences())


class _Comparison:
    def __init__(self, old: Surface, new: Surface, partners: Mapping[str, str], softened: bool) -> None:
        self._softened = softened
        self._old, self._new, self._partners = old.symbols, new.symbols, partners
        self._reached: set[str] = set()
        """New names that are partners of old ones."""
        self._gone: set[str] = set()
        """Old classes that have no partner: of them one difference is told, not one a member."""
        classes = {
            name.rpartition(".")[2]: partner.rpartition(".")[2]
            for name, partner in partners.items()
            if partner and old.symbols.get(name, {}).get("kind") in ("class", "alias")
        }
        # What a class is as a mapping is called after it.
        classes |= {f"{name}Dict": f"{partner}Dict" for name, partner in classes.items()}
        self._old_members, self._new_members = Members(old.symbols), Members(new.symbols)
        self._earlier = {partner: name for name, partner in partners.items()}
        compare = TypeScriptAnnotations if new.target == "typescript" else Annotations
        self._annotations = compare(old.symbols, new.symbols, classes, self._new_members)

    def differences(self) -> Iterator[Difference]:
        for name in sorted(self._old.keys() - self._reached):  # classes come before their members
            symbol = self._old[name]
            if owner_of(name) in self._gone:
                continue
            target = self._target(name)
            other = self._new.get(target) if target else None
            if other is not None:
                self._reached.add(target)
            elif target:
                other = self._inherited(target)
            yield from self._pair(name, symbol, target, other)
        yield from self._added()

    def _target(self, name: str) -> str:
        """The new name of what an old name means."""
        partner = self._partners.get(name)
        if partner is not None:
            return partner
        owner = owner_of(name)
        if owner in self._old and (moved := self._partners.get(owner)):
            return f"{moved}.{name.rpartition('.')[2]}"
        return name

    def _inherited(self, name: str) -> Symbol | None:
        """The symbol of a member that a base of its class has."""
        owner, _, member = name.rpartition(".")
        return self._new_members.of(owner).get(member)

    def _pair(self, name: str, symbol: Symbol, target: str, other: Symbol | None) -> Iterator[Difference]:
        if other is None:
            if symbol["kind"] in ("class", "alias"):
                self._gone.add(name)
            yield Difference(what="removed", symbol=name, level="breaking", old=name)
            return
        if target != name and self._is_own_rename(name, target):
            level = self._of_rename(self._new.get(name, {}))
            yield Difference(what="renamed", symbol=name, level=level, old=name, new=target)
        if symbol == other:
            return
        if "deprecated" in other and "deprecated" not in symbol:
            yield Difference(what="deprecated", symbol=name, level="risky", new=other["deprecated"])
        yield from self._contents(name, symbol, target, other)

    def _of_rename(self, older: Symbol) -> Level:
        return "risky" if self._softened and "deprecated" in older else "breaking"

    def _is_own_rename(self, name: str, target: str) -> bool:
        """Whether a new name is more than that of the class it stands in."""
        owner = owner_of(name)
        moved = self._partners.get(owner) if owner in self._old else None
        return moved is None or target != f"{moved}.{name.rpartition('.')[2]}"

    def _contents(self, name: str, symbol: Symbol, target: str, other: Symbol) -> Iterator[Difference]:
        kind, new_kind = symbol["kind"], other["kind"]
        if kind in _METHODS and new_kind == kind:
            yield from self._method(name, symbol, other)
        elif kind == "class" and new_kind == kind:
            yield from self._class(name, symbol, target, other)
        elif {kind, new_kind} <= {"field", "property"}:
            yield from self._field(name, symbol, other)
        elif kind == "member" and new_kind == kind:
            if symbol["value"] != other["value"]:
                yield Difference(
                    what="value", symbol=name, level="breaking", old=symbol["value"], new=other["value"]
                )
        elif kind == new_kind == "alias":
            before, after = symbol["value"], other["value"]
            level = self._annotations.of_field(before, after)
            if level != "none":
                yield Difference(what="annotation", symbol=name, level=level, old=before, new=after)
        elif kind == "alias" and self._annotations.renamed(symbol["value"]) == target.rpartition(".")[2]:
            return  # an older name that is the name again
        elif kind != new_kind:
            yield Difference(
                what="kind", symbol=name, level="breaking", old=_shape(symbol), new=_shape(other)
            )

    def _class(self, name: str, symbol: Symbol, target: str, other: Symbol) -> Iterator[Difference]:
        before, after = [self._annotations.renamed(base) for base in symbol["bases"]], other["bases"]
        if before == after:
            return
        lost = [base for base in before if not self._annotations.derives(target, base)]
        if lost:
            level: Level = "risky" if f"models.{symbol['bases'][0]}" in self._old else "breaking"
            yield Difference(
                what="bases", symbol=name, level=level, old=", ".join(symbol["bases"]), new=", ".join(after)
            )
        old_members, new_members = self._old_members.of(name), self._new_members.of(target)
        for member, each in old_members.items():
            inherited = f"{name}.{member}" not in self._old
            if inherited and member not in new_members and self._target(f"{name}.{member}"):
                yield Difference(what="removed", symbol=f"{name}.{member}", level="breaking", old=member)
            elif inherited and member in new_members and each != new_members[member]:
                yield from self._contents(f"{name}.{member}", each, f"{target}.{member}", new_members[member])
        for member, each in new_members.items():
            if f"{target}.{member}" not in self._new and member not in old_members:
                yield self._addition(f"{target}.{member}", each)

    def _field(self, name: str, symbol: Symbol, other: Symbol) -> Iterator[Difference]:
        before, after = symbol["annotation"], other["annotation"]
        level = self._annotations.of_field(before, after)
        if level != "none":
            yield Difference(what="annotation", symbol=name, level=level, old=before, new=after)
        if "default" in symbol and "default" not in other and other["kind"] == "field":
            yield Difference(what="parameter-required", symbol=name, level="breaking")
        elif "default" in other and "default" not in symbol and level == "none":
            yield Difference(what="parameter-optional", symbol=name, level="compatible")
        elif symbol.get("default") != other.get("default") and {"default"} <= symbol.keys() & other.keys():
            yield from self._default(name, "", symbol, other)

    def _default(self, name: str, parameter: str, symbol: Symbol, other: Symbol) -> Iterator[Difference]:
        before, after = symbol["default"], other["default"]
        if {before, after} != {"None", "UNSET"}:  # both say that nothing was given
            yield Difference(
                what="parameter-default",
                symbol=name,
                parameter=parameter,
                level="risky",
                old=before,
                new=after,
            )

    def _method(self, name: str, symbol: Symbol, other: Symbol) -> Iterator[Difference]:
        before, after = symbol["returns"], other["returns"]
        level = self._annotations.of_result(before, after)
        if level != "none":
            yield Difference(what="returns", symbol=name, level=level, old=before, new=after)
        yield from self._parameters(name, symbol["parameters"], other["parameters"])

    def _parameters(self, name: str, old: list[Symbol], new: list[Symbol]) -> Iterator[Difference]:
        after = {parameter["name"]: parameter for parameter in new}
        places = {
            parameter["name"]: place
            for place, parameter in enumerate(new)
            if parameter["kind"] == "positional"
        }
        reached: set[str] = set()
        for place, parameter in enumerate(old):
            partner = self._partners.get(f"{name}({parameter['name']})", parameter["name"])
            other = after.get(partner) if partner else None
            if other is None:
                yield Difference(
                    what="parameter-removed", symbol=name, parameter=parameter["name"], level="breaking"
                )
                continue
            reached.add(partner)
            if partner != parameter["name"]:
                yield Difference(
                    what="parameter-renamed", symbol=name, parameter=parameter["name"],
                    level=self._of_rename(after.get(parameter["name"], {})), old=parameter["name"], new=partner,
                )  # fmt: skip
                reached.add(parameter["name"])
            if parameter["kind"] == "positional" and places.get(partner) != place:
                yield Difference(
                    what="parameter-moved", symbol=name, parameter=parameter["name"], level="breaking"
                )
            yield from self._parameter(name, parameter, other)
        for parameter in new:
            if parameter["name"] not in reached:
                level: Level = (
                    "compatible" if "default" in parameter or parameter["kind"] == "options" else "breaking"
                )
                yield Difference(
                    what="parameter-added", symbol=name, parameter=parameter["name"], level=level,
                    new=parameter["annotation"],
                )  # fmt: skip

    def _parameter(self, name: str, old: Symbol, new: Symbol) -> Iterator[Difference]:
        parameter = old["name"]
        if "default" in old and "default" not in new:
            yield Difference(what="parameter-required", symbol=name, parameter=parameter, level="breaking")
        elif "default" in new and "default" not in old:
            yield Difference(what="parameter-optional", symbol=name, parameter=parameter, level="compatible")
        elif "default" in old and old["default"] != new["default"]:
            yield from self._default(name, parameter, old, new)
        level = self._annotations.of_argument(old["annotation"], new["annotation"])
        if level != "none":
            yield Difference(
                what="parameter-annotation", symbol=name, parameter=parameter, level=level,
                old=old["annotation"], new=new["annotation"],
            )  # fmt: skip

    def _added(self) -> Iterator[Difference]:
        fresh: set[str] = set()
        for name in sorted(self._new.keys() - self._reached):
            symbol = self._new[name]
            if owner_of(name) in fresh:
                continue
            if name in self._old and self._partners.get(name, name) == name:
                continue
            if "deprecated" in symbol and name in self._old:
                continue  # the alias of a rename, which is told
            if symbol["kind"] in ("class", "alias"):
                fresh.add(name)
            before = self._before(name)
            if before is not None and _differ_by_default(before, symbol):
                yield from self._field(name, before, symbol)  # a base has had it
                continue
            if not self._moved_up(name):
                yield self._addition(name, symbol)

    def _moved_up(self, name: str) -> bool:
        """Whether all classes that derived from a class had a field before that it has now."""
        owner, _, member = name.rpartition(".")
        class_ = self._earlier.get(owner, owner)
        derived = self._old_members.derived(class_)
        return bool(derived) and all(member in self._old_members.of(each) for each in derived)

    def _addition(self, name: str, symbol: Symbol) -> Difference:
        demanded = symbol["kind"] == "field" and "default" not in symbol
        inherited = demanded and self._before(name) is not None
        return Difference(
            what="added",
            symbol=name,
            level="breaking" if demanded and not inherited else "compatible",
            new=name,
        )

    def _before(self, name: str) -> Symbol | None:
        """The field of a base that the class had before it declared its own."""
        owner, _, member = name.rpartition(".")
        return self._old_members.of(self._earlier.get(owner, owner)).get(member)


def _differ_by_default(old: Symbol, new: Symbol) -> bool:
    kinds: set[str] = {old["kind"], new["kind"]}
    return kinds == {"field"} and str(old["annotation"]) == str(new["annotation"])


def _shape(symbol: Symbol) -> str:
    value = symbol.get("value")
    return f"{symbol['kind']} {value}" if value else symbol["kind"]
