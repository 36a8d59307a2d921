"""文疗: the choir, paper dragon boats, calligraphy, the stage."""

import math
from collections.abc import Sequence
from random import Random

from backend.demo.pictures.bodies import Pose, standing
from backend.demo.pictures.goods import book, brush, dragon_boat, ink_stone
from backend.demo.pictures.groups import behind_table, figure, in_rows, size_for, spread
from backend.demo.pictures.light import Light
from backend.demo.pictures.looks import Look, look_of
from backend.demo.pictures.outside import lantern
from backend.demo.pictures.pen import Pen, Sheet
from backend.demo.pictures.places import room, stage, table
from backend.demo.pictures.shapes import Colour, Point, dark, hue, light
from backend.demo.pictures.writing import write

CURTAINS = tuple(map(hue, "#A8323E #8E2F52 #7A3A6B".split()))
BACKS = tuple(map(hue, "#6B3350 #4B3A6B #7A3E3E".split()))
WALLS = tuple(map(hue, "#E6D3C2 #D3DAD2 #E2CDD2".split()))


def choir(sheet: Sheet, looks: Sequence[Look], random: Random, _hour: Light) -> None:
    """In two rows with their song books, the teacher conducting from below."""
    stage(sheet, random, curtain=random.choice(CURTAINS), back=random.choice(BACKS))
    gown = random.choice((hue("#F0E4D0"), hue("#D9AFA7"), hue("#A9C3C9")))
    in_rows(
        sheet,
        [look.wearing(wear="vest", top=gown) for look in looks],
        random,
        lambda _index, chance: Pose((-42, 176), (42, 176), tilt=chance.uniform(-5, 5), mood=chance.choice(("sing", "sing", "laugh"))),
        back=0.8,
        front=0.94,
        size=size_for(sheet, (len(looks) + 3) // 2, share=0.6),
        held=_song_book,
    )
    for x in spread(sheet, 9, left=0.04, right=0.96):
        sheet.pen().glow(x, sheet.height * 0.99, 90, hue("#FFE2A0"), alpha=0.7)


def _song_book(pen: Pen, random: Random) -> None:
    book(pen.at(0, 172 + random.uniform(-4, 4), 1.0), random)


def dance(sheet: Sheet, looks: Sequence[Look], random: Random, _hour: Light) -> None:
    """With fans and lanterns under the lights."""
    stage(sheet, random, curtain=random.choice(CURTAINS), back=random.choice(BACKS))
    for x in (0.3, 0.5, 0.7):
        lantern(sheet.pen().at(sheet.width * x, sheet.height * 0.1, 1.0))
    colour = random.choice((hue("#D8493F"), hue("#C9527E"), hue("#2F8F86")))
    size = size_for(sheet, len(looks) + 1, share=0.6)
    margin = 0.5 / (len(looks) + 0.4)
    for index, x in enumerate(spread(sheet, len(looks), left=max(0.14, margin), right=1 - max(0.14, margin))):
        look = looks[index].wearing(wear="robe", top=colour)
        pose = (
            Pose((-112, 0), (98, 150), tilt=-6, mood=random.choice(("laugh", "glad")))
            if index % 2
            else Pose((-98, 150), (112, 0), tilt=6, mood="laugh")
        )
        pen = sheet.pen().at(x, sheet.height * (0.9 + 0.03 * (index % 2)), size)
        figure(pen, look, pose)
        head = -444 if look.wheels else -490
        for hand in (pose.left, pose.right):
            if hand is not None:
                fan(pen.at(hand[0], head + hand[1], 0.9, turn=math.copysign(18, hand[0])), hue("#F4C64B"), light(colour, 0.2))


def fan(pen: Pen, gold: Colour, colour: Colour) -> None:
    """Open, held at its rivet: the pen's origin."""
    ribs: list[Point] = [(110 * math.sin(math.radians(turn)), -110 * math.cos(math.radians(turn))) for turn in range(-66, 67, 11)]
    pen.fill([(0, 6), *ribs], (light(colour, 0.35), colour))
    pen.line(ribs, 9, gold)
    for x, y in ribs[::2]:
        pen.line([(0, 0), (x, y)], 3, dark(gold, 0.1), straight=True)


def paper_boat(sheet: Sheet, looks: Sequence[Look], random: Random, hour: Light) -> None:
    """A dragon boat made of coloured card, nearly ready."""
    room(sheet, random, hour, wall=random.choice(WALLS), things="pictures window shelf")
    y = sheet.height * 0.66
    behind_table(sheet, looks, random, y, hands=((-70, 204), (70, 204)), mood=random.choice(("", "laugh")))
    top = table(sheet, y, colour=hue("#D2B48C"))
    deep = sheet.height - y
    dragon_boat(top.at(sheet.width * 0.5, y + deep * 0.56, min(1.75, sheet.width / 760)), random)
    for _ in range(16):
        colour = hue(random.choice(("#D8493F", "#F2B843", "#3E9C8F", "#EE8B6A", "#5A86B8")))
        x, at = random.uniform(0.04, 0.96) * sheet.width, y + deep * random.uniform(0.76, 0.98)
        turn = random.uniform(-30, 30)
        top.at(x, at, 1, turn=turn).fill([(-40, -12), (34, -14), (42, 10), (-34, 14)], colour)
        top.at(x, at + 10, 1, turn=turn).oval(0, 8, 44, 6, (70, 50, 60), alpha=0.14, soft=4)
    _scissors(top.at(sheet.width * 0.8, y + deep * 0.88, 1.3))


def _scissors(pen: Pen) -> None:
    for side in (-1, 1):
        pen.line([(side * 4, 0), (side * -22, -44), (side * -30, -70)], 9, hue("#B9C3CC"), end=4)
        pen.line([(side * 2, 2), (side * 18, 26)], 9, hue("#D8493F"), straight=True)
        pen.line([(side * 18 + 15 * math.cos(turn / 2), 40 + 15 * math.sin(turn / 2)) for turn in range(14)], 7, hue("#D8493F"))


def calligraphy(sheet: Sheet, looks: Sequence[Look], random: Random, hour: Light) -> None:
    """Each has written one character on red or white paper."""
    room(sheet, random, hour, wall=random.choice(WALLS), things=random.choice(("scroll window scroll", "scroll plant window")))
    y = sheet.height * 0.64
    pens = behind_table(sheet, looks, random, y, hands=((-64, 212), (34, 178)), mood=random.choice(("", "down", "smile")))
    top = table(sheet, y, cloth=hue("#5B6B62"))
    deep = sheet.height - y
    red = random.random() < 0.5
    words = random.sample(("福", "春", "和", "山", "大"), min(5, len(looks)))
    for index, pen in enumerate(pens):
        size = deep / 400 * min(1.35, 3 / len(looks))
        _sheet_of_paper(top.at(pen.x, y + deep * 0.5, size), words[index % len(words)], red=red)
        brush(top.at(pen.x + 34 * pen.size + 6, y + 40, pen.size * 0.6))
    ink_stone(top.at(sheet.width * 0.07, y + deep * 0.82, 1.4), random)


def _sheet_of_paper(pen: Pen, word: str, *, red: bool) -> None:
    paper = hue("#D23A30") if red else hue("#FCF6EA")
    pen.oval(8, 14, 170, 120, (40, 30, 40), alpha=0.2, soft=16)
    pen.fill([(-136, -104), (136, -104), (164, 112), (-164, 112)], (light(paper, 0.06), dark(paper, 0.06)))
    write(pen.at(0, 4, 1.7), word, hue("#F9DE8B") if red else hue("#2B2930"))


def applause(sheet: Sheet, looks: Sequence[Look], random: Random, _hour: Light) -> None:
    """A guest sings for the Home; the members clap along on stage."""
    stage(sheet, random, curtain=random.choice(CURTAINS), back=random.choice(BACKS))
    size = size_for(sheet, len(looks) + 2, share=0.6)
    guest = look_of(f"guest {random.random()}", woman=True).helping("robe").wearing(top=hue("#3F8F86"))
    everybody = [*looks[: len(looks) // 2], guest, *looks[len(looks) // 2 :]]
    for x, look in zip(spread(sheet, len(everybody), left=0.16, right=0.84), everybody, strict=True):
        y = sheet.height * (0.94 if look is guest else 0.89)
        if look is guest:
            standing(sheet.pen().at(x, y - 490 * size, size), look, Pose((-104, 60), (22, 66), mood="sing"))
            sheet.pen().at(x + 22 * size, y - 430 * size, size).line([(0, 0), (-6, -26)], 14, hue("#4A4750"), end=24)
        else:
            figure(sheet.pen().at(x, y, size), look, Pose((-22, 150), (22, 150), turn=0.7 if x < sheet.width / 2 else -0.7, mood="laugh"))


SCENES = {"choir": choir, "dance": dance, "paper_boat": paper_boat, "calligraphy": calligraphy, "applause": applause}
