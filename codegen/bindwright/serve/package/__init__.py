"""The codecs of the document's own generated package, imported from memory."""
