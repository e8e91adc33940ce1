"""What everything is called in Python: candidates, scopes, the plan of names."""
