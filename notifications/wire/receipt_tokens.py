"""Receipt tokens: with one, a service worker confirms one notice on one phone when its session may long be gone."""

import uuid
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer

SALT = "notifications.receipt"


@dataclass(frozen=True)
class ReceiptToken:
    notice: uuid.UUID
    subscription: int


def sign(notice: uuid.UUID, subscription: int) -> str:
    return Signer(salt=SALT).sign(f"{notice.hex}.{subscription}")


def read(token: str) -> ReceiptToken | None:
    try:
        notice, _, subscription = Signer(salt=SALT).unsign(token).partition(".")
    except (BadSignature, ValueError):  # a lone surrogate cannot even be compared
        return None
    return ReceiptToken(notice=uuid.UUID(notice), subscription=int(subscription))
