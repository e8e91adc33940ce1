"""`Refusal`: a request that is not answered as asked."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define, field

from bindwright.serve.values import RequestViolation


@define
class Refusal(Exception):
    """A request that is not answered as asked; simulations raise it as well.

    `status` is an HTTP status, `detail` a sentence, `headers` are added to the response.
    """

    status: int
    detail: str
    violations: Sequence[RequestViolation] = ()
    headers: tuple[tuple[str, str], ...] = field(default=(), kw_only=True)

    def __str__(self) -> str:
        return f"{self.status} {self.detail}"
