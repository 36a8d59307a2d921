"""The verbs of volunteering.

Lock order: the Home's quiet, then a wish or proposal, then shifts in order of id. What is told is announced, so no inbox is
locked here; only an event of today that is cancelled is told at once, last of all.
"""

from backend.volunteering.services.arranging import (
    agree_to_move,
    answer_proposal,
    claim_wish,
    fix_wish,
    give_back_wish,
    make_wish,
    propose,
    withdraw_proposal,
    withdraw_wish,
)
from backend.volunteering.services.booking import (
    Booked,
    accept_group_offer,
    book,
    booking_of_link,
    cancel_booking,
    name_seat,
    take_seat,
    take_step,
)
from backend.volunteering.services.organisations import (
    found_organisation,
    join_by_link,
    leave_organisation,
    organisation_of_link,
    renew_link,
    set_role,
    verify_organisation,
)
from backend.volunteering.services.passing import count_people, remind, settle_shift
from backend.volunteering.services.plan import EventPlan, ShiftPlan
from backend.volunteering.services.planning import (
    PlannedEvent,
    cancel_event,
    change_event,
    close_event,
    copy_event,
    open_event,
    plan_event,
)
from backend.volunteering.services.profile import check_credential, keep_profile, show_credential, withdraw_credential
from backend.volunteering.services.quiet import black_out, lift_blackout, set_quiet
from backend.volunteering.services.signing import SignedUp, accept_offer, cancel_signup, sign_up, still_coming, transfer

__all__ = [
    "Booked",
    "EventPlan",
    "PlannedEvent",
    "ShiftPlan",
    "SignedUp",
    "accept_group_offer",
    "accept_offer",
    "agree_to_move",
    "answer_proposal",
    "black_out",
    "book",
    "booking_of_link",
    "cancel_booking",
    "cancel_event",
    "cancel_signup",
    "change_event",
    "check_credential",
    "claim_wish",
    "close_event",
    "copy_event",
    "count_people",
    "fix_wish",
    "found_organisation",
    "give_back_wish",
    "join_by_link",
    "keep_profile",
    "leave_organisation",
    "lift_blackout",
    "make_wish",
    "name_seat",
    "open_event",
    "organisation_of_link",
    "plan_event",
    "propose",
    "remind",
    "renew_link",
    "set_quiet",
    "set_role",
    "settle_shift",
    "show_credential",
    "sign_up",
    "still_coming",
    "take_seat",
    "take_step",
    "transfer",
    "verify_organisation",
    "withdraw_credential",
    "withdraw_proposal",
    "withdraw_wish",
]
