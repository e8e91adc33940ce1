"""The import-job simulation, the helper beside generated code, and the program of `make run`."""
