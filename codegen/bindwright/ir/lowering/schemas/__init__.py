"""Schemas to types: one module for each shape of type."""
