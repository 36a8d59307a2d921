"""Push subscriptions: a phone that may be pushed to is saved, moved to whoever uses it now, and ended."""

import base64
import binascii
import datetime as dt

from cryptography.hazmat.primitives.asymmetric import ec
from django.db.models import F
from django.utils import timezone

from notifications.models import Delivery, PushSubscription
from notifications.transactions import retrying
from notifications.wire import endpoints

# Beyond this the person's oldest phones are forgotten: nobody owns so many, but a broken browser may subscribe for ever.
MOST = 20
SECRET_BYTES = 16
# An ended subscription may come back; after this nobody asks why a push was not sent.
KEPT_FOR = dt.timedelta(days=30)


class KeysRefusedError(ValueError):
    """Nothing could be encrypted for these keys."""


@retrying
def subscribe(*, user_id: int, endpoint: str, p256dh: str, auth: str, device: str) -> tuple[PushSubscription, bool]:
    """Save it; the subscription, and whether it is new. The endpoint is the phone's: another person on it takes it over."""
    endpoints.check(endpoint)
    check_keys(p256dh, auth)
    values = {"user_id": user_id, "p256dh": p256dh, "auth": auth, "device": device, "ended_at": None}
    row, new = PushSubscription.objects.update_or_create(
        endpoint=endpoint, defaults=values, create_defaults={**values, "created_at": timezone.now()}
    )
    if not new:
        _forget_letters_of_others(row)
    _forget_oldest(user_id)
    return row, new


def _forget_letters_of_others(row: PushSubscription) -> None:
    waiting = Delivery.objects.filter(subscription=row, state=Delivery.State.WAITING).exclude(notice__inbox_id=row.user_id)
    waiting.update(state=Delivery.State.GONE, error="moved", lease_owner=None, lease_until=None)


def _forget_oldest(user_id: int) -> None:
    """Delete the surplus, those that ended first."""
    own = PushSubscription.objects.filter(user_id=user_id).order_by(F("ended_at").desc(nulls_first=True), "-created_at", "-pk")
    surplus = list(own.values_list("pk", flat=True)[MOST:])
    if surplus:
        PushSubscription.objects.filter(pk__in=surplus).delete()


def end_subscriptions(*, user_id: int, device: str = "") -> int:
    """End those of one session, or all of the person's. How many."""
    live = PushSubscription.objects.filter(user_id=user_id, ended_at__isnull=True)
    if device:
        live = live.filter(device=device)
    return live.update(ended_at=timezone.now())


def forget_ended(*, now: dt.datetime) -> None:
    PushSubscription.objects.filter(ended_at__lt=now - KEPT_FOR).delete()


def check_keys(p256dh: str, auth: str) -> None:
    """Require a point on P-256 and 16 bytes, as browsers make them (RFC 8291)."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _bytes(p256dh))
        secret = _bytes(auth)
    except (ValueError, binascii.Error) as error:
        raise KeysRefusedError(str(error)) from error
    if len(secret) != SECRET_BYTES:
        msg = f"the secret has {len(secret)} bytes"
        raise KeysRefusedError(msg)


def _bytes(text: str) -> bytes:
    return base64.b64decode(text.encode("ascii", "strict") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
