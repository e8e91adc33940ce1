"""Characters out of bytes that come in pieces."""

from __future__ import annotations

from codecs import IncrementalDecoder
from collections.abc import Iterator


def characters(decoder: IncrementalDecoder, data: bytes, *, final: bool = False) -> Iterator[str]:
    """The characters of the next bytes; those before a broken one are given before the error comes.

    Raises:
        UnicodeError: bytes that are not in the encoding.
    """
    state = decoder.getstate()
    try:
        text = decoder.decode(data, final)
    except UnicodeDecodeError as error:
        # The decoder counts from the bytes that it had kept of the piece before.
        decoder.setstate(state)
        yield decoder.decode(data[: max(error.start - len(state[0]), 0)])
        raise
    yield text
