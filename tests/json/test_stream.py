"""Streams: one list, lines, documents one after another; any chunking gives the same."""

from __future__ import annotations

import io
import json as stdlib
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bindwright.runtime import DecodeError, json
from bindwright.runtime.json.streams import iter_located
from bindwright.runtime.json.text.stream_splitter import split_values
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.json.models import Part

ITEMS = [
    {"a": 1, "b": "x},{\"y"}, {"a": 2}, {"a": 3, "b": "]"}, {"a": 4, "b": "\\"}, {"a": 5, "b": "é\n"},
]  # fmt: skip
PARTS = [Part(**item) for item in ITEMS]  # type: ignore[arg-type]
FORMS = {
    "list": stdlib.dumps(ITEMS),
    "indented": stdlib.dumps(ITEMS, indent=2),
    "compact": stdlib.dumps(ITEMS, separators=(",", ":")),
    "lines": "\n".join(map(stdlib.dumps, ITEMS)), "crlf": "\r\n".join(map(stdlib.dumps, ITEMS)) + "\r\n",
    "concatenated": "".join(map(stdlib.dumps, ITEMS)),
    "documents": "\n".join(stdlib.dumps(item, indent=1) for item in ITEMS),
    "records": "".join(f"\x1e{stdlib.dumps(item)}\n" for item in ITEMS), "mark": "\ufeff" + stdlib.dumps(ITEMS),
}  # fmt: skip


def chunks(data: bytes, size: int) -> Iterator[bytes]:
    for at in range(0, len(data), size):
        yield data[at : at + size]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("size", [1, 2, 7, 30, 10_000])
def test_any_form_in_any_chunks(form: str, size: int) -> None:
    assert list(json.iter_decode(chunks(FORMS[form].encode(), size), Part)) == PARTS


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"])
def test_encodings(encoding: str) -> None:
    for form in ("list", "lines"):
        assert list(json.iter_decode(chunks(FORMS[form].encode(encoding), 3), Part)) == PARTS


def test_files_and_paths(tmp_path: Path) -> None:
    path = tmp_path / "parts.json"
    path.write_text(FORMS["indented"])
    assert list(json.iter_decode(path, Part)) == PARTS
    with path.open() as text:
        assert list(json.iter_decode(text, Part)) == PARTS
    assert (
        list(json.iter_decode(io.BytesIO(FORMS["lines"].encode()), "Part", namespace="tests.json.models"))
        == PARTS
    )


def test_values_that_are_no_objects() -> None:
    assert list(json.iter_decode([b"[1, 2,3 ]"], int)) == [1, 2, 3]
    assert list(json.iter_decode([b"1 2\n3"], int)) == [1, 2, 3]
    assert list(json.iter_decode([b'["a,]", "b"]'], str)) == ["a,]", "b"]
    assert list(json.iter_decode([b"[1,2] [3]"], list[int])) == [[1, 2], [3]]
    assert list(json.iter_decode([b"[]"], int)) == []
    assert list(json.iter_decode([b""], int)) == []


WRONG = [
    ('[{"a":1},{"a":"x"}]', "$[1].a", 1),
    ('[{"a":1}\n,{"a":2},\n{"b":1}]', "$[2]", 3),
    ('[{"a":1}', "$[1]", 1),
    ('[{"a":1} {"a":2}]', "$[1]", 1),
    ('[{"a":1},]', "$[1]", 1),
    ('[{"a":1}] x', "$[1]", 1),
    ("[1", "$[0]", 1),
    ('{"a":1}\n{"a":\n"x"}', "$.a", 2),
    ('{"a":1}}', "$[1]", 1),
    ('[{"a":1}],', "$[1]", 1),
    ('["', "$[0]", 1),
    ('[,{"a":1}]', "$[0]", 1),
    ("[}", "$[0]", 1),
    ('{"a":1', "$[0]", 1),
    ('[{"a":1,"a":2}]', "$[0].a", 1),
]


@pytest.mark.parametrize(("text", "path", "line"), WRONG)
@pytest.mark.parametrize("size", [1, 1000])
def test_errors_name_the_item_and_the_line(text: str, path: str, line: int, size: int) -> None:
    with pytest.raises(DecodeError) as raised:
        list(json.iter_decode(chunks(text.encode(), size), Part))
    assert (raised.value.path, raised.value.line) == (path, line)


def test_lines_of_parts() -> None:
    text = '[\n {"a": 1,\n  "b": "x"},\n {"a": 2}, {\n"a":\n3}\n]'
    for size in (5, 1000):
        lines = [
            (where.line_of("$.a"), where.line_of("$.b"))
            for _, where in iter_located(chunks(text.encode(), size), Part)
        ]
        assert lines == [(2, 3), (4, 4), (6, 4)]


@settings(deadline=None)
@given(
    st.lists(st.builds(Part, a=st.integers(), b=st.none() | st.text())),
    st.integers(1, 40),
    st.sampled_from([None, 1]),
)
def test_what_is_written_is_read(parts: list[Part], size: int, indent: int | None) -> None:
    for lines in (False, True):
        data = b"".join(json.iter_encode(parts, Part, lines=lines, indent=indent))
        assert list(json.iter_decode(chunks(data, size), Part)) == parts
    assert json.decode(b"".join(json.iter_encode(parts, indent=indent)), list[Part]) == parts


def test_memory_stays_the_same() -> None:
    element = json.encode(Part(a=1, b="x" * 1000))

    def many(count: int) -> Iterator[bytes]:
        yield b"[" + element
        for _ in range(count // 50):
            yield (b"," + element) * 50
        yield b"]"

    def peak(count: int) -> Any:
        tracemalloc.start()
        for _ in json.iter_decode(many(count), Part):
            pass
        traced = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return traced

    peak(500)
    assert peak(8000) < 2 * peak(1500)


def until_broken(source: Any, **settings: Any) -> tuple[list[Part], DecodeError | OSError]:
    """The items that come before an error, and the error."""
    parts: list[Part] = []

    def read() -> None:
        for part in json.iter_decode(source, Part, **settings):
            parts.append(part)

    with pytest.raises((DecodeError, OSError)) as raised:
        read()
    return parts, raised.value


BROKEN = {
    "lines": ('{"a":1}\n\n{"a":2}\n{"a":"x"}\n{"a":4}\n', 4),
    "no JSON": ('{"a":1}\n{"a":2}\n{"a" 3}\n{"a":4}\n', 3),
    "records": ('\x1e{"a":1}\n\x1e{"a":2}\n\x1e{"a":"x"}\n\x1e{"a":4}\n', 3),
    "concatenated": ('{"a":1}{"a":2}\n{"a":"x"}{"a":4}', 2),
    "list": ('[{"a":1},\n{"a":2},\n{"a":"x"},\n{"a":4}]', 3),
    "cut off": ('{"a":1}\n{"a":2}\n{"a":', 3),
    "no bracket": ('{"a":1}\n{"a":2}\n{"a":3\n{"a":4}\n{"a":5}\n', 3),
    "no bracket behind a comma": ('{"a":1}\n{"a":2}\n{"a":3,\n{"a":4}\n', 3),
    "no bracket within": ('{"a":1}\n{"a":2}\n{"c":{"a":[3}\n{"a":4}\n', 3),
    "no bracket in a record": ('\x1e{"a":1}\n\x1e{"a":2}\n\x1e{"a":3\n\x1e{"a":4}\n', 3),
    "no bracket in a list": ('[{"a":1},\n{"a":2},\n{"a":3\n{"a":4}]', 3),
    "no mark": ('{"a":1}\n{"a":2}\n{"a":3,"b":"x\n{"a":4}\n', 3),
    "no mark around a name": ('{"a":1}\n{"a":2}\n{"a:3}\n{"a":4}\n', 3),
    "no comma": ('{"a":1}\n{"a":2}\n{"a":{"x":1 "y":2},\n"a":4}\n', 3),
}


@pytest.mark.parametrize("form", BROKEN)
@pytest.mark.parametrize("size", [1, 9, 1000])
def test_what_comes_before_a_broken_item(form: str, size: int, tmp_path: Path) -> None:
    text, line = BROKEN[form]
    path = tmp_path / "parts"
    path.write_text(text)
    for source in (chunks(text.encode(), size), io.BytesIO(text.encode()), path):
        parts, error = until_broken(source)
        assert parts == [Part(a=1), Part(a=2)]
        assert isinstance(error, DecodeError)
        assert error.line == line


@pytest.mark.parametrize("broken", ['{"a":3', '{"a":3,', '{"a":[3}', '{"a":3,"b":"x', '{"a"', '["x"', '"x'])
@pytest.mark.parametrize("form", ["lines", "list"])
def test_a_broken_value_is_seen_at_the_next(form: str, broken: str) -> None:
    """Of a stream that never ends nothing more is read: what follows is not waited for."""
    taken: list[bytes] = []

    def source() -> Iterator[bytes]:
        before, comma = (b"", b"") if form == "lines" else (b"[", b",")
        for piece in (
            before + b'{"a":1}' + comma + b"\n",
            broken.encode() + b"\n",
            *[b'{"a":4}' + comma + b"\n"] * 50,
        ):
            taken.append(piece)
            yield piece

    parts, error = until_broken(source())
    assert parts == [Part(a=1)]
    assert isinstance(error, DecodeError)
    assert error.line == 2
    assert len(taken) < 6


SOUND = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


@settings(deadline=None)
@given(SOUND, st.sampled_from([None, 0, 1]), st.data())
def test_no_beginning_of_a_value_is_taken_for_broken(
    value: Any, indent: int | None, data: st.DataObject
) -> None:
    text = stdlib.dumps(value, indent=indent, ensure_ascii=False).encode()
    end = data.draw(st.integers(0, len(text)))
    split = split_values(text[:end], final=False)
    assert (split.broken, split.wrong) == (None, -1)
    assert (
        list(json.iter_decode(chunks(text, 1 + end % 7), dict)) == [value]
        if isinstance(value, dict)
        else True
    )


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("size", [3, 1000])
@pytest.mark.parametrize("form", ["lines", "list"])
def test_what_comes_before_broken_characters(encoding: str, size: int, form: str) -> None:
    text = '{"a":1}\n{"a":2}\n{"a":' if form == "lines" else '[{"a":1},{"a":2},{"a":'
    broken = b"\xd8\x00\xd8\x00" if encoding == "utf-16-be" else b"\x00\xdc\x00\xdc"
    data = text.encode(encoding) + broken + "3}\n".encode("utf-16-be")
    parts, error = until_broken(chunks(data, size))
    assert parts == [Part(a=1), Part(a=2)]
    assert "text in utf-" in str(error)


@pytest.mark.parametrize("form", ["lines", "concatenated", "compact"])
def test_what_comes_before_a_source_that_breaks(form: str) -> None:
    data = FORMS[form].encode()

    def source() -> Iterator[bytes]:
        yield data[:20]
        yield data[20:-2]
        raise OSError("gone")

    parts, error = until_broken(source())
    assert parts == PARTS[:-1]
    assert str(error) == "gone"


def test_a_size_is_that_of_values_not_of_what_is_read_at_once() -> None:
    limit = json.Settings(max_size=100)
    for data in (b'{"a":1}\n' * 100_000, b"[" + b'{"a":1},' * 100_000 + b'{"a":1}]', b'{"a":1}' * 100_000):
        assert len(list(json.iter_decode([data], Part, settings=limit))) in (100_000, 100_001)
    parts, error = until_broken([b'{"a":1}\n' * 3 + b'{"b":"' + b"x" * 1_000_000], settings=limit)
    assert parts == [Part(a=1)] * 3
    assert isinstance(error, DecodeError)
    assert error.line == 4
