"""Whether a request is what the document describes: parameters, bodies, values."""
