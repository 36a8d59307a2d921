"""What each person looks like: the same in every picture."""

from dataclasses import dataclass, replace
from random import Random

from backend.demo.names import WOMEN
from backend.demo.pictures.shapes import Colour, hue

SKINS = tuple(map(hue, ("#F7D3B4", "#F0C3A0", "#E8B48E", "#F4CBA8", "#DDA67F")))
BLACK, BROWN, GREY, WHITE = map(hue, ("#2A2126", "#47342E", "#6C666B", "#9A9594"))
TOPS = tuple(
    map(hue, "#D9694F #E59A3C #4F8A73 #3F7CAC #B65A7A #6E6AA8 #C9A227 #5E9EA0 #A3563F #7A9A4D #8FA8C8 #49688C #E0B08A #8C5E83".split())
)
TROUSERS = tuple(map(hue, "#3F4A63 #55504E #2F4858 #6B5B4B #44546A #5A4A5F".split()))
HIS = ("short", "parted", "crew", "short", "parted", "bald")
HERS = ("bob", "tail", "bun", "perm", "bob", "waves")


@dataclass(frozen=True)
class Look:
    skin: Colour
    hair: Colour
    cut: str
    top: Colour
    trousers: Colour
    wear: str = "jumper"  # jumper, stripes, shirt, cardigan, vest, polo, coat, robe
    face: str = "oval"  # oval, round, square
    age: int = 1  # 0 young, 1 middle, 2 old
    build: float = 1.0
    glasses: bool = False
    wheels: bool = False
    apron: Colour | None = None
    hat: str = ""  # straw, cap, scarf
    name: str = ""  # whose face it is; nobody's is not looked for

    def wearing(self, *, hat: str = "", apron: Colour | None = None, wear: str = "", top: Colour | None = None) -> "Look":
        return replace(self, hat=hat or self.hat, apron=apron or self.apron, wear=wear or self.wear, top=top or self.top)

    def helping(self, wear: str) -> "Look":
        """A volunteer, doctor or teacher: stands, and is not looked for by name."""
        return replace(self, wear=wear, wheels=False, name="")


# Whom everybody knows: their clothes have the colours of their letters at the door.
KNOWN = {
    "沈志强": Look(SKINS[1], BLACK, "short", hue("#5D9C6B"), TROUSERS[0], wear="jumper", face="round", age=0, build=1.08),
    "周小芳": Look(SKINS[3], BLACK, "tail", hue("#4A86C0"), TROUSERS[2], wear="stripes", face="round", age=0, build=0.94),
    "陆建国": Look(SKINS[4], BLACK, "crew", hue("#C2613F"), TROUSERS[1], wear="shirt", face="square", build=1.14),
    "张美华": Look(SKINS[0], GREY, "perm", hue("#B65A7A"), TROUSERS[3], wear="cardigan", age=2, build=1.12, glasses=True),
    "朱文彬": Look(SKINS[2], BROWN, "parted", hue("#D9A23C"), TROUSERS[4], wear="vest", glasses=True),
    "何小红": Look(SKINS[0], BROWN, "bob", hue("#D9694F"), TROUSERS[5], wear="jumper", age=0, wheels=True),
    "许志明": Look(SKINS[2], BLACK, "parted", hue("#3F7CAC"), TROUSERS[3], wear="polo", age=0, build=0.94),
    "俞春燕": Look(SKINS[0], BLACK, "bun", hue("#6FA08B"), TROUSERS[5], wear="stripes", build=0.96),
    "顾明华": Look(SKINS[3], GREY, "crew", hue("#8C5E83"), TROUSERS[1], wear="vest", face="square", age=2, build=1.1),
    "姚玉珍": Look(SKINS[1], WHITE, "bob", hue("#49688C"), TROUSERS[2], wear="cardigan", age=2),
    "马丽萍": Look(SKINS[3], BROWN, "waves", hue("#E0A14A"), TROUSERS[0], wear="jumper", face="round", build=1.08),
    "盛金荣": Look(SKINS[4], GREY, "bald", hue("#7A9A4D"), TROUSERS[4], wear="shirt", age=2, glasses=True),
    "蒋海峰": Look(SKINS[2], BLACK, "short", hue("#A3563F"), TROUSERS[0], wear="stripes", build=1.16),
    "王丽娟": Look(SKINS[0], BLACK, "bob", hue("#9A86C2"), TROUSERS[3], wear="shirt", face="round", age=0),
    "吴晓东": Look(SKINS[1], BROWN, "parted", hue("#5E9EA0"), TROUSERS[2], wear="vest", age=0, glasses=True),
    "潘伟民": Look(SKINS[1], GREY, "bald", hue("#6E6AA8"), TROUSERS[0], wear="polo", face="square", age=2),
    "陈水根": Look(SKINS[4], WHITE, "short", hue("#5E9EA0"), TROUSERS[3], wear="cardigan", age=2, wheels=True),
}


def look_of(name: str, *, woman: bool | None = None) -> Look:
    """Drawn once for a name: whoever has it is recognised again."""
    random = Random(f"look {name}")  # noqa: S311 - a drawing's chance
    if name in KNOWN:
        return replace(KNOWN[name], name=name)
    lady = name[1:] in WOMEN if woman is None else woman
    age = random.choice((0, 1, 1, 2))
    hair = random.choice((BLACK, BLACK, BROWN)) if age < 2 else random.choice((GREY, WHITE, GREY))
    cuts = HERS if lady else HIS
    return Look(
        skin=random.choice(SKINS),
        hair=hair,
        cut=random.choice(cuts if age else cuts[:3]),
        top=random.choice(TOPS),
        trousers=random.choice(TROUSERS),
        wear=random.choice(("jumper", "stripes", "shirt", "cardigan", "vest", "polo", "jumper")),
        face=random.choice(("oval", "round", "square") if not lady else ("oval", "round")),
        age=age,
        build=random.choice((0.92, 1.0, 1.0, 1.08, 1.18)),
        glasses=random.random() < (0.1, 0.14, 0.3)[age],
        wheels=random.random() < 0.14,
        name=name,
    )
