"""The verbs of the door.

Lock order: the Home's Board row first, then the topic, then the readers' inboxes (notify, once, last).
"""
