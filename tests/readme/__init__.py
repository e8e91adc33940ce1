"""The README: everything in it that can be run is run."""
