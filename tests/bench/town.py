"""The town both sides of a comparison serve: 85 Homes, 2,881 members, three relatives each, everyone signed in."""

import json
from dataclasses import dataclass
from pathlib import Path

HOMES = 85
MEMBERS = 2881
RELATIVES = 3
CSRF = "a" * 32


@dataclass(frozen=True)
class Town:
    """What the load client knows of it."""

    homes: list[int]
    members: list[tuple[int, int]]  # id, home
    readers: dict[int, list[int]]  # member → users
    staff: dict[int, str]  # home → cookie
    phones: dict[int, str]  # user → cookie

    def save(self, path: Path) -> None:
        path.write_text(json.dumps(self.__dict__), encoding="utf-8")


def load(path: Path) -> Town:
    raw = json.loads(path.read_text(encoding="utf-8"))
    by_number = {name: {int(key): value for key, value in raw[name].items()} for name in ("readers", "staff", "phones")}
    return Town(homes=raw["homes"], members=[(member, home) for member, home in raw["members"]], **by_number)
