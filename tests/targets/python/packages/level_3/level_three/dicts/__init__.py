"""Bodies as mappings, for type checkers and editors: the shapes that the models have
in JSON.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .pet import PetDict

__all__ = [
    "PetDict",
]

_MODULES = {
    "PetDict": "pet",
}


def __getattr__(name: str) -> object:
    """Import a model's module when the model is first used."""
    if (module := _MODULES.get(name)) is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f".{module}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
