"""The verbs of the moments.

Lock order: the author's row or the post, then members in order of id, then photos. What is told waits for the digest, so no inbox is ever
locked here.
"""

from backend.moments.services.comments import comment, delete_comment, hide_comment, like, unlike
from backend.moments.services.consent import give_consent
from backend.moments.services.digests import announce_digest, close_half_day
from backend.moments.services.photos import (
    decline_photo,
    delete_photo,
    may_receive,
    photo_ready,
    photo_received,
    photo_refused,
    variant_ready,
)
from backend.moments.services.posts import Box, PhotoIn, Posted, TagIn, edit_post, make_post, open_album, take_back
from backend.moments.services.renderings import align_stale

__all__ = [
    "Box",
    "PhotoIn",
    "Posted",
    "TagIn",
    "align_stale",
    "announce_digest",
    "close_half_day",
    "comment",
    "decline_photo",
    "delete_comment",
    "delete_photo",
    "edit_post",
    "give_consent",
    "hide_comment",
    "like",
    "make_post",
    "may_receive",
    "open_album",
    "photo_ready",
    "photo_received",
    "photo_refused",
    "take_back",
    "unlike",
    "variant_ready",
]
