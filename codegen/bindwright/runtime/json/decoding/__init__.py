"""JSON values to typed values: the compiled readers and their helpers."""
