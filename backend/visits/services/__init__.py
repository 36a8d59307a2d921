"""The verbs of visits.

Lock order: the Home's quiet, then a wish or proposal, then shifts in order of id. What is told is announced, so no inbox is
locked here; only an event of today that is cancelled is told at once, last of all.
"""
