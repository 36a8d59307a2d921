"""`python -m tests.bench [door|photos|signup|pages]`: benchmarks beside their baselines, as ratios.

Nothing is asserted; floors are printed met or not met.
"""

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench import pages, photos
from tests.bench.crowd import raise_file_limit
from tests.bench.door import Bench, Run
from tests.bench.door_report import report
from tests.bench.sides import Ours, Side, Stock
from tests.bench.signup import signup
from tests.support.databases import ROOT

SIZES = (2000, 8000)
TAPS = 60
RUSH = 1200
SIGNING_UP = 1000


async def measure(side: Side, *, sizes: tuple[int, ...], taps: int, rush: int) -> Run:
    bench = Bench(side, side.lay_out())
    side.start()
    try:
        await bench.warm_up()
        say(f"{side.name}: alone")
        await bench.alone(taps)
        say(f"{side.name}: {rush} taps at 16")
        await bench.rush(taps=rush)
        for size in sizes:
            say(f"{side.name}: {size} sockets")
            crowd = await bench.among(size, taps)
            await crowd.leave()
            side.kill()
            bench.doors.clear()
            side.start()
            await bench.warm_up()
        if side.name == "ours":
            say(f"{side.name}: {sizes[-1]} come back")
            await bench.come_back(sizes[-1])
    finally:
        side.kill()
    return bench.run


def say(text: str) -> None:
    load = os.getloadavg()[0]
    print(f"… {text} (load {load:.1f})", file=sys.stderr, flush=True)


@contextmanager
def place_to_work() -> Iterator[Path]:
    place = Path(os.environ.get("DATA_DIR") or ROOT / "var")
    place.mkdir(parents=True, exist_ok=True)
    base = Path(tempfile.mkdtemp(prefix="bench-", dir=place))
    try:
        yield base
    finally:
        shutil.rmtree(base, ignore_errors=True)


def door(options: argparse.Namespace) -> None:
    raise_file_limit()
    sides = [side for side in (Stock, Ours) if options.only in {"", side.name}]
    with place_to_work() as base:
        runs = {
            side.name: asyncio.run(measure(side(base), sizes=tuple(options.sizes), taps=options.taps, rush=options.rush)) for side in sides
        }
    print(report(runs))


def develop(_options: argparse.Namespace) -> None:
    with place_to_work() as base:
        print(photos.report(*photos.measure_files(base, say), photos.measure_door(base, say)))


def sign_up(options: argparse.Namespace) -> None:
    raise_file_limit()
    with place_to_work() as base:
        signup(base, people=options.people)


def open_pages(_options: argparse.Namespace) -> None:
    with place_to_work() as base:
        print(pages.measure(base, say))


BENCHES = {"door": door, "photos": develop, "signup": sign_up, "pages": open_pages}


def main() -> None:
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument("name", nargs="?", default="door", choices=list(BENCHES))
    parser.add_argument("--only", default="", choices=["", "ours", "stock"], help="one side alone")
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="sockets open")
    parser.add_argument("--taps", type=int, default=TAPS, help="taps measured at each size")
    parser.add_argument("--rush", type=int, default=RUSH, help="taps of the rush at concurrency 16")
    parser.add_argument("--people", type=int, default=SIGNING_UP, help="who sign up")
    options = parser.parse_args()
    BENCHES[options.name](options)


if __name__ == "__main__":
    main()
