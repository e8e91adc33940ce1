"""Pages that follow each other: what the document describes, or the signs that tell of them."""
