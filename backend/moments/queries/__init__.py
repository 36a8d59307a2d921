"""Reads of the moments: the feed, the archive, one photo, what is new."""

from backend.moments.queries.archive import Keepsake, keepsake, keepsakes, months
from backend.moments.queries.digests import News, homes_with_news, news
from backend.moments.queries.feed import Asked, post, posts
from backend.moments.queries.photos import photos_of_sessions, sight
from backend.moments.queries.tagging import allowances, named_without_consent

__all__ = [
    "Asked",
    "Keepsake",
    "News",
    "allowances",
    "homes_with_news",
    "keepsake",
    "keepsakes",
    "months",
    "named_without_consent",
    "news",
    "photos_of_sessions",
    "post",
    "posts",
    "sight",
]
