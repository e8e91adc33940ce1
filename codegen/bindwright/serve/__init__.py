"""An embedded mock server for any document: routes, validates, negotiates and answers.

`App` is the core, a function from `Request` to `Response`; `Server` puts it on a loopback port.
A simulation replaces single operations with `App.handle`.
"""

from bindwright.serve.app import App
from bindwright.serve.handlers import Answer, Call
from bindwright.serve.load import Unusable, load
from bindwright.serve.message import Request, Response
from bindwright.serve.refusal import Refusal
from bindwright.serve.server.connection import Limits
from bindwright.serve.server.server import Server

__all__ = ["Answer", "App", "Call", "Limits", "Refusal", "Request", "Response", "Server", "Unusable", "load"]
