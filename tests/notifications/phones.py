"""Phones that can be pushed to, without a browser."""

import secrets

from django.utils import timezone

from backend.accounts.models import User
from notifications.models import PushSubscription
from tests.support.push_phone import Phone


def subscribe(user: User, phone: Phone | None = None, *, device: str = "") -> PushSubscription:
    """Nobody answers at the endpoint of a phone made here."""
    phone = phone or Phone(endpoint=f"https://fcm.googleapis.com/fcm/send/{secrets.token_urlsafe(12)}")
    keys = phone.subscription["keys"]
    return PushSubscription.objects.create(
        user=user,
        endpoint=phone.endpoint,
        p256dh=keys["p256dh"],
        auth=keys["auth"],
        device=device or secrets.token_hex(8),
        created_at=timezone.now(),
    )
