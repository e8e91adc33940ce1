"""The output folder: what is in it, what would change, and how it is written so that nothing is half done."""
