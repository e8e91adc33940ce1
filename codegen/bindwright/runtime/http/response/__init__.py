"""From a response to values: bodies, streams of items, pages, polling."""
