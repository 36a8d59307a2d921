"""The verbs of the five therapies.

Lock order: the Home's Timetable row first. What is told is announced, so no inbox is ever locked here.
"""
