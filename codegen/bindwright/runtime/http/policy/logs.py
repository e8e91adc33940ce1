"""Standard logging, logger ``bindwright.http``, without secrets.

DEBUG: every request with its headers, every answer; INFO: every retry; WARNING: each place of an answer that
does not fit the document, once for a client. What goes wrong is raised, not logged.
"""

from __future__ import annotations

import logging

from bindwright.runtime.http.model.errors import HttpError
from bindwright.runtime.http.model.message import Headers, Request
from bindwright.runtime.http.model.redact import redact_headers
from bindwright.runtime.leniency import Deviation

logger = logging.getLogger("bindwright.http")
_enabled = logger.isEnabledFor


def log_request(request: Request) -> None:
    """An attempt begins."""
    if _enabled(logging.DEBUG):
        logger.debug(
            "%s %s %s",
            request.method,
            _url(request),
            redact_headers(request.headers, request.secret_headers, request.secret_query, request.secrets()),
        )


def log_response(request: Request, status: int, headers: Headers) -> None:
    """Status and headers are there."""
    if _enabled(logging.DEBUG):
        safe_headers = redact_headers(headers, (), request.secret_query, request.secrets())
        logger.debug("%s %s -> %d %s", request.method, _url(request), status, safe_headers)


def log_error(request: Request, error: HttpError) -> None:
    """The attempt gave no answer."""
    if _enabled(logging.DEBUG):
        logger.debug("%s %s -> %s: %s", request.method, _url(request), type(error).__name__, error.reason)


def log_retry(request: Request, number: int, delay: float) -> None:
    """The call will be tried again."""
    if _enabled(logging.INFO):
        logger.info("%s %s: retry %d in %.2f s", request.method, _url(request), number, delay)


def log_deviation(request: Request, deviation: Deviation) -> None:
    """A place of an answer does not fit the document; what stands there has been kept."""
    operation = request.operation or f"{request.method} {_url(request)}"
    logger.warning("%s: the answer does not fit the document: %s", operation, deviation)


def _url(request: Request) -> str:
    return request.safe_url()
