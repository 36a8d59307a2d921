"""The demo's album: posts of the last ten days, told back from now, with photos that the photo worker has yet to develop.

The next day tells the oldest stories again, so that the album is never older than yesterday.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from django.db import transaction

from backend.accounts.models import User
from backend.activities.models import Session
from backend.common import clock
from backend.common.imaging import client, worker
from backend.demo.consents import tell_consents, tell_names
from backend.demo.photos import faces, photo
from backend.demo.stories import STORIES, UNMARKED, Person, Story
from backend.demo.times import rounded
from backend.homes.models import Home, StaffPost
from backend.moments import files
from backend.moments.due import last_half_day
from backend.moments.models import Comment, Digest, Like, Photo, Post
from backend.moments.services import photos as photos_services
from backend.moments.services import posts as posts_services
from backend.moments.services import processing
from backend.moments.services.posts import PhotoIn, TagIn
from backend.people.models import Member, Relative
from backend.people.queries import members_of

DAYS = 10
A_DAY = (2, 2, 1)  # so many posts a day, in turn
AT_NOON = dt.time(12, 35)
LATER = dt.timedelta(minutes=7)
AT_ONCE = 20
NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)


@dataclass(frozen=True)
class Told:
    """A story with its time, its session if it has one, and its teacher."""

    story: Story
    at: dt.datetime
    session: Session | None
    teacher: User


def tell_moments(home: Home) -> None:
    """All stories once; later, some of them for each day since."""
    teachers = [post.user for post in StaffPost.objects.filter(home=home).select_related("user").order_by("role", "id")]  # carers first
    members = list(members_of(home).order_by("pk"))
    stories = STORIES[home.name]
    before = {post.text: post for post in Post.objects.filter(home=home, text__in=[story.text for story in stories], taken_back_at=None)}
    since = {text: post.created_at for text, post in before.items()}
    oldest = sorted(stories, key=lambda story: since.get(story.text, NEVER))
    told = list(_timed(home, oldest, teachers, days=_days_since(before.values())))
    # Whoever has left is in no new photo.
    people: dict[Person, Member] = dict(enumerate(members)) | {member.name: member for member in members}
    photos = [[name for name in each.story.photos.split() if faces()[name].keys() <= people.keys()] for each in told]
    # The photo worker goes by their numbers: the newest photos first.
    ids = iter(sorted(uuid.uuid4() for names in photos for _ in names))
    with transaction.atomic():
        if not before:
            tell_consents(home, teachers[0])
            tell_names()
        for each, names in zip(told, photos, strict=True):
            if each.story.text in before:
                posts_services.take_back(post_id=before[each.story.text].pk, by=each.teacher)
            _post(home, each, people, {next(ids): name for name in names})
        # The families had their digests of all this; the next one tells them of today.
        Digest.objects.get_or_create(home=home, upto=last_half_day(clock.now()))


def _days_since(posts: Iterable[Post]) -> int:
    """How many days have nothing yet, today among them."""
    newest = max((clock.local_date(post.created_at) for post in posts), default=dt.date.min)
    return min(DAYS + 1, (clock.today() - newest).days)


def _timed(home: Home, stories: Sequence[Story], teachers: Sequence[User], *, days: int) -> Iterator[Told]:
    """From now back: each day the first stories that are left and that something of the day fits."""
    now, left = clock.now(), list(stories)
    for ago in range(days):
        day = clock.today() - dt.timedelta(days=ago)
        past = Session.objects.filter(home=home, date=day, starts_at__lt=now, cancelled_at=None).order_by("-starts_at", "pk")
        sessions = list(past.select_related("activity"))
        for _ in range(A_DAY[ago % len(A_DAY)] if sessions or not ago else 0):
            found = next(((story, session) for story in left for session in _fitting(story, sessions)), None)
            if found is None:
                break
            story, session = found
            left.remove(story)
            sessions = [each for each in sessions if each != session]
            yield Told(story, _moment(session, day, now), session, teachers[story.by % len(teachers)])


def _fitting(story: Story, sessions: Sequence[Session]) -> Iterator[Session | None]:
    """The sessions that it may tell of; None if it needs none."""
    if not story.session:
        yield None
    yield from (session for session in sessions if session.title in story.session)


def _moment(session: Session | None, day: dt.date, now: dt.datetime) -> dt.datetime:
    """Towards the session's end; otherwise at noon, or a while ago if it is not noon yet."""
    if session is None:
        return min(clock.at(day, AT_NOON), max(clock.at(day, dt.time()), rounded(now - LATER)))
    return rounded(session.starts_at + (min(now, session.ends_at) - session.starts_at) * 0.8)


def _post(home: Home, told: Told, people: dict[Person, Member], photos: dict[uuid.UUID, str]) -> None:
    story = told.story
    with clock.moved_to(told.at):
        post = posts_services.make_post(
            post_id=uuid.uuid4(),
            home_id=home.pk,
            text=story.text,
            therapy=story.therapy,
            session_id=told.session.pk if told.session else None,
            photos=[PhotoIn(id=photo_id, tags=_tags(name, people)) for photo_id, name in photos.items()],
            by=told.teacher,
        ).post
        # They were news on that day, not when the photo worker gets to them.
        Photo.objects.filter(post=post, marked=True).update(shown_since=clock.now())
        for photo_id, name in photos.items():
            _hand_in(post, photo_id, name, by=told.teacher)
    _answers(post, story, people)


def _tags(name: str, people: dict[Person, Member]) -> list[TagIn] | None:
    """Who is alone in a photo has no box: others do not get it blurred, but not at all."""
    there = faces()[name]
    return None if name == UNMARKED else [TagIn(people[who].pk, box if len(there) > 1 else None) for who, box in there.items()]


def _hand_in(post: Post, photo_id: uuid.UUID, name: str, *, by: User) -> None:
    """As the phone's PUT does."""
    path = files.incoming(photo_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(photo(name))
    photos_services.photo_received(post_id=post.pk, photo_id=photo_id, by=by)


def _answers(post: Post, story: Story, people: dict[Person, Member]) -> None:
    """Straight into the tables: the verbs would ask whether they see the post, and its photos are not developed yet."""
    now = clock.now()
    moments = (min(now, post.created_at + LATER * index) for index in count(1))
    families = Relative.objects.filter(ended_at=None).order_by("pk")
    likers = [families.filter(member=people.get(person)).first() for person in story.liked]
    Like.objects.bulk_create(Like(post=post, user_id=link.user_id, at=next(moments)) for link in likers if link)
    said = [(families.filter(member=people.get(person)).first(), text) for person, text in story.said]
    Comment.objects.bulk_create(
        Comment(id=uuid.uuid4(), post=post, user_id=link.user_id, text=text, at=next(moments)) for link, text in said if link
    )


def develop() -> None:
    """All that the photo worker would do once a server runs. These photos are our own: they need no child that is held short."""
    while found := processing.claim(AT_ONCE):
        for work in found:
            job = work.job
            job.folder.mkdir(parents=True, exist_ok=True)
            facts = {"source": str(job.source), "folder": str(job.folder), "name": job.name, "boxes": job.boxes}
            processing.complete(work, client.Picture(**worker.JOBS[job.kind](facts)))
