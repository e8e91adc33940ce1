"""What a run shows: messages, progress, reports."""
