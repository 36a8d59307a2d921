"""Reads of the moments: the feed, the archive, one photo, what is new."""

from backend.moments.queries.archive import ArchivedPhoto, archived_photo, archived_photos, months
from backend.moments.queries.digests import News, homes_with_news, news
from backend.moments.queries.feed import Asked, post, posts
from backend.moments.queries.guests import guest_card, guest_photos, guest_rendering_for, hidden_from_guests, still_processing
from backend.moments.queries.photos import photos_of_sessions, rendering_for
from backend.moments.queries.tagging import allowances, named_without_consent

__all__ = [
    "ArchivedPhoto",
    "Asked",
    "News",
    "allowances",
    "archived_photo",
    "archived_photos",
    "guest_card",
    "guest_photos",
    "guest_rendering_for",
    "hidden_from_guests",
    "homes_with_news",
    "months",
    "named_without_consent",
    "news",
    "photos_of_sessions",
    "post",
    "posts",
    "rendering_for",
    "still_processing",
]
