"""From a client's options to its configuration; nothing of it touches a network."""

from __future__ import annotations

import platform
import ssl
from collections.abc import Mapping
from typing import Any

from bindwright.runtime.http.config.config import OPTION_NAMES, Config
from bindwright.runtime.http.config.credentials import MutualTls
from bindwright.runtime.http.config.servers import document_base
from bindwright.runtime.http.model.operation import ApiSpec

_TRANSPORT = ("max_connections", "proxy", "ssl_context")
_CONVERTERS = ("json_converter", "xml_converter")


class Setup:
    """What all views of one client share."""

    __slots__ = ("certificate", "closed", "converters", "transport", "transport_options")

    def __init__(self) -> None:
        self.closed = False
        self.transport: Any = None
        """The caller's own; None: one is made."""
        self.transport_options: dict[str, Any] = {}
        self.certificate: Any = None
        """Client certificate for mutual TLS."""
        self.converters: dict[str, Any] = {}
        """Of this client alone: ``json_converter``, ``xml_converter``."""


def configured(
    api: ApiSpec, base_url: str | None, credentials: Mapping[str, Any] | None, options: dict[str, Any]
) -> tuple[Setup, Config]:
    """The shared setup and the configuration of a new client.

    Raises:
        TypeError: an option that no client has.
        ValueError: an option that cannot be.
    """
    setup, config = Setup(), Config()
    _check_options(options, credentials or {})
    setup.transport = options.pop("transport", None)
    setup.transport_options = {name: options.pop(name) for name in _TRANSPORT if name in options}
    setup.converters = {name: options.pop(name) for name in _CONVERTERS if name in options}
    _check_converters(setup.converters)
    index = options.pop("server", None) or 0
    variables = options.pop("server_variables", None) or {}
    config.server_variables = dict(variables)
    if base_url is None:
        config.server_base = document_base(api.servers, index, variables)
    config.headers = {"User-Agent": _user_agent(api)}
    config.schemes = frozenset(scheme.name for scheme in api.schemes)
    credentials = _with_certificates(api, credentials or {})
    config = config.derive({"base_url": base_url, "credentials": credentials, **options})
    setup.certificate = next(
        (credential for credential in config.credentials.values() if hasattr(credential, "load")), None
    )
    if setup.certificate is not None and setup.transport is not None:
        raise ValueError(
            "a client certificate and a transport of your own: give the certificate to the transport"
        )
    if setup.certificate is not None:
        setup.certificate.load(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))  # what is wrong with it is told now
    return setup, config


def _check_options(options: Mapping[str, Any], credentials: Mapping[str, Any]) -> None:
    """Refuse an option that no client has, and say which ones this client takes.

    Raises:
        TypeError: there is no such option.
    """
    names = {*OPTION_NAMES, *_TRANSPORT, *_CONVERTERS, "server", "server_variables", "transport"}
    for name in options:
        if name not in names:
            message = f"unknown option {name!r}; a client takes {', '.join(sorted(names - {'credentials'}))}"
            if credentials:
                # An argument is called as Python can call it; the document's name tells which one is meant.
                schemes = ", ".join(map(repr, credentials))
                message += f"; and a credential for each security scheme by an argument of its own: {schemes}"
            raise TypeError(message)


def _check_converters(converters: Mapping[str, Any]) -> None:
    """Refuse what reads and writes nothing: any other converter of cattrs among it.

    Raises:
        TypeError: it is no converter of the codec.
    """
    for name, converter in converters.items():
        if converter is not None and not (hasattr(converter, "decode") and hasattr(converter, "encode")):
            format_ = name.partition("_")[0]
            raise TypeError(f"{name} is what {format_}.new_converter() gives, not {converter!r}")


def _with_certificates(api: ApiSpec, credentials: Mapping[str, Any]) -> dict[str, Any]:
    """Credentials for mutual TLS as objects: command lines give a file's name, or two."""
    certificates = {scheme.name for scheme in api.schemes if scheme.kind == "mutualTLS"}
    checked = dict(credentials)
    for name in certificates & checked.keys():
        if isinstance(checked[name], str):
            checked[name] = MutualTls(checked[name])
        elif isinstance(checked[name], tuple):
            checked[name] = MutualTls(*checked[name])
    return checked


def _user_agent(api: ApiSpec) -> str:
    """``package/version bindwright/version Python/version`` (RFC 9110, 10.1.5)."""
    from bindwright import __version__

    name = _token(api.package.rpartition(".")[2])
    product = f"{name}/{_token(api.version)}" if api.version else name
    return f"{product} bindwright/{__version__} Python/{platform.python_version()}"


def _token(text: str) -> str:
    return "".join(
        character if character.isascii() and (character.isalnum() or character in "-._") else "-"
        for character in text
    )[:60]


def unpicklable(thing: object) -> TypeError:
    """The error of pickling or copying what holds connections and locks."""
    name = type(thing).__name__
    return TypeError(
        f"{name} cannot be pickled or copied: it holds connections. Make a client in each process"
    )
