"""The command `bindwright serve` and the sockets under it."""
