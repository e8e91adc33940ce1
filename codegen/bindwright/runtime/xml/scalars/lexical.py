"""Scalars as text: the lexical forms of XML Schema 1.1 part 2, and .NET's where the profile says so.

`Lexical` is one place's pair of functions. Reading is liberal (white space around numbers, ``1`` for
``true``, any case of INF), writing is canonical, save for values that remember the text they came with.
"""

from __future__ import annotations

import datetime as dt
import enum
import re
import uuid
from collections.abc import Callable, Hashable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from attrs import frozen

from bindwright.runtime.alternatives.grades import grade_scalar
from bindwright.runtime.shapes import Shape
from bindwright.runtime.values import durations, times
from bindwright.runtime.values.known_times import remembering
from bindwright.runtime.values.numbers import double_text, float_text, single_text
from bindwright.runtime.values.quick_texts import uuid_text
from bindwright.runtime.values.scalar_texts import base64_text, base64url_text
from bindwright.runtime.xml.scalars.binary import read_base64, read_base64url, read_hex
from bindwright.runtime.xml.scalars.datetimes import moment_text, read_moment
from bindwright.runtime.xml.scalars.hooks import hooks
from bindwright.runtime.xml.scalars.numbers import (
    SMALL,
    decimal_text,
    net_decimal_text,
    ranged,
    read_decimal,
    read_float,
    read_int,
    read_number,
    small_between,
)
from bindwright.runtime.xml.scalars.uris import canonical
from bindwright.runtime.xml.tree.unknown import BLANK

_TRUTH = {"true": True, "1": True, "false": False, "0": False}


RANGES = {
    "int8": (-(1 << 7), (1 << 7) - 1), "byte": (-(1 << 7), (1 << 7) - 1),
    "uint8": (0, (1 << 8) - 1), "unsignedByte": (0, (1 << 8) - 1),
    "int16": (-(1 << 15), (1 << 15) - 1), "short": (-(1 << 15), (1 << 15) - 1),
    "uint16": (0, (1 << 16) - 1), "unsignedShort": (0, (1 << 16) - 1),
    "int32": (-(1 << 31), (1 << 31) - 1),
    "uint32": (0, (1 << 32) - 1), "unsignedInt": (0, (1 << 32) - 1),
    "int64": (-(1 << 63), (1 << 63) - 1),
    "uint64": (0, (1 << 64) - 1), "unsignedLong": (0, (1 << 64) - 1),
}  # fmt: skip
"""Formats of integers that have a range (OpenAPI Format Registry, and XSD's names)."""


@frozen
class Lexical:
    """How one place's scalar is read and written."""

    parse: Callable[[str], Any]
    """Text to value; ValueError where it is none."""
    text: Callable[[Any], str]
    """Value to text, not escaped; TypeError or ValueError where it is not of the type."""
    what: str
    """The type in the words of an error message."""
    plain: bool = False
    """Whether the text never holds a character that XML would escape."""
    small: Mapping[str, Any] = MappingProxyType({})
    """What the most usual texts stand for."""

    def quick(self) -> Callable[[str], Any]:
        """`parse` for one place of one model, whose last value is known again."""
        return remembering(read_moment) if self.parse is read_moment else self.parse


def lexical_of(shape: Shape, profile: str) -> Lexical:
    """The scalar codec of a place."""
    # By the identity of a shape, which is kept there so that no identity is given twice, and the profile.
    scalars: dict[Hashable, tuple[Shape, Lexical]] = hooks().scalars
    cached = scalars.get((id(shape), profile))
    if cached is None:
        if len(scalars) > 4096:
            scalars.clear()
        cached = scalars[id(shape), profile] = shape, _lexical_of(shape, profile)
    return cached[1]


def _lexical_of(shape: Shape, profile: str) -> Lexical:
    own = hooks()
    if not own.has(shape.type):
        return _compiled(shape, profile)
    read, text = own.parser(shape.type), own.writer(shape.type)
    if read is None or text is None:
        compiled = _compiled(shape, profile)
        read, text = read or compiled.parse, text or compiled.text
    return Lexical(read, text, f"a {shape.type.__name__}")


def _compiled(shape: Shape, profile: str) -> Lexical:
    base = _base(shape, profile)
    if shape.kind in _NAMED and shape.root is not None and shape.kind != "enum":
        return _named(base, shape.type, shape.kind)
    return base


_NAMED = ("string", "integer", "number", "decimal", "datetime", "date", "time", "duration", "uuid", "bytes")


def _named(base: Lexical, build: type, shape_kind: str) -> Lexical:
    """A scalar with a class of its own: ``class Sku(str)``."""
    if shape_kind in ("datetime", "date", "time", "duration") and hasattr(build, "parse"):
        collapse = lambda text: build.parse(text.strip(BLANK))  # noqa: E731
        return Lexical(collapse, base.text, base.what, base.plain)
    if shape_kind in ("datetime", "date", "time", "duration"):
        return base
    if shape_kind == "uuid":
        return Lexical(lambda text: build(str(base.parse(text))), base.text, base.what, base.plain)
    return Lexical(lambda text: build(base.parse(text)), base.text, base.what, base.plain)


def _base(shape: Shape, profile: str) -> Lexical:
    lexical = _text_or_number(shape, profile) or _other_scalar(shape) or _several_in_one_text(shape, profile)
    if lexical is None:
        raise TypeError(f"no text form for {shape.kind}")
    return lexical


def _text_or_number(shape: Shape, profile: str) -> Lexical | None:
    form = shape.fact("format") or ""
    dcs = profile == "datacontract"
    match shape.kind:
        case "string":
            if form == "char" and dcs:
                return Lexical(_read_char, _char_text, "a character's number", True)
            if form in ("uri", "anyURI") and dcs:
                return Lexical(str, uri_text, "a URI")
            return Lexical(str, _string_text, "text")
        case "integer":
            minimum, high = RANGES.get(form, (None, None))
            if minimum is None or high is None:
                return Lexical(read_int, _int_text, "an integer", True, SMALL)
            return Lexical(
                ranged(minimum, high), _int_text, f"an integer ({form})", True, small_between(minimum, high)
            )
        case "number":
            single = form in ("float", "single")
            return Lexical(
                read_float if dcs else read_number,
                single_text if dcs and single else (double_text if dcs else float_text),
                "a number",
                True,
            )
        case "decimal":
            return Lexical(read_decimal, net_decimal_text if dcs else decimal_text, "a decimal number", True)
        case "boolean":
            return Lexical(_read_bool, _bool_text, "true or false", True)
    return None


def _other_scalar(shape: Shape) -> Lexical | None:
    match shape.kind:
        case "datetime":
            return Lexical(
                read_moment,
                moment_text,
                "a date-time",
                True,
            )
        case "date":
            return Lexical(_stripped(times.read_date), _typed(dt.date, times.date_text), "a date", True)
        case "time":
            return Lexical(_stripped(times.read_time), _typed(dt.time, times.time_text), "a time", True)
        case "duration":
            return Lexical(
                _read_duration, _typed(dt.timedelta, durations.xsd_duration_text), "a duration", True
            )
        case "uuid":
            return Lexical(_read_uuid, _typed(uuid.UUID, _uuid_text), "a UUID", True)
        case "bytes":
            return _bytes(shape.fact("format") or "")
        case "enum":
            return _enum(shape)
        case "literal":
            return _literal(shape)
        case "null":
            return Lexical(_read_null, _null_text, "nothing", True)
    return None


def _several_in_one_text(shape: Shape, profile: str) -> Lexical | None:
    """An attribute or text node whose schema is no scalar's: nothing, a list, a choice."""
    match shape.kind:
        case "any":
            return Lexical(str, _scalar_text, "text")
        case "list" | "tuple":
            return _blank_separated(shape, profile)
        case "union":
            return _choice(shape, profile)
    return None


def _typed(cls: type, text: Callable[[Any], str]) -> Callable[[Any], str]:
    def checked(value: Any) -> str:
        if not isinstance(value, cls):
            raise TypeError(f"{type(value).__name__} where {cls.__name__} belongs")
        return text(value)

    return checked


def _stripped(read: Callable[[str], Any]) -> Callable[[str], Any]:
    def parse(text: str) -> Any:
        return read(text.strip(BLANK))

    return parse


def _string_text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{type(value).__name__} where str belongs")
    return value


def _int_text(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{type(value).__name__} where int belongs")
    return int.__repr__(value)


def _read_bool(text: str) -> bool:
    value = _TRUTH.get(text.strip(BLANK))
    if value is None:
        raise ValueError(text)
    return value


def _bool_text(value: Any) -> str:
    if value is True:
        return "true"
    if value is False:
        return "false"
    raise TypeError(f"{type(value).__name__} where bool belongs")


def _read_duration(text: str) -> dt.timedelta:
    text = text.strip(BLANK)
    if "P" not in text[:2]:  # a TimeSpan of JSON is none in XML
        raise ValueError(text)
    return durations.read_duration(text)


def _read_uuid(text: str) -> uuid.UUID:
    text = text.strip(BLANK)
    digits = text[1:-1] if text[:1] + text[-1:] in ("{}", "()") else text
    if re.fullmatch(r"[0-9A-Fa-f]{32}|[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}", digits) is None:
        raise ValueError(text)
    return uuid.UUID(digits)


def _bytes(form: str) -> Lexical:
    if form in ("hex", "base16", "hexBinary"):
        return Lexical(read_hex, _typed(bytes, lambda value: value.hex().upper()), "hexadecimal bytes", True)
    if form == "base64url":
        return Lexical(
            read_base64url,
            _typed(bytes, base64url_text),
            "base64url bytes",
            True,
        )
    return Lexical(read_base64, _typed(bytes, base64_text), "base64 bytes", True)


def _read_char(text: str) -> str:
    value = read_int(text)
    if not 0 <= value <= 0xFFFF:
        raise ValueError(text)
    return chr(value)


def _char_text(value: Any) -> str:
    if not isinstance(value, str) or len(value) != 1 or ord(value) > 0xFFFF:
        raise ValueError("not one UTF-16 code unit")
    return str(ord(value))


def _null_text(value: None) -> str:
    if value is not None:
        raise TypeError(f"expected None, found {type(value).__name__}")
    return ""


def _read_null(text: str) -> None:
    if text.strip(BLANK):
        raise ValueError(text)


def _enum(shape: Shape) -> Lexical:
    cls = shape.type
    names: dict[str, int] | None = getattr(cls, "__xml_names__", None)
    if names:
        return _flags(cls, names) if issubclass(cls, enum.Flag) else _named_values(cls, names)
    if issubclass(cls, str):
        # `str` of an enumeration that is not a StrEnum is its member's name.
        return Lexical(_open(cls, str), lambda value: str.__str__(_member(cls, value)), f"a {cls.__name__}")
    if issubclass(cls, int):
        return Lexical(
            _open(cls, read_int),
            lambda value: int.__repr__(_member(cls, value)),
            f"a {cls.__name__}",
            True,
        )
    if issubclass(cls, float):
        return Lexical(
            _open(cls, read_float),
            lambda value: float_text(float(_member(cls, value))),
            f"a {cls.__name__}",
            True,
        )
    # Of several with one text ("1" and 1) it is the first.
    listed = [member for member in cls if not isinstance(member.value, (list, dict))]
    table = {_scalar_text(member.value): member for member in reversed(listed)}

    def text_of(value: Any) -> str:
        if value is None:
            raise TypeError("null is no text")
        return _scalar_text(_member(cls, value).value)

    return Lexical(
        lambda text: table[text] if text in table else cls(text),
        text_of,
        f"a {cls.__name__}",
    )


def _open(cls: Any, read: Callable[[str], Any]) -> Callable[[str], Any]:
    members = {member.value: member for member in cls.__members__.values()}

    def parse(text: str) -> Any:
        value = read(text)
        return members[value] if value in members else cls(value)

    return parse


def _member(cls: type, value: Any) -> Any:
    if isinstance(value, cls):
        return value
    return cls(value)


def _named_values(cls: Any, names: dict[str, int]) -> Lexical:
    first: dict[int, str] = {}
    for name, number in names.items():
        first.setdefault(number, name)

    def parse(text: str) -> Any:
        if (number := names.get(text.strip(BLANK))) is None:
            raise ValueError(text)
        return cls(number)

    def text_of(value: Any) -> str:
        number = int(_member(cls, value))
        if number not in first:
            raise ValueError(f"{cls.__name__} has no name for {number}")
        return first[number]

    return Lexical(parse, text_of, f"a name of {cls.__name__}")


def _flags(cls: Any, names: dict[str, int]) -> Lexical:
    def parse(text: str) -> Any:
        value = 0
        for name in _words(text):
            value |= names[name] if name in names else _unknown(name)
        return cls(value)

    def text_of(value: Any) -> str:
        number = rest = int(_member(cls, value))
        exact = next((name for name, number_ in names.items() if number_ == number), None)
        if exact is not None or number == 0:
            return exact or ""
        chosen = []
        for name, flag in names.items():
            if flag and rest & flag == flag:
                chosen.append(name)
                rest &= ~flag
        if rest:
            raise ValueError(f"{cls.__name__} has no names for {number}")
        return " ".join(chosen)

    return Lexical(parse, text_of, f"names of {cls.__name__}")


_words = re.compile(f"[^{BLANK}]++").findall
"""The items of a list in one text: blanks are white space of XML, and no others of Unicode (XML 1.0, production 3)."""


def _unknown(name: str) -> int:
    raise ValueError(name)


def _blank_separated(shape: Shape, profile: str) -> Lexical:
    """A list as one text: items between blanks (XML Schema 1.0 part 2, 2.5.1.2).

    Raises:
        TypeError: the items are no scalars.
    """
    shapes = shape.inner()
    lexicals = [lexical_of(item, profile) for item in shapes]
    build = tuple if shape.kind == "tuple" else shape.type

    def parse(text: str) -> Any:
        words = _words(text)
        if shape.kind == "tuple" and len(words) != len(lexicals):
            raise ValueError(text)
        return build(
            lexicals[index if shape.kind == "tuple" else 0].parse(word) for index, word in enumerate(words)
        )

    def text_of(value: Any) -> str:
        if isinstance(value, (str, bytes)):
            raise TypeError("text where a list belongs")
        words = [
            lexicals[index if shape.kind == "tuple" else 0].text(item) for index, item in enumerate(value)
        ]
        if any(_words(word) != [word] for word in words):
            raise ValueError("an item of a list in one text is not empty and has no blanks")
        return " ".join(words)

    return Lexical(parse, text_of, "items between blanks")


def _choice(shape: Shape, profile: str) -> Lexical:
    """A union as one text: the first alternative that takes it, an enum last where it does not list the value."""
    members = sorted(shape.inner(), key=lambda member: KIND_ORDER.index(member.kind))
    lexicals = [(member, lexical_of(member, profile)) for member in members]

    def parse(text: str) -> Any:
        return parse_choice(lexicals, text)[0]

    def text_of(value: Any) -> str:
        for _, lexical in lexicals:
            try:
                content = lexical.text(value)
                if parse(content) == value:
                    return content
            except (TypeError, ValueError, ArithmeticError, AttributeError):
                continue
        raise TypeError(f"{type(value).__name__} where none of the alternatives is of that type")

    return Lexical(parse, text_of, " or ".join(dict.fromkeys(lexical.what for _, lexical in lexicals)))


_ZEROS = re.compile(r"-?0[0-9]")

KIND_ORDER = (
    "null", "literal", "enum", "integer", "number", "decimal", "boolean", "date", "datetime", "time", "duration",
    "uuid", "model", "list", "tuple", "map", "union", "bytes", "string", "any",
)  # fmt: skip
"""Kinds of alternatives, the most specific first: a date is a date-time to lenient readers."""


def parse_choice(lexicals: Iterable[tuple[Shape, Lexical]], text: str) -> tuple[Any, Shape]:
    """The value of a text and the scalar alternative that it is of.

    An enum comes first for the values that it lists, and last for others, which it takes only where no other
    alternative is valid (JSON Schema 2020-12, 10.2.1.3).

    Raises:
        ValueError: no alternative takes it.
    """
    unlisted: tuple[Any, Shape] | None = None
    altered: tuple[Any, Shape] | None = None
    for shape, lexical in lexicals:
        try:
            value = lexical.parse(text)
        except (ValueError, ArithmeticError):
            continue
        if not is_listed(shape, value):
            unlisted = unlisted or (value, shape)
        elif altered is not None and shape.kind not in ("string", "literal", "enum"):
            continue
        elif is_altered(shape, lexical, value, text):
            altered = value, shape
        else:
            return value, shape
    if altered is None and unlisted is None:
        raise ValueError(text)
    return altered or unlisted  # type: ignore[return-value]


_NUMBERS = frozenset(("integer", "number", "decimal"))
_TEXTS = frozenset(("date", "datetime", "time", "duration", "uuid"))


def is_altered(shape: Shape, lexical: Lexical, value: Any, text: str) -> bool:
    """Whether a text says more than the value that it is read as: the zeros of a postcode, the plus of a telephone.

    Where an alternative takes any text, it is that one's.
    """
    bare = text.strip(BLANK)
    if shape.kind in _NUMBERS:
        return bare[:1] == "+" or (bare[:1] in "-0" and _ZEROS.match(bare) is not None)
    if shape.kind == "uuid":
        return lexical.text(value) != bare
    return shape.kind in _TEXTS and lexical.text(value).lower() != bare.lower()


def is_listed(shape: Shape, value: object) -> bool:
    """Whether a value is valid for an alternative: listed, and within pattern, length and range."""
    return not any(grade_scalar(shape, value))


def _uuid_text(value: uuid.UUID) -> str:
    return uuid_text(value) if value.__class__ is uuid.UUID else str(value)


def _literal(shape: Shape) -> Lexical:
    table = {_scalar_text(literal): literal for literal in reversed(shape.literals)}

    def parse(text: str) -> Any:
        if text in table:
            return table[text]
        if (bare := text.strip(BLANK)) in table:
            return table[bare]
        if shape.is_open:
            return _unlisted(text, shape.literals[0])
        raise ValueError(text)

    def text_of(value: Any) -> str:
        bare = value.value if isinstance(value, enum.Enum) else value
        for constant in shape.literals:
            if constant == bare and isinstance(constant, bool) is isinstance(bare, bool):
                return _scalar_text(constant)
            if shape.is_open and type(bare) is type(constant):
                return _scalar_text(bare)
        raise TypeError(f"{type(value).__name__} where {shape.literals[0]!r} belongs")

    return Lexical(parse, text_of, " or ".join(map(repr, table)))


def _unlisted(text: str, listed: Any) -> Any:
    """A value of a newer server, in the type of the one value that the document lists."""
    if isinstance(listed, str):
        return text
    bare = text.strip(BLANK)
    if isinstance(listed, bool):
        if bare not in ("true", "1", "false", "0"):
            raise ValueError(text)
        return bare in ("true", "1")
    return read_float(bare) if isinstance(listed, float) else read_int(bare)


def _scalar_text(value: Any) -> str:
    if isinstance(value, (list, tuple, dict)):
        raise ValueError(f"a {type(value).__name__} is no text")
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return float_text(value)
    return str(value)


def uri_text(value: Any) -> str:
    """.NET's ``Uri.GetComponents(SerializationInfoString, UriEscaped)``: canonical and escaped."""
    return canonical(_string_text(value))
