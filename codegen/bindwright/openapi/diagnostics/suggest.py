"""Did you mean: the nearest of several names."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(name: str, names: Iterable[str], *, cutoff: float | None = None) -> str | None:
    """The name that `name` was probably meant to be, or None.

    Another spelling of the same letters (case, ``_`` and ``-``) wins; otherwise difflib's ratio decides.
    """
    candidates = [other for other in names if isinstance(other, str)]
    folded = _fold(name)
    for other in candidates:
        if _fold(other) == folded:
            return other
    if len(name) > 200 or len(candidates) > 20_000:
        return None
    from difflib import get_close_matches

    near = [other for other in candidates if abs(len(other) - len(name)) <= max(2, len(name) // 3)]
    if cutoff is None:  # two letters swapped in a name of three or four leave a ratio of 0.67
        cutoff = 0.65 if len(name) < 5 else 0.75
    matches = get_close_matches(name, near, n=1, cutoff=cutoff)
    return matches[0] if matches else None


def did_you_mean(name: str, names: Iterable[str], *, otherwise: str = "") -> str:
    """A remedy: the nearest name in backquotes, or `otherwise`."""
    match = nearest(name, names)
    return f"did you mean `{match}`?" if match else otherwise


def _fold(name: str) -> str:
    return name.replace("_", "").replace("-", "").replace(" ", "").casefold()
