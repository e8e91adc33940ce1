"""The logs of urllib3 and httpcore2 without the secrets of our calls.

Both write at DEBUG what they send and get: urllib3 the whole URL, httpcore2 the headers of answers. A program
that logs everything would find API keys and session cookies there, which our own log hides.
"""

from __future__ import annotations

import logging
import re
from typing import Any

from bindwright.runtime.http.model.redact import HIDDEN, SECRET_HEADERS, URL_HEADERS, redact_url

_HEADERS = re.compile(
    rf"(\(b'(?:{'|'.join(sorted(SECRET_HEADERS | URL_HEADERS))})', )b(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")",
    re.IGNORECASE,
)


class UrlFilter(logging.Filter):
    """Hides secret query parameters of URLs, of the calls that we make: ``current`` is the one of this thread."""

    def __init__(self, current: Any) -> None:
        super().__init__()
        self._current = current

    def filter(self, record: logging.LogRecord) -> bool:
        if self._current.deadline is not None and isinstance(record.args, tuple):
            secret = self._current.secret
            record.args = tuple(
                redact_url(argument, secret) if isinstance(argument, str) and "?" in argument else argument
                for argument in record.args
            )
        return True


class HeaderFilter(logging.Filter):
    """Hides the values of headers that carry secrets."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.msg, str) and "return_value" in record.msg:
            record.msg = _HEADERS.sub(rf"\1{HIDDEN}", record.msg)
        return True


def redact(logger: str, with_: logging.Filter) -> None:
    """Put a filter to a logger, once for the life of the process."""
    logging.getLogger(logger).addFilter(with_)
