"""Standard logging, logger ``bindwright.http``, without secrets.

DEBUG: every request with its headers, every answer; INFO: every retry; WARNING: nothing (what goes wrong
is raised).
"""

from __future__ import annotations

import logging

from bindwright.runtime.http.model.errors import HttpError
from bindwright.runtime.http.model.message import Headers, Request
from bindwright.runtime.http.model.redact import redact_headers, redact_url

logger = logging.getLogger("bindwright.http")
_enabled = logger.isEnabledFor


def log_request(request: Request) -> None:
    """An attempt begins."""
    if _enabled(logging.DEBUG):
        logger.debug(
            "%s %s %s",
            request.method,
            _url(request),
            redact_headers(request.headers, request.secret_headers, request.secret_query),
        )


def log_response(request: Request, status: int, headers: Headers) -> None:
    """Status and headers are there."""
    if _enabled(logging.DEBUG):
        safe_headers = redact_headers(headers, (), request.secret_query)
        logger.debug("%s %s -> %d %s", request.method, _url(request), status, safe_headers)


def log_error(request: Request, error: HttpError) -> None:
    """The attempt gave no answer."""
    if _enabled(logging.DEBUG):
        logger.debug("%s %s -> %s: %s", request.method, _url(request), type(error).__name__, error.reason)


def log_retry(request: Request, number: int, delay: float) -> None:
    """The call will be tried again."""
    if _enabled(logging.INFO):
        logger.info("%s %s: retry %d in %.2f s", request.method, _url(request), number, delay)


def _url(request: Request) -> str:
    return redact_url(request.url, request.secret_query)
