#!/usr/bin/python3
"""A batch of sites is the same batch however it is asked.

Generated sites over the embedded plan: lines of a ledger tie to the last digit in every order, in m2 and as printed;
sites that do not meet get the same verdicts in any order of the file; threads and the division over files change
nothing; a program that was killed goes on to the same bytes; a journal of another batch is refused and a damaged line
is measured again. Seeds are fixed; a failure names its own."""
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from decimal import Decimal

PROGRAM = os.environ["ZONE_PROGRAM"]
PLAN = os.path.join(os.environ["ZONE_SOURCE_DIR"], "geodata", "jinlan.yaml")
WEST, SOUTH, EAST, NORTH = 442000, 3222000, 450000, 3231000
KINDS = ("工业用地", "商服用地", "住宅用地", "仓储用地", "城堡")
ORDERS = ("batch", "priority", "best-sites", "best-area")
HEAD = "XMBH,YDLX,GDFS,NX,SBMJ,YXJ,WKT"
faults = []


def expect(told, what):
    if not told:
        faults.append(what)


def box(x, y, width, height):
    corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y))
    return "POLYGON((" + ",".join(f"{a:.3f} {b:.3f}" for a, b in corners) + "))"


def line(number, x, y, width, height, dice):
    return (f"Q{number:05d},{dice.choice(KINDS)},出让,{dice.choice((10, 20, 25, 30))},{width * height:.2f},"
            f"{dice.choice(('', 1, 2, 3))},\"{box(x, y, width, height)}\"")


def scattered(count, largest, dice):
    """Anywhere, over each other too."""
    return [line(i, dice.uniform(WEST, EAST), dice.uniform(SOUTH, NORTH), dice.uniform(8, largest),
                 dice.uniform(8, largest), dice) for i in range(count)]


def apart(count, dice):
    """On a lattice, so that none meets another."""
    cells = [(x, y) for x in range(WEST, EAST, 100) for y in range(SOUTH, NORTH, 100)]
    return [line(i, x + dice.uniform(0, 40), y + dice.uniform(0, 40), dice.uniform(8, 30), dice.uniform(8, 30), dice)
            for i, (x, y) in enumerate(dice.sample(cells, count))]


def save(folder, name, lines):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join([HEAD, *lines]) + "\n")
    return path


def typed(files, *options):
    return [PROGRAM, "quota", PLAN, *files, "--crs", "EPSG:4549", "--quiet", "--lang", "en", *options]


def ask(files, *options):
    """stdout of a batch that could be asked."""
    done = subprocess.run(typed(files, *options), capture_output=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(options)}: exit {done.returncode}: {done.stderr.decode()}")
    return done.stdout


def table(files, *options):
    return json.loads(ask(files, *options, "--format", "json"), parse_float=Decimal)


# ------------------------------------------------------------ the ledger


def accounts(answer, unit):
    """(zone, kind): the lines of an account."""
    found = {}
    for row in answer["ledger"]:
        found.setdefault((row["zone"], row["kind"]), []).append(
            (row["entry"], row["site"], row["opening_" + unit], row["drawn_" + unit], row["balance_" + unit]))
    return found


def ties(answer, unit, name):
    for account, lines in accounts(answer, unit).items():
        opening, balance = lines[0][2], lines[0][2]
        for entry, site, before, drawn, after in lines:
            expect(before == balance, f"{name} {account} {site}: opens with {before} after {balance}")
            expect(before - drawn == after, f"{name} {account} {site}: {before} - {drawn} is not {after}")
            expect(entry == "booked" or drawn == 0, f"{name} {account} {site}: {entry} and draws {drawn}")
            balance = after
        drawn = sum(x[3] for x in lines)
        expect(opening - drawn == balance, f"{name} {account}: {opening} - {drawn} is not {balance}")
        expect(balance >= 0, f"{name} {account}: overdrawn to {balance}")
    entries = {}
    for row in answer["ledger"]:
        entries.setdefault(row["site"], set()).add(row["entry"])
    expect(all(len(e) == 1 for site, e in entries.items() if site), f"{name}: a site is booked in part")
    verdict = {row["site"]: row["verdict"] for row in answer["rows"]}
    for site, entry in entries.items():
        if site:
            expect((entry == {"booked"}) == (verdict[site] != "reject"), f"{name} {site}: {entry} and {verdict[site]}")
    for row in answer["closure"]:
        expect(row["item"] != "residual" or row["area_" + unit] == 0, f"{name}: residual {row}")


def served(answer):
    return {row["site"] for row in answer["rows"] if row["verdict"] != "reject"}


def ledgers_tie(folder):
    dice = random.Random(41)
    path = save(folder, "large.csv", scattered(60, 330, dice))
    got = {}
    for order in ORDERS:
        answer = table([path], "--order", order, "--exact")
        got[order] = answer
        ties(answer, "m2", f"{order} in m2")
        ties(table([path], "--order", order, "--unit", "mu"), "mu", f"{order} in mu")
    expect(len(served(got["best-sites"])) >= max(len(served(got[o])) for o in ORDERS), "best-sites is not the most")
    area = {o: sum(r["area_m2"] for r in a["rows"] if r["site"] in served(a)) for o, a in got.items()}
    expect(area["best-area"] == max(area.values()), f"best-area is not the most: {area}")


# ------------------------------------------------------------ independence


def reasons(answer):
    return {row["site"]: (row["verdict"], row["reasons"], row["zones"], row["area_m2"]) for row in answer["rows"]}


def permutations_agree(folder):
    dice = random.Random(42)
    lines = apart(200, dice)
    first = reasons(table([save(folder, "apart.csv", lines)], "--exact"))
    expect(len({v[1] for v in first.values()}) > 8, "the sites know few verdicts")
    for turn in range(2):
        dice.shuffle(lines)
        expect(reasons(table([save(folder, f"shuffled{turn}.csv", lines)], "--exact")) == first, f"permutation {turn}")


def divisions_agree(folder):
    lines = scattered(150, 90, random.Random(43))
    whole = table([save(folder, "whole.csv", lines)], "--exact")
    parts = [save(folder, f"part{i}.csv", lines[a:b]) for i, (a, b) in enumerate(((0, 1), (1, 70), (70, 150)))]
    divided = table(parts, "--exact")
    for part in ("rows", "findings", "ledger"):
        expect(divided[part] == whole[part], f"divided over files: {part}")
    expect([r for r in divided["closure"] if r["item"] != "counted more than once"]
           == [r for r in whole["closure"] if r["item"] != "counted more than once"], "divided over files: closure")


def threads_agree(folder):
    path = save(folder, "threads.csv", scattered(300, 90, random.Random(44)))
    for form in ("text", "jsonl"):
        first = ask([path], "--format", form, "--threads", "1")
        for threads in ("2", "3"):
            expect(ask([path], "--format", form, "--threads", threads) == first, f"{form} with {threads} threads")


# ------------------------------------------------------------ the journal


def killed(folder, path, options, journal, wait):
    """Starts a run and kills it after so many seconds; False when it was done before."""
    with open(os.devnull, "wb") as nowhere:
        run = subprocess.Popen(typed([path], *options, "--resume", journal), cwd=folder, stdout=nowhere, stderr=nowhere)
        time.sleep(wait)
        run.kill()
        return run.wait() < 0


def kills_agree(folder):
    """Of the real program: one block, so that the time of a kill decides what the journal has."""
    dice = random.Random(45)
    path = save(folder, "killed.csv", scattered(3000, 60, dice))
    journal, kills, kept = os.path.join(folder, "journal"), 0, 0
    for form in ("text", "jsonl", "xlsx"):
        options = ["-o", os.path.join(folder, "out.xlsx")] if form == "xlsx" else ["--format", form]
        began = time.monotonic()
        whole = ask([path], *options)
        whole = whole or open(options[1], "rb").read()
        took = time.monotonic() - began
        for share in sorted(dice.uniform(0.5, 1.0) for _ in range(4)):
            kills += killed(folder, path, options, journal, took * share)
            kept = max(kept, os.path.getsize(journal) if os.path.exists(journal) else 0)
        again = ask([path], *options, "--resume", journal)
        again = again or open(options[1], "rb").read()
        expect(again == whole, f"killed: {form}")
        expect(not os.path.exists(journal), f"killed: {form}: the journal stays")
    expect(kills > 0, "no run was killed")
    print(f"{kills} kills, journals of up to {kept} bytes")


def full_journal(folder, path):
    """The journal of a batch whose answer can't be written."""
    journal = os.path.join(folder, "full")
    with open("/dev/full", "wb") as full:
        done = subprocess.run(typed([path], "--resume", journal), stdout=full, stderr=subprocess.PIPE, check=False)
    if not os.path.exists(journal):
        sys.exit(f"no journal is kept: exit {done.returncode} {done.stderr.decode()}")
    return journal


def damage_is_measured_again(folder):
    dice = random.Random(46)
    path = save(folder, "damaged.csv", scattered(80, 90, dice))
    whole = ask([path])
    for turn in range(3):
        lines = open(full_journal(folder, path), "rb").read().split(b"\n")
        expect(len(lines) == 82, f"the journal has {len(lines)} lines")
        at = dice.randrange(1, 81)
        byte = dice.randrange(len(lines[at]))
        lines[at] = lines[at][:byte] + (b"0" if lines[at][byte:byte + 1] != b"0" else b"1") + lines[at][byte + 1:]
        with open(os.path.join(folder, "full"), "wb") as file:
            file.write(b"\n".join(lines if turn else lines[:at] + [lines[at][:byte]]))
        expect(ask([path], "--resume", os.path.join(folder, "full")) == whole, f"damaged line {at}, byte {byte}")


def other_batches_are_refused(folder):
    dice = random.Random(47)
    lines = scattered(20, 90, dice)
    path, other = save(folder, "one.csv", lines), save(folder, "other.csv", lines[:10] + [lines[11], lines[10]] + lines[12:])
    journal = full_journal(folder, path)
    before = open(journal, "rb").read()
    for files, options in (([other], []), ([path], ["--area", "grid"]), ([path, other], []), ([path], ["--pieces", "p.gpkg"])):
        done = subprocess.run(typed(files, *options, "--resume", journal), cwd=folder, capture_output=True, check=False)
        expect(done.returncode == 3 and b"another batch" in done.stderr, f"taken: {options or files}")
        expect(open(journal, "rb").read() == before, f"changed: {options or files}")
    expect(ask([path], "--order", "best-sites", "--resume", journal) == ask([path], "--order", "best-sites"),
           "the order of the ledger is not in the journal")


def main():
    with tempfile.TemporaryDirectory() as folder:
        for test in (ledgers_tie, permutations_agree, divisions_agree, threads_agree, damage_is_measured_again,
                     other_batches_are_refused, kills_agree):
            before = len(faults)
            test(folder)
            print(f"{test.__name__}: {'ok' if len(faults) == before else 'FAILED'}")
    print("\n".join(faults[:40]))
    return 1 if faults else 0


sys.exit(main())
