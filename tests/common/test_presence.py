"""Who is at work on this machine."""

from pathlib import Path

from backend.common import presence


def test_the_first_is_alone_until_he_leaves(tmp_path: Path) -> None:
    place = tmp_path / "somewhere" / ".lock"
    with presence.at(place) as first, presence.at(place) as second, presence.at(place) as third:
        assert (first, second, third) == (True, False, False)
    with presence.at(place) as next_one:
        assert next_one
