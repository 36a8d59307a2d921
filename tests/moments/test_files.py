"""Every kind of file that phones, scanners and attackers send: handled as it says, upright, and without a word about who took it where."""

import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from backend.common.imaging import client, worker
from tests.moments.drawing import BLUE, LABEL, RED
from tests.moments.files import FILES, File
from tests.moments.weighing import Weighed, weigh

SIZES = (320, 1080, 2048)
READY = [file for file in FILES if file.fate == "ready"]
STATUS = {"unknown": worker.UNKNOWN, "too_large": worker.TOO_LARGE, "too_many": worker.TOO_MANY, "broken": worker.BROKEN, "ready": 0}


@dataclass(frozen=True)
class Developed:
    folder: Path
    weighed: Weighed

    def size(self, longest: int) -> Path:
        return self.folder / f"clear-{longest}.webp"


@pytest.fixture(scope="module")
def developed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Developed]:
    """All of them at once: starting so many children takes seconds."""
    place = tmp_path_factory.mktemp("files")
    commands = []
    for file in FILES:
        (place / file.name).write_bytes(file.content)
        folder = place / f"{file.name}.d"
        folder.mkdir()
        commands.append(client.Job(kind="resize", source=place / file.name, folder=folder, name="clear").command)
    return {file.name: Developed(place / f"{file.name}.d", each) for file, each in zip(FILES, weigh(commands), strict=True)}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_each_file_gets_what_it_deserves(file: File, developed: dict[str, Developed]) -> None:
    found = developed[file.name]
    assert found.weighed.status == STATUS[file.fate]
    left = sorted(path.name for path in found.folder.iterdir())
    assert left == (sorted(f"clear-{size}.webp" for size in SIZES) if file.fate == "ready" else [])


def near(colour: tuple[int, ...], meant: tuple[int, ...]) -> bool:
    return all(abs(a - b) <= 12 for a, b in zip(colour, meant, strict=True))


@pytest.mark.parametrize("file", READY, ids=lambda file: file.name)
def test_what_is_made_of_it_is_upright_clean_and_no_larger(file: File, developed: dict[str, Developed]) -> None:
    found = developed[file.name]
    answer = client._outcome(0, found.weighed.out)
    assert (answer.width, answer.height) == file.size
    assert answer.preview.startswith("data:image/webp;base64,")
    assert len(answer.preview) < 600
    for size in SIZES:
        data = found.size(size).read_bytes()
        assert data[12:16] == b"VP8 "  # the picture alone: whatever else a WebP may carry needs VP8X
        assert LABEL.encode() not in data
        with Image.open(found.size(size)) as picture:
            assert (picture.format, picture.mode) == ("WEBP", "RGB")
            assert picture.info.keys() <= {"loop", "background", "timestamp", "duration"}
            assert max(picture.size) == min(size, max(file.size))
            if file.corner:
                assert near(at(picture, 0.1, 0.1), MEANT.get(file.name, RED))
                assert not near(at(picture, 0.9, 0.1), RED)
                assert not near(at(picture, 0.1, 0.9), RED)


def at(picture: Image.Image, x: float, y: float) -> tuple[int, ...]:
    found = picture.getpixel((int(picture.width * x), int(picture.height * y)))
    assert isinstance(found, tuple)
    return found


# Redder than sRGB: the profile was followed.
MEANT = {"apple.jpg": (241, 0, 0), "hole.webp": (241, 0, 0)}


@pytest.mark.parametrize(
    ("name", "where", "colour"),
    [
        ("apple.jpg", 0.9, (22, 69, 169)),
        ("cmyk.jpg", 0.9, BLUE),
        ("16-grey.png", 0.5, (128, 128, 128)),
        ("16-rgb.png", 0.5, RED),
        ("palette-with-hole.png", 0.9, (255, 255, 255)),
        ("hole.png", 0.9, (255, 255, 255)),
        ("moving.webp", 0.9, BLUE),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_colours_are_as_they_were_meant(name: str, where: float, colour: tuple[int, ...], developed: dict[str, Developed]) -> None:
    with Image.open(developed[name].size(320)) as picture:
        assert near(at(picture, where, where), colour)


def test_a_refusal_says_what_to_do() -> None:
    assert len(set(client.SENTENCES.values())) == len(client.SENTENCES) == 5
    with pytest.raises(client.BadPhotoError) as refusal:
        client._outcome(worker.TOO_MANY, b"")
    assert refusal.value.message == refusal.value.fields["photo"] == "照片的尺寸太大了（超过 4000 万像素），请缩小一点，或换一张。"
    assert all(sentence.count("请") for sentence in client.SENTENCES.values())


def test_memory_is_bounded(developed: dict[str, Developed], capsys: pytest.CaptureFixture[str]) -> None:
    heavy = sorted(developed, key=lambda name: developed[name].weighed.kib)[-8:]
    with capsys.disabled():
        print(f"\nlimit {worker.MEMORY >> 20} MiB of addresses; the heaviest of {len(FILES)} synthetic files, peak of the child's memory:")
        for name in [*reversed(heavy), "phone.jpg"]:
            each = developed[name].weighed
            print(f"  {name:22} {each.kib / 1024:4.0f} MiB  {each.cpu:5.2f} s of CPU")
    assert max(each.weighed.kib for each in developed.values()) < worker.MEMORY // 1024
    assert developed["phone.jpg"].weighed.kib < 130 * 1024
    assert developed["bomb.png"].weighed.kib < 60 * 1024


def in_limits(then: str) -> "subprocess.CompletedProcess[str]":
    before = (
        f"import runpy; child = runpy.run_path({worker.__file__!r}); limit = child['limit']; limit.__globals__['CPU_SECONDS'] = 1; limit()"
    )
    return subprocess.run([sys.executable, "-I", "-c", f"{before}\n{then}"], capture_output=True, text=True, check=False)


def test_the_child_cannot_take_more_memory_than_it_was_given() -> None:
    assert in_limits("bytearray(child['MEMORY'])").stderr.splitlines()[-1] == "MemoryError"


def test_the_child_cannot_take_more_time_than_it_was_given() -> None:
    """It takes the second that it is about."""
    assert in_limits("while True: pass").returncode in {-signal.SIGXCPU, -signal.SIGKILL}


def test_the_child_knows_no_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "precious")
    spy = tmp_path / "spy.py"
    spy.write_text("import os, sys; sys.exit(3 if 'SECRET_KEY' in os.environ else 4)")
    monkeypatch.setattr(worker, "__file__", str(spy))
    with pytest.raises(client.BadPhotoError, match="20 MB"):
        client.run(client.Job(kind="resize", source=spy, folder=tmp_path, name="clear"))


def dies(by: str) -> str:
    return f"import os, signal, sys, time\n{by}"


@pytest.mark.parametrize(
    ("by", "error"),
    [
        ("os.kill(os.getpid(), signal.SIGKILL)", client.DiedError),
        ("os.kill(os.getpid(), signal.SIGXCPU)", client.DiedError),
        ("os.abort()", client.DiedError),
        ("sys.exit(1)", client.DiedError),
        ("time.sleep(60)", client.DiedError),
        (f"sys.exit({worker.NO_ROOM})", client.DiskFullError),
        (f"sys.exit({worker.TOO_HEAVY})", client.BadPhotoError),
    ],
)
def test_a_death_without_a_verdict_blames_nobody(by: str, error: type[Exception], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "worker.py"
    script.write_text(dies(by))
    monkeypatch.setattr(worker, "__file__", str(script))
    if "sleep" in by:
        monkeypatch.setattr(client, "TIMEOUT", 0.3)
    with pytest.raises(error):
        client.run(client.Job(kind="resize", source=script, folder=tmp_path, name="clear"))
