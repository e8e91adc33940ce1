"""JSON text: parsing, numbers, splitting of streams, lines of paths."""
