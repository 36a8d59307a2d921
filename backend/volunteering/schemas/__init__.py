"""The shapes of volunteering."""
