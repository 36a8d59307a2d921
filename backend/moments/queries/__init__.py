"""Reads of the moments: the feed, the archive, one photo, what is new."""

from backend.moments.queries.archive import Keepsake, keepsake, keepsakes, months
from backend.moments.queries.digests import News, homes_with_news, news
from backend.moments.queries.feed import Asked, post, posts
from backend.moments.queries.guests import guest_card, guest_photos, guest_sight, hidden_from_guests, in_the_darkroom
from backend.moments.queries.photos import photos_of_sessions, sight
from backend.moments.queries.tagging import allowances, named_without_consent

__all__ = [
    "Asked",
    "Keepsake",
    "News",
    "allowances",
    "guest_card",
    "guest_photos",
    "guest_sight",
    "hidden_from_guests",
    "homes_with_news",
    "in_the_darkroom",
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
