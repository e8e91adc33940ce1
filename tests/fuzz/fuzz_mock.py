"""Coverage-guided fuzzing of the mock server: ``python -m tests.fuzz.fuzz_mock [seconds]`` (atheris).

Every input is what a client sends on one connection. Whatever it is, the connection ends, no handler fails, and what
comes back is HTTP: a client of h11 reads it to its end.
"""

from __future__ import annotations

import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).parent / "corpus" / "mock"


class Wire:
    """A socket that has received everything already."""

    def __init__(self, data: bytes) -> None:
        self.data, self.sent = data, b""

    def recv(self, size: int) -> bytes:
        piece, self.data = self.data[: min(size, 7)], self.data[min(size, 7) :]
        return piece

    def sendall(self, data: bytes) -> None:
        self.sent += data

    def setsockopt(self, *_: Any) -> None:
        """Nothing to set."""

    settimeout = shutdown = setsockopt


@cache
def app() -> Any:
    """The mock of a document with types of every kind, forms, headers and cookies."""
    from bindwright import ir
    from bindwright.openapi import loads
    from bindwright.serve.loading import make

    from tests.hostile.document import document

    return make(ir.lower(loads(json.dumps(document()))))


def check(data: bytes) -> None:
    """One connection."""
    import h11
    from bindwright.serve.server.connection import Connection, Limits

    logged: list[str] = []
    wire = Wire(data)
    Connection(socket=wire, app=app(), limits=Limits(body=1 << 16), log=logged.append).run()  # type: ignore[arg-type]
    assert not [line for line in logged if " failed: " in line or not line.isprintable()], logged
    method = "HEAD" if data.lstrip()[:4] == b"HEAD" else "GET"
    client = h11.Connection(h11.CLIENT)
    client.send(h11.Request(method=method, target="/", headers=[("Host", "a")]))
    client.send(h11.EndOfMessage())
    client.receive_data(wire.sent)
    if wire.sent:
        event: Any = client.next_event()
        while not isinstance(event, (h11.EndOfMessage, type(h11.NEED_DATA))):
            event = client.next_event()
        assert event is not h11.NEED_DATA, wire.sent


def seeds() -> list[bytes]:
    """Requests to start from."""
    heads = [
        b"GET /kinds/%d HTTP/1.1\r\nHost: a\r\nAccept: application/%s\r\n\r\n" % (number, kind)
        for number in range(0, 34, 5)
        for kind in (b"json", b"xml")
    ]
    form = b'--x\r\nContent-Disposition: form-data; name="field"\r\n\r\nv\r\n--x--\r\n'
    bodies = [
        (b"/kinds/0", b"application/json", b'{"memberOf": "a"}'),
        (b"/kinds/31", b"application/xml", b'<Sub_x0020_contract xmlns="urn:sub"/>'),
        (b"/pets/1?queryName=a&filter[deep]=b", b"multipart/form-data; boundary=x", form),
        (b"/pets/1", b"application/x-www-form-urlencoded", b"field=v&file=a%20b"),
    ]
    posts = [
        b"POST %s HTTP/1.1\r\nHost: a\r\nX-Key: k\r\nCookie: cookieName=c\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
        % (target, kind, len(body), body)
        for target, kind, body in bodies
    ]
    chunked = b"POST /kinds/0 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"
    return [*heads, *posts, chunked, posts[0] + heads[0]]


def main() -> None:
    """Fuzz for so many seconds (ten minutes)."""
    import atheris

    with atheris.instrument_imports(include=["bindwright.serve", "h11"]):  # before anything else imports them
        import bindwright.serve  # noqa: F401
    CORPUS.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds()):
        (CORPUS / f"seed-{number:02d}").write_bytes(seed)
    for seed in seeds():
        check(seed)
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 600
    atheris.Setup(
        [sys.argv[0], str(CORPUS), f"-max_total_time={seconds}", "-timeout=10", "-max_len=4096"], check
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
