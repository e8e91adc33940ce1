"""Requests and responses as values: what the core reads and gives, with no socket in sight (RFC 9110, 6)."""

from __future__ import annotations

from typing import Protocol
from urllib.parse import urlsplit

from attrs import frozen

Headers = tuple[tuple[str, str], ...]


def find(headers: Headers, name: str) -> str | None:
    """All values of a header field, joined as RFC 9110, 5.3 allows; None where it is absent."""
    values = [value for key, value in headers if key.lower() == name.lower()]
    return ", ".join(values) if values else None


LENGTH = frozenset({"content-length"})


def without(headers: Headers, names: frozenset[str]) -> Headers:
    """Header fields but those of some names, which are in lower case."""
    return tuple(pair for pair in headers if pair[0].lower() not in names)


def overridden(headers: Headers, chosen: Headers) -> Headers:
    """Header fields with others in place of those of the same names: what somebody chose goes before a sample."""
    return without(headers, frozenset(name.lower() for name, _ in chosen)) + chosen


@frozen(kw_only=True)
class Request:
    """A request; ``target`` is the origin form (path and query, percent-encoded as it came)."""

    method: str
    target: str
    headers: Headers = ()
    body: bytes = b""

    @property
    def path(self) -> str:
        """The path as it stands on the wire."""
        return self.target.partition("?")[0] if self.target.startswith("/") else urlsplit(self.target).path

    @property
    def query(self) -> str:
        """What follows the question mark, as it stands on the wire."""
        return self.target.partition("?")[2].partition("#")[0]

    def header(self, name: str) -> str | None:
        """The value of a header field, None where it is absent."""
        return find(self.headers, name)


@frozen(kw_only=True)
class Response:
    """A response with its whole body."""

    status: int
    headers: Headers = ()
    body: bytes = b""

    def header(self, name: str) -> str | None:
        """The value of a header field, None where it is absent."""
        return find(self.headers, name)


class Respond(Protocol):
    """What is served: an `App`, or what stands around one."""

    def respond(self, request: Request) -> Response:
        """Answer a request."""


def length_of(method: str, response: Response) -> str | None:
    """What ``Content-Length`` says of an answer; None where there is none (RFC 9110, 8.6).

    To HEAD it is the length of what GET would be answered with, which the answer says itself, having no body.
    """
    if response.status in (204, 304):
        return None
    if method.upper() == "HEAD" and not response.body:
        return response.header("content-length")
    return str(len(response.body))
