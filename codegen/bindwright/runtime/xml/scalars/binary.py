"""Bytes as text: base64 in both alphabets, and hexadecimal (XML Schema 1.1 part 2, 3.3.15 and 3.3.16)."""

from __future__ import annotations

import base64
import binascii
import re

from bindwright.runtime.values.scalar_texts import quick_base64, quick_base64url
from bindwright.runtime.xml.tree.unknown import BLANK

_ALPHABET = str.maketrans("-_", "+/", BLANK)


def read_base64url(text: str) -> bytes:
    """The same, with or without padding (RFC 4648, 5; 3.2); ValueError where it is neither."""
    if (octets := quick_base64url(text)) is not None:
        return octets
    text = text.translate(_ALPHABET)
    return read_base64(text + "=" * (-len(text) % 4 if text[-1:] != "=" else 0))


def read_base64(text: str) -> bytes:
    """Bytes of base64 or base64url, white space anywhere; ValueError where it is neither."""
    if (octets := quick_base64(text)) is not None:
        return octets
    text = text.translate(_ALPHABET)
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise ValueError(text) from None


def read_hex(text: str) -> bytes:
    """Bytes of hexadecimal digits; ValueError where it is none."""
    text = text.strip(BLANK)
    if re.fullmatch(r"(?:[0-9A-Fa-f]{2})*", text) is None:
        raise ValueError(text)
    return bytes.fromhex(text)
