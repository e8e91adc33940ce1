"""The program that `make run` runs: an import job against the embedded server, in JSON and in XML."""
