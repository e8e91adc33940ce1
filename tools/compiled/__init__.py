"""``python -m tools.compiled``: builds the compiled wheel in ``build/compiled`` and compares what it writes (decision 6)."""
