"""Tables of published standards that every room shares: media types, JSON Pointers. A leaf: it imports nothing of ours."""
