"""Clients for Level three, sync and async."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Unpack

from bindwright.runtime.http import ApiSpec, ClientOptions, SyncClient
from bindwright.runtime.http import AsyncClient as BaseAsyncClient

if TYPE_CHECKING:
    from .api.events import AsyncEvents, Events
    from .api.pets import AsyncPets, Pets


_API = ApiSpec(
    package=__name__.rpartition(".")[0],
    generator="0.1.0",
    level=3,
    title="Level three",
    version="1.0.0",
    resources={"pets": "pets:Pets", "events": "events:Events"},
)


class Client(SyncClient):
    """Level three"""

    _api = _API

    def __init__(
        self,
        base_url: str | None = None,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Make a client.

        Args:
            base_url: Where the API is.
        """
        super().__init__(base_url, **options)

    @cached_property
    def pets(self) -> Pets:
        from .api.pets import Pets

        return Pets(self)

    @cached_property
    def events(self) -> Events:
        from .api.events import Events

        return Events(self)


class AsyncClient(BaseAsyncClient):
    """Level three"""

    _api = _API

    def __init__(
        self,
        base_url: str | None = None,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Make a client.

        Args:
            base_url: Where the API is.
        """
        super().__init__(base_url, **options)

    @cached_property
    def pets(self) -> AsyncPets:
        from .api.pets import AsyncPets

        return AsyncPets(self)

    @cached_property
    def events(self) -> AsyncEvents:
        from .api.events import AsyncEvents

        return AsyncEvents(self)
