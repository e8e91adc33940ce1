"""What makes the package a distribution: pyproject.toml and the small modules."""

from __future__ import annotations

import json

from bindwright.ir import model as ir
from bindwright.targets import release
from bindwright.targets.prose import clean
from bindwright.targets.python.syntax.code import Code, docstring, string, without_odd
from bindwright.targets.python.syntax.module import HTTP, RUNTIME, imported, listed
from bindwright.targets.python.syntax.options import PythonOptions


def line(text: str, longest: int = 200) -> str:
    """A text on one line, without what could end it."""
    text = " ".join(without_odd(clean(text[:5000])).split())
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "\u2026"


def toml(text: str) -> str:
    """A basic string of TOML 1.0: JSON's escapes, with everything else that is odd already gone."""
    return json.dumps(line(text), ensure_ascii=False)


def version_of(options: PythonOptions, api: ir.Api) -> str:
    """The distribution's version: as configured, else the document's where PEP 440 reads it, else 0.0.0."""
    return release.version_of(api.info.version, options.version)


def compatible(version: str) -> str:
    """The runtimes that run what this generator wrote: all later ones of its major version (`runtime_level`)."""
    return f">={version},<{int(version.split('.')[0]) + 1}"


def distribution_of(options: PythonOptions) -> str:
    """The name for installers: as configured, else the package's."""
    return options.distribution or options.package.replace("_", "-").replace(".", "-")


def pyproject(api: ir.Api, options: PythonOptions) -> str:
    """pyproject.toml of the generated distribution."""
    requires = options.requires or compatible(options.generator_version)
    needs, needs_async = ["bindwright" + requires], ["bindwright[async]" + requires]
    if options.runtime == "vendored":
        from bindwright.targets.python.vendored import requirements

        needs, needs_async = requirements(), requirements("async")
    name = distribution_of(options)
    description = options.description or api.info.title or options.package
    return f"""\
# Written by bindwright {options.generator_version}; changes belong in the document or its configuration.
[build-system]
requires = ["hatchling>=1.27"]
build-backend = "hatchling.build"

[project]
name = {toml(name)}
version = {toml(version_of(options, api))}
description = {toml(description)}
readme = "README.md"
requires-python = ">=3.11"
classifiers = ["Programming Language :: Python :: 3", "Typing :: Typed"]
dependencies = [{", ".join(map(toml, needs))}]

[project.optional-dependencies]
async = [{", ".join(map(toml, needs_async))}]

[tool.hatch.build.targets.wheel]
packages = [{toml(options.package.partition(".")[0])}]
"""


_FROM_HTTP = [
    "ApiKey",
    "AsyncPage",
    "AsyncPages",
    "AsyncStream",
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
    "Stream",
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
    "WebhookError",
]
_FROM_RUNTIME = [
    "UNSET",
    "BindwrightError",
    "DecodeError",
    "EncodeError",
    "Unset",
    "ValidationError",
    "deviations",
]
"""What callers need beside the clients and models, so that they import from one package."""


def _exports() -> list[str]:
    names = sorted(["AsyncClient", "Client", *_FROM_HTTP, *_FROM_RUNTIME], key=listed)
    return [*names[: names.index("deviations")], "__version__", "deviations"]


EXPORTS = _exports()
"""What ``<package>/__init__.py`` offers."""


def package_init(api: ir.Api, options: PythonOptions, version: str) -> Code:
    """``<package>/__init__.py``: clients, exceptions and types of options, found on first use."""
    title = line(api.info.title) or options.package
    return Code(f"""{docstring(f"Typed client for {title}.", 0)}

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from {RUNTIME} import (
{_lines(sorted(_FROM_RUNTIME, key=imported), 8)}
    )
    from {HTTP} import (
{_lines(sorted(_FROM_HTTP, key=imported), 8)}
    )

    from .client import AsyncClient, Client

__all__ = [
{_lines([string(name) for name in EXPORTS], 4)}
]

__version__ = {string(version)}


def __getattr__(name: str) -> object:
    if name in ("AsyncClient", "Client"):
        from . import client

        return getattr(client, name)
    if name not in __all__:
        raise AttributeError(f"module {{__name__!r}} has no attribute {{name!r}}")
    from bindwright import runtime
    from {RUNTIME} import http

    return getattr(runtime if name in runtime.__all__ else http, name)


def __dir__() -> list[str]:
    return __all__
""")


def _lines(names: list[str] | list[Code], indent: int) -> str:
    return "\n".join(f"{' ' * indent}{name}," for name in names)


def package_main(options: PythonOptions) -> Code:
    """``python -m <package>``."""
    return Code(f'''"""The command line: ``python -m {options.package}``."""

from __future__ import annotations

import sys

from bindwright.runtime.cli import main

from .client import Client

if __name__ == "__main__":
    sys.exit(main(Client, sys.argv[1:]))
''')
