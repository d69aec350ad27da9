#!/usr/bin/python3
"""Makes places.tsv: images of places in 40 digits, by the definition of the projection and nothing of libzone.

North + i East of a transverse Mercator projection is the meridian's length at a complex latitude; that latitude is found
by Newton's method, and its isometric latitude is the place's isometric latitude + i times its longitude from the central
meridian. No series is involved. The image is (a L, F(B)/a), L counted from the central meridian.
Run: tests/reference/tables/make_places.py > tests/reference/tables/places.tsv
"""
import random
from mpmath import mp, mpf, mpc, sin, asin, tanh, atanh, sqrt, quad

mp.dps = 40
ELLIPSOIDS = ((6378137, '298.257222101'), (6378140, '298.257'), (6378245, '298.3'), (6378137, '298.257223563'))


def latitude_of(isometric, e):
    b = asin(tanh(isometric))
    for _ in range(60):
        b = asin(tanh(isometric + e * atanh(e * sin(b))))
    return b


def place(a, e, north, east):
    """Radians of longitude from the central meridian, and of latitude."""
    target, b = mpc(north, east), mpc(north, east) / a
    for _ in range(12):
        length = a * (1 - e**2) * quad(lambda t: b * (1 - (e * sin(b * t))**2)**mpf('-1.5'), [0, 1])
        b -= (length - target) / (a * (1 - e**2) * (1 - (e * sin(b))**2)**mpf('-1.5'))
    isometric = atanh(sin(b)) - e * atanh(e * sin(b))
    return isometric.imag, latitude_of(isometric.real, e)


def authalic(a, e, b):
    s = sin(b)
    return a**2 * (1 - e**2) * (s / (2 * (1 - (e * s)**2)) + atanh(e * s) / (2 * e))


def main():
    rng = random.Random(20260102)
    print('# a\t1/f\tscale\teast m\tnorth m\ta L m\tF(B)/a m\tmade by make_places.py, 40 digits')
    for a, flattening in ELLIPSOIDS:
        f = 1 / mpf(flattening)
        e = sqrt(f * (2 - f))
        for scale in ('1', '0.9996'):
            for north in (-2e5, 331000.0, 2500000.5, 3229000.25, 4700000.0, 5990000.125):
                for east in (rng.uniform(-1, 1) * 200000, rng.choice((-1, 1)) * rng.uniform(600000, 1000000)):
                    east = round(east * 8192) / 8192
                    longitude, latitude = place(a, e, mpf(north) / mpf(scale), mpf(east) / mpf(scale))
                    print(a, flattening, scale, repr(east), repr(north), mp.nstr(a * longitude, 25),
                          mp.nstr(authalic(a, e, latitude) / a, 25), sep='\t')


main()
