"""`python -m tests.faults.doomed FILE MODULE ARGS…`: runs the module, and dies by -9 at the point that FILE comes to name, once.

The points are the product's own functions, wrapped from outside: it knows nothing of this.
"""

import inspect
import os
import runpy
import signal
import sys
import traceback
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import django

DOOR = "attendance/api.py"


def points() -> dict[str, tuple[Any, str, Callable[..., object]]]:
    """Where, and which passages count. Django's models can be imported only after its set-up."""
    from django.db.backends.base.base import BaseDatabaseWrapper  # noqa: PLC0415 - Django has to be set up first

    from notifications.channels.webpush import WebPush  # noqa: PLC0415 - Django has to be set up first
    from notifications.delivery import escalation, queue  # noqa: PLC0415 - Django has to be set up first
    from notifications.inbox import receipts  # noqa: PLC0415 - Django has to be set up first

    return {
        "commit": (BaseDatabaseWrapper, "_commit", in_a_tap),
        "lease": (queue, "store_and_lease", lambda **given: given["limit"]),
        "send": (WebPush, "send", always),
        "store": (queue, "_store", lambda results: results),
        "receipt": (receipts, "store", always),
        "escalate": (escalation, "escalate", always),
    }


def in_a_tap(*_: object) -> bool:
    return any(frame.f_code.co_filename.endswith(DOOR) for frame, _ in traceback.walk_stack(None))


def always(*_: object) -> bool:
    return True


def doom(file: Path, name: str, owner: Any, function: str, counts: Callable[..., object]) -> None:
    whole = getattr(owner, function)

    def perhaps_die(when: str, *given: Any, **named: Any) -> None:
        if file.exists() and file.read_text(encoding="ascii") == f"{when} {name}" and counts(*given, **named):
            file.unlink()
            os.kill(os.getpid(), signal.SIGKILL)

    @wraps(whole)
    def called(*given: Any, **named: Any) -> Any:
        perhaps_die("before", *given, **named)
        answer = whole(*given, **named)
        perhaps_die("after", *given, **named)
        return answer

    @wraps(whole)
    async def awaited(*given: Any, **named: Any) -> Any:
        perhaps_die("before", *given, **named)
        answer = await whole(*given, **named)
        perhaps_die("after", *given, **named)
        return answer

    setattr(owner, function, awaited if inspect.iscoroutinefunction(whole) else called)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")
    django.setup()
    for name, point in points().items():
        doom(Path(sys.argv[1]), name, *point)
    sys.argv = sys.argv[2:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
