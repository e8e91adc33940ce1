"""Typed values to XML text."""
