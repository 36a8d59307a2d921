"""The real server as a child process: started, killed, restarted on the same data and port."""

import http.client
import json
import sys
from typing import Any

from tests.support.databases import ROOT, Store
from tests.support.processes import PATIENCE, Child, free_port, wait_until


class Server:
    """`python -m backend serve` with a data directory of its own."""

    module: tuple[str, ...] = ("backend",)

    def __init__(self, store: Store, *, port: int = 0, options: tuple[str, ...] = (), **env: str) -> None:
        self.store = store
        self.port = port or free_port()
        self.options = options
        self.more = env
        self.log = store.data / "server.log"
        self.child: Child | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def socket_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/ws"

    @property
    def env(self) -> dict[str, str]:
        return self.store.env(PUBLIC_URL=self.url, ALLOWED_HOSTS="127.0.0.1,localhost", **self.more)

    def start(self, *, ready: bool = True) -> "Server":
        command = [sys.executable, "-m", *self.module, "serve", "--port", str(self.port), *self.options]
        self.child = Child(command, log=self.log, env=self.env, cwd=ROOT)
        if ready:
            self.wait_ready()
        return self

    def wait_ready(self, *, seconds: float = PATIENCE) -> None:
        try:
            wait_until(self.ready_or_dead, seconds=seconds, what="the server is ready")
        except TimeoutError as error:
            error.add_note(self.words())
            raise
        if not self.running():
            msg = f"The server ended instead of getting ready:\n{self.words()}"
            raise RuntimeError(msg)

    def ready_or_dead(self) -> bool:
        return not self.running() or self.get("/readyz")[0] == http.client.OK

    def get(self, path: str) -> tuple[int, Any]:
        """Status 0: nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            body = answer.read()
        except OSError:
            return 0, None
        finally:
            connection.close()
        is_json = answer.headers.get_content_type() == "application/json"
        return answer.status, json.loads(body) if is_json else body

    def running(self) -> bool:
        return self.child is not None and self.child.running()

    def kill(self) -> None:
        if self.child:
            self.child.kill()

    def stop(self) -> int:
        return self.child.stop() if self.child and self.child.running() else 0

    def restart(self) -> None:
        self.stop()
        self.start()

    def words(self) -> str:
        return self.child.words() if self.child else ""
