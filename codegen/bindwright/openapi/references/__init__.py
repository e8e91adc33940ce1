"""References: what a `$ref` or a URI names, in which file, and which version of OpenAPI speaks there."""
