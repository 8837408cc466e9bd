#!/usr/bin/env python3
"""Writes the land of the report's maps:

    planner/data/land.py gui/data/countries.bin planner/report/land.json

Source: the outlines of gui/data/natural_earth.R (Natural Earth 1:50m, public domain), rounded to a tenth of a degree,
which keeps the border of two countries one line; islands below 0.1 square degrees are left out. The result is kept in
the tree.

Format: an array of rings, clockwise; each [longitude, latitude, steps] in tenths of a degree. A step to the next point
is two digits of base 64 (A-Z a-z 0-9 + /), east and north, each 32 more than the step; long steps are several.
"""
import json
import string
import struct
import sys
import zlib

LEAST_AREA = 0.1  # [square degree]
LONGEST = 31  # step [0.1 degree]
DIGITS = string.ascii_uppercase + string.ascii_lowercase + string.digits + "+/"


def rings(data):
    """Outlines as lists of (longitude, latitude) [degree]; the format stands in natural_earth.R."""
    at = 0

    def take(layout):
        nonlocal at
        values = struct.unpack_from("<" + layout, data, at)
        at += struct.calcsize("<" + layout)
        return values

    (countries,) = take("H")
    for _ in range(countries):
        (length,) = take("B")
        at += length + 4  # the name, and where its label stands
        (count,) = take("H")
        for _ in range(count):
            (points,) = take("H")
            x = y = 0
            ring = []
            for _ in range(points):
                dx, dy = take("hh")
                x, y = x + dx, y + dy
                ring.append((x / 100, y / 100))
            yield ring


def doubled_area(ring):
    """Positive where the ring runs clockwise [square degree]."""
    return sum((x1 - x0) * (y1 + y0) for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1]))


def rounded(ring):
    """Points [0.1 degree] without those that lie between their neighbours."""
    points = []
    for lon, lat in ring:
        point = (round(lon * 10), round(lat * 10))
        if points and point == points[-1]:
            continue
        while len(points) > 1 and between(points[-2], points[-1], point):
            points.pop()
        points.append(point)
    return points


def between(before, point, after):
    (x0, y0), (x, y), (x1, y1) = before, point, after
    aligned = (x - x0) * (y1 - y) == (x1 - x) * (y - y0)
    return aligned and (x - x0) * (x1 - x) + (y - y0) * (y1 - y) > 0


def steps(points):
    text, (x, y) = "", points[0]
    for to_x, to_y in points[1:]:
        for left in range(max(abs(to_x - x), abs(to_y - y)) // LONGEST, -1, -1):
            dx, dy = (to_x - x) // (left + 1), (to_y - y) // (left + 1)
            text += DIGITS[dx + 32] + DIGITS[dy + 32]
            x, y = x + dx, y + dy
    return text


def main(source, target):
    with open(source, "rb") as file:
        data = zlib.decompress(file.read()[4:])
    land = [ring for ring in rings(data) if doubled_area(ring) / 2 > LEAST_AREA]  # holes run the other way
    outlines = [points for points in map(rounded, land) if len(points) > 3]
    with open(target, "w", encoding="ascii") as file:
        json.dump([[*points[0], steps(points)] for points in outlines], file, separators=(",", ":"))
        file.write("\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
