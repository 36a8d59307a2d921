"""康疗: morning exercise, a walk by the lake, ball games."""

from collections.abc import Sequence
from random import Random

from backend.demo.pictures.bodies import Pose
from backend.demo.pictures.groups import figure, in_rows, size_for, spread
from backend.demo.pictures.light import Light
from backend.demo.pictures.looks import Look, look_of
from backend.demo.pictures.outside import lakeside, near_leaves, yard
from backend.demo.pictures.pen import Pen, Sheet
from backend.demo.pictures.shapes import arc, dark, hue, light, smooth

EXERCISES = (
    Pose((-104, -52), (104, -52), mood="laugh"),
    Pose((-190, 96), (190, 96)),
    Pose((-70, -70), (104, 196), tilt=4, mood="glad"),
    Pose((-30, -96), (30, -96), mood="glad"),
)


def exercise(sheet: Sheet, looks: Sequence[Look], random: Random, hour: Light) -> None:
    """Everybody does the same, each in his own way."""
    yard(sheet, random, hour)
    same = random.choice(EXERCISES)
    in_rows(
        sheet,
        looks,
        random,
        lambda _index, chance: Pose(
            same.left, same.right, tilt=same.tilt + chance.uniform(-4, 4), mood=chance.choice((same.mood, "smile"))
        ),
        back=0.76,
        front=0.95,
        size=size_for(sheet, (len(looks) + 2) // 2, share=0.58),
    )


def walk(sheet: Sheet, looks: Sequence[Look], random: Random, hour: Light) -> None:
    """Side by side along the water."""
    lakeside(sheet, random, hour)
    size = size_for(sheet, len(looks) + 1, share=0.58)
    for index, x in enumerate(spread(sheet, len(looks), left=0.5 / (len(looks) + 0.4), right=1 - 0.5 / (len(looks) + 0.4))):
        wave = index == random.randrange(max(2, len(looks)))
        right = (92, -26) if wave and not looks[index].wheels else (76, 264)
        pose = Pose(
            (-76, 264),
            right,
            turn=random.uniform(-0.8, 0.8),
            stride=random.choice((-22, 22)),
            mood=random.choice(("smile", "laugh", "glad")),
        )
        figure(sheet.pen().at(x, sheet.height * random.uniform(0.89, 0.92), size), looks[index], pose)
    near_leaves(sheet, random)


def ball(sheet: Sheet, looks: Sequence[Look], random: Random, hour: Light) -> None:
    """At the hoop: one throws, the others cheer."""
    yard(sheet, random, hour, court=True)
    hoop(sheet.pen().at(sheet.width * 0.86, sheet.height * 0.62, sheet.height / 1200))
    size = size_for(sheet, len(looks) + 1, share=0.58)
    places = spread(sheet, len(looks), left=0.16, right=0.74)
    for index, (x, look) in enumerate(zip(places, looks, strict=True)):
        throws = index == len(looks) - 1
        pose = Pose((72, 150), (106, -54), turn=0.8, mood="smile") if throws else random.choice(EXERCISES[::2])
        at = sheet.pen().at(x, sheet.height * (0.93 if index % 2 else 0.89), size)
        figure(at, look, pose)
        if throws:
            basketball(at.at(124, (-444 if look.wheels else -490) - 92, 0.9))


def basketball(pen: Pen) -> None:
    orange = hue("#E58B3A")
    pen.oval(0, 0, 42, 42, (light(orange, 0.3), dark(orange, 0.18)))
    seam = hue("#6B3B22")
    ring = pen.within(smooth([(-42, 0), (-30, -30), (0, -42), (30, -30), (42, 0), (30, 30), (0, 42), (-30, 30)]))
    ring.line([(0, -44), (0, 44)], 3.4, seam, straight=True)
    ring.line([(-44, 0), (44, 0)], 3.4, seam, straight=True)
    ring.line(arc(-56, 0, 38, 46, -70, 70), 3.4, seam, straight=True)
    ring.line(arc(56, 0, 38, 46, 110, 250), 3.4, seam, straight=True)


def hoop(pen: Pen) -> None:
    pen.shadow(0, 4, 110, 14)
    pen.line([(30, 0), (30, -520)], 22, hue("#6C7683"), straight=True)
    pen.box(-130, -640, 110, -470, hue("#FBF6EC"), round_=8)
    pen.box(-118, -628, 98, -482, hue("#CFE1E8"), round_=6)
    for side in (-1, 1):
        pen.line([(-10 + side * 44, -500), (-10 + side * 44, -570)], 7, hue("#D8493F"), straight=True)
    pen.line([(-54, -570), (34, -570)], 7, hue("#D8493F"), straight=True)
    for step in range(7):
        x = -60 + step * 17
        pen.line([(x, -486), (-10 + (x + 10) * 0.6, -400)], 3.4, hue("#FFF9EE"), straight=True)
    for y, wide in ((-462, 47), (-434, 40), (-404, 33)):
        pen.line(arc(-10, y, wide, 6, 0, 360), 3, hue("#FFF9EE"), straight=True)
    pen.line(arc(-10, -488, 56, 11, 0, 360), 10, hue("#E2592F"), straight=True)


def companions(sheet: Sheet, looks: Sequence[Look], random: Random, hour: Light) -> None:
    """A walk with volunteers in their red vests, one beside each member."""
    helpers = [look_of(f"volunteer {look.name}", woman=random.random() < 0.6).helping("volunteer") for look in looks]
    walk(sheet, [one for pair in zip(looks, helpers, strict=True) for one in pair], random, hour)


SCENES = {"exercise": exercise, "walk": walk, "ball": ball, "companions": companions}
