"""The verbs of the moments.

Lock order: the author's row or the post, then members in order of id, then photos. What is told waits for the digest, so no inbox is ever
locked here.
"""
