"""Draws docs/rooms.svg from the import contracts: `python -m tests.support.rooms_picture`. A test compares the two."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent.parent
PICTURE = ROOT / "docs" / "rooms.svg"
# One row of a stack: its height, the gap to the next, the width of a stack and of its margins, in px.
ROW, GAP, WIDTH, MARGIN = 34, 10, 400, 20
TOP = 92
# Side by side; more go into a further row.
MOST = 3
# What an app folder is on the screen (names.md's words).
SAYS = {
    "process": "sockets, requests, threads",
    "scheduler": "what time does",
    "overview": "siblings side by side",
    "attendance": "door",
    "moments": "album",
    "records": "hours",
    "visits": "sign-ups",
    "volunteers": "organisations",
    "activities": "五疗 calendar",
    "people": "members, relatives",
    "homes": "Homes, posts",
    "accounts": "sign-in",
    "common": "no domain word",
    "outbox": "what the backend calls",
    "runtime": "starts it all",
    "delivery": "dispatcher, ladder",
    "live": "sockets, hub",
    "inbox": "numbers, receipts",
    "channels": "a class a rung",
    "wire": "to push services",
}
STYLE = """
text { font: 13px system-ui, sans-serif; fill: #1b1b1b; text-anchor: middle }
.title { font-size: 16px; font-weight: 600 } .small { font-size: 11px; fill: #555 } .left { text-anchor: start }
.stack { fill: #f4f6f4 } .room { fill: #fff; stroke: #067a42 }
.arrow { stroke: #067a42; stroke-width: 1.5; fill: none; marker-end: url(#head) }
@media (prefers-color-scheme: dark) {
  text { fill: #eee } .small { fill: #aaa } .stack { fill: #1d211f } .room { fill: #111; stroke: #07c160 } .arrow { stroke: #07c160 }
}
"""


@dataclass
class Stack:
    title: str
    note: str
    rows: list[list[str]]
    left: int = 0
    parts: list[str] = field(default_factory=list)

    @property
    def height(self) -> int:
        return len(self.rows) * (ROW + GAP) + GAP

    def draw(self) -> str:
        middle = self.left + WIDTH / 2
        self.parts = [
            f'<rect class="stack" x="{self.left}" y="{TOP - 62}" width="{WIDTH}" height="{self.height + 62}" rx="8"/>',
            f'<text class="title" x="{middle}" y="{TOP - 38}">{escape(self.title)}</text>',
            f'<text class="small" x="{middle}" y="{TOP - 18}">{escape(self.note)}</text>',
        ]
        for number, row in enumerate(self.rows):
            self._draw_row(row, TOP + GAP + number * (ROW + GAP))
        return "\n".join(self.parts)

    def _draw_row(self, row: list[str], y: int) -> None:
        width = (WIDTH - 2 * MARGIN - (len(row) - 1) * GAP) / len(row)
        for place, room in enumerate(row):
            x = self.left + MARGIN + place * (width + GAP)
            says = SAYS.get(room, "")
            self.parts.append(f'<rect class="room" x="{x:.0f}" y="{y}" width="{width:.0f}" height="{ROW}" rx="5"/>')
            self.parts.append(f'<text x="{x + width / 2:.0f}" y="{y + (15 if says else 22)}">{escape(room)}</text>')
            if says:
                self.parts.append(f'<text class="small" x="{x + width / 2:.0f}" y="{y + 28}">{escape(says)}</text>')


def layers(contract: str) -> list[list[str]]:
    """The rows of a layers contract, highest first; siblings side by side."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    rows = next(each["layers"] for each in contracts if each["id"] == contract)
    rooms = ([room.strip(" ()") for room in row.replace("|", ":").split(":")] for row in rows)
    return [row[start : start + MOST] for row in rooms for start in range(0, len(row), MOST)]


def drawn() -> str:
    stacks = [
        Stack("pwa/", "the phone; ui and api know no feature", [["app"], ["features"], ["ui", "api"], ["sw (a program of its own)"]]),
        Stack("backend/", "the domain; every arrow points down", layers("apps")),
        Stack("notifications/", "knows no sender", layers("notifications-layers")),
    ]
    for number, stack in enumerate(stacks):
        stack.left = MARGIN + number * (WIDTH + 3 * MARGIN)
    width = stacks[-1].left + WIDTH + MARGIN
    height = TOP + max(stack.height for stack in stacks) + MARGIN
    first = TOP + GAP + ROW // 2
    arrows = [f'<path class="arrow" d="M{stack.left + WIDTH} {first} h{3 * MARGIN - 4}"/>' for stack in stacks[:-1]] + [
        f'<text class="small left" x="{stacks[0].left + WIDTH + 4}" y="{first - 8}">HTTP, /ws</text>'
    ]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img">'
    marker = (
        '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        '<path d="M0 0 8 4 0 8z" fill="#067a42"/></marker></defs>'
    )
    title = "<title>The rooms and which way their imports point</title>"
    return "\n".join([head, title, f"<style>{STYLE}</style>", marker, *(stack.draw() for stack in stacks), *arrows, "</svg>", ""])


if __name__ == "__main__":
    PICTURE.write_text(drawn(), encoding="utf-8")
