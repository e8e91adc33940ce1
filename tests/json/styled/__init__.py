"""A package with its models in several styles, under the same names."""
