"""``python -m bench.generate``: the generator beside its peers, whole processes, in one run.

Every tool reads the same file, writes to an empty folder and formats what it writes. Rounds are
interleaved, so that a busy machine is busy for all of them. What a tool loses or breaks is reported beside
its time: a fast run that drops operations is not compared silently.
"""
