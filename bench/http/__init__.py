"""``python -m bench.http``: what a call costs over its bare transport, and what importing a client costs."""
