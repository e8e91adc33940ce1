"""`Timeout`: how long a call may take, in seconds."""

from __future__ import annotations


class Timeout:
    """Seconds a call may take; None: no limit.

    ``connect`` bounds each attempt to reach the server, ``read`` each wait for the next bytes in either
    direction, ``total`` the whole call with its retries, redirects and the reading of the body.
    """

    __slots__ = ("connect", "read", "total")

    def __init__(
        self, total: float | None = 60.0, *, connect: float | None = 5.0, read: float | None = 30.0
    ) -> None:
        for name, value in (("total", total), ("connect", connect), ("read", read)):
            if value is not None and not value > 0:
                raise ValueError(f"timeout: {name} must be above 0 or None, not {value!r}")
        self.total = total
        self.connect = connect
        self.read = read

    def __repr__(self) -> str:
        return f"Timeout({self.total!r}, connect={self.connect!r}, read={self.read!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Timeout) and repr(self) == repr(other)

    def __hash__(self) -> int:
        return hash((self.total, self.connect, self.read))
