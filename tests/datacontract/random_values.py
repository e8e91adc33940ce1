"""Random values of random contracts: what `net_writer` writes, and the runtime has to read and write the same."""

from __future__ import annotations

import random
import uuid
from typing import Any

from attrs import define, field

from tests.datacontract.net_writer import TICKS, Instance
from tests.datacontract.random_contracts import (
    SCALARS,
    Anything,
    Class,
    DictionaryOf,
    Enumeration,
    ListOf,
    Nullable,
    Scalar,
    Type,
)

TEXTS = [
    "", " ", "a", " x ", "two\nlines", 'a "b" <c> & \'d\'', "]]>", "名前", "😀", "\t", "&amp;", "true", "1", "null", "a/b\\c",
    "\u0085", "\u2028", "\ufeff", "\u00a0", "é" * 40,
]  # fmt: skip
_FRACTIONS = ("", ".5", ".4007", ".000001")


@define
class Maker:
    """Makes values of a seed."""

    rng: random.Random
    plain: bool
    """Whether no object is of a derived class: JSON does not say so."""
    _known: dict[Class, list[Instance]] = field(factory=dict)
    _holders: list[Class] = field(factory=list)

    def value(self, type_: Type, depth: int) -> Any:
        """A value; deeper than `depth` there are no objects."""
        rng = self.rng
        if isinstance(type_, Nullable):
            return None if rng.random() < 0.3 else self.value(type_.of, depth)
        if isinstance(type_, Enumeration):
            numbers = list(type_.values.values())
            return rng.choice([0, *numbers, 5, 6]) if type_.flags else rng.choice(numbers)
        if isinstance(type_, Scalar):
            return None if type_.is_reference and rng.random() < 0.2 else self.scalar(type_.name)
        if isinstance(type_, Class) and type_.is_struct:
            return self.instance(type_, depth)
        if depth <= 0 or rng.random() < 0.15:
            return None
        if isinstance(type_, Anything):
            return self._anything(depth)
        if isinstance(type_, ListOf):
            return [self.value(type_.item, depth - 1) for _ in range(rng.randint(0, 3))]
        if isinstance(type_, DictionaryOf):
            keys = dict.fromkeys(self.key(type_.key) for _ in range(rng.randint(0, 3)))
            return [(key, self.value(type_.value, depth - 1)) for key in keys]
        return self.instance(type_, depth)

    def instance(self, declared: Class, depth: int) -> Instance:
        """An object of a class or one derived from it, seen before or not."""
        type_ = declared if self.plain else self.rng.choice([declared, *declared.stand_ins()])
        before = self._known.setdefault(type_, [])
        if type_.is_reference and before and self.rng.random() < 0.4:
            return self.rng.choice(before)
        instance = Instance(type_)
        before.append(instance)
        for level in type_.levels():
            self._holders.append(level)
            for member in level.members:
                instance.values[member.name] = self.value(member.type, depth - 1)
            self._holders.pop()
        return instance

    def _anything(self, depth: int) -> tuple[Type, Any] | None:
        """A value of `object`, of a primitive or a type that the class around knows; None where JSON must say all."""
        if self.plain:
            return None
        known = self._holders[-1].known if self._holders else []
        types = [*known, *(scalar for scalar in SCALARS if scalar.name != "DateTimeOffset")]
        type_ = self.rng.choice(types)
        value = self.value(type_, depth)
        if value is None:
            return None
        return (value.type, value) if isinstance(value, Instance) else (type_, value)

    def key(self, type_: Scalar | Enumeration) -> Any:
        return (
            self.value(type_, 0) or self.rng.choice(["", "k"])
            if type_.name == "string"
            else self.value(type_, 0)
        )

    def scalar(self, name: str) -> Any:
        """A scalar as the writer wants it: texts of what is text in JSON, but bytes and time spans."""
        rng = self.rng
        moment = f"2025-{rng.randint(1, 12):02}-24T{rng.randint(0, 23):02}:45:01{rng.choice(_FRACTIONS)}"
        makers: dict[str, Any] = {
            "string": lambda: rng.choice(TEXTS) + rng.choice(["", "", "x"]),
            "int": lambda: rng.choice([0, 1, -1, 2**31 - 1, -(2**31), rng.randint(-999, 999)]),
            "long": lambda: rng.choice([0, 2**63 - 1, -(2**63), rng.randint(-(10**12), 10**12)]),
            "boolean": lambda: rng.random() < 0.5,
            "decimal": lambda: rng.choice(["0.0", "1.50", "-0.1", "1234567890.123456789", "7.0", "-7922816251426433759354395033.5"]),
            "double": lambda: rng.choice([0.0, 1.0, -1.5, 100.25, 0.0001, 123456789.5, rng.randint(-80, 80) / 8]),
            "dateTime": lambda: rng.choice([moment + "Z", moment, moment + "+02:00", "0001-01-01T00:00:00"]),
            "DateTimeOffset": lambda: moment + rng.choice(["+00:00", "+02:00", "-05:30"]),
            "duration": lambda: rng.choice([0, TICKS, -TICKS * 3661, rng.randint(0, 10**7) * 10**6 + rng.choice([0, 5, 40])]),
            "guid": lambda: str(uuid.UUID(int=rng.choice([0, rng.getrandbits(128)]))),
            "base64Binary": lambda: rng.choice([b"", b"\0\xff", b"abc"]),
            "char": lambda: rng.choice("Ax<é\n名"),
            "unsignedByte": lambda: rng.choice([0, 255, 7]),
            "unsignedLong": lambda: rng.choice([0, 2**64 - 1, 7]),
            "byte": lambda: rng.choice([0, -128, 127]),
            "short": lambda: rng.choice([0, -(2**15), 2**15 - 1]),
            "unsignedShort": lambda: rng.choice([0, 2**16 - 1]),
            "unsignedInt": lambda: rng.choice([0, 2**32 - 1]),
            "float": lambda: rng.choice([0.0, 1.5, -0.25, 100.0]),
            "anyURI": lambda: rng.choice(["http://example.com/a?b=1&c=2", "urn:a:b"]),
        }  # fmt: skip
        return makers[name]()
