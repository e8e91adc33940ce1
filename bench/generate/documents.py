"""The documents, small to large."""

from __future__ import annotations

from pathlib import Path

GOALS = {"two endpoints": 4.0, "s3": 3.0, "stripe": 6.0, "github": 4.0, "kubernetes": 5.0}
"""How many times faster than the fastest peer it should be."""
_IN_CORPUS = {
    "s3": "amazonaws.com/s3.json",
    "stripe": "stripe.com.json",
    "github": "github.com/api.github.com.json",
    "kubernetes": "kubernetes.io.json",
}


def paths(folder: Path) -> dict[str, Path]:
    """Names to files; those of the corpus must be in `folder`.

    The two-endpoint document is the repository's own with an absolute server address.
    """
    return {
        "two endpoints": Path(__file__).parent / "two-endpoints.yaml",
        **{name: folder / path for name, path in _IN_CORPUS.items()},
    }
