"""Passes over the whole `Api` once schemas and operations are lowered."""
