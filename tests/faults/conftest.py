"""The real server, about to be broken."""

from tests.support.running import push, pytest_runtest_makereport, server, sign_in, store

__all__ = ["push", "pytest_runtest_makereport", "server", "sign_in", "store"]
