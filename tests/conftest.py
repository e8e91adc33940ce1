"""What holds for all tests."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# A fresh clone builds Hypothesis' tables of characters first, and machines are busy: how long a value takes
# to make says nothing about the code under test.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")
