"""Real descriptions: all read, nothing false said about them, and their YAML says the same as their JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from bindwright.openapi import load, loads
from bindwright.openapi.options import LoadLimits
from bindwright.openapi.text.text import decode
from bindwright.openapi.text.yaml_build import read_exactly
from bindwright.openapi.text.yaml_read import read_yaml

CORPUS = Path(__file__).parents[2] / ".." / "shared" / "corpus"
DOCUMENTS = sorted(CORPUS.glob("*.json")) if CORPUS.is_dir() else []
# What is really wrong in them, looked at one by one.
TRUE_CODES = frozenset(
    {"media-type", "required-unknown", "unknown-key", "path-parameter-missing", "same-path", "value-type"}
)

pytestmark = pytest.mark.skipif(not DOCUMENTS, reason="the corpus of public descriptions is not here")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_reads_without_errors(path: Path) -> None:
    document = load(path)
    assert not document.diagnostics.failed
    assert {item.code for item in document.diagnostics.items} <= TRUE_CODES
    assert document.root == json.loads(path.read_bytes())


@pytest.mark.parametrize(
    "path", [path for path in DOCUMENTS if path.stat().st_size < 60_000][::3], ids=lambda path: path.stem
)
def test_yaml_says_the_same(path: Path) -> None:
    value = json.loads(path.read_bytes())
    # Width and style matter: folded, quoted and plain scalars, in block and flow style, are all in there.
    for options in ({"width": 60}, {"width": 10_000, "indent": 4}, {"default_flow_style": True}):
        written = yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, **options)
        text = decode(written.encode())
        assert read_yaml(text, LoadLimits()).value == value
        assert read_exactly(text, LoadLimits()).value == value
        assert loads(written).root == value


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Without aliases: the writer would make them of equal strings' containers."""

    def ignore_aliases(self, data: object) -> bool:
        """Always."""
        return True


# The dumper asks YAML 1.1 whether a string needs quotes; 1.2 reads `0123` and `1e3` as numbers.
_Dumper.add_representer(
    str,
    lambda dumper, text: dumper.represent_scalar(
        "tag:yaml.org,2002:str", text, style="'" if text[:1] in "-+.0123456789" else None
    ),
)
