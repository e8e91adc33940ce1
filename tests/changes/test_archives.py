"""Archives are written within their folder, with and without the filters that Python has since 3.11.4."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest
from bindwright.changes.inputs.archives import extract
from bindwright.project.errors import CommandError


def archive(*names: str, link: str = "") -> tarfile.TarFile:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as written:
        for name in names:
            member = tarfile.TarInfo(name)
            member.size = 4
            written.addfile(member, io.BytesIO(b"text"))
        if link:
            member = tarfile.TarInfo("link")
            member.type, member.linkname = tarfile.SYMTYPE, link
            written.addfile(member)
    return tarfile.open(fileobj=io.BytesIO(buffer.getvalue()))


@pytest.mark.parametrize("has_filters", [True, False])
def test_nothing_leads_out_of_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_filters: bool
) -> None:
    if not has_filters:
        monkeypatch.delattr(tarfile, "data_filter", raising=False)
    elif not hasattr(tarfile, "data_filter"):
        pytest.skip("before Python 3.11.4")
    folder = tmp_path / "in"
    folder.mkdir()
    extract(archive("a.yaml", "b/c.yaml"), folder)
    assert (folder / "a.yaml").read_bytes() == (folder / "b" / "c.yaml").read_bytes() == b"text"
    with pytest.raises((tarfile.TarError, CommandError)):
        extract(archive("../out.yaml"), folder)
    assert not (tmp_path / "out.yaml").exists()


def test_without_filters_links_are_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(tarfile, "data_filter", raising=False)
    extract(archive("a.yaml", link="../out.yaml"), tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.yaml"]
