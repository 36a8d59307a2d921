"""Outbox: the only door into notifications.

In one transaction the order of locks is: receipts on notices, the sender's own rows, `publish` (topics sorted), and last
of all one `notify` (inboxes, sorted). `retrying` makes a verb that posts one transaction.
"""

from notifications.channels.subscriptions import end_subscriptions, forget_ended
from notifications.delivery.health import Health, dispatcher_health, health
from notifications.inbox.notify import announce, notify
from notifications.inbox.receipts import mark_received, mark_told
from notifications.inbox.reports import Answer, Reader, Recipients, Thread, Unreached, fate, latest, readers, recipients, replies, unreached
from notifications.inbox.revocation import disconnect, renew_epochs, withhold
from notifications.inbox.topics import publish, renew, rev
from notifications.sender import Fate, Letter, Progress
from notifications.transactions import retrying

__all__ = [
    "Answer",
    "Fate",
    "Health",
    "Letter",
    "Progress",
    "Reader",
    "Recipients",
    "Thread",
    "Unreached",
    "announce",
    "disconnect",
    "dispatcher_health",
    "end_subscriptions",
    "fate",
    "forget_ended",
    "health",
    "latest",
    "mark_received",
    "mark_told",
    "notify",
    "publish",
    "readers",
    "recipients",
    "renew",
    "renew_epochs",
    "replies",
    "retrying",
    "rev",
    "unreached",
    "withhold",
]
