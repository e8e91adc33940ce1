"""Options of a client and of a call, resolved into one object."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bindwright.runtime.http.config.servers import check_base
from bindwright.runtime.http.model.answer_policy import AnswerPolicy, Answers
from bindwright.runtime.http.model.message import put
from bindwright.runtime.http.model.options import Retries, retries_of, timeout_of
from bindwright.runtime.http.model.timeout import Timeout
from bindwright.runtime.http.request.percent_encoding import check_header, check_header_name

MAX_RESPONSE_SIZE = 100 << 20
"""Bytes of a body after decompression, unless the caller says otherwise."""


class Config:
    """Everything a call needs to know beside its operation. Never changed once it is in use."""

    __slots__ = (
        "accept",
        "answers",
        "base_url",
        "credentials",
        "format",
        "headers",
        "hooks",
        "idempotency_key",
        "idempotent",
        "max_redirects",
        "max_response_size",
        "max_stream_size",
        "media_type",
        "places",
        "policy",
        "prepared",
        "query",
        "retries",
        "schemes",
        "server_base",
        "server_variables",
        "sign",
        "timeout",
    )

    def __init__(self) -> None:
        self.accept: str | None = None
        self.answers: Answers = "lenient"
        self.base_url: str | None = None
        """What the caller gave; it stands above every server of the document."""
        self.credentials: Mapping[str, Any] = {}
        self.format = "json"
        self.headers: dict[str, str] = {}
        self.hooks: tuple[Any, ...] = ()
        self.idempotency_key: str | None = None
        self.idempotent: bool | None = None
        self.max_redirects = 5
        self.max_response_size: int | None = MAX_RESPONSE_SIZE
        self.max_stream_size: int | None = None
        """As ``max_response_size``, for bodies that are read piece by piece: only what the caller sets."""
        self.media_type: str | None = None
        self.places: set[tuple[str, str]] = set()
        """Places of deviations that have been logged; shared by all views of a client."""
        self.policy = AnswerPolicy(places=self.places)
        self.prepared: dict[Any, Any] = {}
        """What plans have worked out for this configuration."""
        self.query: Mapping[str, Any] = {}
        self.retries = Retries()
        self.schemes: frozenset[str] | None = None
        """Names of the document's security schemes; None: credentials have any name."""
        self.server_base: str | None = None
        """Of the document's server, where that is absolute."""
        self.server_variables: Mapping[str, str] = {}
        self.sign: Any = None
        self.timeout = Timeout()

    def derive_view(self, options: Mapping[str, Any]) -> Config:
        """As `derive`, for views of a client and single calls, which share its connections.

        Raises:
            ValueError, TypeError: an option that cannot be, a client certificate among them.
        """
        for credential in (options.get("credentials") or {}).values():
            if hasattr(credential, "load") and credential not in self.credentials.values():
                raise ValueError(
                    "a client certificate belongs to the connections: give it to the client itself"
                )
        return self.derive(options)

    def derive(self, options: Mapping[str, Any]) -> Config:
        """Another one with some options changed.

        Raises:
            ValueError, TypeError: an option that cannot be.
        """
        config = Config()
        for name in Config.__slots__:
            if name != "prepared":
                setattr(config, name, getattr(self, name))
        for name, value in options.items():
            change = _CHANGES.get(name)
            if change is None:
                raise TypeError(f"unknown option {name!r}; there are {', '.join(sorted(_CHANGES))}")
            change(config, value)
        if "answers" in options or "hooks" in options:
            listeners = [getattr(hook, "deviation", None) for hook in config.hooks]
            config.policy = AnswerPolicy(
                config.answers, tuple(listener for listener in listeners if listener), config.places
            )
        return config


def _timeout(config: Config, value: Any) -> None:
    config.timeout = timeout_of(value)


def _retries(config: Config, value: Any) -> None:
    config.retries = retries_of(value)


def _headers(config: Config, value: Any) -> None:
    headers = dict(config.headers)
    for name, text in (value or {}).items():
        if text is not None:
            check_header(check_header_name(name), str(text))
        put(headers, name, None if text is None else str(text))
    config.headers = headers


def _format(config: Config, value: Any) -> None:
    if value is None:
        return
    if value not in ("json", "xml"):
        raise ValueError(f"format is 'json' or 'xml', not {value!r}")
    config.format = value


def _base_url(config: Config, value: Any) -> None:
    if value is not None:
        config.base_url = check_base(value)


def _credentials(config: Config, value: Any) -> None:
    unknown = [name for name in value or () if config.schemes is not None and name not in config.schemes]
    if unknown:
        names = ", ".join(sorted(config.schemes or ())) or "none"
        raise ValueError(f"credentials for {unknown[0]!r}: the document's security schemes are: {names}")
    config.credentials = {**config.credentials, **(value or {})}
    config.credentials = {
        name: credential for name, credential in config.credentials.items() if credential is not None
    }


def _answers(config: Config, value: Any) -> None:
    if value not in ("lenient", "strict"):
        raise ValueError(f"answers is 'lenient' or 'strict', not {value!r}")
    config.answers = value


def _max_response_size(config: Config, value: Any) -> None:
    config.max_response_size = config.max_stream_size = value


def _query(config: Config, value: Any) -> None:
    config.query = {**config.query, **(value or {})}


def _user_agent(config: Config, value: Any) -> None:
    if value is not None:
        _headers(config, {"User-Agent": value})


def _hooks(config: Config, value: Any) -> None:
    if value is None:
        return
    config.hooks = tuple(value) if isinstance(value, (list, tuple)) else (value,)


def _plain(name: str) -> Any:
    def change(config: Config, value: Any) -> None:
        setattr(config, name, value)

    return change


_CHANGES: dict[str, Any] = {
    "answers": _answers,
    "max_response_size": _max_response_size,
    "timeout": _timeout,
    "retries": _retries,
    "headers": _headers,
    "format": _format,
    "base_url": _base_url,
    "credentials": _credentials,
    "query": _query,
    "user_agent": _user_agent,
    "hooks": _hooks,
    **{
        name: _plain(name)
        for name in (
            "accept",
            "idempotency_key",
            "idempotent",
            "max_redirects",
            "media_type",
            "sign",
        )
    },
}
OPTION_NAMES = frozenset(_CHANGES)
"""What a client, a view of it and a call may be given beside what belongs to its connections."""
