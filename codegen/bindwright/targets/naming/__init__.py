"""Names in a scope, and the words they are made of: the same for every language."""
