"""The benchmarks drive the same served pages as the browser tests do."""

from tests.e2e.conftest import *  # noqa: F403
