"""Outcome: what became of something that was sent to an outside service."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """`error` is a short code for people who look. `wait` is how many seconds the service asked for."""

    state: Literal["sent", "failed", "gone", "retry"]
    error: str = ""
    wait: float | None = None
    ends_target: bool = False
    hung: bool = False
    alarms: bool = False
