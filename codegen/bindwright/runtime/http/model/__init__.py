"""What a call is made of: operations, messages, options, hooks, errors."""
