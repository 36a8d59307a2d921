"""Who is at work on this machine."""

from pathlib import Path

from backend.common import process_lock


def test_the_first_is_alone_until_it_leaves(tmp_path: Path) -> None:
    place = tmp_path / "somewhere" / ".lock"
    with process_lock.hold_shared(place) as first, process_lock.hold_shared(place) as second, process_lock.hold_shared(place) as third:
        assert (first, second, third) == (True, False, False)
    with process_lock.hold_shared(place) as next_one:
        assert next_one
