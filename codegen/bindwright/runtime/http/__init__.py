"""The HTTP client around generated bindings, for people to use; names are found on first use.

What generated code imports stands in `operation`, `options` and the two clients.
Everything above the transport is sans-I/O; ``aio`` holds the drivers, ``sync`` what
``tools/unasync.py`` makes of them.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bindwright.runtime.http.aio.client import AsyncClient, AsyncResource
    from bindwright.runtime.http.aio.pages import AsyncPages
    from bindwright.runtime.http.aio.paging import AsyncPage
    from bindwright.runtime.http.aio.streaming import AsyncStream, AsyncStreamingResponse
    from bindwright.runtime.http.config.authorization_code import AuthorizationCode
    from bindwright.runtime.http.config.credentials import ApiKey, Basic, Bearer, MutualTls
    from bindwright.runtime.http.config.oauth2 import (
        ClientCredentials,
        Credential,
        PasswordCredentials,
        RefreshToken,
    )
    from bindwright.runtime.http.model.errors import (
        BadGateway,
        BadRequest,
        ClientError,
        Conflict,
        ConnectFailed,
        ConnectionFailed,
        ConnectionLost,
        ConnectTimeout,
        Forbidden,
        GatewayTimeout,
        Gone,
        HttpError,
        InternalServerError,
        InvalidRequest,
        InvalidSignature,
        MethodNotAllowed,
        NameResolutionFailed,
        NotAcceptable,
        NotFound,
        OperationFailed,
        PagingError,
        PoolTimeout,
        PreconditionFailed,
        ProtocolError,
        ReadTimeout,
        RedirectError,
        RequestTimeout,
        ResponseTooLarge,
        ServerError,
        ServiceUnavailable,
        StatusError,
        TimedOut,
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
    from bindwright.runtime.http.model.hooks import Hooks
    from bindwright.runtime.http.model.message import Headers, RawResponse, Request
    from bindwright.runtime.http.model.operation import (
        ApiSpec,
        Content,
        Operation,
        Pagination,
        Parameter,
        Part,
        Poll,
        Response,
        SecurityScheme,
        Server,
        Webhook,
    )
    from bindwright.runtime.http.model.options import CallOptions, ClientOptions, Retries
    from bindwright.runtime.http.model.timeout import Timeout
    from bindwright.runtime.http.request.files import File, FormParts, RawBody
    from bindwright.runtime.http.request.members import with_members
    from bindwright.runtime.http.response.sse import ServerSentEvent
    from bindwright.runtime.http.sync.client import Resource, SyncClient
    from bindwright.runtime.http.sync.paging import Page
    from bindwright.runtime.http.sync.streaming import Stream, StreamingResponse
    from bindwright.runtime.http.webhooks import Webhooks

_MODULES = {
    "aio.client": "AsyncClient AsyncResource",
    "aio.pages": "AsyncPages",
    "aio.paging": "AsyncPage",
    "aio.streaming": "AsyncStream AsyncStreamingResponse",
    "config.authorization_code": "AuthorizationCode",
    "config.credentials": "ApiKey Basic Bearer MutualTls",
    "config.oauth2": "ClientCredentials Credential PasswordCredentials RefreshToken",
    "model.errors": (
        "BadGateway BadRequest ClientError Conflict ConnectFailed "
        "ConnectTimeout ConnectionFailed ConnectionLost Forbidden GatewayTimeout "
        "Gone HttpError InternalServerError InvalidRequest InvalidSignature MethodNotAllowed "
        "NameResolutionFailed NotAcceptable NotFound OperationFailed PagingError PoolTimeout "
        "PreconditionFailed ProtocolError ReadTimeout RedirectError RequestTimeout "
        "ResponseTooLarge ServerError ServiceUnavailable StatusError TimedOut "
        "TlsError TokenError TooManyRequests TotalTimeout Unauthorized UndecodableBody "
        "UndocumentedStatus UnprocessableContent UnsupportedMediaType WaitTimeout WebhookError "
    ),
    "request.files": "File FormParts RawBody",
    "model.hooks": "Hooks",
    "model.message": "Headers RawResponse Request",
    "model.operation": "ApiSpec Content Operation Pagination Parameter Part Poll Response SecurityScheme Server Webhook",
    "model.options": "CallOptions ClientOptions Retries",
    "model.timeout": "Timeout",
    "response.sse": "ServerSentEvent",
    "sync.client": "Resource SyncClient",
    "sync.paging": "Page",
    "sync.streaming": "Stream StreamingResponse",
    "request.members": "with_members",
    "webhooks": "Webhooks",
}
_WHERE = {name: module for module, names in _MODULES.items() for name in names.split()}

__all__ = [
    "ApiKey",
    "ApiSpec",
    "AsyncClient",
    "AsyncPage",
    "AsyncPages",
    "AsyncResource",
    "AsyncStream",
    "AsyncStreamingResponse",
    "AuthorizationCode",
    "BadGateway",
    "BadRequest",
    "Basic",
    "Bearer",
    "CallOptions",
    "ClientCredentials",
    "ClientError",
    "ClientOptions",
    "Conflict",
    "ConnectFailed",
    "ConnectTimeout",
    "ConnectionFailed",
    "ConnectionLost",
    "Content",
    "Credential",
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
    "Operation",
    "OperationFailed",
    "Page",
    "Pagination",
    "PagingError",
    "Parameter",
    "Part",
    "PasswordCredentials",
    "Poll",
    "PoolTimeout",
    "PreconditionFailed",
    "ProtocolError",
    "RawBody",
    "RawResponse",
    "ReadTimeout",
    "RedirectError",
    "RefreshToken",
    "Request",
    "RequestTimeout",
    "Resource",
    "Response",
    "ResponseTooLarge",
    "Retries",
    "SecurityScheme",
    "Server",
    "ServerError",
    "ServerSentEvent",
    "ServiceUnavailable",
    "StatusError",
    "Stream",
    "StreamingResponse",
    "SyncClient",
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
    "UnsupportedMediaType",
    "WaitTimeout",
    "Webhook",
    "WebhookError",
    "Webhooks",
    "with_members",
]


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{_WHERE[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
