"""From a `Document` to an `Api`: what the document says, worked out in passes (`bindwright.ir.lower` has their order)."""
