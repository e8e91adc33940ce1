"""The documentation site: its pages are run, its links lead somewhere, and it builds without a warning."""
