"""The demo: the cast of the documents, three Homes told in full, and a day that is always today."""
