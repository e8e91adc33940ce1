"""The TypeScript target: what it writes, whether compilers take it, and that no text becomes code."""
