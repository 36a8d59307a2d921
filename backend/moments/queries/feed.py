"""Posts as each of their readers sees them, newest first."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from backend.accounts.models import User
from backend.activities.models import Activity, Session
from backend.common import clock
from backend.common.errors import NotFoundError
from backend.common.found import one
from backend.common.pagination import Page, by_moment
from backend.common.rows import Row
from backend.homes.models import StaffPost
from backend.moments import files
from backend.moments.models import Comment, Like, Photo, Post, Tag
from backend.moments.queries.names import Names
from backend.moments.queries.photos import with_people
from backend.moments.rules import Rendering, Viewer, rendering, seen_comments, seen_photos, seen_posts, viewer
from backend.people.models import Avatar, Placement

COLOURS = 8
# What is for some by name is their families' business.
NAMED = Q(session__activity__audience=Activity.Audience.NAMED)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which posts: of a Home, with a member in them, of a therapy, of a session, of a month (its first day), of a day."""

    home: int | None = None
    member: int | None = None
    therapy: str = ""
    session: int | None = None
    month: dt.date | None = None
    day: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class Author(Row[StaffPost]):
    @property
    def avatar(self) -> Avatar:
        return Avatar(text=self.row.title[:1], colour=self.row.pk % COLOURS)


@dataclass(frozen=True, kw_only=True)
class TagCard:
    member: int
    short_name: str
    box: Sequence[float] | None


@dataclass(frozen=True, kw_only=True)
class PhotoCard(Row[Photo]):
    rendering: Rendering | None
    tags: list[TagCard]

    @property
    def declined(self) -> str | None:
        return self.row.declined_by.short_name if self.row.declined_by else None

    @property
    def preview(self) -> str:
        return self.rendering.preview if self.rendering else ""

    @property
    def src(self) -> dict[str, str]:
        got = self.rendering
        return {str(size): files.url(self.row.secret, got.key, size) for size in files.SIZES} if got else {}


@dataclass(frozen=True, kw_only=True)
class Likes:
    count: int
    mine: bool
    names: list[str]


@dataclass(frozen=True, kw_only=True)
class CommentCard(Row[Comment]):
    by: str
    mine: bool
    staff: bool

    @property
    def hidden(self) -> bool:
        return self.row.hidden_at is not None


@dataclass(frozen=True, kw_only=True)
class PostCard(Row[Post]):
    staff: bool
    session: Session | None
    photos: list[PhotoCard]
    likes: Likes
    comments: list[CommentCard]

    @property
    def author(self) -> Author:
        return Author(row=self.row.author)

    @property
    def therapy(self) -> str | None:
        return self.row.therapy or None


@dataclass(frozen=True, kw_only=True)
class PostMade(PostCard):
    warnings: list[str]


def posts(user: User, asked: Asked, *, after: str, limit: int) -> Page[PostCard]:
    """A page: a fixed number of queries."""
    me = viewer(user)
    page = by_moment(_whole(chosen(me, asked)), after=after, limit=limit)
    return Page(_Cards(me, page.items).cards(), page.next)


def post(user: User, post_id: uuid.UUID) -> PostCard:
    me = viewer(user)
    found = one(_whole(seen_posts(me)).filter(pk=post_id))
    return _Cards(me, [found]).cards()[0]


def chosen(me: Viewer, asked: Asked) -> QuerySet[Post]:
    """Of what the viewer sees; what is not theirs to ask for is not there."""
    rows = seen_posts(me)
    if asked.home is not None:
        if asked.home not in me.staffed | me.past:
            raise NotFoundError
        rows = rows.filter(home=asked.home)
    if asked.member is not None:
        if asked.member not in me.own and not Placement.objects.filter(member=asked.member, home__in=me.staffed).exists():
            raise NotFoundError
        rows = rows.filter(Exists(pictures(me, asked.member).filter(post=OuterRef("pk"))))
    if asked.therapy:
        rows = rows.filter(therapy=asked.therapy)
    if asked.session is not None:
        rows = rows.filter(Q(home__in=me.staffed) | ~NAMED, session=asked.session)
    if asked.month is not None:
        rows = rows.filter(within(asked.month, "created_at"))
    if asked.day is not None:
        midnight = clock.at(asked.day, dt.time())
        rows = rows.filter(created_at__gte=midnight, created_at__lt=midnight + dt.timedelta(days=1))
    return rows


def pictures(me: Viewer, member: int) -> QuerySet[Photo]:
    """有他: those of a member of one's own, or of one's Home, that the viewer sees."""
    tags = Tag.objects.filter(photo=OuterRef("pk"), member=member)
    theirs = Q() if member in me.own else Q(post__home__in=me.staffed)
    return seen_photos(me).filter(Exists(tags), theirs)


def within(month: dt.date, field: str) -> Q:
    following = (month + dt.timedelta(days=31)).replace(day=1)
    return Q((f"{field}__gte", clock.at(month, dt.time())), (f"{field}__lt", clock.at(following, dt.time())))


def _whole(rows: QuerySet[Post]) -> QuerySet[Post]:
    return rows.select_related("home", "author", "session__activity")


class _Cards:
    """What there is to these posts, for one viewer."""

    def __init__(self, me: Viewer, found: Sequence[Post]) -> None:
        self._me, self._posts = me, found
        self._photos: defaultdict[uuid.UUID, list[Photo]] = defaultdict(list)
        for photo in with_people(seen_photos(me).filter(post__in=found)).order_by("position", "pk"):
            self._photos[photo.post_id].append(photo)
        self._likes: defaultdict[uuid.UUID, list[int]] = defaultdict(list)
        for post_id, user in Like.objects.filter(post__in=found).order_by("pk").values_list("post", "user"):
            self._likes[post_id].append(user)
        self._comments: defaultdict[uuid.UUID, list[Comment]] = defaultdict(list)
        for comment in seen_comments(me).filter(post__in=found).order_by("at", "pk"):
            self._comments[comment.post_id].append(comment)
        said = {comment.user_id for comments in self._comments.values() for comment in comments}
        liked = {user for users in self._likes.values() for user in users}
        self._names = Names(me, said | liked, {each.home_id for each in found})

    def cards(self) -> list[PostCard]:
        return [self._card(each) for each in self._posts]

    def _card(self, post: Post) -> PostCard:
        likes = self._likes[post.pk]
        return PostCard(
            row=post,
            staff=post.home_id in self._me.staffed,
            session=self._session(post),
            photos=[self._photo(photo) for photo in self._photos[post.pk]],
            likes=Likes(count=len(likes), mine=self._me.user in likes, names=[self._names.of(user, post.home_id) for user in likes]),
            comments=[self._comment(comment, post) for comment in self._comments[post.pk]],
        )

    def _session(self, post: Post) -> Session | None:
        session = post.session
        named = session is not None and session.activity.audience == Activity.Audience.NAMED
        return None if named and post.home_id not in self._me.staffed else session

    def _photo(self, photo: Photo) -> PhotoCard:
        """Families read of a photo only what is theirs: which of their own members are in it."""
        staff = photo.post.home_id in self._me.staffed
        tags = [
            TagCard(member=tag.member_id, short_name=tag.member.short_name, box=tag.box if staff else None)
            for tag in photo.tags.all()
            if staff or tag.member_id in self._me.own
        ]
        return PhotoCard(row=photo, rendering=rendering(photo, self._me), tags=tags)

    def _comment(self, comment: Comment, post: Post) -> CommentCard:
        return CommentCard(
            row=comment,
            by=self._names.of(comment.user_id, post.home_id),
            mine=comment.user_id == self._me.user,
            staff=self._names.is_staff(comment.user_id, post.home_id),
        )
