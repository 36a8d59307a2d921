"""Who is asking, from where, and on which device. Nothing here writes."""

import datetime as dt
import ipaddress
import re
import unicodedata
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.module_loading import import_string

from backend.accounts.models import Device, User
from backend.common.compiled_query import CompiledQuery
from backend.common.errors import InvalidError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

# A number that nobody used for this long may belong to somebody else by now.
IDLE = dt.timedelta(days=180)
# A session on a Home's tablet ends with the working day.
SHARED_SESSION = dt.timedelta(hours=12)
# How often a visit is written down; each time the session's year starts again.
SEEN_EVERY = dt.timedelta(hours=1)
PROVISIONAL_FOR = dt.timedelta(days=1)

LIMIT_WINDOW = dt.timedelta(minutes=10)
TRIES_PER_CODE = 5

MAINLAND = re.compile(r"(?:\+86|0086|86)?(1[3-9]\d{9})")
SEPARATORS = re.compile(r"[\s\-()]")
SIGN_IN = "请先登录。"
BAD_PHONE = "请输入 11 位手机号。"


class SignedOutError(RefusedError):
    """Nobody is signed in (401)."""

    code = "signed_out"


class HeldError(SignedOutError):
    """Signed in, but the device waits for a yes (401)."""

    code = "held"


def e164(raw: object) -> str:
    """+8613800000001, however it was typed. Only mainland mobiles: codes to elsewhere are what fraud lives on."""
    text = SEPARATORS.sub("", unicodedata.normalize("NFKC", raw)) if isinstance(raw, str) else ""
    match = MAINLAND.fullmatch(text)
    if match is None or not text.isascii():
        raise InvalidError(BAD_PHONE, fields={"phone": BAD_PHONE})
    return f"+86{match[1]}"


def phone_hash(phone: str) -> str:
    """What the table of asked-for codes keeps instead of the number."""
    return salted_hmac("accounts.code", phone, algorithm="sha256").hexdigest()


def client_address(request: HttpRequest) -> str:
    """The caller's address: the connection's own, unless the operator says how many proxies stand in front."""
    proxies = settings.NINJA_NUM_PROXIES or 0
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    address = forwarded[-proxies] if 0 < proxies <= len(forwarded) else request.META.get("REMOTE_ADDR", "")
    return _household(address)


def _household(address: str) -> str:
    """Whoever has one IPv6 address has all of its /64, so that is what counts as one."""
    try:
        given = ipaddress.ip_address(address)
    except ValueError:
        return address[:45]
    if isinstance(given, ipaddress.IPv4Address):
        return str(given)
    return str(given.ipv4_mapped or ipaddress.ip_network((given, 64), strict=False).network_address)


def device_of(request: HttpRequest) -> Device | None:
    """The row of the browser that asks; read once a request."""
    if not hasattr(request, "_device"):
        key = request.session.session_key
        found = DEVICE.first(key=key) if key else None
        request._device = found  # type: ignore[attr-defined]  # noqa: SLF001 - a cache on the request, as Django keeps _cached_user
    return cast("Device | None", request._device)  # type: ignore[attr-defined]  # noqa: SLF001 - see above


DEVICE = CompiledQuery(lambda key: Device.objects.filter(session_key=key), key="a session key")


def signed_in(request: HttpRequest) -> User | None:
    """Whoever is signed in, held or not."""
    user = request.user
    return user if isinstance(user, User) and user.is_authenticated else None


def person(request: HttpRequest) -> User:
    """Whoever is signed in and may see their own things."""
    user = signed_in(request)
    if user is None:
        raise SignedOutError(SIGN_IN)
    device = device_of(request)
    if device is not None and device.held_at is not None:
        raise HeldError("这个号码很久没有使用。请在您的其他设备上，或请家园老师确认是您本人。")
    return user


def must_hold(user: User, now: dt.datetime) -> bool:
    """Whether a sign-in on a new device waits for a yes: the number was idle, and would show somebody's family."""
    if user.seen_at is None or now - user.seen_at < IDLE:
        return False
    is_precious = cast("Callable[[User], bool]", import_string(settings.HOLD_WHEN_IDLE))
    return is_precious(user)
