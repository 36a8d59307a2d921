"""What a row of the matrix says, and the groups that it names."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

STAFF, MANAGER, KIN, OFFICER, READER, ALL, PUBLIC = "staff", "manager", "kin", "officer", "reader", "all", "public"
# The families of any member of the Home.
FAMILIES = "families"
# Who signed up there; who holds its places for an organisation; who may verify one.
VOLUNTEER, COORDINATOR, VERIFIER = "volunteer", "coordinator", "verifier"


@dataclass(frozen=True, kw_only=True)
class Row:
    """`body` values are templates as paths are; `otherwise` holds answers that are neither `ok` nor `refused`."""

    operation: str
    path: str
    may: tuple[str, ...]
    ok: int = 200
    body: Any = None
    refused: int = 404
    otherwise: Mapping[str, int] = field(default_factory=dict)
    why: str = ""
