"""Values that Python has no exact type for: times, durations, formats, patterns."""
