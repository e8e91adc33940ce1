"""Time in proportion to the document: calls counted for n, 2n, 4n and 8n, for shapes of models and of documents."""

from __future__ import annotations

import contextlib
import itertools
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from attrs import define, field
from bindwright.runtime import Choice, DecodeError, EncodeError, Model, json, root, wire


@define(kw_only=True)
class Left(Model):
    name: str | None = None
    child: Left | Right | None = None
    children: list[Left | Right] | None = None
    either: list[Left] | list[Right] | None = None
    by_name: dict[str, Left | Right] | None = None


@define(kw_only=True)
class Right(Model):
    name: str | None = None
    count: int | None = None
    child: Left | Right | None = None
    children: list[Left | Right] | None = None
    either: list[Left] | list[Right] | None = None
    by_name: dict[str, Left | Right] | None = None


@define(kw_only=True)
class Leaf(Model):
    kind: str
    size: int


@define(kw_only=True)
class Branch(Model):
    kind: str
    parts: list[Leaf | Branch] = field(
        metadata=wire(
            "parts",
            items=root(choice=Choice(discriminator="kind", mapping={"leaf": "Leaf", "branch": "Branch"})),
        )
    )


LENIENT = json.Settings(values="lenient", max_depth=10_000)
STRICT = json.Settings(max_depth=10_000)
DEEP: dict[str, Callable[[int], str]] = {
    "a union in a union, wrong at its end": lambda n: '{"child":' * n + '{"name":5}' + "}" * n,
    "a union in a union": lambda n: '{"child":' * n + '{"name":"x"}' + "}" * n,
    "lists of unions, wrong at their end": lambda n: '{"children":[' * n + '{"name":5}' + "]}" * n,
    "unions of lists, wrong at their end": lambda n: '{"either":[' * n + '{"name":5}' + "]}" * n,
    "maps of unions, wrong at their end": lambda n: '{"by_name":{"a":' * n + '{"name":5}' + "}}" * n,
    "two children a level": lambda n: '{"children":[{"name":"y"},' * n + '{"count":"x"}' + "]}" * n,
}
WIDE: dict[str, Callable[[int], str]] = {
    "items that fit one alternative": lambda n: '{"children":[' + ",".join(['{"name":"x"}'] * n) + "]}",
    "items that fit none": lambda n: '{"children":[' + ",".join(['{"name":5}'] * n) + "]}",
    "unknown members": lambda n: "{" + ",".join(f'"m{number}":1' for number in range(n)) + "}",
    "one name twice among many": lambda n: "{" + ",".join(f'"m{number}":1' for number in range(n)) + ',"m0":1}',
    "escapes": lambda n: '{"name":"' + "\\u0041\\n\\\"" * n + '"}',
    "nothing but brackets": lambda n: '{"free":' + "[" * n + "]" * n + "}",
    "entries": lambda n: '{"by_name":{' + ",".join(f'"e{number}":{{"name":"x"}}' for number in range(n)) + "}}",
}  # fmt: skip


def calls(function: Callable[[], Any]) -> int:
    """Functions called, those in C too."""
    count = 0

    def counted(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        function()
    except (DecodeError, EncodeError):
        pass
    finally:
        sys.setprofile(None)
    return count


def assert_linear(work: Callable[[int], Callable[[], Any]], sizes: tuple[int, ...]) -> None:
    calls(work(2))  # compiled once
    counts = [calls(work(size)) for size in sizes]
    for smaller, larger in itertools.pairwise(counts):
        assert larger <= 2.3 * smaller + 700, counts  # a few hundred calls whatever the size


@pytest.mark.parametrize("settings", [STRICT, LENIENT], ids=["strict", "lenient"])
@pytest.mark.parametrize("shape", DEEP)
def test_deep_documents(shape: str, settings: json.Settings) -> None:
    def work(size: int) -> Callable[[], Any]:
        data = DEEP[shape](size).encode()
        return lambda: quiet(data, settings)

    assert_linear(work, (10, 20, 40, 80))


@pytest.mark.parametrize("settings", [json.DEFAULT, STRICT, LENIENT], ids=["default", "strict", "lenient"])
@pytest.mark.parametrize("shape", WIDE)
def test_wide_documents(shape: str, settings: json.Settings) -> None:
    def work(size: int) -> Callable[[], Any]:
        data = WIDE[shape](size).encode()
        return lambda: quiet(data, settings)

    assert_linear(work, (100, 200, 400, 800))


def quiet(data: bytes, settings: json.Settings) -> Any:
    try:
        return json.decode(data, Left, settings=settings)
    except DecodeError:
        return None


@pytest.mark.parametrize(
    "leaf", ['{"kind":"leaf","size":1}', '{"kind":"leaf","size":"x"}', '{"kind":"nothing"}']
)
def test_trees_with_a_discriminator(leaf: str) -> None:
    def work(size: int) -> Callable[[], Any]:
        data = ('{"kind":"branch","parts":[' * size + leaf + "]}" * size).encode()

        def read() -> None:
            for settings in (STRICT, LENIENT):
                with contextlib.suppress(DecodeError):
                    json.decode(data, Branch, settings=settings)

        return read

    assert_linear(work, (10, 20, 40, 80))


@pytest.mark.parametrize("name", ["x", 5])
def test_writing_is_linear(name: Any) -> None:
    def work(size: int) -> Callable[[], Any]:
        value: Left = Left(name=name)
        for _ in range(size):
            value = Left(children=[Right(count=1), value], either=[value])
            value.either = None
        return lambda: json.encode(value)

    assert_linear(work, (10, 20, 40, 80))
