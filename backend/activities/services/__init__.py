"""The verbs of the five therapies.

Lock order: the Home's Timetable row first. What is told is announced, so no inbox is ever locked here.
"""

from backend.activities.services.feed import close_feed, open_feed
from backend.activities.services.groups import delete_group, edit_group, make_group
from backend.activities.services.marks import begun_session, mark_joined, mark_participation, note_result
from backend.activities.services.plan import Plan
from backend.activities.services.planning import (
    Changed,
    Planned,
    cancel_session,
    change_following,
    change_session,
    end_activity,
    plan_activity,
    restore_session,
)
from backend.activities.services.timetable import lay_out_home
from backend.activities.services.week import Copied, copy_week, take_back_copy

__all__ = [
    "Changed",
    "Copied",
    "Plan",
    "Planned",
    "begun_session",
    "cancel_session",
    "change_following",
    "change_session",
    "close_feed",
    "copy_week",
    "delete_group",
    "edit_group",
    "end_activity",
    "lay_out_home",
    "make_group",
    "mark_joined",
    "mark_participation",
    "note_result",
    "open_feed",
    "plan_activity",
    "restore_session",
    "take_back_copy",
]
