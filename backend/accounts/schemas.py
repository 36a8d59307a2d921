"""The shapes of a person's account and devices."""

import datetime as dt

from ninja import Field, Schema


class NameIn(Schema):
    name: str = Field(max_length=80)


class NameOut(Schema):
    id: int
    name: str
    phone_masked: str


class SharedIn(Schema):
    shared: bool


class DeviceOut(Schema):
    id: int
    label: str
    shared: bool
    created_at: dt.datetime
    seen_at: dt.datetime
    this: bool
    held: bool


class CastOut(Schema):
    phone: str
    label: str
