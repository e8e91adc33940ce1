from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from bindwright.runtime.http import (
    AsyncResource,
    CallOptions,
    Content,
    Operation,
    Resource,
    Response,
)

if TYPE_CHECKING:
    from bindwright.runtime.http import views as _views

    from ..models import Event


class Events(Resource):
    with_raw_response: _Views[_views.Raw]
    with_streaming_response: _Views[_views.Stream]

    def events(self, **options: Unpack[CallOptions]) -> list[Event]:
        """``GET /events``"""
        return self._call(_EVENTS, {}, options=options)


class AsyncEvents(AsyncResource):
    with_raw_response: _AsyncViews[_views.Raw]
    with_streaming_response: _AsyncViews[_views.Stream]

    async def events(self, **options: Unpack[CallOptions]) -> list[Event]:
        """``GET /events``"""
        return await self._call(_EVENTS, {}, options=options)


if TYPE_CHECKING:

    class _Views(_views.Views[_views.Mode]):
        events = _views.View(Events.events)

    class _AsyncViews(_views.Views[_views.Mode]):
        events = _views.AsyncView(AsyncEvents.events)


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
)
