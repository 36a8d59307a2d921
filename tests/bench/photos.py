"""`./dev bench photos`: 12-MP files beside bare Pillow calls, and the door while photos are developed.

The bare calls run in one warm process that imports nothing per file, is as nice as our child, and writes no file for sure.
"""

import os
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps

from backend.common.imaging import client, worker
from notifications.ids import uuid7
from tests.bench.door import percentile
from tests.moments.drawing import encoded, told
from tests.support.api_client import TEACHER, Person
from tests.support.databases import demo
from tests.support.server import Server

TWELVE_MP = (4032, 3024)
FILES = 12
TAPS = 300
PHOTOS = 50
A_POST = 10
THINKING = 0.03


@dataclass
class Rates:
    """Seconds a file, alone and two at a time."""

    alone: float
    two: float


@dataclass
class Taps:
    """Milliseconds of each, in `seconds` all together."""

    times: list[float]
    seconds: float


@dataclass
class DoorTaps:
    """While photos come, while they are developed, and before and after."""

    quiet: Taps
    coming: Taps
    developing: Taps


def scene(number: int) -> bytes:
    """A drawn photo with as much detail as a camera's: about 4 MB."""
    width, height = TWELVE_MP
    light = Image.linear_gradient("L").rotate(90 * number).resize(TWELVE_MP, Image.Resampling.BICUBIC)
    grain = Image.effect_noise((width // 3, height // 3), 60).resize(TWELVE_MP, Image.Resampling.BICUBIC)
    picture = Image.merge("RGB", (Image.blend(light, grain, 0.3), grain, Image.blend(grain, light, 0.6)))
    return encoded(picture, "JPEG", quality=90, exif=told(6))


# -- files a second ----------------------------------------------------------------------------------
def bare(source: Path, folder: Path) -> None:
    with Image.open(source) as photo:
        photo.draft("RGB", (worker.SIZES[0], worker.SIZES[0]))
        photo.thumbnail((worker.SIZES[0], worker.SIZES[0]), reducing_gap=2)
        picture = ImageOps.exif_transpose(photo)
    for size in worker.SIZES:
        picture.thumbnail((size, size), reducing_gap=2)
        picture.save(folder / f"{source.stem}-{size}.webp", quality=worker.QUALITY, method=4, exif=b"")


def ours(source: Path, folder: Path) -> None:
    client.run(client.Job(kind="resize", source=source, folder=folder, name=source.stem))


Develop = Callable[[Path, Path], None]


def seconds_a_file(develop: Develop, pool: Executor, sources: list[Path], folder: Path) -> float:
    began = time.monotonic()
    list(pool.map(develop, sources, [folder] * len(sources)))
    return (time.monotonic() - began) / len(sources)


def measure_files(place: Path, say: Callable[[str], None]) -> tuple[Rates, Rates]:
    """Alternating, so that both meet the same neighbours; medians of three rounds."""
    sources = [place / f"photo-{number}.jpg" for number in range(FILES)]
    for number, source in enumerate(sources):
        source.write_bytes(scene(number % 3) if number < 3 else sources[number % 3].read_bytes())
    found: dict[tuple[str, int], list[float]] = {}
    for at_once in (1, 2):
        with ThreadPoolExecutor(at_once) as threads, ProcessPoolExecutor(at_once, initializer=os.nice, initargs=(worker.NICE,)) as warm:
            seconds_a_file(bare, warm, sources[:at_once], place)
            for turn in range(3):
                say(f"{FILES} files, {at_once} at a time, round {turn + 1}")
                found.setdefault(("bare", at_once), []).append(seconds_a_file(bare, warm, sources, place))
                found.setdefault(("ours", at_once), []).append(seconds_a_file(ours, threads, sources, place))
    middle = {key: statistics.median(values) for key, values in found.items()}
    return Rates(middle["ours", 1], middle["ours", 2]), Rates(middle["bare", 1], middle["bare", 2])


# -- the door ----------------------------------------------------------------------------------------
class Door:
    """陆老师 taps one member after the other, in and out, whatever else goes on."""

    def __init__(self, person: Person) -> None:
        self.person = person
        home = person.me()["posts"][0]["home"]["id"]
        self.home = home
        self.members = [tile["id"] for tile in person.get(f"/api/attendance/board?home={home}").json()["members"]]
        self.turn = 0

    def tap(self) -> float:
        round_, number = divmod(self.turn, len(self.members))
        self.turn += 1
        began = time.monotonic()
        answer = self.person.tap(self.members[number], "departed" if round_ % 2 else "arrived")
        assert answer.status == 201, answer.body
        return (time.monotonic() - began) * 1000

    def tap_while(self, goes_on: Callable[[int], bool]) -> Taps:
        times: list[float] = []
        began = time.monotonic()
        while goes_on(len(times)):
            times.append(self.tap())
            time.sleep(THINKING)
        return Taps(times, time.monotonic() - began)


def send_photos(person: Person, home: int, sources: list[Path]) -> None:
    """Five posts of ten, one photo after the other, as a phone does."""
    for first in range(0, PHOTOS, A_POST):
        photos = [str(uuid7()) for _ in range(A_POST)]
        post = str(uuid7())
        body = {"id": post, "home": home, "text": "", "photos": [{"id": each, "tags": "nobody"} for each in photos]}
        assert person.post("/api/moments", body).status == 201
        for number, photo in enumerate(photos, first):
            data = sources[number % len(sources)].read_bytes()
            sent = person.request("PUT", f"/api/moments/{post}/photos/{photo}", data, headers={"Content-Type": "image/jpeg"})
            assert sent.status == 202, sent.body


@contextmanager
def home_of_its_own(place: Path) -> Iterator[Server]:
    store = demo(place / "data")
    server = Server(store, PUSH_HOSTS="push.invalid")
    try:
        yield server.start()
    finally:
        server.kill()
        store.drop()


def measure_door(place: Path, say: Callable[[str], None]) -> DoorTaps:
    sources = sorted(place.glob("photo-*.jpg"))
    with home_of_its_own(place) as server, Person(server.url) as teacher, Person(server.url) as colleague:
        door = Door(teacher.sign_in(TEACHER))
        door.tap_while(lambda done: done < 30)
        say(f"{TAPS // 2} taps, nothing else going on")
        before = door.tap_while(lambda done: done < TAPS // 2)
        say(f"taps while {PHOTOS} photos come and are developed")
        uploads = threading.Thread(target=send_photos, args=(colleague.sign_in(TEACHER), door.home, sources))
        uploads.start()
        coming = door.tap_while(lambda _: uploads.is_alive())
        developing = door.tap_while(lambda done: done % 20 != 0 or left(server) > 0)
        say(f"{TAPS // 2} taps, nothing else going on")
        after = door.tap_while(lambda done: done < TAPS // 2)
    return DoorTaps(Taps(before.times + after.times, before.seconds + after.seconds), coming, developing)


def left(server: Server) -> int:
    return int(server.store.rows("SELECT COUNT(*) FROM moments_photo WHERE status <> 'ready'")[0][0])


# -- the table ---------------------------------------------------------------------------------------
def report(ours_: Rates, bare_: Rates, taps: DoorTaps) -> str:
    table = ["| medians of one run | 幸福驿站 | bare Pillow, warm | time, ours ÷ bare |", "|---|---|---|---|"]
    rates = (("one", ours_.alone, bare_.alone), ("two", ours_.two, bare_.two))
    for name, one, other in rates:
        table.append(f"| 12 MP → 3 sizes, {name} at a time | {1 / one:.2f} files/s | {1 / other:.2f} files/s | {one / other:.2f} |")
    table += ["", f"| a tap at the door | nothing else | while {PHOTOS} photos come | while they are developed |", "|---|---|---|---|"]
    figures: tuple[tuple[str, Callable[[list[float]], float]], ...] = (
        ("median", statistics.median),
        ("p95", lambda times: percentile(times, 0.95)),
        ("slowest", max),
    )
    for name, of in figures:
        quiet, coming, developing = (of(each.times) for each in (taps.quiet, taps.coming, taps.developing))
        table.append(f"| {name} | {quiet:.1f} ms | {_beside(coming, quiet)} | {_beside(developing, quiet)} |")
    met = {True: "met", False: "NOT MET"}
    floors = [f"- {met[one <= 1.2 * other]}: {name} at a time ≤ 1.2 × the time of the bare calls" for name, one, other in rates]
    counts = ", ".join(str(len(each.times)) for each in (taps.quiet, taps.coming, taps.developing))
    rate = PHOTOS / (taps.coming.seconds + taps.developing.seconds)
    return "\n".join([*table, "", *floors, "", f"{counts} taps; {rate:.2f} photos/s from the phone to ready"])


def _beside(value: float, quiet: float) -> str:
    return f"{value:.1f} ms ({value / quiet:.2f} ×)"
