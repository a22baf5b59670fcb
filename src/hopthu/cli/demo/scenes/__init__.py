"""Drawn photos: plain scenes of a delta town, different each time, of nobody and nowhere."""

import random
from collections.abc import Callable, Mapping

from PIL import Image

from hopthu.cli.demo.scenes import outdoors, roadside
from hopthu.cli.demo.scenes.canvas import Canvas

Scene = Callable[[Canvas, bool], None]
"""Draws on the canvas; True shows the place as it looks once it is mended."""

SCENES: Mapping[str, Scene] = {
    "lamp": roadside.lamp,
    "dark_road": roadside.dark_road,
    "pothole": roadside.pothole,
    "manhole": roadside.manhole,
    "sidewalk": roadside.sidewalk,
    "flood": roadside.flood,
    "drain": roadside.drain,
    "rubbish": roadside.rubbish,
    "wires": roadside.wires,
    "hole": roadside.hole,
    "site": outdoors.site,
    "dump": outdoors.dump,
    "canal": outdoors.canal,
    "smoke": outdoors.smoke,
    "tree": outdoors.tree,
    "park": outdoors.park,
    "railing": outdoors.railing,
    "fence": outdoors.fence,
}


def draw(scene: str, rng: random.Random, *, mended: bool = False) -> Image.Image:
    """A photo of `scene` as a phone would take it. Raises KeyError for an unknown scene."""
    night = scene in ("lamp", "dark_road")
    canvas = Canvas(rng, night=night)
    SCENES[scene](canvas, mended)
    return canvas.finish()
