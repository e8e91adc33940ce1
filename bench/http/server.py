"""A server of one answer on loopback, in a process of its own: the smallest that is honest HTTP/1.1."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import socket
from collections.abc import Iterator
from contextlib import contextmanager

VALUE = {
    "Id": 34, "ContactListId": 12, "InvalidEmailCount": 1, "InvalidSmsCount": 2, "ProgressPercent": 60,
    "CurrentStatus": "Running", "StartDate": "2024-12-27T18:22:13.643685+00:00", "FinishDate": None,
    "InsertedContacts": 3, "UpdatedContacts": 4, "DroppedContacts": 5, "NotUpdatedContacts": 6, "TotalContacts": 18,
}  # fmt: skip
BODY = json.dumps(VALUE, separators=(",", ":")).encode()


def serve(listener: socket.socket) -> None:
    """Answer every request with the same job over keep-alive connections."""
    answer = (
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nServer: x\r\n"
        b"Content-Length: %d\r\n\r\n%s" % (len(BODY), BODY)
    )

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                await reader.readuntil(b"\r\n\r\n")
                writer.write(answer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def main() -> None:
        server = await asyncio.start_server(handle, sock=listener)
        await server.serve_forever()

    asyncio.run(main())


@contextmanager
def running() -> Iterator[str]:
    """The server's address, while it runs."""
    listener = socket.create_server(("127.0.0.1", 0))
    process = multiprocessing.get_context("fork").Process(target=serve, args=(listener,), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        process.terminate()
        process.join(5)
        listener.close()
