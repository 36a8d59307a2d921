"""Schemas of the codes on the Home's tablet."""

import datetime as dt
import uuid

from ninja import Schema


# -- the day ---------------------------------------------------------------------------------------
class DoorCode(Schema):
    """`address` is what the QR says; `qr` is an SVG; `digits` are to be typed where there is no camera."""

    address: str
    digits: str
    qr: str
    shown_from: dt.datetime
    shown_until: dt.datetime


class DoorCodes(Schema):
    """The code to show now and those that follow, so that the tablet changes them without a network. `now` is the server's clock."""

    event: uuid.UUID
    title: str
    now: dt.datetime
    codes: list[DoorCode]
