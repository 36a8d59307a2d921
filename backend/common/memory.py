"""The garbage collector of a process that lives long and must not pause."""

import gc


def settle() -> None:
    """What stands now stands for good: the collector need not walk it again and again while people wait."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
