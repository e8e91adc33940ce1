"""Type expressions as text: where their parts end."""

from __future__ import annotations

import pytest
from bindwright.targets.python.syntax.annotations import split


@pytest.mark.parametrize(
    ("text", "separator", "parts"),
    [
        ("int", "|", ("int",)),
        ("int | None", "|", ("int", "None")),
        ('Literal["a|b", "c]"] | list[int | str]', "|", ('Literal["a|b", "c]"]', "list[int | str]")),
        ("str, dict[str, int], 'a, \\'b'", ",", ("str", "dict[str, int]", "'a, \\'b'")),
    ],
)
def test_parts_at_the_top(text: str, separator: str, parts: tuple[str, ...]) -> None:
    assert split(text, separator) == parts
