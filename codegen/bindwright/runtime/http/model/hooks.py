"""Hooks: what a program wants to see, or change, of requests, answers and errors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bindwright.runtime.http.model.errors import HttpError
from bindwright.runtime.http.model.message import Headers, Request
from bindwright.runtime.leniency import Deviation


class Hooks:
    """Callables around each attempt and answer; a subclass may override the methods instead.

    ``on_request(request)`` may change the request before it is sent, ``on_response(request, status,
    headers)`` comes before the body is read, ``on_error(request, error)`` when the attempt gave no answer.
    With an async client each of these may be a coroutine function.
    ``on_deviation(request, deviations)`` is called while an answer is decoded that does not fit the document
    (`Deviation`: path, expected, found); it is a plain function in both clients.
    What a hook raises ends the call.
    """

    def __init__(
        self,
        on_request: Callable[[Request], Any] | None = None,
        on_response: Callable[[Request, int, Headers], Any] | None = None,
        on_error: Callable[[Request, HttpError], Any] | None = None,
        on_deviation: Callable[[Request, tuple[Deviation, ...]], Any] | None = None,
    ) -> None:
        self._on_request, self._on_response, self._on_error = on_request, on_response, on_error
        self._on_deviation = on_deviation

    def request(self, request: Request) -> Any:
        """An attempt begins."""
        return self._on_request(request) if self._on_request is not None else None

    def response(self, request: Request, status: int, headers: Headers) -> Any:
        """Status and headers are there."""
        return self._on_response(request, status, headers) if self._on_response is not None else None

    def error(self, request: Request, error: HttpError) -> Any:
        """The attempt gave no answer."""
        return self._on_error(request, error) if self._on_error is not None else None

    def finished(self, request: Request, error: BaseException | None) -> None:
        """The attempt is over: its body was read or closed, or it ended with an error or was cancelled.

        Called once for every attempt whose `request` was called; not a coroutine function in either client.
        """

    def deviation(self, request: Request, deviations: tuple[Deviation, ...]) -> Any:
        """The answer does not fit the document; what does not is kept as it was sent."""
        return self._on_deviation(request, deviations) if self._on_deviation is not None else None
