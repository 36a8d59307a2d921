"""工疗: lamps, boxes, a contest."""

from collections.abc import Sequence
from random import Random

from backend.demo.pictures.goods import beads, carton, flat_box, folding, glue, held_lamp, lamp, open_carton, stack, string_of_beads
from backend.demo.pictures.groups import behind_table, spread
from backend.demo.pictures.light import Light
from backend.demo.pictures.looks import Look
from backend.demo.pictures.pen import Pen, Sheet
from backend.demo.pictures.places import room, table
from backend.demo.pictures.shapes import Colour, hue, light, smooth
from backend.demo.pictures.writing import write

WALLS = tuple(map(hue, "#E3CBA8 #BFD0C4 #D9C3B4 #C9CFDA".split()))
APRONS = tuple(map(hue, "#4F7B6A #B5643C #4A6A8A".split()))


def _aproned(looks: Sequence[Look], random: Random) -> list[Look]:
    colour = random.choice(APRONS)
    return [look.wearing(apron=colour) for look in looks]


def lamps(sheet: Sheet, looks: Sequence[Look], random: Random, hour: Light) -> None:
    """Packing night lamps, a row of them already shining."""
    room(sheet, random, hour, wall=random.choice(WALLS), things="shelf window shelf")
    y = sheet.height * 0.68
    behind_table(sheet, _aproned(looks, random), random, y, held=held_lamp)
    top = table(sheet, y)
    deep = sheet.height - y
    for x in spread(sheet, 7, left=0.3, right=0.96):
        lamp(top.at(x + random.uniform(-14, 14), y + deep * 0.5, 0.95), random)
    open_carton(top.at(sheet.width * 0.15, y + deep * 0.72, 1.25), random)
    for x in spread(sheet, 5, left=0.38, right=1.0):
        lamp(top.at(x + random.uniform(-20, 20), y + deep * 0.96, 1.25), random)


def boxes(sheet: Sheet, looks: Sequence[Look], random: Random, hour: Light) -> None:
    """Gluing gift boxes; the finished ones are piled up."""
    room(sheet, random, hour, wall=random.choice(WALLS), things="window shelf pictures")
    y = sheet.height * 0.7
    behind_table(sheet, _aproned(looks, random), random, y, held=folding)
    top = table(sheet, y, colour=hue("#B7B7A8"))
    deep = sheet.height - y
    for x in spread(sheet, 4, left=0.26, right=0.74):
        flat_box(top.at(x + random.uniform(-20, 20), y + deep * 0.42, 1.15), random)
    glue(top.at(sheet.width * random.uniform(0.44, 0.56), y + deep * 0.66, 1.4), random)
    for x, high in ((0.08, 3), (0.2, 2), (0.93, 4), (0.82, 2)):
        stack(top.at(sheet.width * x, y + deep * random.uniform(0.78, 0.9), 1.25), random, high=high)
    for x in (0.34, 0.66):
        carton(top.at(sheet.width * x, y + deep * 0.94, 1.4), random)


def contest(sheet: Sheet, looks: Sequence[Look], random: Random, hour: Light) -> None:
    """比一比: who strings the beads best."""
    room(sheet, random, hour, wall=random.choice(WALLS), things="window plant window")
    banner(sheet, "比一比", hue("#C8372D"))
    y = sheet.height * 0.72
    behind_table(sheet, looks, random, y, held=string_of_beads, mood=random.choice(("", "laugh")), largest=2.0)
    top = table(sheet, y, cloth=hue("#5E8FA0"))
    deep = sheet.height - y
    for x in spread(sheet, max(3, len(looks)), left=0.16, right=0.84):
        beads(top.at(x, y + deep * random.uniform(0.34, 0.44), 1.25), random)
    for x in spread(sheet, max(2, len(looks) - 1), left=0.26, right=0.74):
        string_of_beads(top.at(x, y + deep * 0.72, 2.0), random)
    _clock(top.at(sheet.width * 0.92, y + deep * 0.66, 1.3))


def banner(sheet: Sheet, words: str, colour: Colour) -> None:
    """Red cloth over the wall, its characters written by hand."""
    pen, w, h = sheet.pen(), sheet.width, sheet.height
    top, low = h * 0.045, h * 0.17
    pen.box(w * 0.2, top + 10, w * 0.8, low + 14, (60, 30, 40), alpha=0.2, soft=10)
    sag = smooth([(w * 0.2, top), (w * 0.5, top + 12), (w * 0.8, top)], closed=False)
    pen.fill([*sag, *((x, y + low - top) for x, y in reversed(sag))], (light(colour, 0.12), colour))
    size = (low - top) * 0.72
    for index, word in enumerate(words):
        write(pen.at(w * 0.5 + (index - (len(words) - 1) / 2) * size * 1.9, (top + low) / 2 + 6, size / 100), word, hue("#FFE7A8"))


def _clock(pen: Pen) -> None:
    """A stop watch on a stand."""
    pen.shadow(0, 0, 50, 9)
    pen.box(-40, -14, 40, 0, hue("#5B4A55"), round_=6)
    pen.oval(0, -66, 56, 56, hue("#D8493F"))
    pen.oval(0, -66, 45, 45, hue("#FFF9EE"))
    pen.box(-9, -132, 9, -118, hue("#D8493F"), round_=4)
    pen.line([(0, -66), (0, -98)], 6, hue("#3B2A30"), straight=True)
    pen.line([(0, -66), (22, -54)], 6, hue("#3B2A30"), straight=True)


SCENES = {"lamps": lamps, "boxes": boxes, "contest": contest}
