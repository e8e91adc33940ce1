"""Whether a port's answer is what a check expects, and if not, where it first differs."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from attrs import frozen

from bindwright.conformance.vectors import Check, octets
from bindwright.standards.form_bodies import fields_of, parts_of

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
    member = next(member for member in ("request", "error", "value") if member in wanted)
    if member not in answer:
        return Difference(_text(wanted[member]), _shown(answer))
    if member == "request":
        return _of_requests(wanted["request"], answer["request"], check.compare)
    same = (_same_error if member == "error" else _same_value)(wanted[member], answer[member])
    return None if same else Difference(_text(wanted[member]), _text(answer[member]))


def _same_error(expected: Any, actual: Any) -> bool:
    """Whether two errors have the same status, and the same value or none."""
    return (
        isinstance(actual, dict)
        and actual.get("status") == expected["status"]
        and ("value" in actual) == ("value" in expected)
        and _same_value(expected.get("value"), actual.get("value"))
    )


_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_REAL_DIGITS = re.compile("[.eE]")
_UNTYPED = ("string", "number", "boolean")
"""Forms of values of which the IR says nothing, or several things: a port that knows better may say so."""
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
    if len(expected) == 2 and expected[0] in _UNTYPED and actual[0] not in (expected[0], None):
        actual = [expected[0], actual[1]]
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
            said, answered = _said(expected, target, check.compare), _said(actual, target, check.compare)
            return Difference(
                said, _respelled(said, answered) if check.compare.endswith("number") else answered
            )
    return None


def _equal(expected: bytes, actual: bytes, target: str, compare: str) -> bool:
    if expected == actual or compare == "bytes":
        return expected == actual
    said, answered = _said(expected, target, compare), _said(actual, target, compare)
    return _same_numbers(said, answered) if compare.endswith("number") else said == answered


def _said(data: bytes, target: str, compare: str) -> str:
    """What is compared of a document, as text."""
    if target == "xml" and compare.startswith("infoset"):
        return _infoset(data)
    return data.decode("utf-8", "replace")


def _same_numbers(expected: str, actual: str) -> bool:
    """Whether two texts differ in nothing but the digits of doubles, which are not the same everywhere."""
    if _NUMBER.sub("0", expected) != _NUMBER.sub("0", actual):
        return False
    return all(map(_same_number, _NUMBER.findall(expected), _NUMBER.findall(actual)))


def _same_number(expected: str, actual: str) -> bool:
    """Two integers are the same by their digits: a double is no place for those of an int64."""
    if expected == actual:
        return True
    return bool(_REAL_DIGITS.search(expected + actual)) and float(expected) == float(actual)


def _respelled(expected: str, actual: str) -> str:
    """What came, with its numbers as the expected ones are spelled where they are the same: what is left differs."""
    wanted = iter(_NUMBER.findall(expected))

    def spelled(match: re.Match[str]) -> str:
        number = next(wanted, match[0])
        return number if _same_number(number, match[0]) else match[0]

    return _NUMBER.sub(spelled, actual)


def _infoset(data: bytes) -> str:
    """What a document says, whatever its prefixes are: they mean nothing but in names of types."""
    from xml.etree import ElementTree

    try:
        return ElementTree.canonicalize(
            data.decode("utf-8", "replace"), rewrite_prefixes=True, qname_aware_attrs={_TYPE}
        )
    except ElementTree.ParseError as error:
        return str(error)


def _of_requests(wanted: Mapping[str, Any], request: Any, compare: str) -> Difference | None:
    """Methods, targets and bodies are equal, every expected header is there, every ``absent`` one is not."""
    if not isinstance(request, Mapping):
        return Difference(_text(wanted), _text(request))
    headers = {str(name).lower(): str(value) for name, value in request.get("headers") or ()}
    for name in ("method", "target", "body"):
        if name in wanted and not _same_text(wanted[name], request.get(name), compare):
            return Difference(f"{name}: {_text(wanted[name])}", f"{name}: {_text(request.get(name))}")
    for name in ("fields", "parts"):
        if name in wanted:
            said, came = (
                _text(wanted[name]),
                _form(name, request.get("body"), headers.get("content-type", "")),
            )
            if not _equal(said.encode(), came.encode(), "json", compare):
                return Difference(f"{name}: {said}", f"{name}: {came}")
    for name, value in wanted.get("headers", ()):
        if headers.get(name.lower()) != value:
            return Difference(f"{name}: {value}", f"{name}: {headers.get(name.lower())}")
    for name in wanted.get("absent", ()):
        if name.lower() in headers:
            return Difference(f"no header {name}", f"{name}: {headers[name.lower()]}")
    return None


def _form(kind: str, body: Any, content_type: str) -> str:
    """What the body of a form says, as text: its boundary and its escapes are the port's."""
    try:
        data = octets(body)
        return _text(fields_of(data) if kind == "fields" else parts_of(data, content_type))
    except (KeyError, TypeError, ValueError) as error:
        return f"no form ({error}): {_text(body)[:200]}"


def _same_text(expected: Any, actual: Any, compare: str) -> bool:
    if isinstance(expected, str) and isinstance(actual, str):
        target = "xml" if expected.startswith("<") else "json"
        return _equal(expected.encode(), actual.encode(), target, compare)
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
