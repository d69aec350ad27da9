#!/usr/bin/python3
"""Makes areas.tsv: reference areas in 40 digits, by the defining formulas and nothing of libzone.

survey     sum over edges of mean L x difference of F(B), F the authalic function in closed form; vertices of projected
           data brought to B, L by the Krueger series to n^6 (Karney 2011), good to 1e-12 m here
ellipsoid  the same with plane edges split into 2^k parts, extrapolated over k (Romberg)
grid       shoelace
Run: tests/reference/tables/make_areas.py > tests/reference/tables/areas.tsv
"""
import random
from mpmath import mp, mpf, sin, cos, sinh, cosh, atanh, atan, atan2, sqrt, pi

mp.dps = 40
A_AXIS = mpf(6378137)
FLAT = 1 / mpf('298.257222101')
E2 = FLAT * (2 - FLAT)
E = sqrt(E2)
N = FLAT / (2 - FLAT)
DEG = pi / 180
BETA = [N/2 - 2*N**2/3 + 37*N**3/96 - N**4/360 - 81*N**5/512 + 96199*N**6/604800,
        N**2/48 + N**3/15 - 437*N**4/1440 + 46*N**5/105 - 1118711*N**6/3870720,
        17*N**3/480 - 37*N**4/840 - 209*N**5/4480 + 5569*N**6/90720,
        4397*N**4/161280 - 11*N**5/504 - 830251*N**6/7257600,
        4583*N**5/161280 - 108847*N**6/3991680,
        20648693*N**6/638668800]
RECTIFYING = A_AXIS / (1 + N) * (1 + N**2/4 + N**4/64 + N**6/256)


def authalic(b):
    s = sin(b)
    return A_AXIS**2 * (1 - E2) * (s / (2 * (1 - E2*s*s)) + atanh(E*s) / (2*E))


def inverse(x, y, false_easting, meridian):
    xi, eta = mpf(y) / RECTIFYING, (mpf(x) - false_easting) / RECTIFYING
    p, q = xi, eta
    for j, beta in enumerate(BETA, 1):
        p -= beta * sin(2*j*xi) * cosh(2*j*eta)
        q -= beta * cos(2*j*xi) * sinh(2*j*eta)
    conformal = sin(p) / sqrt(sinh(q)**2 + cos(p)**2)
    tau = conformal
    for _ in range(12):
        sigma = sinh(E * atanh(E * tau / sqrt(1 + tau*tau)))
        now = tau * sqrt(1 + sigma*sigma) - sigma * sqrt(1 + tau*tau)
        tau += (conformal - now) / sqrt(1 + now*now) * (1 + (1 - E2)*tau*tau) / ((1 - E2) * sqrt(1 + tau*tau))
    return mpf(meridian) * DEG + atan2(sinh(q), cos(p)), atan(tau)


SYSTEMS = {'EPSG:4490': None}
for zone in range(25, 46):
    SYSTEMS[f'EPSG:{4513 + zone - 25}'] = (zone * 1000000 + 500000, 3 * zone)
    SYSTEMS[f'EPSG:{4534 + zone - 25}'] = (500000, 3 * zone)


def place(crs, vertex):
    system = SYSTEMS[crs]
    if system is None:
        return mpf(vertex[0]) * DEG, mpf(vertex[1]) * DEG
    return inverse(vertex[0], vertex[1], *system)


def ring_survey(crs, ring, parts=1):
    total, first = mpf(0), None
    dense = []
    for i, a in enumerate(ring):
        b = ring[(i + 1) % len(ring)]
        for k in range(parts):
            t = mpf(k) / parts
            dense.append(place(crs, (a[0] + t * (mpf(b[0]) - mpf(a[0])), a[1] + t * (mpf(b[1]) - mpf(a[1])))))
    origin = dense[0][0]
    for i, (l1, b1) in enumerate(dense):
        l2, b2 = dense[(i + 1) % len(dense)]
        total += (l1 + l2 - 2*origin) / 2 * (authalic(b2) - authalic(b1))
    return total


def ring_ellipsoid(crs, ring):
    row = []
    for k in range(7):
        new = [ring_survey(crs, ring, 2**k)]
        for m, old in enumerate(row, 1):
            new.append(new[-1] + (new[-1] - old) / (4**m - 1))
        row = new
    return row[-1]


def ring_grid(crs, ring):
    ox, oy = mpf(ring[0][0]), mpf(ring[0][1])
    return sum(((mpf(a[0]) - ox) + (mpf(b[0]) - ox)) / 2 * (mpf(b[1]) - mpf(a[1]))
               for a, b in zip(ring, ring[1:] + ring[:1]))


METHODS = {'survey': ring_survey, 'ellipsoid': ring_ellipsoid, 'grid': ring_grid}


def emit(name, crs, method, rings, tolerance=None):
    area = sum(METHODS[method](crs, ring) for ring in rings)
    if tolerance is None:
        tolerance = max(1e-6, abs(float(area)) * 1e-12)
    text = ';'.join(' '.join(f'{x!r},{y!r}' for x, y in ring) for ring in rings)
    print(name, crs, method, mp.nstr(area, 25, strip_zeros=False), f'{tolerance:.3g}', text, sep='\t')


def blob(rng, x, y, size, count):
    """A wiggly ring of `count` vertices about (x, y)."""
    import math
    return [(x + size * (0.7 + 0.3 * rng.random()) * math.cos(2 * math.pi * k / count),
             y + size * (0.7 + 0.3 * rng.random()) * math.sin(2 * math.pi * k / count)) for k in range(count)]


def main():
    rng = random.Random(20260101)
    print('# name\tcrs\tmethod\tarea_m2\ttolerance_m2\trings (x,y …; holes run clockwise)\tmade by make_areas.py, 40 digits')
    square = lambda x, y, w, h: [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]
    for name, x, y, w, h in (('A 1 km', 441000, 3218000, 1000, 1000), ('B 100 m', 441000, 3218000, 100, 100),
                             ('C 1 km far', 645000, 3218000, 1000, 1000), ('D 10 km', 441000, 3218000, 10000, 10000),
                             ('42 km square, 85 km off', 585000, 3218000, 42000, 42000),
                             ('10 m2', 448000.5, 3229000.25, 4, 2.5),
                             ('sliver of 0.2 mm x 900 m', 448000, 3229000, 900, 0.0002),
                             ('sliver of 0.2 mm upright', 448000, 3229000, 0.0002, 900),
                             ('county', 430000, 3218000, 60000, 40000)):
        for method in ('survey', 'ellipsoid', 'grid'):
            emit(f'{name} {method}', 'EPSG:4549', method, [square(float(x), float(y), float(w), float(h))])
    hole = [(441300.0, 3218300.0), (441300.0, 3218400.0), (441500.0, 3218400.0), (441500.0, 3218300.0)]
    emit('hole', 'EPSG:4549', 'survey', [square(441000.0, 3218000.0, 1000.0, 1000.0), hole])
    emit('two parts', 'EPSG:4549', 'survey', [square(441000.0, 3218000.0, 100.0, 100.0),
                                              square(443000.0, 3219000.0, 50.0, 300.0)])
    for zone in range(25, 46, 2):
        for latitude in (3, 20, 40, 54):
            y = latitude * 110900.0
            x = zone * 1e6 + 5e5 + rng.uniform(-145000, 145000)
            emit(f'zone {zone} lat {latitude}', f'EPSG:{4513 + zone - 25}', 'survey',
                 [blob(rng, x, y, rng.choice([5.0, 60.0, 900.0, 8000.0]), 17)])
    for longitude in (70, 88, 105, 121, 139.5):
        for latitude in (0.05, 15, 29.1, 41, 54.9):
            emit(f'lon {longitude} lat {latitude}', 'EPSG:4490', 'survey',
                 [blob(rng, longitude, latitude, rng.choice([0.00005, 0.001, 0.01, 0.3]), 13)])
    emit('T7 county triangle', 'EPSG:4490', 'survey', [[(119.0, 28.9), (119.9, 29.0), (119.4, 29.6)]])


main()
