"""The hour of the day, and what it does to a finished picture."""

from dataclasses import dataclass
from random import Random

from PIL import Image, ImageChops, ImageEnhance

from backend.demo.pictures.pen import FINE, Sheet
from backend.demo.pictures.shapes import Colour, hue, mix


@dataclass(frozen=True)
class Light:
    top: Colour  # of the sky
    low: Colour  # at the horizon
    sun: Colour
    tint: Colour  # what the light lays over everything, from the sun's side
    height: float  # of the sun, as a part of the sheet


MORNING = Light(hue("#8CC6E4"), hue("#FBE9CB"), hue("#FFE9A8"), hue("#FFC97A"), 0.2)
NOON = Light(hue("#6DB8E6"), hue("#DDF1F5"), hue("#FFF6D0"), hue("#FFE3A6"), 0.1)
GOLDEN = Light(hue("#8FA9D8"), hue("#FFD3A0"), hue("#FFC35C"), hue("#FF9F4D"), 0.3)
MILD = Light(hue("#A9CBD9"), hue("#F1EDE0"), hue("#FFF4DA"), hue("#F6D7A8"), 0.14)
HOURS = (MORNING, NOON, GOLDEN, MILD)


def hour(random: Random) -> Light:
    return random.choice(HOURS)


def develop(sheet: Sheet, light: Light, *, strength: float = 0.5, left: bool = True) -> Image.Image:
    """Reduced to its real size, warm on the sun's side, a little darker in the corners."""
    image = sheet.image.reduce(FINE)
    grey: Colour = (128, 128, 128)
    warm, cool = mix(grey, light.tint, strength), mix(grey, (92, 84, 128), strength * 0.6)
    wash = Image.new("RGB", (2, 2))
    near, far = (0, 1) if left else (1, 0)
    wash.putpixel((near, 0), warm)
    wash.putpixel((far, 0), mix(warm, cool, 0.4))
    wash.putpixel((near, 1), mix(warm, cool, 0.4))
    wash.putpixel((far, 1), cool)
    image = ImageChops.soft_light(image, wash.resize(image.size, Image.Resampling.BICUBIC))
    image = ImageEnhance.Color(image).enhance(1.12)
    away = Image.radial_gradient("L").resize(image.size)
    corners = [away.point(lambda value, part=part: 255 - max(0, value - 130) * part) for part in (0.2, 0.26, 0.26)]
    return ImageChops.multiply(image, Image.merge("RGB", corners))
