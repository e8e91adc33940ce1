"""Telling of answers that do not fit the document, without secrets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import attrs

from bindwright.runtime.errors import BindwrightError, DecodeError
from bindwright.runtime.http.model.message import Request
from bindwright.runtime.http.model.redact import hide
from bindwright.runtime.http.policy.logs import log_deviation
from bindwright.runtime.leniency import Deviation

E = TypeVar("E", bound=Exception)


def report(request: Request, deviations: Sequence[Deviation]) -> None:
    """One log line for each new place, and a call of each listener with all deviations of the answer."""
    policy, secrets = request.policy, request.secrets()
    safe = tuple(attrs.evolve(deviation, found=hide(deviation.found, secrets)) for deviation in deviations)
    for deviation in safe:
        if policy.is_new(request.operation, deviation.path):
            log_deviation(request, deviation)
    for listener in policy.listeners:
        listener(request, safe)


def without_secrets(error: E, secrets: Sequence[str]) -> E:
    """The error of a codec, whose message repeats values; Python shows it as the cause of ours."""
    if secrets and isinstance(error, DecodeError):
        error.expected, error.found = hide(error.expected, secrets), hide(error.found, secrets)
        error.path = hide(error.path, secrets)
        error.args = (error.expected, error.found, error.path)
    elif secrets and isinstance(error, BindwrightError):
        error.args = tuple(hide(part, secrets) if isinstance(part, str) else part for part in error.args)
    return error
