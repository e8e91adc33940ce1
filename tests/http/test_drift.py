"""The sync drivers are what ``tools/unasync.py`` makes of the async ones."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_sync_files_are_derived() -> None:
    process = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "unasync.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 0, process.stdout + process.stderr


def test_every_name_is_exported_and_importable() -> None:
    from bindwright.runtime import http

    assert sorted(http.__all__) == http.__all__ == sorted(set(http.__all__))
    assert all(hasattr(http, name) for name in http.__all__)


def test_building_a_client_imports_no_transport() -> None:
    code = (
        "import sys; from tests.http import shop; made = shop.client('http://x');"
        "assert not {'urllib3', 'httpx2', 'lxml.etree', 'msgspec'} & set(sys.modules), sorted(sys.modules)"
    )
    process = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert process.returncode == 0, process.stderr


def test_without_httpx2_the_async_client_names_the_extra() -> None:
    code = (
        "import sys, asyncio; sys.modules['httpx2'] = None; from tests.http import shop;"
        "asyncio.run(shop.acall(shop.async_client('http://x'), shop.GET, {'petId': 1}))"
    )
    process = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "bindwright[async]" in process.stderr
