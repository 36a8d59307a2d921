"""What a child process took: seen by a small parent, whose own size does not count as the child's."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

# A child begins with what its parent had, until it becomes another program; so the scales must be light.
SCALES = """
import json, os, subprocess, sys, time
for line in sys.stdin:
    began = time.monotonic()
    child = subprocess.Popen(json.loads(line), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={})
    out = child.stdout.read().decode()
    _, status, used = os.wait4(child.pid, 0)
    seconds = time.monotonic() - began
    print(json.dumps([os.waitstatus_to_exitcode(status), out, used.ru_maxrss, used.ru_utime + used.ru_stime, seconds]), flush=True)
"""


@dataclass(frozen=True)
class Weighed:
    status: int
    out: bytes
    kib: int
    cpu: float
    seconds: float


def weigh(commands: list[list[str]], *, at_once: int = 2) -> list[Weighed]:
    """In their order; so many at once."""
    with ThreadPoolExecutor(at_once) as pool:
        shares = list(pool.map(_on_scales, [commands[number::at_once] for number in range(at_once)]))
    return [shares[number % at_once][number // at_once] for number in range(len(commands))]


def _on_scales(commands: list[list[str]]) -> list[Weighed]:
    lines = "\n".join(json.dumps(command) for command in commands)
    done = subprocess.run([sys.executable, "-I", "-S", "-c", SCALES], input=lines, capture_output=True, text=True, check=True)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return [Weighed(status, out.encode(), kib, cpu, seconds) for status, out, kib, cpu, seconds in rows]
