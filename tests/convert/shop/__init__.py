"""A package as the generator writes one."""
