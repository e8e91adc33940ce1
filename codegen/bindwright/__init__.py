"""Typed Python bindings from one OpenAPI document, exact in JSON and in namespaced XML."""

import os

__version__ = "0.1.0"

if os.environ.get("BINDWRIGHT_PURE"):
    from bindwright.source_modules import prefer_sources

    prefer_sources()
