"""The port kit: made from a document, passed by our own runtime, failed by ports with one fault each."""
