"""Path items to operations: parameters, bodies, responses."""
