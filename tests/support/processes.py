"""Child processes that never outlive the test run, and whose words are kept."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

# Seconds. A busy machine is slow, not wrong.
PATIENCE = 120
# The kernel ends the child even if the test run itself is killed with -9.
LEASH = [found, "--pdeathsig=KILL", "--"] if (found := shutil.which("setpriv")) else []


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(happened: Callable[[], object], *, what: str, seconds: float = PATIENCE, every: float = 0.02) -> None:
    """For things outside this process, where no clock can be moved. `seconds` only where they are what is promised."""
    deadline = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > deadline:
            msg = f"Not within {seconds:g} s: {what}"
            raise TimeoutError(msg)
        time.sleep(every)


class Child:
    """One process, started with a log file; killed by its own id and no other way."""

    def __init__(self, argv: Sequence[str], *, log: Path, env: Mapping[str, str] | None = None, cwd: Path | None = None) -> None:
        self.log = log
        with log.open("ab") as sink:
            self._process = subprocess.Popen(
                [*LEASH, *argv], stdout=sink, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, env=env, cwd=cwd
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    def running(self) -> bool:
        return self._process.poll() is None

    def signal(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            self._process.send_signal(number)

    def kill(self) -> None:
        """-9, at once."""
        self.signal(signal.SIGKILL)
        self._process.wait(timeout=30)

    def stop(self, *, seconds: float = 20) -> int:
        """Ask it to end; its exit status."""
        self.signal(signal.SIGTERM)
        try:
            return self._process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            raise

    def words(self, *, last: int = 6000) -> str:
        return self.log.read_text(errors="replace")[-last:] if self.log.exists() else ""

    def memory(self) -> int:
        """Resident bytes."""
        fields = Path(f"/proc/{self.pid}/statm").read_text(encoding="ascii").split()
        return int(fields[1]) * os.sysconf("SC_PAGE_SIZE")

    def cpu_seconds(self) -> float:
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
