"""What happens around a call: retries, redirects, logs, spans."""
