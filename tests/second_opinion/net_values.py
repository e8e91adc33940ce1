"""Values of a data contract's types, drawn at random, for `tests.second_opinion.net`."""

from __future__ import annotations

import math
import random
import uuid
from decimal import Decimal
from typing import Any

from tests.second_opinion import net_scalars as scalars
from tests.second_opinion.net import Boxed, Contracts, Thing

TEXTS = [
    "", "a", " ", " x ", "a\tb", "<&>\"'", "]]>", "é名😀", "x\x85y\u2028z", "null", "true", "1", "2025-11-24T10:45:01Z",
    "\ufeffq", "\x7f", "_x0041_", "{}", "/", "\ufffd", "a\nb", "\n",
]  # fmt: skip
REALS = [0.0, 1.0, -1.5, 0.1, math.inf, -math.inf, math.nan, 1e15, 1e16, 1e-5, 123456789.125, 5e-324, 1e7]
DECIMALS = list(
    map(Decimal, ["0", "1.0", "1234.50", "-0.0001", "79228162514264337593543950.35", "12", "0.00"])
)
URIS = [
    "http://example.com/a%20b", "http://e.com/", "relative/x", "http://example.com/q?a=b&c=%C3%A9", "http://e.com/x#f",
    "urn:x:y", "mailto:a@b.c",
]  # fmt: skip
SPANS = [0, 1, 10_000_000, -10_000_000, 864_000_000_000, -1]
OBJECTS: list[dict[str, Any]] = [
    *(
        {"x-dcs-type": kind}
        for kind in (*scalars.INTEGERS, "char", "duration")
        if kind not in ("int", "long")
    ),
    *({"type": kind} | ({"format": form} if form else {}) for kind, form in scalars.BY_FORMAT),
]
"""Schemas of what an ``object`` may hold without a known type."""


class Draw:
    """Draws values; ``derived`` lets known types stand in for their bases."""

    def __init__(self, contracts: Contracts, source: random.Random, *, derived: bool) -> None:
        self.contracts, self.source, self.derived = contracts, source, derived
        self.known: list[str] = []
        self.seen: dict[str, list[Thing]] = {}

    def root(self, name: str) -> Any:
        """A value whose declared type is a component."""
        schema = self.contracts.schemas[name]
        self.known = schema.get("x-dcs-known-types", [])
        return self.value(schema, 0)

    def value(self, schema: dict[str, Any], depth: int, *, null: bool = True) -> Any:
        contracts, source = self.contracts, self.source
        kind, resolved = contracts.kind(schema), contracts.resolved(schema)
        too_deep = kind == "class" and depth > 4
        if null and schema.get("nullable") and (too_deep or source.random() < (0.25 if depth < 5 else 0.8)):
            return None
        many = range(source.choice([0, 1, 2, 3]) if depth < 6 else 0)
        if kind == "class":
            name = contracts.component(schema)
            standing_in = [] if contracts.holds_objects(name) else resolved.get("x-dcs-known-types", [])
            return self.thing(source.choice([name, *standing_in]) if self.derived else name, depth)
        if kind == "array":
            return [self.value(resolved["items"], depth + 1) for _ in many]
        if kind == "map":
            keys = resolved["x-dcs-dictionary"].get("key", {"type": "string"})
            values = resolved["additionalProperties"]
            return {self.value(keys, depth, null=False): self.value(values, depth + 1) for _ in many}
        if kind == "enum":
            return self.enum(resolved)
        return self.object(depth) if kind == "any" else self.scalar(kind)

    def enum(self, schema: dict[str, Any]) -> int:
        numbers = list(schema["x-dcs-enum"].values())
        if not schema.get("x-dcs-flags"):
            return int(self.source.choice(numbers))
        value = 0
        for number in numbers:
            value |= number if self.source.random() < 0.5 else 0
        return value

    def object(self, depth: int) -> Boxed:
        schema = self.source.choice(OBJECTS)
        if self.known and self.source.random() < 0.5:
            schema = {"$ref": f"#/components/schemas/{self.source.choice(self.known)}"}
        return Boxed(schema, self.value(schema, depth + 1, null=False))

    def thing(self, name: str, depth: int) -> Thing:
        seen = self.seen.setdefault(name, [])
        if self.contracts.schemas[name].get("x-dcs-is-reference") and seen and self.source.random() < 0.4:
            return self.source.choice(seen)
        thing = Thing(name)
        seen.append(thing)
        for level in self.contracts.levels(name):
            for key, schema in level.items():
                if not schema["xml"].get("attribute"):
                    thing.members[key] = self.value(schema, depth + 1)
        return thing

    def scalar(self, kind: str) -> Any:
        source = self.source
        if kind in scalars.ZERO and source.random() < 0.15:
            return scalars.ZERO[kind]
        if kind in scalars.INTEGERS:
            low, high = scalars.INTEGERS[kind]
            return source.choice([low, high, 0, 1, source.randint(low, high)])
        if kind in ("float", "double"):
            number = source.choice([*REALS, source.uniform(-1, 1), source.uniform(-1e20, 1e20)])
            return scalars.single(number) if kind == "float" else number
        if kind in ("dateTime", "offset"):
            return self.moment(zones=["", "Z"] if kind == "dateTime" else [])
        return source.choice(
            {
                "boolean": [True, False],
                "string": [*TEXTS, "".join(source.choices('ab <>&"é中😀', k=6))],
                "char": list("Aa<& é中\n\x01\x00"),
                "decimal": DECIMALS,
                "duration": [*SPANS, source.randint(-(2**62), 2**62), source.randint(0, 10**12) * 10],
                "uuid": [str(uuid.UUID(int=source.getrandbits(128)))],
                "base64Binary": [b"", source.randbytes(1), source.randbytes(7)],
                "anyURI": URIS,
            }[kind]
        )

    def moment(self, zones: list[str]) -> str:
        draw = self.source.randint
        day = f"{draw(2, 9998):04d}-{draw(1, 12):02d}-{draw(1, 28):02d}"
        clock = f"{draw(0, 23):02d}:{draw(0, 59):02d}:{draw(0, 59):02d}"
        fraction = self.source.choice(["", ".1", ".1234567", ".000001", ".5", ".9999999", ".123"])
        zone = self.source.choice([*zones, "+00:00", "-05:30", "+14:00", "+02:00", "-00:30"])
        return f"{day}T{clock}{fraction}{zone}"
