"""Posts, photos, what is said to them, and consent, over HTTP."""

import datetime as dt
import uuid
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from ninja import Path, Query, Router, Status

from backend.accounts.models import User
from backend.accounts.rules import person
from backend.common import uploads
from backend.common.schemas import Id
from backend.moments import files
from backend.moments.archive import archive
from backend.moments.queries import archive as archive_queries
from backend.moments.queries import feed
from backend.moments.queries import photos as photos_queries
from backend.moments.queries.feed import Asked, PostMade
from backend.moments.schemas import (
    CommentIn,
    CommentOut,
    ConsentIn,
    DeclineIn,
    KeepsakeMonth,
    MomentChange,
    MomentFilter,
    MomentIn,
    MomentMade,
    MomentMonth,
    MomentOut,
    MomentPage,
    MomentSearch,
    Month,
    SessionIds,
    SessionPhotos,
)
from backend.moments.services import comments, posts
from backend.moments.services import consent as consent_services
from backend.moments.services import photos as photos_services
from backend.moments.services.posts import Posted
from backend.people import consent
from backend.people.schemas import ConsentOut

router = Router(tags=["moments"])

BINARY = {"schema": {"type": "string", "format": "binary"}}
ZIP = {"responses": {200: {"description": "The archive", "content": {"application/zip": BINARY}}}}


@router.get("/moments", response=MomentPage, operation_id="moments")
def moments(request: HttpRequest, asked: Query[MomentSearch]) -> Any:
    """Posts I may see, newest first."""
    return feed.posts(person(request), _asked(asked, asked.month, asked.day), after=asked.after, limit=asked.limit)


@router.get("/moments/months", response=list[MomentMonth], operation_id="moment_months")
def moment_months(request: HttpRequest, asked: Query[MomentFilter]) -> Any:
    """The archive: months, newest first, with how many posts I see."""
    return archive_queries.months(person(request), _asked(asked))


@router.get("/moments/sessions", response=list[SessionPhotos], operation_id="photos_of_sessions")
def photos_of_sessions(request: HttpRequest, sessions: Query[SessionIds]) -> Any:
    """Which of these sessions have photos that I see, and how many."""
    found = photos_queries.photos_of_sessions(person(request), [int(each) for each in sessions.split(",")])
    return [{"session": session, "photos": photos} for session, photos in sorted(found.items())]


@router.get("/moments/keepsakes", response=list[KeepsakeMonth], operation_id="keepsakes")
def keepsakes(request: HttpRequest, member: Query[Id]) -> Any:
    """Months with photos of my own member, and how many."""
    return archive_queries.archived_photos(person(request), member)


@router.get("/moments/keepsake", response={200: None}, operation_id="keepsake", openapi_extra=ZIP)
def keepsake(request: HttpRequest, member: Query[Id], month: Query[Month]) -> Any:
    """A month's photos of my own member as one archive."""
    photos = archive_queries.archived_photo(person(request), member, _first(month))
    headers = {"Content-Disposition": f'attachment; filename="photos-{month}.zip"'}
    return StreamingHttpResponse(archive(photos), content_type="application/zip", headers=headers)


@router.post("/moments", response={200: MomentMade, 201: MomentMade}, operation_id="make_post")
def make_post(request: HttpRequest, data: MomentIn) -> Any:
    """For staff. The same id again is answered 200. The photos themselves come after, one by one."""
    me = person(request)
    done = posts.make_post(
        post_id=data.id,
        home_id=data.home,
        text=data.text,
        therapy=data.therapy or "",
        session_id=data.session,
        photos=[photo.told() for photo in data.photos],
        by=me,
    )
    return Status(200 if done.repeat else 201, _posted(me, done))


@router.get("/moments/{moment_id}", response=MomentOut, operation_id="moment")
def moment(request: HttpRequest, moment_id: uuid.UUID) -> Any:
    """One post."""
    return feed.post(person(request), moment_id)


@router.patch("/moments/{moment_id}", response=MomentMade, operation_id="edit_post")
def edit_post(request: HttpRequest, moment_id: uuid.UUID, data: MomentChange) -> Any:
    """Words, therapy, the order of the photos and who is in them."""
    me, photos = person(request), [photo.told() for photo in data.photos]
    return _posted(me, posts.edit_post(post_id=moment_id, text=data.text, therapy=data.therapy, photos=photos, by=me))


@router.delete("/moments/{moment_id}", response={204: None}, operation_id="take_back")
def take_back(request: HttpRequest, moment_id: uuid.UUID) -> Any:
    """It is gone, with its photos and all that was said."""
    posts.take_back(post_id=moment_id, by=person(request))
    return Status(204, None)


@router.put("/moments/{moment_id}/photos/{photo_id}", response={202: None}, operation_id="put_photo", openapi_extra=uploads.PHOTO)
def put_photo(request: HttpRequest, moment_id: uuid.UUID, photo_id: uuid.UUID) -> Any:
    """The photo itself as the body: JPEG, PNG, WebP or HEIC, up to 20 MB. Answered once it is on the disk; again does nothing."""
    me = person(request)
    if photos_services.may_receive(post_id=moment_id, photo_id=photo_id, by=me):
        uploads.keep(request, files.incoming(photo_id))
        photos_services.photo_received(post_id=moment_id, photo_id=photo_id, by=me)
    return Status(202, None)


@router.delete("/moments/{moment_id}/photos/{photo_id}", response={204: None}, operation_id="delete_photo")
def delete_photo(request: HttpRequest, moment_id: uuid.UUID, photo_id: uuid.UUID) -> Any:
    """This one only."""
    photos_services.delete_photo(post_id=moment_id, photo_id=photo_id, by=person(request))
    return Status(204, None)


@router.post("/moments/{moment_id}/photos/{photo_id}/declined", response={204: None}, operation_id="decline_photo")
def decline_photo(request: HttpRequest, moment_id: uuid.UUID, photo_id: uuid.UUID, data: DeclineIn) -> Any:
    """给家人看吗？ The member said no on the tablet: it goes, for everybody."""
    photos_services.decline_photo(post_id=moment_id, photo_id=photo_id, member_id=data.member, by=person(request))
    return Status(204, None)


@router.put("/moments/{moment_id}/like", response={204: None}, operation_id="like")
def like(request: HttpRequest, moment_id: uuid.UUID) -> Any:
    """♡"""
    comments.like(post_id=moment_id, by=person(request))
    return Status(204, None)


@router.delete("/moments/{moment_id}/like", response={204: None}, operation_id="unlike")
def unlike(request: HttpRequest, moment_id: uuid.UUID) -> Any:
    """No ♡ any more."""
    comments.unlike(post_id=moment_id, by=person(request))
    return Status(204, None)


@router.post("/moments/{moment_id}/comments", response={200: list[CommentOut], 201: list[CommentOut]}, operation_id="comment")
def comment(request: HttpRequest, moment_id: uuid.UUID, data: CommentIn) -> Any:
    """Answered with all comments. The same id again is answered 200."""
    me = person(request)
    _, new = comments.comment(comment_id=data.id, post_id=moment_id, text=data.text, by=me)
    return Status(201 if new else 200, feed.post(me, moment_id).comments)


@router.delete("/moments/{moment_id}/comments/{comment_id}", response={204: None}, operation_id="delete_comment")
def delete_comment(request: HttpRequest, moment_id: uuid.UUID, comment_id: uuid.UUID) -> Any:
    """My own."""
    comments.delete_comment(post_id=moment_id, comment_id=comment_id, by=person(request))
    return Status(204, None)


@router.put("/moments/{moment_id}/comments/{comment_id}/hidden", response={204: None}, operation_id="hide_comment")
def hide_comment(request: HttpRequest, moment_id: uuid.UUID, comment_id: uuid.UUID) -> Any:
    """For staff: only they and its author still see it."""
    comments.hide_comment(post_id=moment_id, comment_id=comment_id, hidden=True, by=person(request))
    return Status(204, None)


@router.delete("/moments/{moment_id}/comments/{comment_id}/hidden", response={204: None}, operation_id="show_comment")
def show_comment(request: HttpRequest, moment_id: uuid.UUID, comment_id: uuid.UUID) -> Any:
    """For staff: everybody sees it again."""
    comments.hide_comment(post_id=moment_id, comment_id=comment_id, hidden=False, by=person(request))
    return Status(204, None)


@router.get("/members/{member_id}/consent", response=ConsentOut, operation_id="consent")
def show_consent(request: HttpRequest, member_id: Path[Id]) -> Any:
    """Who may see the member's photos: what holds, what was said, and how to ask."""
    return consent.shown(person(request), member_id)


@router.post("/members/{member_id}/consent", response={201: ConsentOut}, operation_id="give_consent")
def give_consent(request: HttpRequest, member_id: Path[Id], data: ConsentIn) -> Any:
    """One answer of the member or of the guardian. It holds at once, for old photos, too."""
    me = person(request)
    consent_services.give_consent(
        member_id=member_id, key=data.key, audience=data.audience, yes=data.yes, seen=data.wording, on_paper=data.on_paper, by=me
    )
    return Status(201, consent.shown(me, member_id))


def _asked(asked: MomentFilter, month: str | None = None, day: dt.date | None = None) -> Asked:
    facts = asked.dict(include={"home", "member", "session"})
    return Asked(**facts, therapy=asked.therapy or "", month=_first(month) if month else None, day=day)


def _first(month: str) -> dt.date:
    return dt.date.fromisoformat(f"{month}-01")


def _posted(me: User, done: Posted) -> PostMade:
    return PostMade(**vars(feed.post(me, done.post.pk)), warnings=done.warnings)
