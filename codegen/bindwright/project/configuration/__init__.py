"""What a run was asked to do: flags, `pyproject.toml`, and the overrides in it."""
