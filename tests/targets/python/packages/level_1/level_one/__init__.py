"""Typed client for Level one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bindwright.runtime import (
        UNSET,
        BindwrightError,
        DecodeError,
        EncodeError,
        Unset,
        ValidationError,
        deviations,
    )
    from bindwright.runtime.http import (
        ApiKey,
        AsyncPage,
        BadGateway,
        BadRequest,
        Basic,
        Bearer,
        CallOptions,
        ClientCredentials,
        ClientError,
        ClientOptions,
        Conflict,
        ConnectFailed,
        ConnectionFailed,
        ConnectionLost,
        ConnectTimeout,
        File,
        Forbidden,
        FormParts,
        GatewayTimeout,
        Gone,
        Headers,
        Hooks,
        HttpError,
        InternalServerError,
        InvalidRequest,
        InvalidSignature,
        MethodNotAllowed,
        MutualTls,
        NameResolutionFailed,
        NotAcceptable,
        NotFound,
        OperationFailed,
        Page,
        PagingError,
        PasswordCredentials,
        PoolTimeout,
        PreconditionFailed,
        ProtocolError,
        RawBody,
        RawResponse,
        ReadTimeout,
        RedirectError,
        RefreshToken,
        RequestTimeout,
        ResponseTooLarge,
        Retries,
        ServerError,
        ServerSentEvent,
        ServiceUnavailable,
        StatusError,
        TimedOut,
        Timeout,
        TlsError,
        TokenError,
        TooManyRequests,
        TotalTimeout,
        Unauthorized,
        UndecodableBody,
        UndocumentedStatus,
        UnprocessableContent,
        UnsupportedMediaType,
        WaitTimeout,
        WebhookError,
    )

    from .client import AsyncClient, Client

__all__ = [
    "UNSET",
    "ApiKey",
    "AsyncClient",
    "AsyncPage",
    "BadGateway",
    "BadRequest",
    "Basic",
    "Bearer",
    "BindwrightError",
    "CallOptions",
    "Client",
    "ClientCredentials",
    "ClientError",
    "ClientOptions",
    "Conflict",
    "ConnectFailed",
    "ConnectTimeout",
    "ConnectionFailed",
    "ConnectionLost",
    "DecodeError",
    "EncodeError",
    "File",
    "Forbidden",
    "FormParts",
    "GatewayTimeout",
    "Gone",
    "Headers",
    "Hooks",
    "HttpError",
    "InternalServerError",
    "InvalidRequest",
    "InvalidSignature",
    "MethodNotAllowed",
    "MutualTls",
    "NameResolutionFailed",
    "NotAcceptable",
    "NotFound",
    "OperationFailed",
    "Page",
    "PagingError",
    "PasswordCredentials",
    "PoolTimeout",
    "PreconditionFailed",
    "ProtocolError",
    "RawBody",
    "RawResponse",
    "ReadTimeout",
    "RedirectError",
    "RefreshToken",
    "RequestTimeout",
    "ResponseTooLarge",
    "Retries",
    "ServerError",
    "ServerSentEvent",
    "ServiceUnavailable",
    "StatusError",
    "TimedOut",
    "Timeout",
    "TlsError",
    "TokenError",
    "TooManyRequests",
    "TotalTimeout",
    "Unauthorized",
    "UndecodableBody",
    "UndocumentedStatus",
    "UnprocessableContent",
    "Unset",
    "UnsupportedMediaType",
    "ValidationError",
    "WaitTimeout",
    "WebhookError",
    "__version__",
    "deviations",
]

__version__ = "1.0.0"


def __getattr__(name: str) -> object:
    if name in ("AsyncClient", "Client"):
        from . import client

        return getattr(client, name)
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from bindwright import runtime
    from bindwright.runtime import http

    return getattr(runtime if name in runtime.__all__ else http, name)


def __dir__() -> list[str]:
    return __all__
