"""The version of what is generated, apart from any language: a run asks for it, whichever targets it writes."""

from __future__ import annotations

import re

_VERSION = re.compile(r"v?(\d{1,9}(?:\.\d{1,9}){0,4})(?:[-._]?(a|alpha|b|beta|rc)[-._]?(\d{0,9}))?", re.I)


def version_of(document: str, configured: str | None = None) -> str:
    """As configured, else the document's where PEP 440 reads it, else 0.0.0.

    Args:
        document: `version` of the document's `info`.
    """
    if configured:
        return configured
    match = _VERSION.fullmatch(document.strip())
    if not match:
        return "0.0.0"
    pre = {"alpha": "a", "beta": "b"}.get((match[2] or "").lower(), (match[2] or "").lower())
    return match[1] + (f"{pre}{match[3] or 0}" if pre else "")
