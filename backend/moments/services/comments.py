"""♡ and comments."""

import uuid

from backend.accounts.models import User
from backend.common import clock
from backend.common.errors import ConflictError, NotFoundError, TooManyError
from backend.common.found import one
from backend.common.text import clean_talk
from backend.common.verb import verb, verb_with_id
from backend.homes.rules import staff_homes
from backend.moments.models import Comment, Like, Post
from backend.moments.rules import seen_posts, viewer

LONGEST = 200
# Of one person to one post: enough for anybody who has something to say.
MOST = 30


def _seen_post(post_id: uuid.UUID, *, by: User) -> Post:
    return one(seen_posts(viewer(by)).filter(pk=post_id))


@verb
def like(*, post_id: uuid.UUID, by: User) -> None:
    Like.objects.bulk_create([Like(post=_seen_post(post_id, by=by), user=by, at=clock.now())], ignore_conflicts=True)


@verb
def unlike(*, post_id: uuid.UUID, by: User) -> None:
    Like.objects.filter(post=_seen_post(post_id, by=by), user=by).delete()


@verb_with_id
def comment(*, comment_id: uuid.UUID, post_id: uuid.UUID, text: str, by: User) -> tuple[Comment, bool]:
    """Whether it is new; the same id again is answered with what it became."""
    post, text = _seen_post(post_id, by=by), clean_talk(text, name="text", longest=LONGEST, least=1)
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # two taps at once take turns
    known = Comment.objects.filter(pk=comment_id).first()
    if known is not None:
        if (known.post_id, known.user_id) != (post.pk, by.pk) or (known.deleted_at is None and known.text != text):
            raise ConflictError("这条评论没有发出去，请刷新后再写一次。")
        return known, False
    if Comment.objects.filter(post=post, user=by).count() >= MOST:
        raise TooManyError("这条动态您已经说了很多，留给别人一点地方吧。", retry_after=86_400)
    return Comment.objects.create(id=comment_id, post=post, user=by, text=text, at=clock.now()), True


@verb
def delete_comment(*, post_id: uuid.UUID, comment_id: uuid.UUID, by: User) -> None:
    """One's own; the words go, too."""
    mine = Comment.objects.filter(pk=comment_id, post=post_id, user=by, deleted_at=None)
    if not mine.update(deleted_at=clock.now(), text=""):
        raise NotFoundError


@verb
def hide_comment(*, post_id: uuid.UUID, comment_id: uuid.UUID, hidden: bool, by: User) -> None:
    """By staff: only they and its author still see it. Or shows it again."""
    rows = Comment.objects.filter(pk=comment_id, post=post_id, post__taken_back_at=None, post__home__in=staff_homes(by), deleted_at=None)
    facts = {"hidden_at": clock.now(), "hidden_by": by} if hidden else {"hidden_at": None, "hidden_by": None}
    if not rows.update(**facts):
        raise NotFoundError
