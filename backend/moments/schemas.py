"""The shapes of the moments."""

import datetime as dt
import uuid
from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import FiniteFloat

from backend.activities.schemas import Day, Kind
from backend.common.schemas import Avatar, Id
from backend.moments.services import posts as posts_services
from backend.moments.services.posts import Box

Share = Annotated[FiniteFloat, Field(ge=0, le=1)]
BoxIn = Annotated[list[Share], Field(min_length=4, max_length=4, description="[x, y, w, h] in shares of the photo")]
Month = Annotated[str, Field(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$", description="2026-03")]

SessionIds = Annotated[str, Field(pattern=r"^[0-9]{1,15}(,[0-9]{1,15}){0,99}$", description="1,2,3")]


class MomentFilter(Schema):
    home: Id | None = None
    member: Id | None = Field(None, description="有他: only posts with a photo of this member")
    therapy: Kind | None = None
    session: Id | None = None


class MomentSearch(MomentFilter):
    month: Month | None = None
    day: Day | None = None
    after: str = Field("", max_length=60)
    limit: int = Field(20, ge=1, le=50)


class TagIn(Schema):
    member: Id
    box: BoxIn | None = None

    def told(self) -> posts_services.TagIn:
        return posts_services.TagIn(self.member, Box(*self.box) if self.box else None)


Tags = Annotated[list[TagIn], Field(max_length=60)] | Literal["nobody"]


class PhotoIn(Schema):
    """No `tags` (or null): nobody has said who is in it, and only the staff see it. In an edit those left out stay; null takes them off."""

    id: uuid.UUID
    tags: Tags | None = None

    def told(self) -> posts_services.PhotoIn:
        """As the verbs take it; an empty list says nothing."""
        tags = [] if self.tags == "nobody" else [tag.told() for tag in self.tags or ()] or None
        return posts_services.PhotoIn(id=self.id, tags=tags, untold="tags" not in self.model_fields_set)


class MomentIn(Schema):
    id: uuid.UUID
    home: Id
    text: str = Field("", max_length=2000)
    therapy: Kind | None = None
    session: Id | None = None
    photos: list[PhotoIn] = Field([], max_length=18)


class MomentChange(Schema):
    """What is left out stays. `photos` come first, in that order; those left out stay behind them."""

    text: str | None = Field(None, max_length=2000)
    therapy: Kind | Literal[""] | None = None
    photos: list[PhotoIn] = Field([], max_length=18)


class MomentHome(Schema):
    id: int
    name: str


class Author(Schema):
    title: str
    avatar: Avatar


class MomentSession(Schema):
    id: int
    title: str


class TagOut(Schema):
    """Families read of their own members only, and no boxes."""

    member: int
    short_name: str
    box: list[float] | None


class PhotoOut(Schema):
    """`src`: addresses by size, empty while there is nothing to see. `declined`: who said no on the tablet."""

    id: uuid.UUID
    status: Literal["waiting", "processing", "ready", "refused"]
    refusal: str
    marked: bool
    declined: str | None
    width: int
    height: int
    preview: str
    src: dict[str, str]
    tags: list[TagOut]


class Likes(Schema):
    count: int
    mine: bool
    names: list[str]


class CommentOut(Schema):
    """`hidden`: by the staff; only they and its author still see it."""

    id: uuid.UUID
    by: str
    mine: bool
    staff: bool
    text: str
    at: dt.datetime
    hidden: bool


class MomentOut(Schema):
    """`staff`: I work at this Home, and may edit it."""

    id: uuid.UUID
    home: MomentHome
    author: Author
    staff: bool
    text: str
    therapy: Kind | None
    session: MomentSession | None
    created_at: dt.datetime
    edited_at: dt.datetime | None
    photos: list[PhotoOut]
    likes: Likes
    comments: list[CommentOut]


class MomentMade(MomentOut):
    """`warnings`: sentences to show; nothing was refused."""

    warnings: list[str]


class MomentPage(Schema):
    items: list[MomentOut]
    next: str | None


class MomentMonth(Schema):
    month: str
    posts: int = Field(alias="count")


class SessionPhotos(Schema):
    session: int
    photos: int


class KeepsakeMonth(Schema):
    month: str
    photos: int = Field(alias="count")


class DeclineIn(Schema):
    member: Id


class CommentIn(Schema):
    id: uuid.UUID
    text: str = Field(max_length=400)


class ConsentIn(Schema):
    """`wording`: the sentence that was on the screen."""

    key: Literal["self", "guardian"]
    audience: Literal["family", "home", "volunteers", "public"]
    yes: bool
    wording: str = Field(max_length=200)
    on_paper: bool = False
