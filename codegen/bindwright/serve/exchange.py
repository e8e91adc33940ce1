"""One exchange: a request that has found its operation, and what came of it."""

from __future__ import annotations

from attrs import evolve, frozen

from bindwright.ir.model import Operation
from bindwright.serve.message import LENGTH, Request, Response, without
from bindwright.serve.refusal import Refusal
from bindwright.serve.routing.prefer import Preferences
from bindwright.serve.validation.parameters import Arguments


@frozen
class Exchange:
    """A request that has found its operation."""

    request: Request
    operation: Operation
    arguments: Arguments
    preferences: Preferences

    @property
    def accept(self) -> str | None:
        return self.request.header("accept")


@frozen
class Outcome:
    """A request, its answer, and how it stands to the document."""

    request: Request
    response: Response
    operation: str | None
    """``"GET /pets/{petId}"``; None where no operation fits."""
    refusal: Refusal | None
    """Why the request is not as documented; None where it is. What a simulation refuses is not here."""

    def without_body(self) -> Outcome:
        """The same with an empty body; an answer to HEAD keeps the length that GET would have (RFC 9110, 8.6 and 9.3.2).

        Where HEAD is an operation of its own, or none fits, what GET would be answered with is not known.
        """
        headers, body = self.response.headers, self.response.body
        is_of_get = self.request.method.upper() == "HEAD" and (self.operation or "").startswith("GET ")
        if is_of_get and self.response.status not in (204, 205, 304):
            headers = (*without(headers, LENGTH), ("Content-Length", str(len(body))))
        return evolve(self, response=evolve(self.response, headers=headers, body=b""))
