"""What type checkers must take as bodies; `test_typed_bodies` generates ``kitchen`` and has mypy look at it."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from bindwright.runtime.http import File
from kitchen import AsyncClient, Client
from kitchen.models import Pet, UploadBody


def pieces() -> Iterator[bytes]:
    yield b"x"


async def pieces_in_time() -> AsyncIterator[bytes]:
    yield b"x"


def sync(client: Client) -> None:
    client.files.raw(b"x")
    client.files.raw(Path("x"))
    client.files.raw(io.BytesIO(b"x"))
    client.files.raw(pieces())
    with Path("x").open("rb") as file:
        client.files.with_raw_response.raw(file)
    client.files.upload(UploadBody(files=[b"x"]))
    client.files.upload({"files": [File(b"x", "a.txt"), Path("y")], "meta": Pet(name="x")})
    client.files.lines([Pet(name="x")])
    client.files.lines(Pet(name=name) for name in "ab")
    client.files.raw(5)  # type: ignore[arg-type]
    client.files.upload("x")  # type: ignore[arg-type]


async def asynchronous(client: AsyncClient) -> None:
    await client.files.raw(pieces_in_time())
