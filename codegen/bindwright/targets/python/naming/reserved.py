"""Words that names of each kind keep clear of; they get an underscore behind.

A word is reserved always or never, whatever else stands in the same module: a name must not change
because a neighbour came or went. A test holds these lists against what the runtime really offers.
"""

from __future__ import annotations

import keyword

KEYWORDS = frozenset(keyword.kwlist)

_TYPES = frozenset({"dt", "builtins"})
"""Lower-case names that annotations use; builtins are written ``builtins.list`` on a clash instead."""

FIELDS = KEYWORDS | _TYPES | frozenset(
    ["self", "cached_property", "deprecated", "property", "validate", "copy", "to_dict", "to_json", "to_xml", "from_dict", "from_json", "from_xml"]
)  # fmt: skip
"""Fields of models: what `Model` offers or may come to offer, and what a class body needs."""

OPTIONS = frozenset(
    ["timeout", "retries", "headers", "query", "format", "media_type", "accept", "base_url", "idempotent", "idempotency_key", "credentials", "max_response_size", "answers"]
)  # fmt: skip
"""The options that every call takes."""

PARAMETERS = KEYWORDS | OPTIONS | frozenset(["self", "body", "options", "interval", "max_wait", "progress"])
"""Parameters of methods: the options, and what some methods take beside the document's parameters."""

SCHEMES = KEYWORDS | frozenset(
    ["self", "base_url", "credentials", "options", "timeout", "retries", "headers", "format", "user_agent", "server", "server_variables", "max_redirects", "max_response_size", "answers", "max_connections", "proxy", "ssl_context", "hooks", "sign", "json_converter", "xml_converter", "transport"]
)  # fmt: skip
"""Arguments of clients: the options that every client takes."""

METHODS = KEYWORDS | _TYPES | frozenset(
    ["models", "cached_property", "deprecated", "property", "with_raw_response", "with_streaming_response", "with_options"]
)  # fmt: skip
"""Methods of resources."""

GROUPS = KEYWORDS | frozenset(
    ["cached_property", "deprecated", "property", "close", "aclose", "request", "send", "stream", "with_options", "with_raw_response", "with_streaming_response", "base_url", "options", "hooks", "transport", "format"]
)  # fmt: skip
"""Properties of clients: what every client offers or may come to offer."""

_HELPERS = frozenset(
    [
        "annotations",
        "at",
        "cast",
        "define",
        "describe",
        "empty_dict",
        "field",
        "member",
        "models",
        "root",
        "wire",
        "typing",
    ]
)
_BUILTINS = frozenset(["bool", "bytes", "dict", "float", "int", "list", "object", "str", "tuple", "type"])

CLASSES = KEYWORDS | _TYPES | _HELPERS | _BUILTINS | frozenset(
    ["Any", "Literal", "Annotated", "ClassVar", "Decimal", "UUID", "UNSET", "Unset", "AnyText", "AnyInteger", "TYPE_CHECKING", "Self", "AttributeError"]
)  # fmt: skip
"""Models: what type expressions and the bodies of classes use. Lower-case names come from who chooses them."""

GROUP_CLASSES = CLASSES | frozenset(
    ["Client", "AsyncClient", "SyncClient", "BaseAsyncClient", "Resource", "AsyncResource", "CallOptions", "ClientOptions", "Content", "Operation", "Page", "AsyncPage", "AsyncPages", "Pagination", "Poll", "AsyncIterable", "Callable", "Iterable", "Sequence", "Mapping", "Stream", "AsyncStream", "FormParts", "RawBody", "Parameter", "Part", "Response", "Server", "ApiSpec", "SecurityScheme", "Unpack", "Checks", "Choice", "Entries", "Xml", "ApiKey", "AuthorizationCode", "Basic", "Bearer", "ClientCredentials", "MutualTls", "PasswordCredentials", "RefreshToken", "Webhook", "Webhooks"]
)  # fmt: skip
"""Classes of tags: what their modules and the client's import; they get ``Api`` behind."""

MEMBERS = KEYWORDS | frozenset({"name", "value", "known", "mro"})
"""Members of enums, which are upper case wherever their script has cases."""

_DEVICES = frozenset(["con", "prn", "aux", "nul", "conin", "conout", "clock"]) | frozenset(
    f"{port}{number}" for port in ("com", "lpt") for number in range(10)
)
"""Names that Windows keeps for devices, whatever their extension."""

MODULES = KEYWORDS | _DEVICES | _TYPES | frozenset(
    ["list", "dict", "str", "int", "float", "bool", "bytes", "tuple", "object", "type", "datetime", "decimal", "typing", "uuid", "annotations",
     "getattr", "globals", "import_module"]
)  # fmt: skip
"""Modules of models: what stands in type expressions, or is called in the package that holds the modules, must not
be found as a submodule instead."""
