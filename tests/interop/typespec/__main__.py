"""`python -m tests.interop.typespec [SCENARIO…]`: every scenario of the suite against its mock server."""

from __future__ import annotations

import collections
import json
import re
import sys
from typing import Any

import attrs
from attrs import define, field
from bindwright.runtime import json as json_codec
from bindwright.runtime.http import StatusError
from bindwright.standards.media_types import kind_of
from lxml import etree

from tests.interop.typespec.bindings import Bindings, Method, generate
from tests.interop.typespec.callers import Caller, async_client, sync_client
from tests.interop.typespec.calls import Expected, arguments, base_path, find, raw
from tests.interop.typespec.suite import coverage, prepare, server
from tests.interop.typespec.table import AGAIN, CREDENTIALS, GIVEN


@define
class Tally:
    """What came of each scenario: "" where it holds, else why not."""

    results: dict[str, str] = field(factory=dict)
    specs: dict[str, str] = field(factory=dict)


def main(chosen: list[str]) -> int:
    """Run all scenarios, or those whose name or folder begins so; 0 where all hold."""
    tally = Tally()
    by_spec: dict[str, list[dict[str, Any]]] = collections.defaultdict(list)
    for one in prepare():
        if not chosen or any(one["id"].startswith(name) or one["spec"].startswith(name) for name in chosen):
            by_spec[one["spec"]].append(one)
    with server() as address:
        for spec, scenarios in by_spec.items():
            clients = generate(spec)
            for one in scenarios:
                tally.specs[one["id"]] = spec
                tally.results[one["id"]] = _verdict(clients, one, address)
        served = coverage(address)
    return report(tally, served)


def _verdict(clients: list[Bindings], scenario: dict[str, Any], address: str) -> str:
    for number, call in enumerate(scenario["calls"]):
        if number and "/nextPage" in call["uri"]:
            continue  # the pages of the first call come to it
        try:
            run(
                clients,
                scenario,
                number,
                json.loads(json.dumps(call).replace("http://localhost:BASE", address)),
                address,
            )
        except Exception as error:  # every scenario is told of, whatever it raises
            return f"{type(error).__name__}: {error}"
    return ""


def run(clients: list[Bindings], scenario: dict[str, Any], number: int, call: Expected, address: str) -> None:
    """One call through the generated methods of both clients; raises where the answer is not the expected one."""
    client, method, values = find(clients, call)
    name, base = scenario["id"], address + base_path(client, call)
    for made in (sync_client, async_client):
        given = GIVEN.get((name, number), GIVEN.get(name))
        keywords = given(client.models) if given else arguments(client, method, call, values)
        options: dict[str, Any] = {}
        if "accept" in call["headers"]:
            options["accept"] = call["headers"]["accept"]
        if call["body"] and (len(method.operation.body) > 1 or "*" in method.operation.body[0].media_type):
            options["media_type"] = call["body"]["contentType"]
        with made(client.package, base, retries=0, **CREDENTIALS.get(name, {})) as one:
            _check(one, client, method, {**keywords, **options}, call, name, last=number > 0)


def _check(
    one: Caller,
    client: Bindings,
    method: Method,
    keywords: dict[str, Any],
    call: Expected,
    name: str,
    *,
    last: bool,
) -> None:
    try:
        answer = one.raw(method, keywords)
    except StatusError as error:
        if error.status != call["status"]:
            raise AssertionError(f"{error.status} {error.body[:300]!r}") from error
        compare(call, error.body, error.error, None)
        return
    if method.operation.pagination is not None:
        compare_pages(one, method, keywords, last=last)
        return
    if name in AGAIN:
        one.raw(method, keywords | AGAIN[name])
    assert answer.status == call["status"], f"{answer.status} instead of {call['status']}"
    compare(call, answer.body, answer.parse(), _result(client, method, answer.status))
    if call["answer"] and kind_of(call["answer"]["contentType"]) in ("sse", "jsonl"):
        compare_items(one, client, method, keywords, call["answer"], answer.parse())


def _result(client: Bindings, method: Method, status: int) -> tuple[str | None, Any, Any]:
    for one in method.operation.responses:
        if one.status in (str(status), f"{status // 100}XX", "default") and one.content:
            return one.content[0].type, one.content[0].wire, client.models
    return None, None, None


def compare(call: Expected, body: bytes, value: Any, result: tuple[str | None, Any, Any] | None) -> None:
    """The body is the expected one, and what was decoded of it, built anew, is written the same."""
    expected = call["answer"]
    if expected is None:
        return
    data = raw(expected)
    if expected["contentType"].startswith("application/json") and expected.get("text") is not None:
        if result is not None and result[0] is not None:
            again = json_codec.encode(rebuilt(value), result[0], wire=result[1], namespace=result[2])
            assert json.loads(again) == json.loads(data), f"{again!r} instead of {data!r}"
        else:
            assert value is not None or result is None, "no value"
    elif (
        expected["contentType"].startswith("application/xml") and result is not None and result[0] is not None
    ):
        from bindwright.runtime import xml as xml_codec

        again = xml_codec.encode(rebuilt(value), result[0], wire=result[1], namespace=result[2])
        assert canonical(again) == canonical(data), f"{again!r} instead of {data!r}"
    elif isinstance(value, (bytes, str)):
        assert (value.encode() if isinstance(value, str) else value) == data, (
            f"{value!r:.200} instead of {data!r:.200}"
        )


def rebuilt(value: Any) -> Any:
    """A value made of its public fields: what a decoder keeps beside them cannot hide what it did not read."""
    if attrs.has(type(value)):
        fields = (attribute.name for attribute in attrs.fields(type(value)) if attribute.init)
        return type(value)(
            **{name: rebuilt(getattr(value, name)) for name in fields if not name.startswith("_")}
        )
    if isinstance(value, list):
        return type(value)(map(rebuilt, value))
    if isinstance(value, dict):
        return type(value)({key: rebuilt(item) for key, item in value.items()})
    return value


def compare_pages(one: Caller, method: Method, keywords: dict[str, Any], *, last: bool) -> None:
    """All pages, one after the other, hold the items of all expected answers."""
    found = one.pages(method, keywords)
    assert [one.name for one in found] == ["dog", "cat", "bird", "fish"][2 * last :], found


def compare_items(
    one: Caller, client: Bindings, method: Method, keywords: dict[str, Any], expected: Expected, value: Any
) -> None:
    """What comes in items is the same at once and one by one, and says what stands on the wire."""
    content = method.operation.responses[0].content[0]
    assert one.items(method, keywords) == value, "streamed items differ from the whole"
    again = [
        json.loads(
            json_codec.encode(
                rebuilt(item), content.item_type, wire=content.item_wire, namespace=client.models
            )
        )
        for item in value
    ]
    if kind_of(expected["contentType"]) == "jsonl":
        assert again == [json.loads(line) for line in raw(expected).splitlines() if line], again
        return
    sent = re.findall(r"^data: ?(.*)$", raw(expected).decode(), re.MULTILINE)
    held = [item["data"] if isinstance(item["data"], str) else json.dumps(item["data"]) for item in again]
    assert [_free(text) for text in held] == [_free(text) for text in sent], held


def _free(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def canonical(data: bytes) -> bytes:
    """Canonical XML without the white space between elements."""
    tree = etree.fromstring(data.strip(), etree.XMLParser(remove_blank_text=True))
    for one in tree.iter():
        one.text, one.tail = (one.text or "").strip(), None
    return etree.tostring(tree, method="c14n2")


def report(tally: Tally, served: dict[str, str]) -> int:
    """Print failures, and a line for each folder; the server's own view counts as much as ours."""
    lines: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for name, mine in tally.results.items():
        why = mine or ("" if served.get(name) == "pass" else f"the server says {served.get(name)}")
        how = "passed" if not why else "skipped" if why.startswith("skipped") else "failed"
        lines[tally.specs[name]][how] += 1
        if why:
            print(f"{name}: {why}")
    total: collections.Counter[str] = collections.Counter()
    for spec, counts in lines.items():
        total += counts
        print(
            f"{spec:45} {counts['passed']:4} passed {counts['failed']:4} failed {counts['skipped']:4} skipped"
        )
    print(
        f"{sum(total.values())} scenarios: {total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped"
    )
    return 1 if total["failed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
