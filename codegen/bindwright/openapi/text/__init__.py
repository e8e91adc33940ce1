"""Bytes of a document to JSON values with positions: encodings, JSON, YAML, files and addresses."""
