"""国土TXT in its dialects, and broken in every way that is known: what tests/reference/txt_dialects.py reads.

`dialects()` gives (name, bytes) that all mean the same three plots, CANONICAL; `broken()` gives (name, bytes, exit code of
`zone area`, texts that the message or the completeness line must hold)."""
import itertools
import random

# name, number, rings of (X northing, Y easting without its zone number): a square, one with a hole, one of two parts
PLOTS = [("一号地块", "XM-001", "1.0000", "工业用地", "1001", [[("3229100.125", "448000.500"), ("3229100.125", "448100.500"),
          ("3229000.125", "448100.500"), ("3229000.125", "448000.500")]]),
         ("二号地块，含洞", "XM-002", "0.9600", "住宅用地", "0701", [[("3229100.100", "448200.001"), ("3229100.100", "448300.001"),
          ("3229000.100", "448300.001"), ("3229000.100", "448200.001")], [("3229040.100", "448240.001"),
          ("3229060.100", "448240.001"), ("3229060.100", "448260.001"), ("3229040.100", "448260.001")]]),
         ("三号,东西两片", "XM-003", "0.0150", "", "", [[("3229100.000", "448400.000"), ("3229100.000", "448410.000"),
          ("3229090.000", "448410.000")], [("3229100.000", "448500.000"), ("3229100.000", "448510.000"),
          ("3229080.000", "448510.000")]])]

FULL = {"格式版本号": "1.01版本", "数据产生单位": "某测绘院", "数据产生日期": "2024-01-01", "坐标系": "2000国家大地坐标系", "几度分带": "3",
        "投影类型": "高斯克吕格", "计量单位": "米", "带号": "40", "精度": "0.001", "转换参数": ",,,,,,"}
HEADERS = {"full": FULL, "least": {"带号": "40"}, "words": {"坐标系": "CGCS2000", "分带": "三度带", "带号": "第40带", "转换参数": "0,0,0,0,0,0,0"},
           "meridian": {"坐标系": "2000国家大地坐标系", "中央子午线": "120"}, "blank": {k: "" for k in FULL}, "none": None}
CHOICES = {
    "header": list(HEADERS), "names": ["J", "number", "empty", "absent"], "swapped": [False, True], "prefix": [True, False],
    "closed": [True, False], "count": ["all", "corners", "empty"], "encoding": ["utf-8", "utf-8-sig", "gb18030"],
    "end": ["\r\n", "\n"], "comma": [",", "，"], "brackets": ["[]", "【】"], "tail": ["@", ",@", "@ "], "blank": [False, True],
}


def point(form, number, ring, x, y):
    x, y = (y, x) if form["swapped"] else (x, y)
    first = {"J": [f"J{number}"], "number": [str(number)], "empty": [""], "absent": []}[form["names"]]
    return form["comma"].join([*first, str(ring), x, y])


def title(form, plot, lines, corners):
    count = {"all": str(lines), "corners": str(corners), "empty": ""}[form["count"]]
    name, number, area, use, code, _ = plot
    return ",".join([count, area, number, name, "面", "", use, code]) + form["tail"]


def write(form, plots=None):
    lines, header = [], HEADERS[form["header"]]
    left, right = form["brackets"]
    if header is not None:
        lines += [f"{left}属性描述{right}"] + [f"{k}={v}" for k, v in header.items()] + [f"{left}地块坐标{right}"]
    for plot in plots or PLOTS:
        points, number, corners = [], 1, 0
        for ring, at in enumerate(plot[5], 1):
            named = [(number + i, x, ("40" if form["prefix"] else "") + y) for i, (x, y) in enumerate(at)]
            corners += len(at)
            points += [point(form, n, ring, x, y) for n, x, y in named + (named[:1] if form["closed"] else [])]
            number += len(at)
        lines += [title(form, plot, len(points), corners), *points] + ([""] if form["blank"] else [])
    return (form["end"].join(lines) + form["end"]).encode(form["encoding"])


PLAIN = {key: values[0] for key, values in CHOICES.items()}
CANONICAL = PLOTS


def makes_sense(form):
    """A zone that stands nowhere can't be read; a header of no words says nothing."""
    return form["prefix"] or form["header"] not in ("none", "blank")


def dialects(count=60, seed=20261125):
    """Every choice on its own, every pair of choices at least now and then."""
    rng = random.Random(seed)
    forms = [dict(PLAIN, **{key: value}) for key, values in CHOICES.items() for value in values]
    forms += [{key: rng.choice(values) for key, values in CHOICES.items()} for _ in range(count)]
    forms += [dict(PLAIN, names=n, swapped=s, closed=c) for n, s, c in itertools.product(*(CHOICES[k] for k in (
        "names", "swapped", "closed")))]
    for number, form in enumerate(f for f in forms if makes_sense(f)):
        yield f"{number:03d}-" + "-".join(f"{k}={v!r}" for k, v in form.items() if v != PLAIN[k]), write(form)


def swap(text, old, new, count=1):
    assert old in text, old
    return text.replace(old, new, count)


def broken():
    """(name, bytes, exit code, what must be told)."""
    good = write(dict(PLAIN, end="\n")).decode()
    first = "J1,1,3229100.125,40448000.500\n"
    cases = [
        ("missing @", swap(good, "住宅用地,0701@", "住宅用地,0701"), 0, ["2 (line 19: a title line without @ at its end)"]),
        ("letters in numbers", swap(good, "40448200.001", "4044820O.001"), 0, ['2 (line 20: not a coordinate: "4044820O.001")']),
        ("wrong count of points", swap(good, "5,1.0000", "7,1.0000"), 0, ["1 (line 13: 7 points by the title, 5 are there)"]),
        ("negative count", swap(good, "5,1.0000", "-5,1.0000"), 0, ['1 (line 13: not a count of points: "-5")']),
        ("a count of 23 digits", swap(good, "5,1.0000", "9" * 23 + ",1.0000"), 0, ["1 (line 13: not a count of points"]),
        ("a number that is no double", swap(good, "J3,1,3229000.125", "J3,1,1e400"), 0, ['1 (line 16: not a coordinate: "1e400")']),
        ("not a number", swap(good, "J3,1,3229000.125", "J3,1,NaN"), 0, ['1 (line 16: not a coordinate: "NaN")']),
        ("a number in base 16", swap(good, "J3,1,3229000.125", "J3,1,0x3145A8"), 0, ['not a coordinate: "0x3145A8"']),
        ("a number of 5000 digits", swap(good, "J3,1,3229000.125", "J3,1," + "3" * 5000), 0,
         ["1 (line 16: coordinates of another kind than those before)"]),
        ("a title of a million commas", good + "3,1,9" + "," * 1000000 + "@\n" + first * 3, 0, ["4 (line 40: a ring of fewer than 3 points)"]),
        ("titles that are nothing but @", good + "@\n@\n", 0, ["4 (line 39: a title line of 1 values"]),
        ("a point is missing", swap(good, "J2,1,3229100.125,40448100.500\n", ""), 0, ["5 points by the title, 4 are there"]),
        ("a ring is not closed",
         swap(good, "J4,1,3229000.125,40448000.500\n" + first, "J4,1,3229000.125,40448000.500\n").replace("5,1.0000", "4,1.0000"),
         0, ["1 (line 14: the ring that begins here is not closed"]),
        ("fewer than three points", swap(good, "J2,1,3229100.125,40448100.500\nJ3,1,3229000.125,40448100.500\n"
                                               "J4,1,3229000.125,40448000.500\n", "").replace("5,1.0000", "2,1.0000"),
         0, ["1 (line 14: a ring of fewer than 3 points)"]),
        ("axes change in a plot", swap(good, "J2,1,3229100.125,40448100.500", "J2,1,40448100.500,3229100.125"), 0,
         ["1 (line 15: coordinates of another kind than those before)"]),
        ("a digit is lost", swap(good, "J3,1,3229000.125", "J3,1,322900.125"), 0,
         ["1 (line 16: coordinates of another kind than those before)"]),
        ("points of another form in a plot", swap(good, "J2,1,3229100.125,", "1,3229100.125,"), 0,
         ["1 (line 15: 3 values, where the points before have 4)"]),
        ("a line", swap(good, "面", "线"), 0, ['1 (line 13: not an area: "线")']),
        ("no points", good + "0,1,9,空,面,,,@\n", 0, ["4 (line 39: no points)"]),
        ("points before titles", swap(good, "[地块坐标]\n", "[地块坐标]\n" + first), 0, ["1 (line 13: points without a title line)"]),
        ("prose", swap(good, first, "此处应有坐标\n"), 0, ["1 (line 14: 1 values, which are neither a title line nor a point)"]),
        ("another dialect", good + write(dict(PLAIN, header="none", swapped=True, end="\n")).decode(), 3,
         ["coordinates of several kinds in one file", ":40"]),
        ("another form", good + write(dict(PLAIN, header="none", names="absent", end="\n")).decode(), 3,
         ["points of several forms in one file", ":40", "4 values, as in line 14"]),
        ("another zone", good + write(dict(PLAIN, header="none", end="\n")).decode().replace(",40448", ",39448"), 3,
         ["coordinates of several kinds in one file", ":40"]),
        ("two files in one", good + good, 3, ["a second file in the file", ":39"]),
        ("cut short", good[:good.index("J4,1,3229000.125") + 9], 3, ["no plot can be used", ":13"]),
        ("cut short before its plots", good[:good.index("[地块坐标]")], 3, ["no plot"]),
        ("no plots", good[:good.index("5,1.0000")], 3, ["no plot", ":12"]),
        ("zone against eastings", swap(good, "带号=40", "带号=39"), 3, ["eastings that begin with 40, and zone 39 in the header", ":14"]),
        ("zone against width", swap(good, "几度分带=3", "几度分带=6"), 3, ["the header contradicts itself", ":9"]),
        ("no zone", swap(good, "带号=40", "带号=").replace(",40448", ",448"), 3, ["the zone of the eastings is not told", ":14", "--crs"]),
        ("a zone that is none", swap(good, "带号=40", "带号=120"), 3, ["带号=120", ":9"]),
        ("a system of its own", swap(good, "2000国家大地坐标系", "城市独立坐标系"), 3, ["坐标系=城市独立坐标系", ":5", "--crs"]),
        ("another projection", swap(good, "高斯克吕格", "墨卡托"), 3, ["投影类型=墨卡托", ":7"]),
        ("zone numbers in both", good.replace(",3229", ",40229"), 3, ["can't be told which"]),
        ("nowhere", good.replace(",3229", ",9229"), 3, ["can't be told which"]),
    ]
    for name, text, code, told in cases:
        yield name, text.encode(), code, told
    yield "UTF-16", good.encode("utf-16"), 3, ["UTF-16"]
    yield "zero bytes", good.encode().replace(b"J3", b"J\0"), 3, ["bytes that are no text"]
    yield "empty", b"", 3, ["an empty file"]


def mutations(count=60, seed=20261125):
    """Sound files with bytes changed, lost or doubled: whatever they mean now, they are read or refused, never worse."""
    rng = random.Random(seed)
    sources = [data for _, data in dialects(10)]
    for _ in range(count):
        data = bytearray(rng.choice(sources))
        for _ in range(rng.randint(1, 8)):
            at = rng.randrange(len(data))
            kind = rng.randrange(4)
            if kind == 0:
                data[at] = rng.randrange(256)
            elif kind == 1:
                del data[at:at + rng.randint(1, 40)]
            elif kind == 2:
                data[at:at] = data[at:at + rng.randint(1, 200)]
            else:
                data[at:at] = rng.choice([b",", b"@", b"\n", b"[", "，".encode(), b"9" * 30, b"-", b"J", b"="])
        yield bytes(data)
