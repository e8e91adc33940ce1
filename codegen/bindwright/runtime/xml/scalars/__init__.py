"""Scalars as XML Schema spells them, read and written."""
