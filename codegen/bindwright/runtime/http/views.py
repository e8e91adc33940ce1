"""What type checkers and editors know of ``with_raw_response`` and ``with_streaming_response``.

A generated module lists its operations once for each client, under ``TYPE_CHECKING``: the parameters are
those of the method, the result is the method's in a `RawResponse` or a streaming response. Nothing here
runs; what does is in ``raw`` and ``streaming``.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, Concatenate, Generic, ParamSpec, Protocol, Self, TypeVar, overload

from typing_extensions import Unpack

from bindwright.runtime.http.aio.opening import Opening
from bindwright.runtime.http.aio.streaming import AsyncStreamingResponse
from bindwright.runtime.http.model.message import RawResponse
from bindwright.runtime.http.model.options import CallOptions
from bindwright.runtime.http.sync.streaming import StreamingResponse

P = ParamSpec("P")
Q = ParamSpec("Q")
T = TypeVar("T")
R = TypeVar("R", covariant=True)
Element = TypeVar("Element")
Mode = TypeVar("Mode")


class Raw:
    """Marks the operations that give a `RawResponse`."""


class Stream:
    """Marks the operations that give a streaming response."""


class Views(Generic[Mode]):
    """The operations of one tag with another result."""

    def with_options(self, **options: Unpack[CallOptions]) -> Self:
        """The same operations with other options."""
        raise NotImplementedError


class View(Generic[P, T]):
    """One operation of a sync client."""

    def __init__(self, method: Callable[Concatenate[Any, P], T]) -> None: ...

    @overload
    def __get__(self, instance: Views[Raw], owner: object) -> Callable[P, RawResponse[T]]: ...
    @overload
    def __get__(self, instance: Views[Stream], owner: object) -> Callable[P, StreamingResponse[T]]: ...
    def __get__(self, instance: Any, owner: object) -> Any:
        raise NotImplementedError


class Forms(Protocol[P, Q, R]):
    """A call with the body as a whole, or with its members as keywords."""

    @overload
    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R: ...
    @overload
    def __call__(self, *args: Q.args, **kwargs: Q.kwargs) -> R: ...


class FormsView(Generic[P, Q, T]):
    """One operation of a sync client whose body may be given by its members, too.

    ``keywords`` says how: of a method's overloads only the first tells its parameters to who asks for all of them.
    """

    def __init__(self, method: Callable[Concatenate[Any, P], T], keywords: Callable[Q, None]) -> None: ...

    @overload
    def __get__(self, instance: Views[Raw], owner: object) -> Forms[P, Q, RawResponse[T]]: ...
    @overload
    def __get__(self, instance: Views[Stream], owner: object) -> Forms[P, Q, StreamingResponse[T]]: ...
    def __get__(self, instance: Any, owner: object) -> Any:
        raise NotImplementedError


class AsyncFormsView(Generic[P, Q, T]):
    """One operation of an async client whose body may be given by its members, too."""

    def __init__(
        self, method: Callable[Concatenate[Any, P], Coroutine[Any, Any, T]], keywords: Callable[Q, None]
    ) -> None: ...

    @overload
    def __get__(
        self, instance: Views[Raw], owner: object
    ) -> Forms[P, Q, Coroutine[Any, Any, RawResponse[T]]]: ...
    @overload
    def __get__(
        self, instance: Views[Stream], owner: object
    ) -> Forms[P, Q, Opening[AsyncStreamingResponse[T]]]: ...
    def __get__(self, instance: Any, owner: object) -> Any:
        raise NotImplementedError


class Item(Generic[Element]):
    """Names the type of items, which may be no class."""


class ItemsView(Generic[P, T, Element]):
    """One operation of a sync client whose answer may be read item by item."""

    def __init__(self, method: Callable[Concatenate[Any, P], T], item: Item[Element]) -> None: ...

    @overload
    def __get__(self, instance: Views[Raw], owner: object) -> Callable[P, RawResponse[T]]: ...
    @overload
    def __get__(
        self, instance: Views[Stream], owner: object
    ) -> Callable[P, StreamingResponse[T, Element]]: ...
    def __get__(self, instance: Any, owner: object) -> Any:
        raise NotImplementedError


class ItemsFormsView(Generic[P, Q, T, Element]):
    """Both: the body may be given by its members, and the answer read item by item."""

    def __init__(
        self,
        method: Callable[Concatenate[Any, P], T],
        keywords: Callable[Q, None],
        item: Item[Element],
    ) -> None: ...

    @overload
    def __get__(self, instance: Views[Raw], owner: object) -> Forms[P, Q, RawResponse[T]]: ...
    @overload
    def __get__(
        self, instance: Views[Stream], owner: object
    ) -> Forms[P, Q, StreamingResponse[T, Element]]: ...
    def __get__(self, instance: Any, owner: object) -> Any:
        raise NotImplementedError


class AsyncItemsFormsView(Generic[P, Q, T, Element]):
    """Both, of an async client."""

    def __init__(
        self,
        method: Callable[Concatenate[Any, P], Coroutine[Any, Any, T]],
        keywords: Callable[Q, None],
        item: Item[Element],
    ) -> None: ...

    @overload
    def __get__(
        self, instance: Views[Raw], owner: object
    ) -> Forms[P, Q, Coroutine[Any, Any, RawResponse[T]]]: ...
    @overload
    def __get__(
        self, instance: Views[Stream], owner: object
    ) -> Forms[P, Q, Opening[AsyncStreamingResponse[T, Element]]]: ...
    def __get__(self, instance: Any, owner: object) -> Any:
        raise NotImplementedError


class AsyncItemsView(Generic[P, T, Element]):
    """One operation of an async client whose answer may be read item by item."""

    def __init__(
        self, method: Callable[Concatenate[Any, P], Coroutine[Any, Any, T]], item: Item[Element]
    ) -> None: ...

    @overload
    def __get__(
        self, instance: Views[Raw], owner: object
    ) -> Callable[P, Coroutine[Any, Any, RawResponse[T]]]: ...
    @overload
    def __get__(
        self, instance: Views[Stream], owner: object
    ) -> Callable[P, Opening[AsyncStreamingResponse[T, Element]]]: ...
    def __get__(self, instance: Any, owner: object) -> Any:
        raise NotImplementedError


class AsyncView(Generic[P, T]):
    """One operation of an async client."""

    def __init__(self, method: Callable[Concatenate[Any, P], Coroutine[Any, Any, T]]) -> None: ...

    @overload
    def __get__(
        self, instance: Views[Raw], owner: object
    ) -> Callable[P, Coroutine[Any, Any, RawResponse[T]]]: ...
    @overload
    def __get__(
        self, instance: Views[Stream], owner: object
    ) -> Callable[P, Opening[AsyncStreamingResponse[T]]]: ...
    def __get__(self, instance: Any, owner: object) -> Any:
        raise NotImplementedError
