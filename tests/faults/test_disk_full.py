"""The disk fills up: nothing is acknowledged that is not stored, and it goes on when there is room again."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from backend.common.imaging import client
from tests.moments.drawing import drawn, encoded
from tests.support.api_client import TEACHER, Person
from tests.support.databases import ROOT, Store
from tests.support.processes import wait_until
from tests.support.running import demo_template
from tests.support.server import Server
from tests.support.tablet import Tablet

pytestmark = [pytest.mark.faults, pytest.mark.faults_sqlite_only]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "disk"
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=260m", "tmpfs", str(place)], check=True)
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.fixture
def cramped(small_disk: Path) -> Iterator[Server]:
    store = demo_template().copy(small_disk / "data")
    one = Server(Store(store.data))
    one.log = small_disk.parent / "server.log"
    try:
        yield one.start()
    finally:
        one.kill()


def test_a_full_disk_acknowledges_nothing_that_is_not_stored(request: pytest.FixtureRequest) -> None:
    if os.geteuid():
        as_root_of_a_namespace(request.node.nodeid)
    else:
        fill_up_and_go_on(request.getfixturevalue("cramped"), request.getfixturevalue("small_disk"))


def as_root_of_a_namespace(test: str) -> None:
    """Only root may mount; in a namespace of one's own everybody is."""
    again = ["unshare", "--map-root-user", "--mount", sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", test]
    done = subprocess.run(again, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def fill_up_and_go_on(cramped: Server, small_disk: Path) -> None:
    with Person(cramped.url) as person:
        tablet = Tablet(person.sign_in(TEACHER))
        members = [tile["id"] for tile in tablet.board()["members"]]
        ballast = small_disk / "ballast"
        fill(ballast, small_disk, left=150 << 20)
        photos_are_refused_first(person, members[0])

        fill(ballast, small_disk)
        nothing_can_be_developed(small_disk)

        taps = [tablet.tap(member, "arrived" if turn % 2 else "departed") for turn in range(4) for member in members]
        statuses = [answer.status if (answer := tablet.try_once(body)) else 0 for body in taps]
        assert set(statuses) <= {201, 503}
        assert 503 in statuses
        stored = cramped.store.rows("SELECT COUNT(*) FROM attendance_attendanceevent WHERE device IS NOT NULL")[0][0]
        assert stored == statuses.count(201)

        ballast.unlink()
        wait_until(lambda: tablet.try_once(taps[-1]), what="it goes on")
        for body in taps:
            tablet.send(body, seconds=5)
    assert cramped.store.rows("SELECT COUNT(*) FROM attendance_attendanceevent WHERE device IS NOT NULL") == [(len(taps),)]


def photos_are_refused_first(person: Person, member: int) -> None:
    """Before they are read: what is left is the door's."""
    refused = person.request("PUT", "/api/moments/1/photos/1", drawn_jpeg(), headers={"Content-Type": "image/jpeg"})
    assert (refused.status, refused.json()["code"], refused.headers["Retry-After"]) == (503, "no_room", "600")
    assert person.tap(member).status == 201


def nothing_can_be_developed(small_disk: Path) -> None:
    """And that is not the photo's fault."""
    source = small_disk.parent / "photo.jpg"
    source.write_bytes(drawn_jpeg())
    with pytest.raises(client.DiskFullError):
        client.run(client.Job(kind="resize", source=source, folder=small_disk / "made", name="clear"))
    assert list((small_disk / "made").iterdir()) == []


def drawn_jpeg() -> bytes:
    return encoded(drawn((1600, 1200), noise=60), "JPEG")


def fill(ballast: Path, disk: Path, *, left: int = 64 * 1024) -> None:
    """Up to so much; by default a few pages. The server may write something between the look and the deed."""
    ballast.unlink(missing_ok=True)
    for spare in range(left, left + (4 << 20), 64 * 1024):
        room = os.statvfs(disk)
        with ballast.open("wb") as file, suppress(OSError):
            os.posix_fallocate(file.fileno(), 0, room.f_bavail * room.f_frsize - spare)
            return
    msg = "The disk could not be filled."
    raise RuntimeError(msg)
