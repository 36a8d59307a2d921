"""One JSON object a line, for machines. Never a name or a phone number: who writes a log line gives ids and codes."""

import re
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog


def traced(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Where it broke and what kind of fault it was. Its own words stay out: a database repeats in them what it was to store."""
    given = line.pop("exc_info", None)
    error = given[1] if isinstance(given, tuple) else given if isinstance(given, BaseException) else sys.exc_info()[1] if given else None
    if error is not None:
        line["exception"] = "".join([*traceback.format_tb(error.__traceback__), type(error).__name__])
    return line


# Who holds an invitation is invited, and it stands in the address of the page and of what the page asks for.
SECRET = re.compile(r"(/i/|/token/)[^/\s\"]+")


def unsaid(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Django names the address of every request that it refuses or fails at."""
    line["event"] = SECRET.sub(r"\1…", str(line["event"]))
    return line


STEPS: list[Any] = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    traced,
    unsaid,
]


def configure(level: str) -> dict[str, Any]:
    """Django's LOGGING: everything, our own lines and the libraries', in one shape on the standard error."""
    structlog.configure(
        processors=[*STEPS, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.JSONRenderer(ensure_ascii=False),
                ],
                "foreign_pre_chain": STEPS,
            }
        },
        "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["lines"], "level": level},
        # Django would add its own handlers, one of which mails tracebacks with the request's data.
        "loggers": {name: {"handlers": [], "propagate": True, "level": level} for name in ("django", "django.server")}
        | {
            "django.request": {"handlers": [], "propagate": True, "level": "ERROR"},  # a 401 or 404 is an answer, not an event
            "django.db.backends": {"level": "WARNING"},  # its debug lines hold what is stored
        },
    }
