"""The drivers, written once: ``tools/unasync.py`` makes the ``sync`` package of these files."""
