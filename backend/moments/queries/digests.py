"""What is new in a Home since the families were last told."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from backend.homes.models import Home
from backend.moments.models import Digest, Photo, Post
from backend.moments.queries.photos import with_people

# A post is news for so long.
NEWS_FOR = dt.timedelta(days=1)


@dataclass(frozen=True)
class News:
    """`words`: how many posts without photos."""

    photos: Sequence[Photo]
    words: int


def homes_with_news(since: dt.datetime, upto: dt.datetime) -> QuerySet[Home]:
    """That have not been told yet: one query for the whole city."""
    told = Digest.objects.filter(home=OuterRef("pk"), upto=upto)
    photos = _photos(since, upto).filter(post__home=OuterRef("pk"))
    words = _words(since, upto).filter(home=OuterRef("pk"))
    return Home.objects.filter(Exists(photos) | Exists(words)).exclude(Exists(told)).order_by("pk")


def news(home: Home, since: dt.datetime, upto: dt.datetime) -> News:
    photos = with_people(_photos(since, upto).filter(post__home=home)).order_by("post__created_at", "post", "position")
    return News(list(photos), _words(since, upto).filter(home=home).count())


def _photos(since: dt.datetime, upto: dt.datetime) -> QuerySet[Photo]:
    """Not of posts from long ago, of which somebody says only now who is in them."""
    fresh = Photo.objects.filter(post__created_at__gt=since - NEWS_FOR, post__taken_back_at=None, declined_at=None)
    return fresh.filter(shown_since__gt=since, shown_since__lte=upto)


def _words(since: dt.datetime, upto: dt.datetime) -> QuerySet[Post]:
    posts = Post.objects.filter(Q(created_at__gt=since, created_at__lte=upto), ~Q(text=""), taken_back_at=None)
    return posts.exclude(Exists(Photo.objects.filter(post=OuterRef("pk"))))
