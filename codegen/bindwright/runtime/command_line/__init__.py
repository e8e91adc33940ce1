"""The command line of every generated package (``python -m PACKAGE``)."""
