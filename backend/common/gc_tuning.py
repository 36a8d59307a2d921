"""Garbage collector settings for a long-lived process that must not pause."""

import gc


def freeze() -> None:
    """Take every object that exists now out of later collections. Call it once, after start-up."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
