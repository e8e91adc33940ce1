"""Texts of values, and back; see the C sources."""

import datetime as dt

def read_base64(text: str, /) -> bytes | None:
    """The octets of base64 in groups of four and nothing else (RFC 4648, 4); None for what Python is to look at."""

def write_base64(octets: bytes, /) -> str:
    """The octets in base64."""

def read_base64url(text: str, /) -> bytes | None:
    """The same of the second alphabet (RFC 4648, 5), with padding or without."""

def write_base64url(octets: bytes, /) -> str:
    """The octets in the second alphabet, without padding."""

def write_time(value: dt.time, /) -> str | None:
    """The canonical text; None for what Python is to write."""

def read_duration(text: str, /) -> dt.timedelta | None:
    """The value of a canonical text; None for what Python is to look at."""

def write_duration(value: dt.timedelta, /) -> str | None:
    """The canonical text of a value that is not negative; None for what Python is to write."""

def write_moment(value: dt.datetime, /) -> str | None:
    """The canonical text; None for what Python is to write: offsets of seconds, zones of other classes."""
