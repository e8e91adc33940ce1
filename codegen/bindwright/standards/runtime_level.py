"""The level of the runtime: what generated code may count on.

A package names the level that it needs; a runtime of that level or a later one runs it. The level goes up by one
whenever generated code begins to use something that earlier runtimes do not have, and nothing that an earlier level
had is ever taken away before the next major version: so clients that neighbouring versions wrote install together.
"""

from __future__ import annotations

LEVEL = 4
"""The level of this runtime, and of what this generator writes."""
