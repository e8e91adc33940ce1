"""Models, imported when they are first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .bought import Bought
    from .event import Event
    from .fed import Fed
    from .list_pets import ListPetsResponse
    from .pet import Pet
    from .problem import Problem
    from .put_photo import PutPhotoBody
    from .status import Status

__all__ = [
    "Bought",
    "Event",
    "Fed",
    "ListPetsResponse",
    "Pet",
    "Problem",
    "PutPhotoBody",
    "Status",
]

_MODULES = {
    "Bought": "bought",
    "Event": "event",
    "Fed": "fed",
    "ListPetsResponse": "list_pets",
    "Pet": "pet",
    "Problem": "problem",
    "PutPhotoBody": "put_photo",
    "Status": "status",
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
