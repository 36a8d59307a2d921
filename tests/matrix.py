"""Who may do what: every operation, socket message and media path, one row each.

A row's `may` names groups. For each of the two Homes' worlds everybody of the cast tries it; whoever is in none of the
groups must get `refused`, and who is not signed in 401. Objects in a path belong to that world: {member} is 志强 or
金小海, {notice}, {device} and {subscription} are the mother's.
"""

from collections.abc import Mapping

from tests.matrix_row import ALL, COORDINATOR, FAMILIES, KIN, MANAGER, OFFICER, PUBLIC, READER, STAFF, VERIFIER, VOLUNTEER, Row
from tests.matrix_service import SERVICE

__all__ = [
    "ALL",
    "COORDINATOR",
    "FAMILIES",
    "KIN",
    "MANAGER",
    "MEDIA",
    "MESSAGES",
    "OFFICER",
    "OPERATIONS",
    "PUBLIC",
    "READER",
    "STAFF",
    "VERIFIER",
    "VOLUNTEER",
    "Row",
]

TAP = {"id": "{new}", "member": "{member:d}", "kind": "arrived", "occurred_at": "{now}"}
KEYS = {"p256dh": "{p256dh}", "auth": "{auth}"}

# Long after the sessions of the worlds.
PLAN = {"therapy": "culture", "title": "合唱", "starts_on": "2026-03-20", "starts_at": "15:00", "minutes": 60}
SESSION = {"title": "合唱", "starts_at": "{now}", "minutes": 60}
GROUP = {"name": "菜园组", "members": ["{member:d}"]}
DAYS = "from=2026-03-02&to=2026-03-08"

POST = {"id": "{new}", "home": "{home:d}", "text": "合影"}
OWN_NO = {"key": "self", "audience": "family", "yes": False, "wording": "{asked}"}
SIGNED = {"key": "guardian", "audience": "home", "yes": True, "wording": "{signed}"}
LEAVE = {"id": "{new}", "member": "{other_member:d}"}
PHONE = {"endpoint": "{endpoint}", "keys": KEYS}

OPERATIONS = (
    # accounts
    Row(operation="demo_cast", path="GET /api/sign-in/cast", may=(PUBLIC,), ok=404, why="outside a demo it is not there"),
    Row(operation="devices", path="GET /api/me/devices", may=(ALL,)),
    Row(operation="share_device", path="PATCH /api/me/devices/this", may=(ALL,), body={"shared": True}),
    Row(operation="confirm_device", path="POST /api/me/devices/{device}/confirm", may=(READER,), ok=204),
    Row(operation="sign_out_device", path="DELETE /api/me/devices/{device}", may=(READER,), ok=204),
    Row(operation="sign_out_everywhere", path="POST /api/me/sign-out-everywhere", may=(ALL,), ok=204),
    Row(operation="me", path="GET /api/me", may=(ALL,)),
    Row(operation="rename", path="PATCH /api/me", may=(ALL,), body={"name": "李"}),
    # homes
    Row(operation="home", path="GET /api/homes/{home}", may=(STAFF, OFFICER)),
    Row(operation="posts", path="GET /api/homes/{home}/posts", may=(STAFF,)),
    Row(operation="check_pin", path="POST /api/homes/{home}/door", may=(STAFF,), ok=204, body={"post": "{carer_post:d}", "pin": "{pin}"}),
    Row(operation="end_post", path="DELETE /api/posts/{other_post}", may=(MANAGER,), ok=204),
    Row(operation="set_pin", path="PUT /api/me/pin", may=("owner of the post",), ok=204, body={"post": "{carer_post:d}", "pin": "4711"}),
    Row(operation="holidays", path="GET /api/holidays?year=2026", may=(OFFICER,)),
    Row(operation="put_holiday", path="PUT /api/holidays/2026-05-04", may=(OFFICER,), body={"name": "青年节", "works": True}),
    Row(operation="delete_holiday", path="DELETE /api/holidays/2026-05-01", may=(OFFICER,), ok=204),
    # people
    Row(operation="members", path="GET /api/homes/{home}/members", may=(STAFF,)),
    Row(operation="member", path="GET /api/members/{member}", may=(STAFF,)),
    Row(operation="edit_member", path="PATCH /api/members/{member}", may=(STAFF,), body={"colour": 3}),
    Row(operation="set_photo", path="PUT /api/members/{member}/photo", may=(STAFF,), body=b"{png}"),
    Row(operation="remove_photo", path="DELETE /api/members/{member}/photo", may=(STAFF,), ok=204),
    Row(operation="watchers", path="GET /api/members/{member}/watchers", may=(STAFF, KIN)),
    Row(operation="invite", path="POST /api/members/{member}/invitations", may=(STAFF,), ok=201, body={"relation": "姑姑"}),
    Row(operation="revoke", path="DELETE /api/invitations/{invitation}", may=(STAFF,), ok=204),
    Row(operation="invitation", path="GET /api/invitations/token/{token}", may=(ALL,), why="who holds the QR is invited"),
    Row(
        operation="accept",
        path="POST /api/invitations/token/{token}/accept",
        may=(ALL,),
        ok=201,
        otherwise={KIN: 409},
        why="who holds the QR is invited; who is family already cannot be bound twice",
    ),
    Row(operation="unbind", path="DELETE /api/relatives/{relative}", may=(STAFF, READER), ok=204),
    Row(operation="show_name", path="PATCH /api/relatives/{relative}", may=(READER,), body={"shows_name": True}),
    Row(operation="consent", path="GET /api/members/{member}/consent", may=(STAFF, KIN)),
    Row(operation="confirm_relative", path="POST /api/relatives/{relative}/confirm", may=(STAFF,), ok=204),
    Row(operation="roster_template", path="GET /api/homes/{home}/roster.xlsx", may=(MANAGER,)),
    Row(operation="import_roster", path="POST /api/homes/{home}/roster?dry_run=true", may=(MANAGER,), body="{sheet}"),
    # activities
    Row(operation="calendar", path=f"GET /api/calendar?home={{home}}&{DAYS}", may=(STAFF, FAMILIES, OFFICER)),
    Row(operation="session", path="GET /api/calendar/sessions/{session}", may=(STAFF, FAMILIES, OFFICER)),
    Row(
        operation="session",
        path="GET /api/calendar/sessions/{named_session}",
        may=(STAFF, KIN),
        why="what is for some by name is their families' business",
    ),
    Row(
        operation="plan_activity",
        path="POST /api/calendar/activities",
        may=(STAFF,),
        ok=201,
        body={"id": "{new}", "home": "{home:d}", **PLAN},
    ),
    Row(operation="end_activity", path="DELETE /api/calendar/activities/{activity}", may=(STAFF,), ok=204),
    Row(operation="change_session", path="PUT /api/calendar/sessions/{session}", may=(STAFF,), body=SESSION),
    Row(operation="change_following", path="PUT /api/calendar/sessions/{session}/following", may=(STAFF,), body=PLAN),
    Row(
        operation="cancel_session", path="PUT /api/calendar/sessions/{session}/cancellation", may=(STAFF,), ok=204, body={"reason": "下雨"}
    ),
    Row(operation="restore_session", path="DELETE /api/calendar/sessions/{session}/cancellation", may=(STAFF,)),
    Row(operation="session_file", path="GET /api/calendar/sessions/{session}/file", may=(STAFF, FAMILIES, OFFICER)),
    Row(
        operation="mark_participation",
        path="PUT /api/calendar/sessions/{todays_session}/participation",
        may=(STAFF,),
        ok=204,
        body={"member": "{member:d}", "state": "joined"},
    ),
    Row(operation="note_result", path="PUT /api/calendar/sessions/{todays_session}/result", may=(STAFF,), ok=204, body={"baskets": 2}),
    Row(operation="copy_week", path="POST /api/calendar/weeks", may=(STAFF,), body={"home": "{home:d}", "week": "2026-03-09"}),
    Row(operation="take_back_copy", path="POST /api/calendar/weeks/taken-back", may=(STAFF,), body={"home": "{home:d}", "activities": []}),
    Row(operation="templates", path="GET /api/calendar/templates?home={home}", may=(STAFF,)),
    Row(operation="groups", path="GET /api/calendar/groups?home={home}", may=(STAFF,)),
    Row(operation="make_group", path="POST /api/calendar/groups", may=(STAFF,), ok=201, body={"home": "{home:d}", **GROUP}),
    Row(operation="edit_group", path="PUT /api/calendar/groups/{group}", may=(STAFF,), body=GROUP),
    Row(operation="delete_group", path="DELETE /api/calendar/groups/{group}", may=(STAFF,), ok=204),
    Row(operation="balance", path="GET /api/calendar/balance?member={member}&month=2026-03", may=(STAFF, KIN)),
    Row(operation="feed", path="GET /api/calendar/feed", may=(ALL,)),
    Row(operation="open_feed", path="POST /api/calendar/feed", may=(ALL,), ok=201),
    Row(operation="close_feed", path="DELETE /api/calendar/feed", may=(ALL,), ok=204),
    # attendance
    Row(operation="board", path="GET /api/attendance/board?home={home}", may=(STAFF,)),
    Row(operation="record", path="POST /api/attendance/events", may=(STAFF,), ok=201, body=TAP),
    Row(
        operation="ask_leave",
        path="POST /api/attendance/leaves",
        may=(STAFF, KIN),
        ok=201,
        body=LEAVE,
    ),
    Row(operation="withdraw_leave", path="DELETE /api/attendance/leaves/{leave}", may=(STAFF, KIN), ok=204),
    # moments
    Row(operation="moments", path="GET /api/moments?home={home}", may=(STAFF, FAMILIES)),
    Row(operation="moments", path="GET /api/moments?member={member}", may=(STAFF, KIN)),
    Row(operation="moment_months", path="GET /api/moments/months?home={home}", may=(STAFF, FAMILIES)),
    Row(operation="moment_months", path="GET /api/moments/months?member={member}", may=(STAFF, KIN)),
    Row(operation="photos_of_sessions", path="GET /api/moments/sessions?sessions={todays_session}", may=(ALL,)),
    Row(operation="moment", path="GET /api/moments/{words}", may=(STAFF, FAMILIES)),
    Row(operation="moment", path="GET /api/moments/{moment}", may=(STAFF, KIN), why="nobody agreed to other families"),
    Row(operation="make_post", path="POST /api/moments", may=(STAFF,), ok=201, body=POST),
    Row(operation="edit_post", path="PATCH /api/moments/{moment}", may=(STAFF,), body={"text": "合影"}),
    Row(operation="take_back", path="DELETE /api/moments/{moment}", may=(STAFF,), ok=204),
    Row(operation="put_photo", path="PUT /api/moments/{moment}/photos/{coming}", may=(STAFF,), ok=202, body=b"{png}"),
    Row(operation="delete_photo", path="DELETE /api/moments/{moment}/photos/{photo}", may=(STAFF,), ok=204),
    Row(
        operation="decline_photo",
        path="POST /api/moments/{moment}/photos/{photo}/declined",
        may=(STAFF,),
        ok=204,
        body={"member": "{member:d}"},
    ),
    Row(operation="like", path="PUT /api/moments/{moment}/like", may=(STAFF, KIN), ok=204),
    Row(operation="unlike", path="DELETE /api/moments/{moment}/like", may=(STAFF, KIN), ok=204),
    Row(
        operation="comment",
        path="POST /api/moments/{moment}/comments",
        may=(STAFF, KIN),
        ok=201,
        body={"id": "{new}", "text": "真好"},
    ),
    Row(operation="delete_comment", path="DELETE /api/moments/{moment}/comments/{comment}", may=(READER,), ok=204),
    Row(operation="hide_comment", path="PUT /api/moments/{moment}/comments/{comment}/hidden", may=(STAFF,), ok=204),
    Row(operation="show_comment", path="DELETE /api/moments/{moment}/comments/{comment}/hidden", may=(STAFF,), ok=204),
    Row(operation="keepsakes", path="GET /api/moments/keepsakes?member={member}", may=(KIN,)),
    Row(operation="keepsake", path="GET /api/moments/keepsake?member={member}&month=2026-03", may=(KIN,)),
    Row(operation="give_consent", path="POST /api/members/{member}/consent", may=(STAFF,), ok=201, body=OWN_NO),
    Row(operation="give_consent", path="POST /api/members/{member}/consent", may=(STAFF,), ok=201, body={**SIGNED, "on_paper": True}),
    Row(
        operation="give_consent",
        path="POST /api/members/{member}/consent",
        may=(READER,),
        ok=201,
        body=SIGNED,
        why="only the guardian signs; the sister reads along",
    ),
    # overview
    Row(operation="people_to_tag", path="GET /api/moments/people?home={home}", may=(STAFF,)),
    *SERVICE,
    # overview
    Row(operation="visitors", path="GET /api/overview/visitors?home={home}", may=(STAFF, FAMILIES, OFFICER)),
    Row(operation="mark_present", path="POST /api/calendar/sessions/{todays_session}/participation/present", may=(STAFF,), ok=204),
    Row(operation="day_card", path="GET /api/members/{member}/day", may=(STAFF, KIN)),
    Row(operation="call_list", path="GET /api/overview/unreached?home={home}", may=(STAFF,)),
    Row(operation="answers", path="GET /api/overview/answers?home={home}", may=(STAFF,)),
    Row(operation="homes_overview", path="GET /api/overview/homes", may=(OFFICER,)),
    # notices
    Row(operation="list_notices", path="GET /api/notices", may=(ALL,)),
    Row(operation="list_threads", path="GET /api/notices/threads", may=(ALL,)),
    Row(operation="list_preferences", path="GET /api/notices/preferences", may=(ALL,)),
    Row(operation="set_preferences", path="PUT /api/notices/preferences", may=(ALL,), body=[{"kind": "joined", "push": False}]),
    Row(operation="see_notices", path="POST /api/notices/seen", may=(ALL,), ok=204, body={"upto": 1}),
    Row(operation="confirm_notice", path="POST /api/notices/{notice}/receipts", may=(READER,), ok=204, body={"state": "seen"}),
    Row(operation="confirm_notice", path="POST /api/notices/{notice}/receipts", may=(STAFF,), ok=204, body={"state": "told"}),
    Row(
        operation="confirm_notice",
        path="POST /api/notices/{notice}/receipts",
        may=(PUBLIC,),
        ok=204,
        body={"state": "delivered", "token": "{receipt}"},
        why="the token of the push payload is the right",
    ),
    Row(operation="reply_to_notice", path="POST /api/notices/{notice}/replies", may=(READER,), ok=201, body={"kind": "ack"}),
    Row(operation="show_push", path="GET /api/push", may=(ALL,)),
    Row(operation="list_subscriptions", path="GET /api/push/subscriptions", may=(ALL,)),
    Row(
        operation="subscribe_to_push",
        path="POST /api/push/subscriptions",
        may=(ALL,),
        ok=201,
        body=PHONE,
    ),
    Row(operation="end_subscription", path="DELETE /api/push/subscriptions/{subscription}", may=(READER,), ok=204),
    Row(operation="test_push", path="POST /api/push/test", may=(ALL,), ok=201),
    Row(operation="show_test", path="GET /api/push/test/{test_notice}", may=(READER,)),
)

# Paths outside /api that show something of a person.
MEDIA = (
    Row(operation="portrait", path="GET /media/portraits/{portrait}", may=(STAFF, KIN)),
    Row(operation="cover", path="GET /media/covers/{cover}", may=(ALL,), why="an open event's, for whoever is signed in"),
    Row(operation="cover", path="GET /media/covers/{draft_cover}", may=(STAFF,), why="a draft is its Home's own"),
    Row(operation="photo", path="GET /media/moments/{secret}/clear-320.webp", may=(STAFF, KIN)),
    Row(
        operation="visit_photo",
        path="GET /media/visits/{thanked_visit}/{album_secret}/clear-320.webp",
        may=(STAFF, VOLUNTEER),
        why="nobody is in it; with people it asks their consent to volunteers",
    ),
    Row(operation="calendar_file", path="GET /calendar/{feed}.ics", may=(PUBLIC,), why="the token of the address is the right"),
)

# What a socket may say, and who reaches something of that world by it: with hello its Home's board, with the others {notice}.
MESSAGES: Mapping[str, tuple[str, ...]] = {"hello": (STAFF,), "ping": (), "receipt": (READER,), "seen": (READER,)}
