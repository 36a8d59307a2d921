"""What a Home needs, who comes, and who waits."""

from backend.visits.models.bookings import GroupBooking
from backend.visits.models.events import ServiceEvent, Shift
from backend.visits.models.quiet import BlackoutDay, HomeQuiet
from backend.visits.models.requests import Proposal, Wish
from backend.visits.models.signups import Signup
from backend.visits.models.waitlist import DecisionLog, Offer, WaitlistEntry

__all__ = [
    "BlackoutDay",
    "DecisionLog",
    "GroupBooking",
    "HomeQuiet",
    "Offer",
    "Proposal",
    "ServiceEvent",
    "Shift",
    "Signup",
    "WaitlistEntry",
    "Wish",
]
