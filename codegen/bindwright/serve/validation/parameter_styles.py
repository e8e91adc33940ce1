"""Reading parameters back out of a request, style by style (OpenAPI 3.2.0, "Style Values").

What comes out is JSON: a text, a list of texts or an object of texts; types come later, in `coerce`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final
from urllib.parse import unquote, unquote_plus

from bindwright.ir.model import Parameter
from bindwright.serve.values import Shape
from bindwright.standards import header_lists

ABSENT: Final = object()
"""The parameter is not there at all."""

Pairs = Sequence[tuple[str, str]]
_DELIMITERS = {
    "spaceDelimited": re.compile(r"%20|\+| "),
    "pipeDelimited": re.compile(r"\||%7C", re.IGNORECASE),
    "tabDelimited": re.compile(r"%09|\t", re.IGNORECASE),
}
_HEADER_DELIMITERS = {
    "spaceDelimited": re.compile(" +"),
    "pipeDelimited": re.compile(r"\|"),
    "tabDelimited": re.compile(r"\t"),
}
_COMMA = re.compile(",")
_BLANKS = " \t"
"""White space around the value of a header (RFC 9110, 5.6.3, OWS): other blanks of Unicode are the value's own."""
_KEYS = re.compile(r"\[([^\]]*)\]")


def pairs(query: str, separator: str = "&") -> list[tuple[str, str]]:
    """The pairs of a query: names decoded, values raw, so that a delimiter and an encoded one stay apart."""
    split = (item.strip(_BLANKS).partition("=") for item in query.split(separator) if item.strip(_BLANKS))
    return [(unquote_plus(name), value) for name, _, value in split]


def from_path(parameter: Parameter, raw: str, shape: Shape) -> Any:
    """Read a path parameter: ``simple``, ``label`` or ``matrix``."""
    if parameter.style == "matrix":
        return _matrix(parameter, raw, shape)
    if parameter.style == "label":
        unprefixed = raw.removeprefix(".")
        delimiter = (
            re.compile(r"\.") if parameter.explode else re.compile(r"[,.]" if shape == "array" else ",")
        )
        return _delimited(unprefixed, shape, delimiter, parameter.explode, unquote)
    delimiter = _DELIMITERS.get(parameter.style, _COMMA)  # collectionFormat of 2.0 says it of paths, too
    return _delimited(raw, shape, delimiter, parameter.explode, unquote)


def from_header(parameter: Parameter, raw: str, shape: Shape) -> Any:
    """Read a header: ``simple``; its text is not percent-encoded, an item with a comma is a quoted string."""
    if shape == "scalar":
        return raw.strip(_BLANKS)
    if parameter.style in _HEADER_DELIMITERS:  # what `collectionFormat` says of a header
        return _delimited(raw, shape, _HEADER_DELIMITERS[parameter.style], parameter.explode, _stripped)
    return _grouped(header_lists.members(raw) if raw else [], shape, parameter.explode, header_lists.text_of)


def from_pairs(parameter: Parameter, raw_pairs: Pairs, shape: Shape, members: Iterable[str] = ()) -> Any:
    """Read a parameter of a query, cookie or form from raw pairs; `members` are an object's names."""
    if parameter.style == "deepObject" and shape != "scalar":
        return _deep_object(parameter.name, raw_pairs)
    if shape == "object" and parameter.explode:
        names = set(members)
        return (
            _with_lists((name, unquote_plus(value)) for name, value in raw_pairs if name in names) or ABSENT
        )
    values = [value for name, value in raw_pairs if name == parameter.name]
    if shape == "array" and not values:  # many write ``ids[]=1&ids[]=2`` for an array
        values = [value for name, value in raw_pairs if name == f"{parameter.name}[]"]
    if not values:
        return ABSENT
    if shape == "array" and parameter.explode:
        return [unquote_plus(value) for value in values]
    if (
        shape == "scalar" and len(values) > 1
    ):  # one value was asked for; several are no text, but a list of them
        return [unquote_plus(value) for value in values]
    delimiter = _DELIMITERS.get(parameter.style, _COMMA)
    return _delimited(values[-1], shape, delimiter, False, unquote_plus)


def _stripped(text: str) -> str:
    return text.strip(_BLANKS)


def _with_lists(named_texts: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The members of an exploded object; a name that is repeated has the list of its values."""
    members: dict[str, Any] = {}
    for name, text in named_texts:
        present = members.get(name)
        if present is None:
            members[name] = text
        else:
            members[name] = [*(present if isinstance(present, list) else [present]), text]
    return members


def parted(value: Any, separators: Sequence[str]) -> Any:
    """A list of texts, each of which is a list by the separators of `collectionFormat`, from the outside in."""
    return [_parted(item, separators) for item in value] if separators and isinstance(value, list) else value


def _parted(text: Any, separators: Sequence[str]) -> Any:
    if not separators or not isinstance(text, str):
        return text
    return [_parted(item, separators[1:]) for item in text.split(separators[0])] if text else []


def _delimited(
    raw: str, shape: Shape, delimiter: re.Pattern[str], explode: bool, decode: Callable[[str], str]
) -> Any:
    if shape == "scalar":
        return decode(raw)
    return _grouped(delimiter.split(raw) if raw else [], shape, explode, decode)


def _grouped(parts: list[str], shape: Shape, explode: bool, decode: Callable[[str], str]) -> Any:
    if shape == "array":
        return [decode(part) for part in parts]
    if explode:
        split = (part.partition("=") for part in parts)
        return {decode(name): decode(value) for name, _, value in split}
    return {decode(name): decode(value) for name, value in zip(parts[::2], parts[1::2], strict=False)}


def _matrix(parameter: Parameter, raw: str, shape: Shape) -> Any:
    raw_pairs = [(unquote(name), value) for name, _, value in (p.partition("=") for p in raw.split(";") if p)]
    if shape == "object" and parameter.explode:
        return {name: unquote(value) for name, value in raw_pairs}
    values = [value for name, value in raw_pairs if name == parameter.name]
    if not values:
        return ABSENT
    if shape == "array" and parameter.explode:
        return [unquote(value) for value in values]
    return _delimited(values[-1], shape, _COMMA, False, unquote)


def _deep_object(name: str, raw_pairs: Pairs) -> Any:
    """``color[R]=100&color[G]=200``; deeper levels and repeated keys as people write them."""
    members: dict[str, Any] = {}
    for key, value in raw_pairs:
        if key.startswith(f"{name}[") and key.endswith("]"):
            _put(members, _KEYS.findall(key[len(name) :]), unquote_plus(value))
    return members or ABSENT


def _put(target: dict[str, Any], keys: list[str], value: str) -> None:
    *above, last = [key for key in keys if key] or [""]
    for key in above:
        nested = target.setdefault(key, {})
        if not isinstance(nested, dict):
            return
        target = nested
    present = target.get(last)
    repeated = keys and keys[-1] == ""
    if present is None and not repeated:
        target[last] = value
    else:
        target[last] = [
            *(present if isinstance(present, list) else [present] if present is not None else []),
            value,
        ]
