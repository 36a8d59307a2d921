"""The verbs of the door.

Lock order: the Home's Board row first, then the topic, then the readers' inboxes (notify, once, last).
"""

from backend.attendance.services.day import close_day, mark_missing, open_day
from backend.attendance.services.door import Recorded, Tap, record_tap
from backend.attendance.services.leave import ask_leave, withdraw_leave
from backend.attendance.services.receipts import progressed, replied

__all__ = ["Recorded", "Tap", "ask_leave", "close_day", "mark_missing", "open_day", "progressed", "record_tap", "replied", "withdraw_leave"]
