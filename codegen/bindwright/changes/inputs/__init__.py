"""What is handed in: the two documents, wherever they stand, and the changes that are wanted."""
