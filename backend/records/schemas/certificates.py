"""Schemas of certificates."""

import datetime as dt
import uuid
from typing import Annotated, Literal

from ninja import Field, Schema

from backend.activities.schemas import Day
from backend.common.schemas import Id

# PostgreSQL refuses a NUL.
Number = Annotated[str, Field(min_length=4, max_length=20, pattern=r"^[^\x00-\x1f]*$")]


class CertificateIn(Schema):
    id: uuid.UUID
    first: Day
    last: Day
    organisation: Id | None = None


class Stated(Schema):
    number: str
    subject: Literal["person", "organisation"]
    name: str
    first: dt.date
    last: dt.date
    minutes: int
    times: int
    people: int
    issuer: str
    issued_on: dt.date


class Service(Schema):
    """`name`: of who served, where it is not the one above: in an organisation's list, or when they signed up under another."""

    date: dt.date
    title: str
    kind: str
    shift: str
    home: str
    minutes: int
    name: str


class HonourOut(Schema):
    date: dt.date
    title: str
    home: str
    name: str


class Statement(Stated):
    homes: int
    services: list[Service]
    trainings: list[Service]
    honours: list[HonourOut]


class Revocation(Schema):
    revoked_at: dt.datetime | None
    reason: str


class CertificateRow(Stated, Revocation):
    id: uuid.UUID


class CertificatePage(CertificateRow):
    """`address` is what the QR says; `qr` is an SVG."""

    statement: Statement
    address: str
    qr: str


class CertificateKeys(Schema):
    """Ed25519 public keys, base64url of 32 bytes: a seal holds if it fits one of them."""

    keys: list[str]


class SealIn(Schema):
    seal: str = Field(max_length=3000)


class Verified(Revocation):
    state: Literal["valid", "revoked", "forged", "unknown"]
    statement: Statement | None


class ByNumber(Stated, Revocation):
    """The name half covered."""

    state: Literal["valid", "revoked"]


class RevokeIn(Schema):
    reason: str = Field(max_length=120)
