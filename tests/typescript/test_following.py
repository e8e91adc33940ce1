"""Pages and waiting of the TypeScript runtime: what is asked for next, and when it ends. No network: `fetch` is given."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.typescript.node import run
from tools.typescript import RUNTIME

_PROGRAM = """
import * as w from RUNTIME;
const { answers, facts, kind, args, options } = JSON.parse(process.argv[1]);
const asked = [];
const fetching = async (request) => {
  asked.push(request.url.slice(17) + (request.method === 'POST' ? ' ' + (await request.text()) : ''));
  const [status, body, headers = {}] = answers[Math.min(asked.length, answers.length) - 1];
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
};
const post = args.body !== undefined;
const writers = [w.inQuery('p', w.integer, { optional: true }), ...(post ? [w.sends(w.any)] : [])];
const one = w.operationWith(post ? 'POST' : 'GET', () => '/a', { 200: w.any, 404: w.any, '5XX': w.any }, writers, { find: w.ranges });
const client = w.connect('https://a.example', { fetch: fetching });
const seen = [];
let ended = 'ended';
try {
  const steps = kind === 'wait' ? w.statesOf(w.waiting(one, facts), client, args, options) : w[`${kind}Of`](w.paged(one, facts), client, args, options);
  for await (const step of steps) seen.push(step);
} catch (error) {
  ended = `${error.name}: ${error.message}`;
}
console.log(JSON.stringify({ asked, seen, ended }));
"""


def follow(
    kind: str, facts: dict[str, Any], answers: list[Any], args: dict[str, Any] | None = None, **options: Any
) -> Any:
    """What was asked, what was seen and how it ended."""
    task = {"kind": kind, "facts": facts, "answers": answers, "args": args or {}, "options": options}
    program = _PROGRAM.replace("RUNTIME", json.dumps(str(RUNTIME / "index.js")))
    return json.loads(run("--input-type=module", "--eval", program, json.dumps(task)))


def page(items: list[int], **more: Any) -> list[Any]:
    return [200, {"items": items, **more}]


@pytest.mark.parametrize(
    ("facts", "answers", "targets"),
    [
        ({"style": "offset", "argument": "p"}, [page([1, 2]), page([3]), page([])], ["/a", "/a?p=2"]),
        ({"style": "offset", "argument": "p", "total": "/total"}, [page([1, 2], total=3), page([3], total=3)], ["/a", "/a?p=2"]),
        ({"style": "page", "argument": "p", "first": 0}, [page([1, 2]), page([3]), page([])], ["/a", "/a?p=1"]),
        ({"style": "page", "argument": "p", "first": 1, "more": "/more"}, [page([1], more=True), page([2, 3], more=False)], ["/a", "/a?p=2"]),
        ({"style": "cursor", "argument": "p", "next": "/next"}, [page([1, 2], next=7), page([3], next=None)], ["/a", "/a?p=7"]),
        ({"style": "next", "next": "/next"}, [page([1, 2], next="/b?x=1"), page([3])], ["/a", "/b?x=1"]),
        ({"style": "link"}, [[200, {"items": [1, 2]}, {"link": '<https://a.example/z>; rel="prev", </c,d>; title="a, b"; rel=next'}], page([3])], ["/a", "/c,d"]),
    ],
)  # fmt: skip
def test_the_next_page(facts: dict[str, Any], answers: list[Any], targets: list[str]) -> None:
    course = follow("items", {**facts, "items": "/items"}, answers)
    assert course == {"asked": targets, "seen": [1, 2, 3], "ended": "ended"}


def test_the_place_stands_in_the_body() -> None:
    facts = {"style": "cursor", "argument": "$request.body#/page/after", "next": "/next", "items": "/items"}
    course = follow("items", facts, [page([1], next="x"), page([2])], {"body": {"q": 1, "page": {"size": 2}}})
    assert course["asked"] == ['/a {"q":1,"page":{"size":2}}', '/a {"q":1,"page":{"size":2,"after":"x"}}']


COUNTED = {"argument": "p", "total": "/total", "items": "/items"}


@pytest.mark.parametrize("style", ["offset", "page"])
@pytest.mark.parametrize("total", [0, 1, 3])
def test_a_total_of_something_else_ends_nothing(style: str, total: int) -> None:
    answers = [page([1, 2], total=total), page([3, 4], total=total), page([5], total=total)]
    course = follow("items", {**COUNTED, "style": style, "first": int(style == "page")}, answers)
    assert course["seen"] == [1, 2, 3, 4, 5]


def test_an_empty_page_between_others() -> None:
    answers = [page([1, 2], more=True), page([], more=True), page([3], more=False)]
    course = follow(
        "items", {"style": "page", "argument": "p", "first": 1, "items": "/items", "more": "/more"}, answers
    )
    assert course == {"asked": ["/a", "/a?p=2", "/a?p=3"], "seen": [1, 2, 3], "ended": "ended"}


def test_pages_backwards() -> None:
    facts = {"style": "last", "argument": "x", "back": "p", "next": "/id", "items": "/items", "more": "/more"}
    answers = [page([{"id": 3}, {"id": 4}], more=True), page([{"id": 1}, {"id": 2}], more=False)]
    course = follow("items", facts, answers, {"p": 5})
    assert [item["id"] for item in course["seen"]] == [4, 3, 2, 1]
    assert course["asked"] == ["/a?p=5", "/a?p=3"]


@pytest.mark.parametrize(
    ("facts", "answers", "ended", "seen"),
    [
        ({"style": "page", "argument": "p", "first": 1}, [page([1])], "same page again", [1]),
        ({"style": "page", "argument": "p"}, [page([1]), page([1]), page([2]), [404, {}]], "ended", [1, 2]),
        ({"style": "cursor", "argument": "p", "next": "/n", "more": "/more"}, [page([1], more=True)], "not say where", [1]),
        ({"style": "cursor", "argument": "p", "next": "/n", "more": "/more"}, [page([1], n=2), page([2])], "ended", [1, 2]),
        ({"style": "offset", "argument": "p", "total": "/total"}, [page([1], total=9), page([], total=9)], "empty page", [1]),
    ],
)  # fmt: skip
def test_how_pages_end(facts: dict[str, Any], answers: list[Any], ended: str, seen: list[int]) -> None:
    course = follow("items", {**facts, "items": "/items"}, answers)
    assert ended in course["ended"]
    assert course["seen"] == seen


def test_a_link_in_the_answer_to_a_post_is_asked_for_by_get() -> None:
    facts = {"style": "next", "next": "/next", "items": "/items"}
    course = follow("items", facts, [page([1], next="http://a.example/b"), page([2])], {"body": {"q": 1}})
    assert course == {"asked": ['/a {"q":1}', "/b"], "seen": [1, 2], "ended": "ended"}


def test_pages_that_lead_in_a_circle_end() -> None:
    course = follow(
        "pages", {"style": "cursor", "argument": "p", "next": "/next", "items": "/items"}, [page([1], next=7)]
    )
    assert "circle" in course["ended"]


def test_another_server_gets_no_request() -> None:
    course = follow("pages", {"style": "next", "next": "/next"}, [page([1], next="https://b.example/a")])
    assert len(course["asked"]) == 1
    assert "another server" in course["ended"]


def test_waiting_ends_with_the_state() -> None:
    facts = {"state": "/state", "done": ["done"], "failed": ["lost"], "interval": 0.001}
    course = follow("wait", facts, [[200, {"state": "new"}], [503, {}], [200, {"state": "done"}]])
    assert ([poll["state"] for poll in course["seen"]], course["ended"]) == (["new", "done"], "ended")
    assert follow("wait", facts, [[200, {"state": "lost"}]])["ended"] == "OperationFailed: ended as lost"
    assert follow("wait", facts, [[200, {"state": "new"}]], limit=20)["ended"].startswith("WaitTimeout")
    assert follow("wait", facts, [[404, {}]])["ended"].startswith("ApiError: 404")
    failing = follow("wait", facts, [[503, {}]])
    assert failing["ended"].startswith("ApiError: 503")
    assert len(failing["asked"]) == 4


def test_waiting_for_any_other_state() -> None:
    course = follow(
        "wait", {"state": "/n", "interval": 0.001}, [[200, {"n": 1}], [200, {"n": 1}], [200, {"n": 2}]]
    )
    assert [poll["n"] for poll in course["seen"]] == [1, 1, 2]
