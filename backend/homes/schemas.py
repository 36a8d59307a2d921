"""The shapes of Homes, posts and holidays."""

import datetime as dt

from ninja import Field, Schema

from backend.homes.models import StaffPost


class AreaOut(Schema):
    id: int
    name: str


class HomeOut(Schema):
    id: int
    name: str
    phone: str
    address: str
    area: AreaOut


class PostOut(Schema):
    id: int
    title: str
    role: str
    has_pin: bool

    @staticmethod
    def resolve_has_pin(post: StaffPost) -> bool:
        return bool(post.pin)


class PinIn(Schema):
    post: int = Field(gt=0, lt=2**63)
    pin: str = Field(max_length=6)


class HolidayIn(Schema):
    name: str = Field(min_length=1, max_length=40)
    works: bool


class HolidayOut(Schema):
    date: dt.date
    name: str
    works: bool
