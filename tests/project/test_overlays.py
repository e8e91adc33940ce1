"""Overlays in a run: by flag and by configuration, and as inputs that are watched for changes."""

from __future__ import annotations

from pathlib import Path

from bindwright.project.configuration.configuration import settle

CONFIGURATION = """\
[tool.bindwright]
document = "api.yaml"
output = "out"
package = "shop"
overlays = ["fixes/one.yaml", "fixes/two.yaml"]
"""


def test_paths_of_a_configuration_start_at_its_file(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(CONFIGURATION)
    (tmp_path / "below").mkdir()
    settings = settle({}, str(tmp_path / "below"))
    assert settings.overlays == tuple(str(tmp_path / "fixes" / name) for name in ("one.yaml", "two.yaml"))


def test_a_flag_wins_and_starts_at_the_working_folder(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(CONFIGURATION)
    assert settle({"overlay": ["three.yaml"]}, str(tmp_path)).overlays == (str(tmp_path / "three.yaml"),)


def test_overlays_are_those_of_the_configured_document_only(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(CONFIGURATION)
    assert settle({"document": str(tmp_path / "other.yaml")}, str(tmp_path)).overlays == ()
