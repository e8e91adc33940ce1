"""Whether a port's answer is what a check expects, and if not, where it first differs."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from attrs import frozen

from bindwright.conformance.vectors import Check, octets

_NUMBER = re.compile(r"(?<![\w.+-])[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\w.])")


@frozen
class Difference:
    """What was expected and what came, as text."""

    expected: str
    actual: str

    @property
    def offset(self) -> int:
        """Characters that both begin with."""
        pairs = zip(self.expected, self.actual, strict=False)
        common = next((index for index, (left, right) in enumerate(pairs) if left != right), None)
        return min(len(self.expected), len(self.actual)) if common is None else common


def difference(check: Check, answer: Mapping[str, Any]) -> Difference | None:
    """How the answer of a port deviates; None where it is what the check expects."""
    wanted = check.expected
    if "refused" in wanted:
        return None if answer.get("refused") == "decode" else Difference("refused: decode", _shown(answer))
    if "output" in wanted:
        return _of_outputs(check, answer)
    member = "request" if "request" in wanted else "value"
    if member not in answer:
        return Difference(_text(wanted[member]), _shown(answer))
    if member == "request":
        return _of_requests(wanted["request"], answer["request"], check.compare)
    same = _same_value(wanted["value"], answer["value"])
    return None if same else Difference(_text(wanted["value"]), _text(answer["value"]))


_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_REAL = re.compile(r"number|(?:dotnet-)?(?:double|float)")


def _same_value(expected: Any, actual: Any) -> bool:
    """Whether two tagged values are the same; digits of a double are the port's."""
    if isinstance(expected, dict):
        return (
            isinstance(actual, dict)
            and expected.keys() == actual.keys()
            and all(_same_value(value, actual[name]) for name, value in expected.items())
        )
    if not isinstance(expected, list) or not isinstance(actual, list) or len(expected) != len(actual):
        return bool(expected == actual)
    if len(expected) == 2 and expected[0] == actual[0] and _is_real(*expected) and _is_real(*actual):
        return float(expected[1]) == float(actual[1])
    return all(map(_same_value, expected, actual))


def _is_real(form: Any, text: Any) -> bool:
    """Whether a pair is a number that is compared by its value."""
    if not isinstance(form, str) or not isinstance(text, str) or not _REAL.fullmatch(form):
        return False
    return _NUMBER.fullmatch(text) is not None


def _of_outputs(check: Check, answer: Mapping[str, Any]) -> Difference | None:
    outputs = answer.get("output")
    for target, wanted in check.expected["output"].items():
        if not isinstance(outputs, Mapping) or target not in outputs:
            return Difference(_decoded(wanted), _shown(answer))
        try:
            expected, actual = octets(wanted), octets(outputs[target])
        except (KeyError, TypeError, ValueError):
            return Difference(_decoded(wanted), _shown(answer))
        if not _equal(expected, actual, target, check.compare):
            return Difference(expected.decode("utf-8", "replace"), actual.decode("utf-8", "replace"))
    return None


def _equal(expected: bytes, actual: bytes, target: str, compare: str) -> bool:
    if expected == actual or compare == "bytes":
        return expected == actual
    if compare == "number":
        return _numbers_apart(expected) == _numbers_apart(actual)
    return _infoset(expected) == _infoset(actual) if target == "xml" else _json(expected) == _json(actual)


def _numbers_apart(data: bytes) -> list[str | float]:
    """The text with its numbers by value: digits of a double are not the same everywhere."""
    text, end = data.decode("utf-8", "replace"), 0
    parts: list[str | float] = []
    for match in _NUMBER.finditer(text):
        parts += [text[end : match.start()], float(match[0])]
        end = match.end()
    return [*parts, text[end:]]


def _infoset(data: bytes) -> object:
    """What a document says, whatever its prefixes are: they mean nothing but in names of types."""
    from xml.etree import ElementTree

    try:
        return ElementTree.canonicalize(
            data.decode("utf-8", "replace"), rewrite_prefixes=True, qname_aware_attrs={_TYPE}
        )
    except ElementTree.ParseError as error:
        return str(error)


def _json(data: bytes) -> object:
    try:
        return json.loads(data)
    except ValueError as error:
        return str(error)


def _of_requests(wanted: Mapping[str, Any], request: Any, compare: str) -> Difference | None:
    """Methods, targets and bodies are equal, every expected header is there, every ``absent`` one is not."""
    if not isinstance(request, Mapping):
        return Difference(_text(wanted), _text(request))
    headers = {str(name).lower(): str(value) for name, value in request.get("headers") or ()}
    for name in ("method", "target", "body"):
        if name in wanted and not _same_text(wanted[name], request.get(name), compare):
            return Difference(f"{name}: {_text(wanted[name])}", f"{name}: {_text(request.get(name))}")
    for name, value in wanted.get("headers", ()):
        if headers.get(name.lower()) != value:
            return Difference(f"{name}: {value}", f"{name}: {headers.get(name.lower())}")
    for name in wanted.get("absent", ()):
        if name.lower() in headers:
            return Difference(f"no header {name}", f"{name}: {headers[name.lower()]}")
    return None


def _same_text(expected: Any, actual: Any, compare: str) -> bool:
    if compare == "number" and isinstance(expected, str) and isinstance(actual, str):
        return _numbers_apart(expected.encode()) == _numbers_apart(actual.encode())
    return bool(expected == actual)


def _decoded(text: Any) -> str:
    return octets(text).decode("utf-8", "replace")


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)


def _shown(answer: Mapping[str, Any]) -> str:
    """An answer that is not of the expected form, in the words of a report."""
    if "refused" in answer:
        return f"refused: {answer['refused']}"
    return _text({name: value for name, value in answer.items() if name != "id"})
