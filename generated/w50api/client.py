"""Clients for W50 API import jobs, sync and async."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Unpack

from bindwright.runtime.http import (
    ApiSpec,
    ClientOptions,
    SecurityScheme,
    Server,
    SyncClient,
)
from bindwright.runtime.http import AsyncClient as BaseAsyncClient

if TYPE_CHECKING:
    from collections.abc import Callable

    from bindwright.runtime.http import ApiKey

    from .api.contact_lists import AsyncContactLists, ContactLists


_API = ApiSpec(
    package=__name__.rpartition(".")[0],
    generator="0.1.0",
    level=4,
    title="W50 API import jobs",
    version="1.0.0",
    servers=(
        Server(url="/", description="The root of the API; the pages write it as `~`."),
    ),
    schemes=(
        SecurityScheme(
            name="apiKey",
            kind="apiKey",
            parameter="Authorization",
            location="header",
        ),
    ),
    security=((("apiKey", ()),), ()),
    resources={"contact_lists": "contact_lists:ContactLists"},
)


class Client(SyncClient):
    """W50 API import jobs

    Start the import of contacts into a contact list, and watch it.

    A contact list is filled by import jobs.
    `run` starts one in the background; its state is read until it is finished.
    """

    _api = _API

    def __init__(
        self,
        base_url: str | None = None,
        *,
        api_key: str | Callable[[], str] | ApiKey | None = None,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Make a client.

        Args:
            base_url: Where the API is; otherwise ``/``.
            api_key: The API key, sent as it is.
        """
        super().__init__(base_url, credentials={"apiKey": api_key}, **options)

    @cached_property
    def contact_lists(self) -> ContactLists:
        """Contact lists and their import jobs."""
        from .api.contact_lists import ContactLists

        return ContactLists(self)


class AsyncClient(BaseAsyncClient):
    """W50 API import jobs

    Start the import of contacts into a contact list, and watch it.

    A contact list is filled by import jobs.
    `run` starts one in the background; its state is read until it is finished.
    """

    _api = _API

    def __init__(
        self,
        base_url: str | None = None,
        *,
        api_key: str | Callable[[], str] | ApiKey | None = None,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Make a client.

        Args:
            base_url: Where the API is; otherwise ``/``.
            api_key: The API key, sent as it is.
        """
        super().__init__(base_url, credentials={"apiKey": api_key}, **options)

    @cached_property
    def contact_lists(self) -> AsyncContactLists:
        """Contact lists and their import jobs."""
        from .api.contact_lists import AsyncContactLists

        return AsyncContactLists(self)
