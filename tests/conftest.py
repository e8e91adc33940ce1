"""What holds for all tests."""

from __future__ import annotations

from bindwright.runtime.xml.decoding import models
from bindwright.runtime.xml.fast import learning
from hypothesis import HealthCheck, settings

# A fresh clone builds Hypothesis' tables of characters first, and machines are busy: how long a value takes
# to make says nothing about the code under test.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

# Most tests of XML ask what compiled code gives, which is made once many documents have come: here at once.
# `tests/xml/test_learning.py` waits as users do.
learning.WORTH, models.WORTH = 0, 2
