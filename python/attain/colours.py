"""Of each group of statuses the colour and the shape: the one table that everything coloured uses."""

from __future__ import annotations

from collections.abc import Mapping

from .words import Group

__all__ = ["COLOURS", "SHAPES"]

#: The colour of a group. Black text stands out on each, and no two look alike to whoever does not see red or green.
COLOURS: Mapping[Group, str] = {
    Group.GOOD: "#6db6e3",
    Group.WARNING: "#f5d33f",
    Group.BAD: "#dd6a3c",
    Group.NONE: "#d5d5d5",
}

#: The shape beside a colour, which says the same without it: tick, triangle, cross, dash. SVG paths from -1 to 1.
SHAPES: Mapping[Group, str] = {
    Group.GOOD: "M-1,0.1L-0.6,-0.35L-0.2,0.05L0.65,-0.85L1.05,-0.45L-0.2,0.9Z",
    Group.WARNING: "M0,-0.9L1,0.8L-1,0.8Z",
    Group.BAD: "M-0.8,-0.5L-0.5,-0.8L0,-0.3L0.5,-0.8L0.8,-0.5L0.3,0L0.8,0.5L0.5,0.8L0,0.3L-0.5,0.8L-0.8,0.5L-0.3,0Z",
    Group.NONE: "M-0.8,-0.22L0.8,-0.22L0.8,0.22L-0.8,0.22Z",
}
