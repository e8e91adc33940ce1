"""`python -m tests.interop.typespec [SCENARIO…]`: every scenario of the suite against its mock server.

By the documents alone, and where an overlay says what a document does not, with that, too.
"""

from __future__ import annotations

import collections
import json
import re
import sys
from collections.abc import Iterator
from typing import Any

import attrs
from attrs import define, field
from bindwright.runtime import json as json_codec
from bindwright.runtime.http import StatusError
from bindwright.standards.media_types import kind_of
from lxml import etree

from tests.interop.typespec.bindings import Bindings, Method, generate, overlay_of
from tests.interop.typespec.callers import Caller, async_client, sync_client
from tests.interop.typespec.calls import Expected, arguments, base_path, find, raw
from tests.interop.typespec.suite import coverage, prepare, server
from tests.interop.typespec.table import AGAIN, CREDENTIALS, PRESETS
from tests.interop.typespec.unsaid import DEVIATING, UNSAID


@define
class Tally:
    """What came of each scenario: "" where it holds, else why not."""

    results: dict[str, str] = field(factory=dict)
    specs: dict[str, str] = field(factory=dict)
    deviating: set[str] = field(factory=set)
    """Scenarios with an answer that does not fit the document, and is read none the less."""


def main(chosen: list[str]) -> int:
    """Run all scenarios, or those whose name or folder begins so; 0 where all hold that shall.

    All are run by the documents alone, where those of `UNSAID` must fail, and no others. Those of folders with an
    overlay are run with it as well, and must hold.
    """
    by_spec: dict[str, list[dict[str, Any]]] = collections.defaultdict(list)
    for scenario in prepare():
        if not chosen or any(scenario[key].startswith(name) for name in chosen for key in ("id", "spec")):
            by_spec[scenario["spec"]].append(scenario)
    alone, _ = ran(by_spec, overlaid=False), print("with overlays:")
    overlaid = ran({spec: held for spec, held in by_spec.items() if overlay_of(spec)}, overlaid=True)
    faults = [f"{name}: {why} (with its overlay)" for name, why in overlaid.results.items() if why]
    faults += unexpected(alone)
    for fault in faults:
        print(fault)
    total, unsaid = len(alone.results), sum(map(bool, alone.results.values()))
    print(
        f"{total} scenarios: {total - unsaid} hold by the document alone, {unsaid} with what it does not say"
    )
    print(f"{len(faults)} faults" if faults else "as expected")
    return 1 if faults else 0


def ran(by_spec: dict[str, list[dict[str, Any]]], *, overlaid: bool) -> Tally:
    """What comes of scenarios; the server's own view counts as much as ours."""
    tally = Tally()
    with server() as address:
        for spec, scenarios in by_spec.items():
            clients = generate(spec, overlay_of(spec) if overlaid else None)
            for scenario in scenarios:
                tally.specs[scenario["id"]] = spec
                tally.results[scenario["id"]] = _verdict(clients, scenario, address, tally)
        served = coverage(address)
    for name, why in tally.results.items():
        if not why and served.get(name) != "pass":
            tally.results[name] = f"the server says {served.get(name)}"
    report(tally)
    return tally


def unexpected(tally: Tally) -> Iterator[str]:
    """What differs from the lists of what documents do not say, and of what servers do otherwise than they say."""
    for name, why in tally.results.items():
        if why and name not in UNSAID:
            yield f"{name}: {why}"
        elif not why and name in UNSAID:
            yield f"{name}: it holds, and is listed as one that cannot"
        if not why and (name in tally.deviating) is not (name in DEVIATING):
            yield f"{name}: its answer {'does not fit' if name in tally.deviating else 'fits'} the document"


def _verdict(clients: list[Bindings], scenario: dict[str, Any], address: str, tally: Tally) -> str:
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
                tally,
            )
        except Exception as error:  # every scenario is told of, whatever it raises
            return f"{type(error).__name__}: {error}"
    return ""


def run(
    clients: list[Bindings], scenario: dict[str, Any], number: int, call: Expected, address: str, tally: Tally
) -> None:
    """One call through the generated methods of both clients; raises where the answer is not the expected one."""
    client, method, values = find(clients, call)
    name, base = scenario["id"], address + base_path(client, call)
    for open_client in (sync_client, async_client):
        preset = PRESETS.get((name, number), PRESETS.get(name))
        keywords = preset(client.models) if preset else arguments(client, method, call, values)
        options: dict[str, Any] = {}
        if "accept" in call["headers"]:
            options["accept"] = call["headers"]["accept"]
        if call["body"] and (len(method.operation.body) > 1 or "*" in method.operation.body[0].media_type):
            options["media_type"] = call["body"]["contentType"]
        with open_client(client.package, base, retries=0, **CREDENTIALS.get(name, {})) as caller:
            if _check(caller, client, method, {**keywords, **options}, call, name, last=number > 0):
                tally.deviating.add(name)


def _check(
    caller: Caller,
    client: Bindings,
    method: Method,
    keywords: dict[str, Any],
    call: Expected,
    name: str,
    *,
    last: bool,
) -> bool:
    """Make a call and compare its answer; whether that is not what the document says."""
    try:
        answer = caller.raw(method, keywords)
    except StatusError as error:
        if error.status != call["status"]:
            raise AssertionError(f"{error.status} {error.body[:300]!r}") from error
        compare(call, error.body, error.error, None)
        return False
    if method.operation.pagination is not None:
        compare_pages(caller, method, keywords, last=last)
        return False
    if name in AGAIN:
        caller.raw(method, keywords | AGAIN[name])
    assert answer.status == call["status"], f"{answer.status} instead of {call['status']}"
    value = answer.parse()
    compare(
        call, answer.body, value, _result(client, method, answer.status), deviates=bool(answer.deviations)
    )
    in_items = call["answer"] and kind_of(call["answer"]["contentType"]) in ("sse", "jsonl")
    if in_items and not isinstance(value, str):
        compare_items(caller, client, method, keywords, call["answer"], value)
    return bool(answer.deviations)


def _result(client: Bindings, method: Method, status: int) -> tuple[str | None, Any, Any]:
    for response in method.operation.responses:
        if response.status in (str(status), f"{status // 100}XX", "default") and response.content:
            return response.content[0].type, response.content[0].wire, client.models
    return None, None, None


def compare(
    call: Expected,
    body: bytes,
    value: Any,
    result: tuple[str | None, Any, Any] | None,
    *,
    deviates: bool = False,
) -> None:
    """The body is the expected one, and what was decoded of it, built anew, is written the same."""
    expected = call["answer"]
    if expected is None:
        return
    data = raw(expected)
    if expected["contentType"].startswith("application/json") and expected.get("text") is not None:
        if result is not None and result[0] is not None:
            settings = json_codec.Settings(values="lenient" if deviates else "strict")
            again = json.loads(
                json_codec.encode(
                    rebuilt(value), result[0], wire=result[1], namespace=result[2], settings=settings
                )
            )
            sent = json.loads(data)
            if deviates:  # what the answer lacks, and must have, is None, and written as null
                again = {key: held for key, held in again.items() if held is not None or key in sent}
            assert again == sent, f"{again!r} instead of {data!r}"
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


def compare_pages(caller: Caller, method: Method, keywords: dict[str, Any], *, last: bool) -> None:
    """All pages, one after the other, hold the items of all expected answers."""
    pets = caller.pages(method, keywords)
    assert [pet.name for pet in pets] == ["dog", "cat", "bird", "fish"][2 * last :], pets


def compare_items(
    caller: Caller, client: Bindings, method: Method, keywords: dict[str, Any], expected: Expected, value: Any
) -> None:
    """What comes in items is the same at once and one by one, and says what stands on the wire."""
    content = method.operation.responses[0].content[0]
    assert caller.items(method, keywords) == value, "streamed items differ from the whole"
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
    for element in tree.iter():
        element.text, element.tail = (element.text or "").strip(), None
    return etree.tostring(tree, method="c14n2")


def report(tally: Tally) -> None:
    """Print a line for each folder."""
    lines: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for name, why in tally.results.items():
        lines[tally.specs[name]]["failed" if why else "passed"] += 1
    for spec, counts in lines.items():
        print(f"{spec:45} {counts['passed']:4} passed {counts['failed']:4} failed")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
