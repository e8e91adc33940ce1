"""JSON pointers (RFC 6901), plain and as URI fragments."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def escape(token: str) -> str:
    """One reference token as it stands in a pointer."""
    return token.replace("~", "~0").replace("/", "~1")


def unescape(token: str) -> str:
    """One reference token as the member name it means."""
    return token.replace("~1", "/").replace("~0", "~") if "~" in token else token


def split(pointer: str) -> list[str]:
    """The member names and indexes of a pointer; none for ``""``."""
    if not pointer:
        return []
    return [unescape(token) for token in pointer.split("/")[1:]]


def join(pointer: str, *tokens: str | int) -> str:
    """`pointer` with `tokens` added, escaped."""
    return pointer + "".join("/" + escape(str(token)) for token in tokens)


def build(tokens: Iterable[str | int]) -> str:
    """A pointer of these tokens."""
    return join("", *tokens)


def step(value: Any, token: str) -> Any:
    """The member or item of `value` that `token` names. Raises KeyError where there is none."""
    if type(value) is dict:
        return value[token]
    if type(value) is list and token.isascii() and token.isdigit() and (token == "0" or token[0] != "0"):
        try:
            return value[int(token)]
        except (IndexError, ValueError):
            raise KeyError(token) from None
    raise KeyError(token)


def resolve(root: Any, pointer: str) -> Any:
    """The value that `pointer` names in `root` (RFC 6901, 4). Raises KeyError where there is none."""
    if pointer and pointer[0] != "/":
        raise KeyError(pointer)
    value = root
    for token in split(pointer):
        value = step(value, token)
    return value
