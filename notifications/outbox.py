"""The only door into the post office.

In one transaction the order of locks is: receipts on notices, the sender's own rows, `publish` (topics sorted), and last
of all one `notify` (inboxes, sorted). `retrying` goes around a verb that posts.
"""

from notifications.channels.subscriptions import end_subscriptions, forget_ended
from notifications.delivery.health import Health, dispatcher_health, health
from notifications.inbox.notify import announce, notify
from notifications.inbox.receipts import mark_told, received
from notifications.inbox.reports import Answer, Reader, Thread, Told, Unreached, fate, latest, readers, replies, told, unreached
from notifications.inbox.revocation import disconnect, new_epoch, withhold
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
    "Thread",
    "Told",
    "Unreached",
    "announce",
    "disconnect",
    "dispatcher_health",
    "end_subscriptions",
    "fate",
    "forget_ended",
    "health",
    "latest",
    "mark_told",
    "new_epoch",
    "notify",
    "publish",
    "readers",
    "received",
    "renew",
    "replies",
    "retrying",
    "rev",
    "told",
    "unreached",
    "withhold",
]
