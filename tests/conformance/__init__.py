"""The runner of `bindwright conform`, against ports that do what ports should not do."""
