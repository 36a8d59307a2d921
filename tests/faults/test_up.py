"""`./dev up` in a folder that has only what a clone has; the installed packages and the built app are lent, nothing is downloaded."""

import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.api_client import CAST, CHARLIE, MOTHER, TEACHER, Person
from tests.support.databases import ROOT, environment
from tests.support.processes import Child, free_port, wait_until

pytestmark = pytest.mark.faults


def lend(packages: Path, folder: Path) -> None:
    """One by one: `npm ci` empties the folder that it finds, and must not empty ours."""
    folder.mkdir()
    for package in packages.iterdir():
        if package.is_dir():
            (folder / package.name).symlink_to(package)
        else:
            shutil.copy2(package, folder)


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    clone = tmp_path_factory.mktemp("clone")
    # A checkout may belong to another user than the one who tests it.
    listing = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).exists():
            (clone / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, clone / name)
    (clone / ".venv").symlink_to(ROOT / ".venv")
    lend(ROOT / "pwa" / "node_modules", clone / "pwa" / "node_modules")
    shutil.copytree(ROOT / "pwa" / "dist", clone / "pwa" / "dist")
    return clone


@pytest.fixture(scope="module")
def env(clone: Path) -> dict[str, str]:
    """Nothing that would lead it to another's data."""
    return {name: value for name, value in environment(clone).items() if name not in {"DATA_DIR", "DEMO"}}


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="module")
def up(clone: Path, env: dict[str, str], port: int) -> Iterator[Child]:
    child = Child([sys.executable, "dev", "up", "--port", str(port)], log=clone / "up.log", env=env, cwd=clone)
    try:
        wait_until(lambda: "READY" in child.words() or not child.running(), seconds=180, what="./dev up says READY")
        yield child
    finally:
        child.stop()  # asked to end, it ends its server
    assert not answers(port)


def test_it_ends_with_ready_and_the_whole_cast_can_sign_in(up: Child, port: int) -> None:
    assert up.words().rstrip().endswith(f"READY http://127.0.0.1:{port}"), up.words()
    for phone in CAST.values():
        with Person(f"http://127.0.0.1:{port}") as person:
            assert person.sign_in(phone).get("/api/me").status == 200
        assert phone in up.words()


def test_a_tap_reaches_the_mother_and_nobody_elses(up: Child, port: int) -> None:
    assert up.running()
    url = f"http://127.0.0.1:{port}"
    with Person(url) as teacher, Person(url) as mother, Person(url) as charlie:
        board = teacher.sign_in(TEACHER).get(f"/api/attendance/board?home={teacher.me()['posts'][0]['home']['id']}").json()
        zhiqiang = next(tile["id"] for tile in board["members"] if tile["short_name"] == "志强")
        assert teacher.tap(zhiqiang).status == 201
        title = mother.sign_in(MOTHER).notices()[-1]["title"]
        assert re.match(r"志强已到阳光家园", title)
        assert all("志强" not in str(notice) for notice in charlie.sign_in(CHARLIE).notices())


def test_a_taken_port_is_said_with_a_way_out(up: Child, clone: Path, env: dict[str, str], port: int) -> None:
    assert up.running()
    second = subprocess.run(
        [sys.executable, "dev", "up", "--port", str(port)], cwd=clone, env=env, capture_output=True, text=True, check=False, timeout=60
    )
    assert second.returncode == 1
    assert f"Port {port} is taken. Try: ./dev up --port {port + 1}" in second.stderr
