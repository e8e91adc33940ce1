"""What the mock server says on the terminal: where it is, what it answers, and a line for each request."""

from __future__ import annotations

import time
from urllib.parse import quote

from attrs import define

from bindwright.ir.model import Api, Operation
from bindwright.serve.answers.problems import phrase
from bindwright.serve.answers.sample import Sampler
from bindwright.serve.app import App
from bindwright.serve.message import Request, Response
from bindwright.serve.server.server import Log

_LISTED_OPERATIONS = 12
_LISTED_VIOLATIONS = 3


def greeting(api: Api, url: str) -> list[str]:
    """Lines to start with: the address, the operations, and a request to try."""
    operations = api.operations
    count = f"{len(operations)} operation{'' if len(operations) == 1 else 's'}"
    lines = [f"serving {api.info.title!r} ({count}) at {url} - stop with Ctrl+C"]
    width = max((len(operation.method) for operation in operations[:_LISTED_OPERATIONS]), default=0)
    lines += [
        f"  {operation.method.upper():{width}} {operation.path}"
        for operation in operations[:_LISTED_OPERATIONS]
    ]
    if len(operations) > _LISTED_OPERATIONS:
        lines.append(f"  and {len(operations) - _LISTED_OPERATIONS} more")
    tried = next((path for operation in operations if (path := _easy(api, operation)) is not None), None)
    return [*lines, f"try: curl -i '{url}{tried}'"] if tried is not None else lines


def _easy(api: Api, operation: Operation) -> str | None:
    """The target of a request that needs nothing but its address; None where the operation needs more."""
    security = operation.security if operation.security is not None else api.security
    required = [
        parameter for parameter in operation.parameters if parameter.required and parameter.location != "path"
    ]
    if operation.method.upper() != "GET" or required or (security and {} not in security):
        return None
    path = operation.path
    sampler = Sampler(api, side="request")
    for parameter in operation.parameters:
        if parameter.location == "path":
            value = sampler.sample(parameter.use, f"{operation.id} {parameter.name}")
            if (
                not isinstance(value, str | int | float)
                or isinstance(value, bool)
                or str(value) in ("", ".", "..")
            ):
                return None
            path = path.replace(f"{{{parameter.name}}}", quote(str(value), safe=""))
    return None if "{" in path or "'" in path else quote(path, safe="/?=&%:,;+$!*()@~-._")


@define
class Logged:
    """An `App` with a line in a log for each request: what came of it, and why it was not as asked."""

    app: App
    log: Log

    def respond(self, request: Request) -> Response:
        """Answer a request, and say so."""
        started = time.perf_counter()
        request_line = repr(f"{request.method} {request.target}".encode("latin-1", "replace"))[2:-1]
        clock = time.strftime("%H:%M:%S")
        try:
            outcome = self.app.examine(request)
        except Exception as error:
            self.log(f"{clock} {request_line} failed: {type(error).__name__}: {error}")
            raise
        response, refusal = outcome.response, outcome.refusal
        took = 1000 * (time.perf_counter() - started)
        content_type = response.header("content-type")
        facts = ", ".join(
            [*([content_type] if content_type else []), f"{len(response.body)} bytes", f"{took:.0f} ms"]
        )
        line = f"{clock} {request_line} -> {response.status} {phrase(response.status)} ({facts})"
        if refusal is not None:
            violations = [f"{violation.where} {violation.what}" for violation in refusal.violations]
            rest = (
                [f"and {len(violations) - _LISTED_VIOLATIONS} more"]
                if len(violations) > _LISTED_VIOLATIONS
                else []
            )
            line += f": {'; '.join([refusal.detail, *violations[:_LISTED_VIOLATIONS], *rest])}"
        self.log(repr(line)[1:-1] if not line.isprintable() else line)
        return response
