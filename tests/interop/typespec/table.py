"""What cannot be worked out from the expected requests: arguments by hand, credentials, and what is left out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

PRESETS: dict[Any, Callable[[Any], dict[str, Any]]] = {
    "Routes_QueryParameters_QueryExpansion_Explode_model": lambda m: {
        "param": m.ExpandParameters(field="status", value="active")
    },
    "Encode_Bytes_RequestBody_base64url": lambda m: {"body": b"test"},
    "Routes_PathParameters_PathExpansion_Explode_array": lambda m: {"param": "a/b"},
    "Routes_PathParameters_PathExpansion_Explode_record": lambda m: {"param": "a=1/b=2"},
}
AGAIN: dict[str, dict[str, Any]] = {
    "Streaming_Sse_Protocol_reconnect": {"headers": {"Last-Event-ID": "event-1"}},
}
"""Options with which the call is made a second time."""
_PATCH = {
    "description": None,
    "map": {"key": {"description": None}, "key2": None},
    "array": None,
    "intValue": None,
    "floatValue": None,
    "innerModel": None,
    "intArray": None,
}
PRESETS |= dict.fromkeys(
    ("Payload_JsonMergePatch_updateResource", "Payload_JsonMergePatch_updateOptionalResource"),
    lambda m: {"body": _PATCH},
)
CREDENTIALS: dict[str, dict[str, Any]] = {
    "Authentication_ApiKey_invalid": {"api_key_auth": "invalid-key"},
    "Authentication_ApiKey_valid": {"api_key_auth": "valid-key"},
    "Authentication_Http_Custom_valid": {"http": "valid-key"},
    "Authentication_Http_Custom_invalid": {"http": "invalid-key"},
    "Authentication_Noauth_Union_validToken": {"oauth2_auth": "https://security.microsoft.com/.default"},
    "Authentication_OAuth2_valid": {"oauth2_auth": "https://security.microsoft.com/.default"},
    "Authentication_Union_validKey": {"api_key_auth": "valid-key"},
    "Authentication_Union_validToken": {"oauth2_auth": "https://security.microsoft.com/.default"},
}
