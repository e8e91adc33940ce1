"""``BINDWRIGHT_PURE=1``: modules that were compiled ahead of time are imported from their sources."""

from __future__ import annotations

from importlib.machinery import EXTENSION_SUFFIXES, PathFinder
from pathlib import Path

from bindwright.source_modules import SourceFinder


def test_a_source_beside_its_compiled_module_is_taken(tmp_path: Path) -> None:
    for suffix in (".py", EXTENSION_SUFFIXES[0]):
        (tmp_path / f"lower{suffix}").touch()
    compiled = PathFinder.find_spec("bindwright.lower", [str(tmp_path)])
    source = SourceFinder.find_spec("bindwright.lower", ["nowhere", str(tmp_path)])
    assert compiled is not None
    assert compiled.origin == str(tmp_path / f"lower{EXTENSION_SUFFIXES[0]}")
    assert source is not None
    assert source.origin == str(tmp_path / "lower.py")


def test_other_modules_are_left_to_others(tmp_path: Path) -> None:
    (tmp_path / "lower.py").touch()
    assert SourceFinder.find_spec("other.lower", [str(tmp_path)]) is None
    assert SourceFinder.find_spec("bindwright") is None
    assert SourceFinder.find_spec("bindwright.upper", [str(tmp_path)]) is None
