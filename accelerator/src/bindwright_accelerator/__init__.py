"""An optional accelerator of bindwright's codecs, in C. Nothing here is called by users: the runtime finds it."""

LEVEL = 23
"""The agreement between this distribution and the runtime; the runtime takes the level it was written for."""
