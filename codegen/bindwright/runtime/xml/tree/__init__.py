"""XML bytes to elements, and what no model knows in them."""
