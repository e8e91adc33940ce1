"""The sync drivers, derived from ``aio`` by ``tools/unasync.py``, but for ``locks.py`` and ``opening.py``."""
