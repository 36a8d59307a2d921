"""Door codes: what the Home's tablet shows and volunteers check in with.

Another one every half minute, so a photographed one is soon worth nothing. `12.59403840.MAC`: the event, the half minute, and the
proof that this server wrote it. Below it stand eight digits that say the same to who has no camera.
"""

import datetime as dt
import re
from dataclasses import dataclass

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from backend.common.errors import InvalidError
from backend.common.keys import b64

STEP = dt.timedelta(seconds=30)
# From the moment that it is first shown.
ACCEPTED = dt.timedelta(seconds=60)
# The tablet gets so many ahead, and goes on showing them while it has no network.
AHEAD = 20
MAC_BYTES = 12
PATH = "/v/here/"
# Digits name no half minute, so they are looked for: those of half a day.
LOOKED_BACK = 1440
DIGITS = re.compile(r"[0-9]{8}", re.ASCII)
NOT_A_CODE = "not_a_door_code"
SHAPE = re.compile(r"([0-9a-f-]{1,36})\.([0-9]{1,9})\.([\w-]{16})", re.ASCII)


@dataclass(frozen=True)
class Code:
    text: str
    digits: str
    shown_from: dt.datetime

    @property
    def shown_until(self) -> dt.datetime:
        return self.shown_from + STEP

    @property
    def address(self) -> str:
        """What the QR says: a phone's own camera opens the app with it."""
        return f"{settings.PUBLIC_URL}{PATH}{self.text}"


def codes_to_show(event: object, now: dt.datetime) -> list[Code]:
    """The one to show now, and those that follow."""
    first = _step(now)
    return [_code(event, step) for step in range(first, first + AHEAD)]


def read_code(text: str, event: object, now: dt.datetime) -> Code:
    """The code that was scanned or typed, whenever it was shown. Refused when this server never wrote it, or for something else."""
    typed = "".join(text.split())
    if DIGITS.fullmatch(typed):
        return _find_typed(typed, event, now)
    match = SHAPE.fullmatch(text.rpartition(PATH)[2])
    if match is None:
        raise InvalidError("这不是家园平板上的签到码，请扫平板上的码。", code=NOT_A_CODE)
    written = _code(match[1], int(match[2]))
    if not constant_time_compare(written.text, match[0]):
        raise InvalidError("这个签到码不是真的，请扫家园平板上的码。", code=NOT_A_CODE)
    if match[1] != str(event):
        raise InvalidError("这是另一场活动的签到码，请扫这场活动的码。", code="other_door_code")
    return written


def _find_typed(digits: str, event: object, now: dt.datetime) -> Code:
    newest = _step(now) + 1
    for step in range(newest, newest - LOOKED_BACK, -1):
        if constant_time_compare(_digits(event, step), digits):
            return _code(event, step)
    raise InvalidError("这八位数字不对，请照着平板上的再输一次。", code=NOT_A_CODE)


def refuse_stale(code: Code, now: dt.datetime) -> None:
    """Online a code counts for a minute. One that comes before its time is as wrong as one that comes late."""
    if not code.shown_from - STEP <= now < code.shown_from + ACCEPTED:
        raise InvalidError("这个签到码已经过时，每 30 秒换一个。请到家园平板前重新扫。", code="stale_door_code")


def _code(event: object, step: int) -> Code:
    said = f"{event}.{step}"
    mac = salted_hmac("visits.door_code", said, algorithm="sha256").digest()[:MAC_BYTES]
    shown_from = dt.datetime.fromtimestamp(step * STEP.total_seconds(), dt.UTC)
    return Code(f"{said}.{b64(mac)}", _digits(event, step), shown_from)


def _digits(event: object, step: int) -> str:
    mac = salted_hmac("visits.door_code.digits", f"{event}.{step}", algorithm="sha256").digest()
    return f"{int.from_bytes(mac[:8], 'big') % 10**8:08}"


def _step(now: dt.datetime) -> int:
    return int(now.timestamp() // STEP.total_seconds())
