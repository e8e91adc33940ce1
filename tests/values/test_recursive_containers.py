"""Lists, maps and tuples that hold nothing but themselves, in both formats."""

from __future__ import annotations

from typing import Any

import pytest
from bindwright.runtime import describe, json, root, xml
from bindwright.runtime.errors import DecodeError
from typing_extensions import TypeAliasType


class Tree(list["Tree"]):
    __wire__ = root("Tree")


class Folder(dict[str, "Shelf"]):
    __wire__ = root("Folder")


class Shelf(list["Folder | None"]):
    __wire__ = root("Shelf")


Chain = TypeAliasType("Chain", "tuple[int, Chain | None]")
describe(Chain, root("Chain"))

VALUES = [
    (Tree, b"[[[]],[]]", b"<Tree><Tree><Tree/></Tree><Tree/></Tree>"),
    (Folder, b'{"a":[{"b":[]}]}', None),
    (Chain, b"[1,[2,null]]", None),
]


@pytest.mark.parametrize(("kind", "written", "element"), VALUES)
def test_they_are_read_and_written(kind: Any, written: bytes, element: bytes | None) -> None:
    value = json.decode(written, kind)
    assert json.encode(value, kind) == written
    if element is not None:
        assert type(value) is kind
        assert xml.encode(value) == element
        assert xml.decode(element, kind) == value


def test_what_is_wrong_deep_inside_has_a_path() -> None:
    with pytest.raises(DecodeError, match=r"\$\[1\]\[0\]"):
        json.decode(b'[[],["x"]]', Tree)
