"""`kill -9` in the middle of developing: no photo is lost, none is there twice, nothing is left lying about."""

import random
import time
from typing import Any

import pytest

from notifications.ids import uuid7
from tests.moments.drawing import drawn, encoded
from tests.support.api_client import TEACHER, Person
from tests.support.processes import wait_until
from tests.support.running import SignIn
from tests.support.server import Server

pytestmark = pytest.mark.faults

PHOTOS = 6
KILLS = 4


def make_post(person: Person) -> tuple[str, list[str]]:
    home, photos = person.me()["posts"][0]["home"]["id"], [str(uuid7()) for _ in range(PHOTOS)]
    body = {"id": str(uuid7()), "home": home, "text": "", "photos": [{"id": each, "tags": "nobody"} for each in photos]}
    assert person.post("/api/moments", body).status == 201
    return body["id"], photos


def send(server: Server, person: Person, address: str, data: bytes) -> None:
    """Like the phone: until it is answered."""

    def answered() -> bool:
        try:
            return person.request("PUT", address, data, headers={"Content-Type": "image/jpeg"}).status == 202
        except OSError:
            person.close()
            return False

    wait_until(answered, what="the photo is taken in")


def shown(person: Person, post: str) -> list[dict[str, Any]]:
    photos: list[dict[str, Any]] = person.get(f"/api/moments/{post}").json()["photos"]
    return photos


def processing(server: Server) -> int:
    return int(server.store.rows("SELECT COUNT(*) FROM moments_photo WHERE status = 'processing'")[0][0])


def test_a_server_killed_while_it_develops_loses_no_photo(server: Server, sign_in: SignIn, capsys: pytest.CaptureFixture[str]) -> None:
    chance = random.Random(5)  # noqa: S311 - the same every time
    person, data = sign_in(TEACHER), encoded(drawn((2400, 1800), noise=60), "JPEG", quality=90)
    post, photos = make_post(person)
    for photo in photos:
        send(server, person, f"/api/moments/{post}/photos/{photo}", data)
    left = []
    for _ in range(KILLS):
        time.sleep(0.1 + chance.random() * 0.4)
        server.kill()
        left.append(processing(server))
        server.start()
    began = time.monotonic()
    wait_until(lambda: {photo["status"] for photo in shown(person, post)} == {"ready"}, what="all are ready", every=0.2)
    took = time.monotonic() - began
    with capsys.disabled():
        print(f"\n{PHOTOS} photos, {KILLS} kills with {left} still to be developed: 0 lost, all ready {took:.1f} s after the last")
    assert left[0] > 0
    assert [photo["id"] for photo in shown(person, post)] == photos
    media = server.store.data / "media" / "moments"
    wait_until(lambda: not list((media / "incoming").iterdir()), what="no original is kept")
    folders = [folder for folder in media.glob("??/*") if folder.is_dir()]
    mine = [folder for folder in folders if any(photo["src"]["320"].split("/")[3] == folder.name for photo in shown(person, post))]
    assert len(mine) == PHOTOS
    assert {tuple(sorted(file.name for file in folder.iterdir())) for folder in mine} == {
        ("clear-1080.webp", "clear-2048.webp", "clear-320.webp")
    }
