"""`python -m tests.support.garbage MODULE ARGS…`: runs the module; at SIGUSR1 it says how much only the collector would free."""

import gc
import runpy
import signal
import sys


def _count(*_: object) -> None:
    print(f"garbage {gc.collect()}", flush=True)  # noqa: T201 - its answer


if __name__ == "__main__":
    signal.signal(signal.SIGUSR1, _count)
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
