# Derived from ../aio/observed.py by tools/unasync.py; change that one.
"""The end of each attempt, told to hooks once: with the body, with an error, or when the call is given up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bindwright.runtime.http.config.config import Config
from bindwright.runtime.http.model.message import Headers, Request


def finish_attempt(config: Config, request: Request, error: BaseException | None) -> None:
    """Tell every hook that wants to know; hooks of other makes may lack the method."""
    for hook in config.hooks:
        finished = getattr(hook, "finished", None)
        if finished is not None:
            finished(request, error)


class ObservedReply:
    """A reply whose body is read by the caller, piece by piece."""

    def __init__(self, reply: Any, config: Config, request: Request) -> None:
        self._reply, self._config, self._request = reply, config, request
        self._open = True
        self.status: int = reply.status
        self.headers: Headers = reply.headers

    def _finish(self, error: BaseException | None) -> None:
        if self._open:
            self._open = False
            finish_attempt(self._config, self._request, error)

    def read(self) -> bytes:
        """The rest of the body."""
        try:
            data: bytes = self._reply.read()
        except BaseException as error:
            self._finish(error)
            raise
        self._finish(None)
        return data

    def chunks(self) -> Iterator[bytes]:
        """The body as it comes."""
        try:
            yield from self._reply.chunks()
        except GeneratorExit:  # the caller has read enough, and closes
            raise
        except BaseException as error:
            self._finish(error)
            raise
        self._finish(None)

    def close(self) -> None:
        """Let go of the connection."""
        try:
            self._reply.close()
        finally:
            self._finish(None)
