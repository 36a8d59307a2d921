"""The verbs of volunteers. Each locks one organisation or one credential; what is told is announced, so no inbox is locked here."""
