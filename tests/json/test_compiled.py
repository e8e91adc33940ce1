"""The one builder of compiled functions: lines for tracebacks, for as long as a function lives."""

from __future__ import annotations

import gc
import linecache

from bindwright.runtime.compile.backoff import Backoff
from bindwright.runtime.compile.function import compiled, compiled_sources


def test_lines_stand_in_linecache_while_the_function_lives() -> None:
    gc.collect()
    before = compiled_sources()
    function = compiled("def add(a, b):\n    return a + b\n", "add", "test add", {})
    filename = function.__code__.co_filename
    assert function(1, 2) == 3
    assert linecache.getline(filename, 2) == "    return a + b\n"
    assert compiled_sources() == before + 1
    linecache.checkcache()
    assert filename in linecache.cache
    del function
    gc.collect()
    assert filename not in linecache.cache
    assert compiled_sources() == before


def test_attempts_become_rare_while_they_fail_and_come_back() -> None:
    backoff = Backoff(limit=7)
    attempts = []
    for number in range(64):
        if not backoff.wary or backoff.allows():
            attempts.append(number)
            backoff.failed()
    assert attempts == [0, 2, 6, 14, 22, 30, 38, 46, 54, 62]
    while not backoff.allows():
        pass
    backoff.succeeded()
    assert not backoff.wary
    backoff.failed()
    assert backoff.remaining == 1


def test_functions_of_packages_are_not_hidden_by_modules_of_their_names() -> None:
    """A module that is imported becomes an attribute of its package, over a function of the same name."""
    from bindwright.runtime import json, model_styles

    assert json.decode(b"[1]", list[int]) == [1]
    assert json.codec(list[int]).decode(b"[2]") == [2]
    assert model_styles.to_attrs(3) == 3
    assert model_styles.from_attrs(4, int) == 4
    assert model_styles.to_attrs(5) == 5
