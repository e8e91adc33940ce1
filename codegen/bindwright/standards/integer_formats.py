"""Formats of integers that have a range (OpenAPI Format Registry, and the names of XML Schema)."""

from __future__ import annotations


def _signed(bits: int) -> tuple[int, int]:
    return -(1 << (bits - 1)), (1 << (bits - 1)) - 1


def _unsigned(bits: int) -> tuple[int, int]:
    return 0, (1 << bits) - 1


RANGES: dict[str, tuple[int, int]] = {
    "int8": _signed(8), "byte": _signed(8), "uint8": _unsigned(8), "unsignedByte": _unsigned(8),
    "int16": _signed(16), "short": _signed(16), "uint16": _unsigned(16), "unsignedShort": _unsigned(16),
    "int32": _signed(32), "uint32": _unsigned(32), "unsignedInt": _unsigned(32),
    "int64": _signed(64), "uint64": _unsigned(64), "unsignedLong": _unsigned(64),
}  # fmt: skip
"""Lowest and highest value. ``int`` and ``long`` are missing on purpose: documents use them without a width."""
