"""Links that somebody passes on: to join an organisation, to take a seat. Signed, so nothing is stored; another version ends them."""

import uuid
from typing import Literal

from django.conf import settings
from django.core.signing import BadSignature, Signer

from backend.common.errors import NotFoundError

Kind = Literal["join", "seat"]
WORN_OUT = "这个链接已经失效，请负责人再发一个。"


def sign_link(kind: Kind, key: int | uuid.UUID, version: int) -> str:
    name = key.hex if isinstance(key, uuid.UUID) else str(key)
    return f"{settings.PUBLIC_URL}/v/{kind}/{_signer(kind).sign(f'{name}-{version}')}"


def open_link(kind: Kind, token: str) -> tuple[str, int]:
    """The key and the version it was made for."""
    try:
        name, _, version = _signer(kind).unsign(token).partition("-")
    except BadSignature:
        raise NotFoundError(WORN_OUT) from None
    return name, int(version)


def _signer(kind: Kind) -> Signer:
    return Signer(salt=f"link.{kind}", sep="~")
