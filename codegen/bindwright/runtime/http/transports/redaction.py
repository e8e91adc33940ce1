"""The logs of urllib3 and httpcore2 without the secrets of our calls.

Both write at DEBUG what they send and get: urllib3 the whole URL, httpcore2 the headers of answers, and both what they
could not read. A program that logs everything would find API keys and session cookies there, which our own log hides.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from bindwright.runtime.http.model.message import Request
from bindwright.runtime.http.model.redact import HIDDEN, SECRET_HEADERS, URL_HEADERS, hide, redact_url

_HEADERS = re.compile(
    rf"(\(b'(?:{'|'.join(sorted(SECRET_HEADERS | URL_HEADERS))})', )b(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")",
    re.IGNORECASE,
)
_request: ContextVar[Request | None] = ContextVar("request", default=None)


@contextmanager
def sending(request: Request) -> Iterator[None]:
    """While a library works for a request: what it logs is without the request's secrets."""
    token = _request.set(request)
    try:
        yield
    finally:
        _request.reset(token)


class SecretsFilter(logging.Filter):
    """Hides secret query parameters, values of headers that carry secrets, and the request's secrets anywhere."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = _request.get()
        if request is None:
            return True
        if isinstance(record.args, tuple):
            record.args = tuple(
                redact_url(argument, request.secret_query)
                if isinstance(argument, str) and "?" in argument
                else argument
                for argument in record.args
            )
        text = _HEADERS.sub(rf"\1{HIDDEN}", record.getMessage())
        record.msg, record.args = hide(text, request.secrets()), None
        return True


def redact(*loggers: str) -> None:
    """Put the filter to loggers, once for the life of the process."""
    for name in loggers:
        logging.getLogger(name).addFilter(SecretsFilter())
