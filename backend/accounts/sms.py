"""How a login code reaches a phone. A real gateway is one more small class here and its name in GATEWAYS."""

import secrets
import sys
from collections.abc import Sequence
from typing import Any, Protocol

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured

from backend.common.errors import RefusedError

DEMO_CODE = "246810"


class NotSentError(RefusedError):
    """The gateway did not take the message (503)."""

    code = "not_sent"

    def __init__(self) -> None:
        super().__init__("短信暂时发不出去，请过几分钟再试。")


class Gateway(Protocol):
    def new_code(self) -> str:
        """Six digits."""

    def send_code(self, *, phone: str, code: str) -> None:
        """Raises NotSentError."""


class DemoGateway:
    """One code for everybody, on the sign-in page for all to see; sends nothing."""

    def new_code(self) -> str:
        return DEMO_CODE

    def send_code(self, *, phone: str, code: str) -> None:
        del phone, code


class ConsoleGateway:
    """For a developer's own machine: the code is read off the terminal."""

    def new_code(self) -> str:
        return f"{secrets.randbelow(1_000_000):06}"

    def send_code(self, *, phone: str, code: str) -> None:
        print(f"幸福驿站 login code for {phone}: {code}", file=sys.stderr, flush=True)  # noqa: T201 - printing is what this gateway does


GATEWAYS: dict[str, type[Gateway]] = {"demo": DemoGateway, "console": ConsoleGateway}


def gateway() -> Gateway:
    name = settings.SMS_GATEWAY
    if name not in GATEWAYS:
        msg = f"SMS_GATEWAY={name!r}: write one of {', '.join(GATEWAYS)}."
        raise ImproperlyConfigured(msg)
    return GATEWAYS[name]()


def check_gateway(**_kwargs: Any) -> Sequence[CheckMessage]:
    """A system check: nobody could sign in."""
    if settings.SMS_GATEWAY in GATEWAYS:
        return []
    return [
        Error(
            f"SMS_GATEWAY={settings.SMS_GATEWAY!r} is not a gateway, so nobody can sign in.",
            hint=f"Set SMS_GATEWAY to one of: {', '.join(GATEWAYS)}.",
            id="accounts.E001",
        ),
    ]


def check_real_gateway(**_kwargs: Any) -> Sequence[CheckMessage]:
    """A deployment check: with the demo's fixed code anybody is anybody."""
    if settings.SMS_GATEWAY != "demo" or settings.DEMO:
        return []
    return [
        Error(
            "SMS_GATEWAY=demo accepts the same code for everybody.",
            hint="Unset SMS_GATEWAY, or name a gateway that sends codes.",
            id="accounts.E002",
        ),
    ]
