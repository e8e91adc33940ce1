"""Documents of a layout that was seen before, read without a tree."""
