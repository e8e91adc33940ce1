"""Hand-written additions to the generated client.

The generator never writes, changes or deletes anything in this folder, so what stands here survives every
regeneration; it is checked against the generated code by the same type checker.
"""

from w50api.custom.waiting import wait_for_import_job, wait_for_import_job_async

__all__ = ["wait_for_import_job", "wait_for_import_job_async"]
