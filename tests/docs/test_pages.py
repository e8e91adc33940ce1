"""Every command and snippet of the documentation's pages, run in its order, and the site built strictly."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.readme.blocks import blocks
from tests.readme.reader import ROOT, Reader, free_port

DOCS = ROOT / "docs"
_UNREAD = re.compile(r":::|\{[a-z-]+\}\s*</p>|<p>\{[a-z-]+\}")
PAGES = sorted((DOCS / "how-to").glob("*.md"))


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """A reader who has followed the first page of the how-to section: the shop's client, its mock server running."""
    reader = Reader(tmp_path_factory.mktemp("pages"), free_port())
    shutil.copy(DOCS / "examples" / "shop.yaml", reader.folder)
    try:
        for block in blocks(DOCS / "how-to" / "index.md"):
            if block.language != "{toctree}":
                reader.follow(block)
        yield reader
    finally:
        reader.leave()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_how_to(reader: Reader, page: Path) -> None:
    if page.stem == "index":
        return  # the fixture has followed it
    for block in blocks(page):
        reader.follow(block)


def test_tutorial(tmp_path: Path) -> None:
    reader = Reader(tmp_path, free_port())
    try:
        for block in blocks(DOCS / "tutorial.md"):
            reader.follow(block)
    finally:
        reader.leave()


def test_every_page_is_in_the_navigation_and_the_site_builds_without_a_warning(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-q",
        "-W",
        "--keep-going",
        "-b",
        "html",
        str(DOCS),
        str(tmp_path / "site"),
    ]
    completed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert completed.returncode == 0, completed.stderr
    assert (tmp_path / "site" / "how-to" / "credentials.html").exists()
    # A directive that Sphinx does not know by its fence is no warning: it stands in the page as it was written.
    pages = [page for page in (tmp_path / "site").rglob("*.html") if "_static" not in page.parts]
    assert len(pages) > 60
    assert [page.name for page in pages if _UNREAD.search(page.read_text(encoding="utf-8"))] == []


def test_how_to_pages_are_said_in_the_index() -> None:
    index = (DOCS / "how-to" / "index.md").read_text(encoding="utf-8")
    assert {page.stem for page in PAGES} - {"index"} == set(
        re.findall(r"^([a-z0-9-]+)$", index, re.MULTILINE)
    )
