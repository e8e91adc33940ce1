"""Vectors made from a document: documents as they are written, as they may be read, as they are refused; edits; calls.

Inputs are made apart from the codecs where that can be (samples by the mock server's sampler, deviations by changes to
the tree of the document); what comes of them is asked of the Python bindings, which pass their own vectors in CI.
"""
