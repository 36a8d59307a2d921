"""The two servers that are compared: ours and the stock one, each a process with its own data."""

import http.client
import subprocess
import sys
from pathlib import Path

from tests.bench.clocked import commits
from tests.bench.town import Town, load
from tests.support.databases import ROOT, environment
from tests.support.processes import Child, free_port, wait_until


class Side:
    """One server. Its data is laid out once; start and stop as often as wanted."""

    name = ""
    prepare = ""
    probe = ""

    def __init__(self, base: Path) -> None:
        self.data = base / self.name
        self.data.mkdir(parents=True)
        self.port = free_port()
        self.clock = self.data / "commits"
        self.child: Child | None = None

    @property
    def env(self) -> dict[str, str]:
        return environment(self.data, PUBLIC_URL=f"http://127.0.0.1:{self.port}", PYTHONWARNINGS="ignore")

    def command(self) -> list[str]:
        raise NotImplementedError

    def lay_out(self) -> Town:
        out = self.data / "town.json"
        done = subprocess.run(
            [sys.executable, "-m", self.prepare, str(out)], cwd=ROOT, env=self.env, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(done.stderr)
        return load(out)

    def start(self) -> Child:
        argv = [sys.executable, "-m", "tests.bench.clocked", str(self.clock), *self.command()]
        self.child = Child(argv, log=self.data / "server.log", env=self.env, cwd=ROOT)
        try:
            wait_until(self.up, seconds=60, what=f"{self.name} answers")
        except TimeoutError as error:
            error.add_note(self.child.words())
            raise
        return self.child

    def up(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            connection.request("GET", self.probe)
            return connection.getresponse().status < http.client.INTERNAL_SERVER_ERROR
        except OSError:
            return False
        finally:
            connection.close()

    def kill(self) -> None:
        if self.child:
            self.child.kill()

    def commits(self) -> list[int]:
        return commits(self.clock)


class Stock(Side):
    name = "stock"
    prepare = "tests.bench.prepare_stock"
    probe = "/api/openapi.json"

    @property
    def env(self) -> dict[str, str]:
        return {**super().env, "DJANGO_SETTINGS_MODULE": "tests.bench.stock.settings"}

    def command(self) -> list[str]:
        return ["daphne", "-b", "127.0.0.1", "-p", str(self.port), "-v", "0", "tests.bench.stock.asgi:application"]


class Ours(Side):
    """Without the dispatcher: the stock app sends no web push either."""

    name = "ours"
    prepare = "tests.bench.prepare_ours"
    probe = "/livez"

    def command(self) -> list[str]:
        return ["backend", "serve", "--port", str(self.port), "--no-dispatch"]
