"""Bodies below the heads: standing, seated, in a wheelchair. Measured by a head 100 wide, around its middle; feet at 490."""

import math
from dataclasses import dataclass

from backend.demo.pictures.clothes import dress, sleeve
from backend.demo.pictures.heads import back_of_head, hair_behind, head
from backend.demo.pictures.looks import Look
from backend.demo.pictures.pen import Pen
from backend.demo.pictures.shapes import Point, arc, dark, hue, light, mix, smooth

UPPER, FORE = 84, 80
FEET = 490
SEAT = 268
STEEL, TYRE, CUSHION = hue("#9AA3AE"), hue("#3C3F49"), hue("#33506B")
DOWN: tuple[Point, Point] = ((-76, 264), (76, 264))


@dataclass(frozen=True)
class Pose:
    """Where the hands are (None: not seen), where the face looks, how the feet stand."""

    left: Point | None = DOWN[0]
    right: Point | None = DOWN[1]
    turn: float = 0
    tilt: float = 0
    mood: str = "smile"
    stride: float = 0  # how far one foot is ahead
    away: bool = False  # seen from behind
    lean: float = 0


RESTING = Pose()


def bust(pen: Pen, look: Look, pose: Pose = RESTING) -> None:
    """From the head to the hips, as behind a table."""
    pen = pen.at(0, 0, turn=pose.lean)
    _torso(pen, look, pose)
    for side, hand in ((-1, pose.left), (1, pose.right)):
        if hand is not None:
            arm(pen, look, side, hand)


def standing(pen: Pen, look: Look, pose: Pose = RESTING) -> None:
    pen.shadow(0, FEET + 4, 92 * look.build, 15)
    for side in (-1, 1):
        ahead = side * pose.stride
        _leg(pen, look, hip=(side * 27 * look.build, 270), foot=(side * 31 + ahead * 0.9, FEET - 12 + ahead * 0.16), near=side > 0)
    bust(pen, look, pose)


def seated(pen: Pen, look: Look, pose: Pose = RESTING, *, chair: bool = True) -> None:
    """On a chair, or in the person's own wheelchair, knees towards us."""
    pen.shadow(0, 442, 120, 18)
    if look.wheels:
        _wheels(pen)
    elif chair:
        _chair(pen)
    _torso(pen, look, pose)
    for side in (-1, 1):
        _bent_leg(pen, look, side)
    for side, hand in ((-1, pose.left), (1, pose.right)):
        if hand is not None:
            arm(pen, look, side, hand)
    if look.wheels:
        _footrest(pen)


def _torso(pen: Pen, look: Look, pose: Pose) -> None:
    b = look.build
    half = [(24, 62), (58 * b, 80), (71 * b, 112), (66 * b, 180), (66 * b, 250), (61 * b, 288)]
    outline = smooth([*half, *[(-x, y) for x, y in reversed(half)]])
    neck = dark(look.skin, 0.16)
    if not pose.away:
        hair_behind(pen, look, turn=pose.turn, tilt=pose.tilt)
    dress(pen, look, outline, away=pose.away)
    if not pose.away:
        pen.fill([(-21, 40), (21, 40), (25, 72), (12, 84), (-12, 84), (-25, 72)], neck)
        pen.within(outline).oval(pose.turn * 8, 74, 40, 16, dark(look.skin, 0.5), alpha=0.18, soft=6)
    (back_of_head(pen, look, tilt=pose.tilt) if pose.away else head(pen, look, turn=pose.turn, tilt=pose.tilt, mood=pose.mood))


def arm(pen: Pen, look: Look, side: int, hand: Point) -> None:
    """From the shoulder over the elbow to the hand."""
    shoulder = side * 58 * look.build, 104.0
    elbow = _elbow(shoulder, hand, side)
    sleeve(pen, look, shoulder, elbow, hand)
    angle = math.degrees(math.atan2(hand[1] - elbow[1], hand[0] - elbow[0]))
    palm = pen.at(*hand, turn=angle)
    palm.oval(6, 0, 17, 14, look.skin)
    palm.line([(4, side * -9), (15, side * -15)], 9, look.skin, straight=True)
    palm.line([(8, side * 3), (18, side * 4)], 2.4, dark(look.skin, 0.22), straight=True)


def _elbow(shoulder: Point, hand: Point, side: int) -> Point:
    across, down = hand[0] - shoulder[0], hand[1] - shoulder[1]
    reach = min(math.hypot(across, down), UPPER + FORE - 2)
    bend = math.acos((UPPER**2 + reach**2 - FORE**2) / (2 * UPPER * max(reach, 20)))
    angle = math.atan2(down, across) + side * bend * (-1 if down > -40 else 1)
    return shoulder[0] + UPPER * math.cos(angle), shoulder[1] + UPPER * math.sin(angle)


def _leg(pen: Pen, look: Look, *, hip: Point, foot: Point, near: bool) -> None:
    cloth = look.trousers if near else dark(look.trousers, 0.12)
    knee = (hip[0] + foot[0]) / 2 + (foot[0] - hip[0]) * 0.1, (hip[1] + foot[1]) / 2
    pen.line([hip, knee, (foot[0], foot[1] - 14)], 58 * look.build, cloth, end=40)
    _shoe(pen, look, foot)


def _shoe(pen: Pen, look: Look, foot: Point) -> None:
    x, y = foot
    side = 1 if x >= 0 else -1
    pen.curve([(x - 22, y + 12), (x - 20, y - 6), (x, y - 14), (x + 20, y - 6), (x + 24 + side * 4, y + 12)], dark(look.top, 0.45))
    pen.box(x - 24, y + 6, x + 26, y + 13, hue("#F3EDE4"), round_=5)


def _bent_leg(pen: Pen, look: Look, side: int) -> None:
    x = side * 36 * look.build
    pen.line([(x * 1.08, 316), (x, 380), (x * 0.98, 420)], 46, dark(look.trousers, 0.14), end=38)
    pen.line([(side * 30, 264), (x * 1.1, 300)], 62 * look.build, look.trousers, end=58)
    pen.oval(x * 1.1 - 8, 288, 18, 14, light(look.trousers, 0.22), alpha=0.5, soft=5)
    _shoe(pen, look, (x, 430))


def _chair(pen: Pen) -> None:
    wood = hue("#B07A4B")
    for side in (-1, 1):
        pen.line([(side * 74, 300), (side * 80, 440)], 13, dark(wood, 0.2), straight=True)
    pen.box(-84, 120, 84, 300, dark(wood, 0.1), round_=22)
    pen.box(-66, 138, 66, 290, light(wood, 0.1), round_=16)
    pen.box(-88, 286, 88, 314, wood, round_=12)


def _wheels(pen: Pen) -> None:
    pen.box(-78, 96, 78, 300, CUSHION, round_=20)
    for side in (-1, 1):
        pen.line([(side * 78, 110), (side * 104, 104)], 14, TYRE, straight=True)
        pen.oval(side * 98, 338, 23, 108, TYRE)
        pen.oval(side * 98 - side * 3, 338, 14, 94, mix(STEEL, hue("#EDE6DA"), 0.3))
        pen.oval(side * 98 - side * 3, 338, 9, 82, dark(STEEL, 0.5))
        pen.line([(side * 90, 256), (side * 104, 420)], 3, STEEL, straight=True)
        pen.line([(side * 104, 256), (side * 90, 420)], 3, STEEL, straight=True)
        pen.box(side * 82 - 13, 226, side * 82 + 13, 244, TYRE, round_=8)
    pen.box(-86, 284, 86, 318, dark(CUSHION, 0.2), round_=12)


def _footrest(pen: Pen) -> None:
    for side in (-1, 1):
        pen.box(side * 36 - 34, 438, side * 36 + 34, 450, TYRE, round_=6)
        pen.line(arc(side * 74, 430, 13, 15, 0, 360), 7, TYRE, straight=True)
