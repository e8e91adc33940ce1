"""Typed values to JSON values: the compiled writers and their helpers."""
