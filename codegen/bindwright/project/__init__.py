"""The run: configuration, load, lower, emit, compare, write, report.

Modules that the "nothing changed" path needs (`settings`, `configuration`, `digests`, `lock`, `memory`,
`unchanged`) import only the standard library, and little of it: that path has to end before the
generator's own imports would have.
"""
