"""Portraits as a teacher would take them: the face large, a wall or the garden out of focus behind it."""

from random import Random

from backend.demo.pictures.bodies import Pose, bust
from backend.demo.pictures.light import MORNING, develop
from backend.demo.pictures.looks import look_of
from backend.demo.pictures.nature import GREENS
from backend.demo.pictures.pen import Pen, Sheet, encode
from backend.demo.pictures.shapes import Colour, hue, light, mix

WALLS = tuple(map(hue, "#E8D3B0 #CFE0D2 #C9DCE8 #E6D0CC #D9D3E6 #DDE3C4".split()))
MOODS = ("smile", "smile", "beam")
SIZE = 7.9


def portrait(name: str, *, side: int = 640) -> bytes:
    random = Random(f"portrait {name}")  # noqa: S311 - a drawing's chance
    sheet = Sheet(1600, 1600, side=side)
    (_garden if random.random() < 0.4 else _wall)(sheet.pen(), random, random.choice(WALLS))
    sheet.blur(26)
    turn = random.choice((-1, 1)) * random.uniform(0.05, 0.4)
    pose = Pose(turn=turn, tilt=random.uniform(-4, 4), mood=random.choice(MOODS))
    pen = sheet.pen().at(800, 865, SIZE)
    pen.oval(10, 60, 96, 130, (70, 50, 60), alpha=0.12, soft=26)
    bust(pen, look_of(name), pose)
    return encode(develop(sheet, MORNING, strength=0.35))


def _wall(pen: Pen, _random: Random, wall: Colour) -> None:
    pen.box(0, 0, 1600, 1600, (light(wall, 0.45), wall))
    for left in (120, 900):
        pen.fill([(left, 0), (left + 300, 0), (left + 900, 1600), (left + 420, 1600)], (255, 246, 220), alpha=0.3, soft=30)


def _garden(pen: Pen, random: Random, _wall: Colour) -> None:
    pen.box(0, 0, 1600, 1600, (hue("#DCEEF2"), hue("#CFE3C0")))
    for _ in range(16):
        r = random.uniform(110, 240)
        green = mix(random.choice(GREENS), hue("#F4F3DC"), random.uniform(0.45, 0.7))
        pen.oval(random.uniform(0, 1600), random.uniform(500, 1600), r, r, green, alpha=0.7, soft=40)
    for _ in range(7):
        r = random.uniform(50, 100)
        pen.oval(random.uniform(0, 1600), random.uniform(100, 700), r, r, (255, 250, 226), alpha=0.6, soft=12)
