"""Vectors of scalars, from a table that is written by hand.

``python -m tools.scalars`` writes what every kit has of them: the vectors, and the IR of the document that they are of.
No codec of ours has a part in it: what comes of an input stands in the table, with the text that says so.
"""
