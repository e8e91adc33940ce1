"""An embedded mock server for any document: routes, validates, negotiates and answers.

`App` is the core, a function from `Request` to `Response`; `Server` puts it on a loopback port.
A simulation replaces single operations with `App.handle`.

Names are found on first use: who only samples values or codes bodies needs neither sockets nor event loops.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bindwright.serve.app import App
    from bindwright.serve.handlers import Answer, Call
    from bindwright.serve.loading import Unusable, load
    from bindwright.serve.message import Request, Response
    from bindwright.serve.refusal import Refusal
    from bindwright.serve.server.connection import Limits
    from bindwright.serve.server.server import Server

_MODULES = {
    "App": "app",
    "Answer": "handlers",
    "Call": "handlers",
    "Unusable": "loading",
    "load": "loading",
    "Request": "message",
    "Response": "message",
    "Refusal": "refusal",
    "Limits": "server.connection",
    "Server": "server.server",
}

__all__ = ["Answer", "App", "Call", "Limits", "Refusal", "Request", "Response", "Server", "Unusable", "load"]


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
