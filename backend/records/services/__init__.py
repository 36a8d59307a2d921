"""The verbs of records.

Lock order: the event's day first, then records, then certificates. What is told is announced, so no inbox is locked here.
"""
