"""``Prefer``: how a caller asks the mock for a certain answer (RFC 7240)."""

from __future__ import annotations

import re

from attrs import frozen

_ITEM = re.compile(r'([\w-]+)(?:\s*=\s*("(?:[^"\\]|\\.)*"|[^,;\s]*))?')


@frozen(kw_only=True)
class Preferences:
    """What was asked for; None and False where nothing was."""

    code: int | None = None
    """``Prefer: code=404``: the documented response with this status."""
    example: str | None = None
    """``Prefer: example=name``: the example of that name."""
    dynamic: bool = False
    """``Prefer: dynamic=true``: a generated value even where there are examples."""

    @property
    def applied(self) -> str | None:
        """The value of ``Preference-Applied``."""
        parts = [f"code={self.code}"] * (self.code is not None)
        parts += [f'example="{self.example}"'] * (self.example is not None)
        parts += ["dynamic=true"] * self.dynamic
        return ", ".join(parts) or None


def read(header: str | None) -> Preferences:
    """Read the header; what is not understood is ignored, as RFC 7240, 2 wants."""
    preferences = {name.lower(): _unquoted(value) for name, value in _ITEM.findall(header or "")}
    code = preferences.get("code", preferences.get("status", ""))
    return Preferences(
        code=int(code) if re.fullmatch(r"[1-5][0-9][0-9]", code) else None,
        example=preferences.get("example") or None,
        dynamic=preferences.get("dynamic", "").lower() in ("true", "1"),
    )


def _unquoted(value: str) -> str:
    return re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith('"') else value
