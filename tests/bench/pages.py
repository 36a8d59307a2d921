"""`./dev bench pages`: Lighthouse 12 (mobile, simulated slow 4G) on the first screens, each as the person who has it.

Lighthouse opens each page cold, without the service worker and its caches, but signed in.
"""

import json
import os
import statistics
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests.browser.people import sign_in_as
from tests.support import chromium
from tests.support.databases import ROOT, demo
from tests.support.processes import free_port
from tests.support.server import Server

TOOL = ROOT / "tests" / "bench" / "lighthouse"
ROUNDS = 3
PAGES = (
    ("登录", "", "/sign-in"),
    ("家属首页", "李秀珍", "/messages"),
    ("门口", "陆老师", "/door"),
    ("日历", "李秀珍", "/calendar"),
    ("相册", "李秀珍", "/moments"),
    ("志愿活动", "徐明", "/events"),
)
CATEGORIES = ("performance", "accessibility", "best-practices")


@dataclass(frozen=True)
class Measured:
    """Scores of 100; milliseconds; a share of the screen. `wrong` names what cost points besides speed."""

    scores: tuple[float, ...]
    lcp: float
    tbt: float
    cls: float
    wrong: tuple[str, ...]

    @property
    def good(self) -> bool:
        """quality.md's floors."""
        performance, *others = self.scores
        return performance >= 95 and min(others) == 100 and self.lcp <= 1800 and self.tbt <= 100 and self.cls <= 0.02


def measure(base: Path, say: Callable[[str], None]) -> str:
    _install()
    rows = []
    server = Server(demo(base / "data")).start()
    try:
        for title, name, path in PAGES:
            say(title)
            with _signed_in(server, name) as port:
                rows.append((title, [_lighthouse(f"{server.url}{path}", port, base) for _ in range(ROUNDS)]))
    finally:
        server.kill()
    return report(rows)


def _install() -> None:
    """Only whoever measures needs it: 150 packages."""
    if not (TOOL / "node_modules").is_dir():
        nothing_more = os.environ | {"PUPPETEER_SKIP_DOWNLOAD": "1"}
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--silent"], cwd=TOOL, env=nothing_more, check=True)


@contextmanager
def _signed_in(server: Server, name: str) -> Iterator[int]:
    """The port at which the person's browser lets itself be led."""
    port = free_port()
    with (
        sync_playwright() as playwright,
        chromium.installed(playwright, server.url, args=[*chromium.ARGS, f"--remote-debugging-port={port}"]) as phone,
    ):
        if name:
            page = sign_in_as(phone.new_page(), name)
            page.close()
        yield port


def _lighthouse(url: str, port: int, base: Path) -> Measured:
    out = base / "lighthouse.json"
    only = f"--only-categories={','.join(CATEGORIES)}"
    command = ["node_modules/.bin/lighthouse", url, f"--port={port}", "--output=json", f"--output-path={out}", only, "--quiet"]
    subprocess.run(command, cwd=TOOL, check=True, timeout=180)
    found: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    if found["finalDisplayedUrl"].split("?")[0] != url:
        msg = f"{url} led to {found['finalDisplayedUrl']}"
        raise RuntimeError(msg)
    audits = found["audits"]
    asked = {each["id"] for category in CATEGORIES[1:] for each in found["categories"][category]["auditRefs"] if each["weight"]}
    return Measured(
        scores=tuple(round(100 * found["categories"][category]["score"]) for category in CATEGORIES),
        lcp=audits["largest-contentful-paint"]["numericValue"],
        tbt=audits["total-blocking-time"]["numericValue"],
        cls=audits["cumulative-layout-shift"]["numericValue"],
        wrong=tuple(sorted(name for name in asked if audits[name]["score"] not in {None, 1})),
    )


def median(runs: list[Measured]) -> Measured:
    """Of each figure by itself; whatever was wrong once is told."""
    return Measured(
        scores=tuple(statistics.median(each) for each in zip(*(run.scores for run in runs), strict=True)),
        lcp=statistics.median(run.lcp for run in runs),
        tbt=statistics.median(run.tbt for run in runs),
        cls=statistics.median(run.cls for run in runs),
        wrong=tuple(sorted({name for run in runs for name in run.wrong})),
    )


def report(rows: list[tuple[str, list[Measured]]]) -> str:
    lines = [
        f"| Lighthouse, median of {ROUNDS} | performance | accessibility | best practices | LCP | TBT | CLS | floors |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for title, runs in rows:
        one = median(runs)
        scores = " | ".join(f"{score:.0f}" for score in one.scores)
        said = "met" if one.good else f"NOT met {' '.join(one.wrong)}".rstrip()
        lines.append(f"| {title} | {scores} | {one.lcp / 1000:.2f} s | {one.tbt:.0f} ms | {one.cls:.3f} | {said} |")
    return "\n".join(lines)
