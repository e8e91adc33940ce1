"""Diagnostics as values, as suggestions, and as text for people."""
