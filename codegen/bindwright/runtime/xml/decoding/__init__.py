"""Elements to typed values."""
