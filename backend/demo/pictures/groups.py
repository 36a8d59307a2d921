"""How people stand and sit together."""

import itertools
from collections.abc import Callable, Sequence
from random import Random

from backend.demo.pictures.bodies import Pose, bust, seated, standing
from backend.demo.pictures.looks import Look
from backend.demo.pictures.pen import Pen, Sheet

Painter = Callable[[Pen, Random], None]
HOLDING = ((-40.0, 196.0), (40.0, 196.0))
RESTING_ON = ((-66.0, 208.0), (66.0, 208.0))
MOODS = ("smile", "smile", "glad", "laugh")


def behind_table(
    sheet: Sheet,
    looks: Sequence[Look],
    random: Random,
    y: float,
    *,
    held: Painter | None = None,
    hands: tuple[tuple[float, float], tuple[float, float]] = HOLDING,
    mood: str = "",
    largest: float = 2.55,
    middle: float = 0.5,
    wide: float = 0.94,
    facing: float | None = None,
) -> list[Pen]:
    """Half figures side by side; the table's edge comes at `y`, after them. Draws what they hold, returns their pens."""
    step = sheet.width * wide / max(1, len(looks))
    size = min(largest, step / 225, y / 330)
    start = sheet.width * middle - step * (len(looks) - 1) / 2
    pens = []
    for index, look in enumerate(looks):
        x = start + index * step + random.uniform(-0.04, 0.04) * step
        pen = sheet.pen().at(x, y - (222 + random.uniform(-9, 9)) * size, size * random.uniform(0.96, 1.03))
        turn = (0.5 - (index + 0.5) / len(looks)) * 1.5 if facing is None else facing
        turn = max(-1, min(1, turn + random.uniform(-0.3, 0.3)))
        wanted = mood or random.choice(MOODS if facing else (*MOODS, "down"))
        bust(pen, look, Pose(*hands, turn=turn, tilt=turn * -6 + random.uniform(-3, 3), mood=wanted))
        if held:
            held(pen.at(0, 196), random)
        pens.append(pen)
    return pens


def spread(sheet: Sheet, count: int, *, left: float = 0.1, right: float = 0.9) -> list[float]:
    """So many places across the sheet."""
    if count == 0:
        return []
    if count == 1:
        return [sheet.width * (left + right) / 2]
    return [sheet.width * (left + (right - left) * index / (count - 1)) for index in range(count)]


def figure(pen: Pen, look: Look, pose: Pose) -> None:
    """Whoever uses a wheelchair sits in it; the others stand. The pen's origin is the ground."""
    if look.wheels:
        seated(pen.at(0, -444), look, pose)
    else:
        standing(pen.at(0, -490), look, pose)


def in_rows(
    sheet: Sheet,
    looks: Sequence[Look],
    random: Random,
    pose: Callable[[int, Random], Pose],
    *,
    back: float,
    front: float,
    size: float,
    held: Painter | None = None,
) -> None:
    """People on open ground in two rows, those behind smaller and in the gaps; `back` and `front`: where, as parts of the height."""
    back_row = (len(looks) - 1) // 2
    margin = 0.5 / max(2, len(looks) - back_row + 0.7)
    places = spread(sheet, len(looks) - back_row, left=margin, right=1 - margin)
    gaps = [(one + next_) / 2 for one, next_ in itertools.pairwise(places)]
    for row, y, part, xs in ((looks[:back_row], back, 0.78, gaps[:back_row]), (looks[back_row:], front, 1.0, places)):
        for index, (x, look) in enumerate(zip(xs, row, strict=True)):
            at = sheet.pen().at(
                x + random.uniform(-18, 18), sheet.height * y + random.uniform(-8, 8), size * part * random.uniform(0.96, 1.04)
            )
            figure(at, look, pose(index, random))
            if held:
                held(at.at(0, -444 if look.wheels else -490), random)


def size_for(sheet: Sheet, count: int, *, share: float) -> float:
    """So large that `count` people fill a row, none taller than that share of the height."""
    return min(sheet.height * share / 570, sheet.width / max(2, count) / 200)
