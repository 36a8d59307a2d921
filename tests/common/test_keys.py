"""Key files: whoever reads one reads a whole key, and everybody the same."""

import stat
from pathlib import Path

from backend.common.keys import read_or_create


def test_the_first_start_makes_a_key_for_this_user_only(tmp_path: Path) -> None:
    path = tmp_path / "data" / "secret_key"
    assert read_or_create(path, lambda: b"first") == b"first"
    assert read_or_create(path, lambda: b"second") == b"first"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["secret_key"]


def test_a_process_that_starts_meanwhile_gets_a_whole_key_and_the_same(tmp_path: Path) -> None:
    """While one makes its key, another asks: an empty file would sign everybody's session with nothing."""
    path, other = tmp_path / "secret_key", list[bytes]()

    def make() -> bytes:
        other.append(read_or_create(path, lambda: b"theirs"))
        return b"ours"

    assert read_or_create(path, make) == b"theirs"
    assert other == [b"theirs"]
