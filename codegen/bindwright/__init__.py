"""Typed Python bindings from one OpenAPI document, exact in JSON and in namespaced XML."""

__version__ = "0.1.0"
