"""Schemas of wishes and proposals."""

import datetime as dt
import uuid
from typing import Literal

from ninja import Field, Schema

from backend.activities.schemas import Moment
from backend.common.schemas import Id
from backend.visits.models import Proposal, Wish
from backend.visits.schemas.common import EventKind, People
from backend.volunteers.schemas.common import VisitHome


class WishIn(Schema):
    id: uuid.UUID
    home: Id
    title: str = Field(max_length=80)
    text: str = Field("", max_length=600)
    kind: EventKind
    people: People = 1


class WishOut(Schema):
    """`suggestion`: when the organisation could come."""

    id: uuid.UUID
    home: VisitHome
    title: str
    text: str
    kind: EventKind
    people: int
    state: Literal["open", "claimed", "fixed", "withdrawn"]
    organisation: str
    suggestion: str
    event: uuid.UUID | None
    created_at: dt.datetime

    @staticmethod
    def resolve_organisation(wish: Wish) -> str:
        return wish.organisation.name if wish.organisation else ""

    @staticmethod
    def resolve_event(wish: Wish) -> uuid.UUID | None:
        return wish.event_id


class ClaimIn(Schema):
    organisation: Id
    suggestion: str = Field("", max_length=200)


class TimesIn(Schema):
    starts_at: Moment
    ends_at: Moment


class ProposalIn(TimesIn):
    id: uuid.UUID
    organisation: Id
    home: Id
    kind: EventKind
    title: str = Field(max_length=80)
    text: str = Field("", max_length=600)
    people: People


class AnswerIn(Schema):
    """`moved` names another time; `moved` and `declined` give a reason."""

    answer: Literal["accepted", "moved", "declined"]
    reason: str = Field("", max_length=200)
    starts_at: Moment | None = None
    ends_at: Moment | None = None


class ProposalOut(Schema):
    """`mine`: from an organisation that I coordinate; else it is for my Home to answer."""

    id: uuid.UUID
    organisation: str
    home: VisitHome
    kind: EventKind
    title: str
    text: str
    people: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    state: Literal["sent", "moved", "accepted", "declined", "withdrawn"]
    reason: str
    event: uuid.UUID | None
    mine: bool

    @staticmethod
    def resolve_organisation(proposal: Proposal) -> str:
        return proposal.organisation.name

    @staticmethod
    def resolve_event(proposal: Proposal) -> uuid.UUID | None:
        return proposal.event_id
