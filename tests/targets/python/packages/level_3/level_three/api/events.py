from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Unpack, overload

from bindwright.runtime.http import (
    AsyncResource,
    CallOptions,
    Content,
    Operation,
    Resource,
    Response,
)

if TYPE_CHECKING:
    from bindwright.runtime.http import AsyncStream, Stream
    from bindwright.runtime.http import views as _views

    from ..models import Event


class Events(Resource):
    with_raw_response: _Views[_views.Raw]
    with_streaming_response: _Views[_views.Stream]

    @overload
    def events(
        self,
        *,
        stream: Literal[False] = False,
        **options: Unpack[CallOptions],
    ) -> list[Event]: ...
    @overload
    def events(
        self,
        *,
        stream: Literal[True],
        **options: Unpack[CallOptions],
    ) -> Stream[Event]: ...
    @overload
    def events(
        self,
        *,
        stream: bool,
        **options: Unpack[CallOptions],
    ) -> list[Event] | Stream[Event]: ...
    def events(
        self,
        *,
        stream: bool = False,
        **options: Unpack[CallOptions],
    ) -> list[Event] | Stream[Event]:
        """``GET /events``

        Args:
            stream: ``True``: the items of the answer, one after another as they come.
        """
        if stream:
            return self._stream(_EVENTS, {}, options=options)
        return self._call(_EVENTS, {}, options=options)


class AsyncEvents(AsyncResource):
    with_raw_response: _AsyncViews[_views.Raw]
    with_streaming_response: _AsyncViews[_views.Stream]

    @overload
    async def events(
        self,
        *,
        stream: Literal[False] = False,
        **options: Unpack[CallOptions],
    ) -> list[Event]: ...
    @overload
    async def events(
        self,
        *,
        stream: Literal[True],
        **options: Unpack[CallOptions],
    ) -> AsyncStream[Event]: ...
    @overload
    async def events(
        self,
        *,
        stream: bool,
        **options: Unpack[CallOptions],
    ) -> list[Event] | AsyncStream[Event]: ...
    async def events(
        self,
        *,
        stream: bool = False,
        **options: Unpack[CallOptions],
    ) -> list[Event] | AsyncStream[Event]:
        """``GET /events``

        Args:
            stream: ``True``: the items of the answer, one after another as they come.
        """
        if stream:
            return await self._stream(_EVENTS, {}, options=options)
        return await self._call(_EVENTS, {}, options=options)


if TYPE_CHECKING:

    class _Views(_views.Views[_views.Mode]):
        events = _views.ItemsView(Events.events, _views.Item[Event]())

    class _AsyncViews(_views.Views[_views.Mode]):
        events = _views.AsyncItemsView(AsyncEvents.events, _views.Item[Event]())


_EVENTS = Operation(
    id="events.events",
    method="GET",
    path="/events",
    responses=(
        Response(
            status="200",
            description="Events",
            content=(
                Content(media_type="application/json", type="list[Event]"),
                Content(
                    media_type="text/event-stream",
                    type="list[Event]",
                    item_type="Event",
                ),
            ),
        ),
    ),
    stream="",
)
