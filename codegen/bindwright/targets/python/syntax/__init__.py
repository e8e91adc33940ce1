"""Writing Python: modules, imports, literals, annotations, docstrings."""
