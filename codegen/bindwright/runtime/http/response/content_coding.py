"""Content codings: gzip, deflate, br and zstd (RFC 9110, 8.4; RFC 8878; RFC 7932), piece by piece.

br and zstd are understood where a package for them is installed (``brotli`` or ``brotlicffi``;
``compression.zstd`` of Python 3.14, ``backports.zstd`` or ``zstandard``).
Output comes in bounded pieces, so that a limit on the size of a body also holds against a small body
that would decompress to a huge one.
"""

from __future__ import annotations

import importlib
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from importlib.util import find_spec
from typing import Any, Protocol

PIECE = 1 << 18


class BadCoding(ValueError):
    """The body is not in the coding that its header names, or in none that is known."""


class Decoder(Protocol):
    """Bytes in, bytes out."""

    def feed(self, data: bytes) -> Iterator[bytes]:
        """What the next bytes decompress to, in pieces.

        Raises:
            BadCoding: they do not.
        """

    def finish(self) -> None:
        """The body is over.

        Raises:
            BadCoding: it should not be.
        """


class _Zlib:
    """gzip with several members, or deflate with or without zlib's frame (RFC 9110, 8.4.1.2)."""

    def __init__(self, coding: str) -> None:
        self._bits = 31 if coding == "gzip" else 15
        self._decompressor: Any = None
        self._begun = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data:
            if self._decompressor is None:
                if self._begun and self._bits == 31 and not data.strip(b"\0"):
                    return  # padding behind the last member
                self._decompressor = zlib.decompressobj(self._first(data))
            try:
                piece = self._decompressor.decompress(data, PIECE)
            except zlib.error as error:
                raise BadCoding(f"the body cannot be decompressed: {error}") from None
            self._begun = True
            if piece:
                yield piece
            if self._decompressor.eof:
                data, self._decompressor = self._decompressor.unused_data, None
                if self._bits != 31:
                    return
            else:
                data = self._decompressor.unconsumed_tail

    def _first(self, data: bytes) -> int:
        """Some servers send deflate without zlib's frame."""
        framed = self._bits == 31 or data[0] & 0x0F == 8
        return self._bits if framed else -15

    def finish(self) -> None:
        if self._decompressor is not None and not self._decompressor.eof:
            raise BadCoding("the compressed body ends too early")


class _Brotli:
    def __init__(self, module: Any) -> None:
        self._decompressor = module.Decompressor()
        self._error = module.error
        self._begun = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        self._begun = True
        try:
            try:
                yield from self._bounded(data)
            except TypeError:  # an older brotli without a limit on its output
                yield self._decompressor.process(data)
        except self._error as error:
            raise BadCoding(f"the body cannot be decompressed: {error}") from None

    def _bounded(self, data: bytes) -> Iterator[bytes]:
        piece = self._decompressor.process(data, output_buffer_limit=PIECE)
        while piece:  # can_accept_more_data() is true even while output is pending
            yield piece
            if self._decompressor.is_finished():
                break
            piece = self._decompressor.process(b"", output_buffer_limit=PIECE)

    def finish(self) -> None:
        if self._begun and not self._decompressor.is_finished():
            raise BadCoding("the compressed body ends too early")


class _Zstd:
    """Frames one after the other (RFC 8878, 3.1)."""

    def __init__(self, module: Any) -> None:
        self._module = module
        self._decompressor: Any = None

    def feed(self, data: bytes) -> Iterator[bytes]:
        try:
            while data:
                if self._decompressor is None:
                    self._decompressor = self._module.ZstdDecompressor()
                piece = self._decompressor.decompress(data, PIECE)
                data = b""
                while True:
                    if piece:
                        yield piece
                    if self._decompressor.eof or self._decompressor.needs_input:
                        break
                    piece = self._decompressor.decompress(b"", PIECE)
                if self._decompressor.eof:
                    data, self._decompressor = self._decompressor.unused_data, None
        except self._module.ZstdError as error:
            raise BadCoding(f"the body cannot be decompressed: {error}") from None

    def finish(self) -> None:
        if self._decompressor is not None and not self._decompressor.eof:
            raise BadCoding("the compressed body ends too early")


class _Zstandard:
    """The ``zstandard`` package, whose decompressor has no bound: input goes in small pieces."""

    def __init__(self, module: Any) -> None:
        self._module = module
        self._decompressor = module.ZstdDecompressor().decompressobj(read_across_frames=True)

    def feed(self, data: bytes) -> Iterator[bytes]:
        try:
            for start in range(0, len(data), 1024):
                if piece := self._decompressor.decompress(data[start : start + 1024]):
                    yield piece
        except self._module.ZstdError as error:
            raise BadCoding(f"the body cannot be decompressed: {error}") from None

    def finish(self) -> None:
        """This package does not tell whether a frame is whole."""


class _Chain:
    """Several codings, the last one applied first taken off."""

    def __init__(self, decoders: list[Decoder]) -> None:
        self._decoders = decoders

    def feed(self, data: bytes) -> Iterator[bytes]:
        yield from self._through(data, 0)

    def _through(self, data: bytes, index: int) -> Iterator[bytes]:
        if index == len(self._decoders):
            yield data
            return
        for piece in self._decoders[index].feed(data):
            yield from self._through(piece, index + 1)

    def finish(self) -> None:
        for decoder in self._decoders:
            decoder.finish()


_PACKAGES = {
    "br": (("brotli", _Brotli), ("brotlicffi", _Brotli)),
    "zstd": (("compression.zstd", _Zstd), ("backports.zstd", _Zstd), ("zstandard", _Zstandard)),
}


def _there(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False


@cache
def _package(coding: str) -> tuple[str, Callable[[Any], Decoder]] | None:
    return next((package for package in _PACKAGES.get(coding, ()) if _there(package[0])), None)


@cache
def accepted() -> str:
    """The ``Accept-Encoding`` header."""
    return ", ".join(["gzip", "deflate", *(coding for coding in _PACKAGES if _package(coding) is not None)])


def decoder_for(header: str | None) -> Decoder | None:
    """What undoes ``Content-Encoding``; None: there is nothing to undo.

    Raises:
        BadCoding: a coding that is not known here, or more than four of them.
    """
    if not header:
        return None
    names = [name.strip().lower().removeprefix("x-") for name in header.split(",")]
    names = [name for name in names if name not in ("", "identity")]
    if len(names) > 4:
        raise BadCoding("more than four content codings")
    decoders = [_decoder_of(name) for name in reversed(names)]
    if not decoders:
        return None
    return decoders[0] if len(decoders) == 1 else _Chain(decoders)


def _decoder_of(name: str) -> Decoder:
    if name in ("gzip", "deflate"):
        return _Zlib(name)
    package = _package(name)
    if package is None:
        raise BadCoding(f"content coding {name!r} is not known here")
    return package[1](importlib.import_module(package[0]))
