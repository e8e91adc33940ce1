"""What follows from the document for every reader, settled once: forms, names, nodes, order, sides and words."""
