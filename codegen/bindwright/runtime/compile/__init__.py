"""Functions compiled from source text at run time."""
