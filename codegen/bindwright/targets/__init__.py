"""Writers of code from an `Api`, one subpackage a target: pure functions from data to files in memory."""
