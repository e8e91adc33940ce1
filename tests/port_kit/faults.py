"""Ports with one fault each: our own, and something that a port to another language gets wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from bindwright.ports.python_port import Port

Answer = dict[str, Any]
Fault = Callable[[Port, Mapping[str, Any]], Answer]
FAULTS: dict[str, Fault] = {}


def fault(function: Fault) -> Fault:
    FAULTS[function.__name__] = function
    return function


def outputs(target: str, change: Callable[[str], str]) -> Fault:
    """A port that writes a format differently."""

    def faulty(port: Port, request: Mapping[str, Any]) -> Answer:
        answer = port.answer(request)
        if target in answer.get("output", {}) and isinstance(answer["output"][target], str):
            answer["output"][target] = change(answer["output"][target])
        return answer

    return faulty


def refusing(test: Callable[[str | bytes], bool], source: str = "xml") -> Fault:
    """A port that cannot read some documents."""

    def faulty(port: Port, request: Mapping[str, Any]) -> Answer:
        if request.get("from") == source and test(_text(request["input"])):
            return {"refused": "decode", "why": "not read"}
        return port.answer(request)

    return faulty


def accepting(rule: str, source: str) -> Fault:
    """A port that does not refuse what a rule refuses: it answers with some document."""

    def faulty(port: Port, request: Mapping[str, Any]) -> Answer:
        answer = port.answer(request)
        if answer.get("refused") and request.get("from") == source and re.search(rule, answer["why"]):
            return {"output": dict.fromkeys(request["to"], "")}
        return answer

    return faulty


def _text(text: str | Mapping[str, str]) -> str | bytes:
    if isinstance(text, str):
        return text
    import base64

    return base64.b64decode(text["base64"])


def _json(change: Callable[[Any], Any]) -> Callable[[str], str]:
    def changed(text: str) -> str:
        return json.dumps(change(json.loads(text)), ensure_ascii=False, separators=(",", ":"))

    return changed


def _each(change: Callable[[dict[str, Any]], dict[str, Any]]) -> Callable[[str], str]:
    def walk(value: Any) -> Any:
        if isinstance(value, dict):
            return change({name: walk(member) for name, member in value.items()})
        return [walk(item) for item in value] if isinstance(value, list) else value

    return _json(walk)


def _unknown_at_the_end(where: int) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Moves an unknown member that stands at a place among the members to their end."""

    def changed(value: dict[str, Any]) -> dict[str, Any]:
        names = list(value)
        if "x-unknown" not in names or names.index("x-unknown") != where or where == len(names) - 1:
            return value
        return {**{name: part for name, part in value.items() if name != "x-unknown"}, "x-unknown": value["x-unknown"]}  # fmt: skip

    return changed


def _chip_at_the_end(text: str) -> str:
    return re.sub(r"(<(?:\w+:)?chip.*?</(?:\w+:)?chip>)(.+)(</[^<>]+>)$", r"\2\1\3", text, flags=re.DOTALL)


def _out_of_order(text: str | bytes) -> bool:
    """Whether the elements of a job or a pet stand in another order than the bindings write."""
    positions = (
        [text.find(tag) for tag in ("<Id>", "<TotalContacts>", "<UpdatedContacts>")]
        if isinstance(text, str)
        else []
    )
    return -1 not in positions and positions != sorted(positions)


def requests(change: Callable[[Any], Any], member: str = "target") -> Fault:
    """A port that sends another request."""

    def faulty(port: Port, request: Mapping[str, Any]) -> Answer:
        answer = port.answer(request)
        if "request" in answer:
            answer["request"][member] = change(answer["request"][member])
        return answer

    return faulty


FAULTS |= {
    "request: no query": requests(lambda target: target.partition("?")[0]),
    "request: commas encoded": requests(lambda target: target.replace(",", "%2C")),
    "request: encoded twice": requests(lambda target: target.replace("%", "%25")),
    "request: wrong method": requests(str.swapcase, "method"),
    "request: always a type": requests(lambda headers: [*headers, ["content-type", "text/plain"]], "headers"),
    "json: members reversed": outputs("json", _each(lambda value: dict(reversed(value.items())))),
    "json: members sorted": outputs("json", _each(lambda value: dict(sorted(value.items())))),
    "json: nulls left out": outputs("json", _each(lambda value: {k: v for k, v in value.items() if v is not None})),
    "json: unknown dropped": outputs("json", _each(lambda value: {k: v for k, v in value.items() if k != "x-unknown"})),
    "json: numbers as text": outputs("json", lambda text: re.sub(r":(-?\d+)", r':"\1"', text)),
    "json: booleans as numbers": outputs("json", lambda text: text.replace("true", "1").replace("false", "0")),
    "json: spaces": outputs("json", lambda text: text.replace('":', '": ')),
    "json: ascii": outputs("json", lambda text: json.dumps(json.loads(text), separators=(",", ":"))),
    "json: names in lower case": outputs("json", _each(lambda value: {k.lower(): v for k, v in value.items()})),
    "json: empty text is null": outputs("json", lambda text: text.replace(':""', ":null")),
    "json: texts trimmed": outputs("json", lambda text: re.sub(r'" +', '"', text)),
    "json: six digits": outputs("json", lambda text: re.sub(r"(\.\d{6})\d+", r"\1", text)),
    "json: milliseconds": outputs("json", lambda text: re.sub(r"(\.\d{3})\d+", r"\1", text)),
    "json: Z as offset": outputs("json", lambda text: re.sub(r'(:\d\d(\.\d+)?)Z"', r'\1+00:00"', text)),
    "json: seconds without fraction": outputs("json", lambda text: re.sub(r"(:\d\d)\.\d+", r"\1", text)),
    "json: integers beyond 32 bits lost": outputs("json", lambda text: text.replace("2147483647", "-1")),
    "xml: elements reversed": outputs("xml", lambda text: re.sub(r"(<(\w+)>[^<]*</\2>)(<(\w+)>[^<]*</\4>)", r"\3\1", text)),
    "xml: nil left out": outputs("xml", lambda text: re.sub(r'<[\w:]+ (xsi|i):nil="true" ?/>', "", text)),
    "xml: nil without prefix": outputs("xml", lambda text: re.sub(r"(xsi|i):nil", "nil", text)),
    "xml: without namespace": outputs("xml", lambda text: re.sub(r' xmlns="[^"]*"', "", text)),
    "xml: another namespace": outputs("xml", lambda text: re.sub(r' xmlns="([^"]*)"', r' xmlns="\1/"', text)),
    "xml: no declaration of i": outputs("xml", lambda text: re.sub(r' xmlns:(i|xsi)="[^"]*"', "", text)),
    "xml: declared": outputs("xml", lambda text: '<?xml version="1.0"?>' + text),
    "xml: indented": outputs("xml", lambda text: text.replace("><", ">\n  <")),
    "xml: six digits": outputs("xml", lambda text: re.sub(r"(\.\d{6})\d+", r"\1", text)),
    "xml: Z as offset": outputs("xml", lambda text: re.sub(r"(:\d\d(\.\d+)?)Z<", r"\1+00:00<", text)),
    "xml: empty elements closed": outputs("xml", lambda text: re.sub(r"<(\w+)></\1>", r"<\1 />", text)),
    "xml: names in lower case": outputs("xml", lambda text: re.sub(r"(</?)(\w)", lambda m: m[1] + m[2].lower() + "x", text)),
    "xml: amp written twice": outputs("xml", lambda text: text.replace("&amp;", "&amp;amp;")),
    "xml: unknown dropped": outputs("xml", lambda text: re.sub(r"<(\w+:)?chip.*?</(\w+:)?chip>", "", text)),
    "json: unknown first goes last": outputs("json", _each(_unknown_at_the_end(0))),
    "json: unknown between goes last": outputs("json", _each(_unknown_at_the_end(1))),
    "xml: unknown goes last": outputs("xml", _chip_at_the_end),
    "reads xml in order alone": refusing(_out_of_order),
    "reads no prefixes": refusing(lambda text: isinstance(text, str) and "<q1:" in text),
    "reads no comments": refusing(lambda text: isinstance(text, str) and "<!--" in text),
    "reads no utf-16 and no marks": refusing(lambda text: isinstance(text, bytes) or text.startswith("\ufeff")),
    "reads no white space": refusing(lambda text: isinstance(text, str) and "\n  <" in text),
    "reads no declaration": refusing(lambda text: isinstance(text, str) and text.startswith("<?xml")),
    "reads no escapes": refusing(lambda text: isinstance(text, str) and "\\u0" in text, "json"),
    "accepts what is no json": accepting("", "json"),
    "accepts what lacks members": accepting("is missing|nothing|found no|required member", "json"),
    "accepts a name twice": accepting("each name once", "json"),
    "accepts an element twice": accepting("a second one", "xml"),
    "accepts every xml": accepting("", "xml"),
    "accepts other kinds": accepting("expected", "json"),
}  # fmt: skip


@fault
def ignores_edits(port: Port, request: Mapping[str, Any]) -> Answer:
    return port.answer({**request, "set": []})


@fault
def values_are_all_strings(port: Port, request: Mapping[str, Any]) -> Answer:
    answer = port.answer(request)
    if "value" in answer:
        answer["value"] = json.loads(re.sub(r'\["[\w-]+", ', '["string", ', json.dumps(answer["value"])))
    return answer


def answers(change: Callable[[Mapping[str, Any], Answer], Answer]) -> Fault:
    """A port that makes something else of an answer."""

    def faulty(port: Port, request: Mapping[str, Any]) -> Answer:
        answer = port.answer(request)
        return change(request, answer) if request["do"] == "answer" else answer

    return faulty


def _type_of(request: Mapping[str, Any]) -> str:
    return str(dict(request["headers"]).get("content-type", ""))


FAULTS |= {
    "answer: errors are values": answers(lambda _, answer: {"value": answer["error"].get("value")} if "error" in answer else answer),
    "answer: errors have no value": answers(lambda _, answer: {"error": {"status": answer["error"]["status"]}} if "error" in answer else answer),
    "answer: every error is 500": answers(lambda _, answer: {"error": {**answer["error"], "status": 500}} if "error" in answer else answer),
    "answer: an error with another body is refused": answers(lambda _, answer: {"refused": "decode"} if "error" in answer and "value" not in answer["error"] else answer),
    "answer: an undocumented status is a success": answers(lambda request, answer: {"value": None} if request["status"] == 418 else answer),
    "answer: media types with their case": answers(lambda request, answer: {"refused": "decode"} if _type_of(request) != _type_of(request).lower() else answer),
    "answer: any body is a success": answers(lambda _, answer: {"value": None} if "refused" in answer else answer),
}  # fmt: skip
