"""The demo's photos, drawn: flat scenes with depth and light, the same from the same seed."""

from backend.demo.pictures.album import pictures
from backend.demo.pictures.draw import SCENES, Picture, Shot, draw

__all__ = ["SCENES", "Picture", "Shot", "draw", "pictures"]
