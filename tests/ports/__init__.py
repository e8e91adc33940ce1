"""A port to another language, that reads the IR's JSON and nothing else."""
