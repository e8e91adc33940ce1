"""A package names the level of the runtime that it needs; an older runtime says so, and what to do."""

from __future__ import annotations

import pytest
from bindwright.runtime.http import ApiSpec
from bindwright.standards.runtime_level import LEVEL
from bindwright.targets.python import PythonOptions, emit
from bindwright.targets.python.package_files import compatible

from .make import build


def test_the_client_names_its_level() -> None:
    files = emit(build(), PythonOptions(package="shop")).files
    assert f"    level={LEVEL},\n" in files["shop/client.py"]


@pytest.mark.parametrize("level", range(LEVEL + 1))
def test_older_packages_run(level: int) -> None:
    assert ApiSpec(package="shop", level=level).level == level


def test_a_newer_package_names_both_versions_and_the_remedy() -> None:
    with pytest.raises(ImportError, match=r"shop was written by bindwright 9\.1.*has level.*pip install"):
        ApiSpec(package="shop", generator="9.1", level=LEVEL + 1)


@pytest.mark.parametrize(
    ("version", "range_"), [("0.1.0", ">=0.1.0,<1"), ("0.9.2", ">=0.9.2,<1"), ("3.4", ">=3.4,<4")]
)
def test_neighbouring_versions_install_together(version: str, range_: str) -> None:
    assert compatible(version) == range_
