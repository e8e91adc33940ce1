"""Answers that are more than a value, of operations that may return none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any


async def caught(resource: Any, name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
    """What the call of an operation gave, even where its method is written to return None.

    Each call has a resource of its own, so calls may run beside each other.
    """
    caller = type(resource)(resource._client, resource._mode)
    await getattr(caller, name)(*args, **kwargs)
    return caller._answer


class AsyncRaws:
    """The operations of a resource, each of which gives a `RawResponse`."""

    def __init__(self, resource: Any) -> None:
        self._resource = resource

    def __getattr__(self, name: str) -> Callable[..., Any]:
        getattr(self._resource, name)  # an unknown name is an error here, not when it is called
        resource = self._resource

        async def call(*args: Any, **kwargs: Any) -> Any:
            return await caught(resource, name, args, kwargs)

        return call

    def with_options(self, **options: Any) -> AsyncRaws:
        """The same operations with other options."""
        return AsyncRaws(self._resource.with_options(**options))
