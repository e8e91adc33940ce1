"""Words that names of each kind keep clear of; they get an underscore behind.

A word is reserved always or never, whatever else stands in the same module: a name must not change
because a neighbour came or went.
"""

from __future__ import annotations

import keyword

KEYWORDS = frozenset(keyword.kwlist)

_TYPES = frozenset({"dt"})
"""Lower-case names that annotations use beside the builtins (those are written ``builtins.list`` on a clash)."""

FIELDS = KEYWORDS | _TYPES | frozenset(
    {"builtins", "to_dict", "to_json", "to_xml", "from_dict", "from_json", "from_xml", "self", "validate", "mro"}
)  # fmt: skip
"""Fields of models: what `Model` offers, and what a class body needs."""

CALL_OPTIONS = frozenset({"timeout", "retries", "headers", "format", "options", "idempotency_key", "base_url",
                          "follow_redirects", "extra_headers", "media_type", "accept", "server", "query",
                          "credentials", "auth", "max_retries", "idempotent", "body", "raw", "validate"})  # fmt: skip

METHODS = KEYWORDS | _TYPES | frozenset(
    {"builtins", "models", "with_raw_response", "with_streaming_response", "with_options", "cached_property"}
)  # fmt: skip
"""Methods of resources."""

GROUPS = KEYWORDS | frozenset({"cached_property", "close", "aclose", "request", "stream", "send", "with_options", "hooks",
                               "base_url", "format", "options", "credentials", "transport", "timeout", "retries",
                               "headers", "server", "servers", "copy", "call", "with_raw_response",
                               "with_streaming_response", "auth", "limits", "security", "events"})  # fmt: skip
"""Properties of clients: what every client offers."""

CLASSES = KEYWORDS | frozenset({"Any", "Literal", "Annotated", "ClassVar", "Decimal", "UUID", "UNSET", "Unset",
                                "TYPE_CHECKING", "Self"})  # fmt: skip
"""Models: the names that type expressions know."""

GROUP_CLASSES = CLASSES | frozenset(
    {"Client", "AsyncClient", "SyncClient", "Resource", "AsyncResource", "CallOptions", "ClientOptions", "Content",
     "Operation", "Parameter", "Part", "Response", "Server", "ApiSpec", "SecurityScheme", "Unpack", "Checks", "Choice",
     "Entries", "Xml"}
)  # fmt: skip
"""Classes of tags: what their modules and the client's import; they get ``Api`` behind."""

MEMBERS = KEYWORDS | frozenset({"name", "value", "mro"})
"""Members of enums; the methods of their bases are added by `naming`."""

_DEVICES = frozenset({"con", "prn", "aux", "nul", "conin", "conout", "clock"})
"""Names that Windows keeps for devices, whatever their extension."""

MODULES = KEYWORDS | _DEVICES | _TYPES | frozenset(
    {"list", "dict", "str", "int", "float", "bool", "bytes", "tuple", "object", "type", "builtins", "datetime",
     "decimal", "typing", "uuid", "annotations"}
)  # fmt: skip
"""Modules of models: what stands in type expressions must not be found as a submodule instead."""
