"""The door's figures as a Markdown table, with quality.md's floors met or not met."""

import statistics
from collections.abc import Callable, Iterator

from tests.bench.door import Run, Taps, percentile
from tests.bench.town import RELATIVES

Row = tuple[str, str, str, str]


def middle(values: list[float]) -> float | None:
    return statistics.median(values) if values else None


def shown(value: float | None, unit: str = "ms") -> str:
    return "–" if value is None else f"{value:.2f} {unit}" if value < 10 else f"{value:.0f} {unit}"


def ratio(ours: float | None, stock: float | None) -> str:
    return f"{ours / stock:.2f}" if ours is not None and stock else "–"


def times(run: Run | None, size: int, part: Callable[[Taps], list[float]]) -> list[float]:
    return part(run.taps[size]) if run and size in run.taps else []


PARTS: tuple[tuple[str, Callable[[Taps], list[float]]], ...] = (
    ("tap → last of 3 frames", lambda taps: taps.whole),
    ("tap → commit", lambda taps: taps.commit),
    ("commit → last of 3 frames", lambda taps: taps.frames),
    ("tap → HTTP answer", lambda taps: taps.http),
)


def rows(runs: dict[str, Run]) -> Iterator[Row]:
    ours, stock = runs.get("ours"), runs.get("stock")
    sizes = sorted({size for run in runs.values() for size in run.taps})
    for size in sizes:
        for name, part in PARTS:
            mine, theirs = (middle(times(run, size, part)) for run in (ours, stock))
            yield f"{size:,} sockets: {name}", shown(mine), _stock(stock, size, theirs), ratio(mine, theirs)
    yield from _rush(ours, stock)
    for size in [size for size in sizes if size > RELATIVES]:
        yield f"{size:,} sockets open and caught up", _joined(ours, size), _joined(stock, size), ""
    yield _pair("memory a socket", [run.memory if run else None for run in (ours, stock)], "KiB")
    if ours and ours.back:
        yield f"{ours.back[0]:,} back and caught up after kill -9 ({ours.turned_away:,} tries more)", f"{ours.back[1]:.1f} s", "", ""


def _pair(name: str, values: list[float | None], unit: str) -> Row:
    mine, theirs = values
    return name, shown(mine, unit), shown(theirs, unit), ratio(mine, theirs)


def _stock(stock: Run | None, size: int, value: float | None) -> str:
    lost = stock.taps[size].lost if stock and size in stock.taps else 0
    return shown(value) + (f" ({lost} taps with no frame in 15 s)" if lost else "")


def _joined(run: Run | None, size: int) -> str:
    return f"{run.joined[size][0]:,} in {run.joined[size][1]:.1f} s" if run and size in run.joined else "–"


def _rush(ours: Run | None, stock: Run | None) -> Iterator[Row]:
    pair = [run.rush if run else None for run in (ours, stock)]
    yield _pair("16 tablets at once: taps", [rush.rate if rush else None for rush in pair], "/s")
    yield _pair("16 tablets at once: median", [rush.p50 if rush else None for rush in pair], "ms")
    yield _pair("16 tablets at once: p95", [rush.p95 if rush else None for rush in pair], "ms")
    if any(rush and rush.failed for rush in pair):
        mine, theirs = (str(rush.failed) if rush else "–" for rush in pair)
        yield "16 tablets at once: failed", mine, theirs, ""


def floors(runs: dict[str, Run]) -> Iterator[tuple[str, bool | None]]:
    ours, stock = runs.get("ours"), runs.get("stock")
    frames = {size: middle(times(ours, size, lambda taps: taps.frames)) for size in (2000, 8000)}
    theirs = middle(times(stock, 2000, lambda taps: taps.frames))
    yield "commit → last frame at 2,000 sockets ≤ 1/4 of stock", _least(theirs, 0.25, frames[2000])
    yield "commit → last frame at 8,000 no slower than at 2,000 (+25 %)", _least(frames[2000], 1.25, frames[8000])
    for size in (2000, 8000):
        whole = [middle(times(run, size, lambda taps: taps.whole)) for run in (stock, ours)]
        yield f"whole tap below stock at {size:,} sockets", _least(whole[0], 1, whole[1])
    a, b = (run.rush if run else None for run in (ours, stock))
    yield "sustained taps at 16 ≥ 1.3 × stock", (a.rate >= 1.3 * b.rate) if a and b else None
    yield "p95 at 16 ≤ 1/4 of stock", (a.p95 <= b.p95 / 4) if a and b else None
    yield "memory ≤ 40 KiB a socket", (ours.memory <= 40) if ours else None
    asked = ours is not None and ours.back is not None and 8000 in ours.taps
    yield "8,000 back and caught up ≤ 20 s", (ours.back[0] >= 8000 and ours.back[1] <= 20) if ours and ours.back and asked else None


def _least(base: float | None, share: float, value: float | None) -> bool | None:
    return None if base is None or value is None else value <= base * share


def spread(runs: dict[str, Run]) -> Iterator[str]:
    for name, run in runs.items():
        for size, taps in run.taps.items():
            if taps.whole:
                yield f"{name}, {size:,} sockets: {len(taps.whole)} taps, whole p95 {percentile(taps.whole, 0.95):.1f} ms, {taps.lost} lost"


def report(runs: dict[str, Run]) -> str:
    table = ["| medians of one run | 幸福驿站 | stock Channels | ratio |", "|---|---|---|---|"]
    table += [f"| {' | '.join(row)} |" for row in rows(runs)]
    verdicts = {True: "met", False: "NOT MET", None: "not measured"}
    table += ["", *(f"- {verdicts[met]}: {name}" for name, met in floors(runs)), "", *spread(runs)]
    return "\n".join(table)
