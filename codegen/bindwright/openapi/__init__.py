"""Reading API descriptions: files in, a `Document` out, with everything that is wrong collected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bindwright.openapi.loaded import LoadedDocument
    from bindwright.openapi.loading import load, loads
    from bindwright.openapi.options import LoadLimits, LoadOptions
    from bindwright.openapi.rendering import render

__all__ = ["LoadLimits", "LoadOptions", "LoadedDocument", "load", "loads", "render"]

_HOMES = {
    "LoadLimits": "options",
    "LoadOptions": "options",
    "LoadedDocument": "loaded",
    "load": "loading",
    "loads": "loading",
    "render": "rendering",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = globals()[name] = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    return value
