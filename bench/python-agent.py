"""Measures what recording costs a Python program, and which calls are lost by kill -9. Prints JSON lines.

    python3 bench/python-agent.py [calls] [settings] [start-up] [kill]
"""

import json
import mmap
import os
import random
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import time

SITE = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "agents", "python", "site")
CALLS = """
import sys, time
now = time.thread_time_ns

def nothing(a, b=2):
    return a

def governed(n):
    best = 1 << 60
    for _ in range(7):
        begun = now()
        for k in range(n):
            nothing(k)
        best = min(best, now() - begun)
    return best / n

def loop(n):
    best = 1 << 60
    for _ in range(7):
        begun = now()
        for k in range(n):
            pass
        best = min(best, now() - begun)
    return best / n

governed(3000)
print(governed(int(sys.argv[1])) - loop(int(sys.argv[1])))
"""
SETTINGS = """
import argparse, dataclasses, sys, time
now = time.thread_time_ns

@dataclasses.dataclass
class Config:
    alpha: float = 2.0
    beta: int = 3
    name: str = "ridge"
    path: str = "out.csv"
    count: int = 400
    fast: bool = True
    seed: object = None
    weight: float = 0.5

@dataclasses.dataclass
class Nested:
    model: Config = dataclasses.field(default_factory=Config)
    layers: list = dataclasses.field(default_factory=lambda: [1, 2, 3])
    rate: float = 0.1

def step(x):
    pass

def cost(x, n):
    best = 1 << 60
    for _ in range(7):
        begun = now()
        for k in range(n):
            step(x)
        best = min(best, now() - begun)
    return best / n

given = {"none": None, "flat": Config(), "nested": Nested(), "namespace": argparse.Namespace(**vars(Config()))}[sys.argv[2]]
print(cost(given, int(sys.argv[1])))
"""
SLOW = """
import sys, time, mmap, struct
file = open(sys.argv[1], "r+b")
side = mmap.mmap(file.fileno(), 8)

def step(n, name="step"):
    total = 0
    until = time.perf_counter() + float(sys.argv[2])
    while time.perf_counter() < until:
        total += 1
    return n

def main():
    n = 0
    while True:
        step(n)
        n += 1
        side[:8] = struct.pack("q", n)

main()
"""


def environment(folder, **more):
    env = {name: value for name, value in os.environ.items() if not name.startswith(("VAMPIRA_", "PYTHON"))}
    if folder is not None:
        env.update(VAMPIRA_JOURNAL=os.path.join(folder, "journal"), PYTHONPATH=SITE)
    env.update(more)
    return env


def report(**figures):
    print(json.dumps(figures), flush=True)


def run(folder, recorded, *arguments, **more):
    env = environment(folder if recorded else None, **more)
    return subprocess.run([sys.executable, *arguments], cwd=folder, env=env, stdout=subprocess.PIPE, check=True).stdout


def measure_calls(folder):
    # The place of the call: that takes longer to find far down in a function, unless it is known.
    far = CALLS.replace("    best = 1 << 60\n", "    best = 1 << 60\n" * 200, 1)
    for name, text in (("calls.py", CALLS), ("far.py", far)):
        with open(os.path.join(folder, name), "w") as file:
            file.write(text)
    for name, program, count, detail in (
        ("governed call", "calls.py", 1_000_000, "adaptive"),
        ("recorded call", "calls.py", 20_000, "full"),
        ("recorded call from line 200", "far.py", 20_000, "full"),
    ):
        plain, ours = [], []
        for _ in range(5):
            plain.append(float(run(folder, False, program, str(count))))
            ours.append(float(run(folder, True, program, str(count), VAMPIRA_DETAIL=detail)))
            shutil.rmtree(os.path.join(folder, "journal"))
        without, with_ = statistics.median(plain), statistics.median(ours)
        report(bench=name, python=sys.version.split()[0], plainNanoseconds=round(without, 1),
            recordedNanoseconds=round(with_, 1), addedNanoseconds=round(with_ - without, 1))  # fmt: skip


def measure_settings(folder):
    """What a call costs more that gets an unchanged object of settings than one that gets None."""
    with open(os.path.join(folder, "settings.py"), "w") as file:
        file.write(SETTINGS)
    costs = {"none": [], "flat": [], "nested": [], "namespace": []}
    for _ in range(5):
        for name, found in costs.items():
            found.append(float(run(folder, True, "settings.py", "5000", name, VAMPIRA_DETAIL="full")))
            shutil.rmtree(os.path.join(folder, "journal"))
    without = statistics.median(costs["none"])
    for name, found in costs.items():
        report(bench="settings, " + name, python=sys.version.split()[0], recordedNanoseconds=round(statistics.median(found), 1),
            addedNanoseconds=round(statistics.median(found) - without, 1))  # fmt: skip


def measure_start_up(folder):
    lines = ["import os, json"]
    for k in range(60):
        lines.append("def f%d(a, b=%d):\n    c = a + b\n    if c:\n        return c\n    return b\nf%d(1)" % (k, k, k))
    with open(os.path.join(folder, "start.py"), "w") as file:
        file.write("\n".join(lines))
    run(folder, True, "start.py")
    plain, ours, fresh = [], [], []
    for _ in range(15):
        for times, recorded, more in (
            (plain, False, {}),
            (ours, True, {}),
            (fresh, True, {"XDG_CACHE_HOME": os.path.join(folder, "cache")}),
        ):
            begun = time.perf_counter()
            run(folder, recorded, "start.py", **more)
            times.append(time.perf_counter() - begun)
        shutil.rmtree(os.path.join(folder, "cache"), ignore_errors=True)
    middle = statistics.median
    report(bench="start-up", python=sys.version.split()[0], plainMilliseconds=round(middle(plain) * 1e3, 1),
        recordedMilliseconds=round(middle(ours) * 1e3, 1), addedMilliseconds=round((middle(ours) - middle(plain)) * 1e3, 1),
        addedWithoutCacheMilliseconds=round((middle(fresh) - middle(plain)) * 1e3, 1))  # fmt: skip


def measure_kill(folder):
    """Kill programs that count their finished calls in a mapped file, and compare that count with the journal."""
    with open(os.path.join(folder, "kill.py"), "w") as file:
        file.write(SLOW)
    chance = random.Random(1)
    for name, seconds in (("slow", "0.01"), ("fast", "0"), ("fast, in full", "0")):
        lost = finished = counted_late = broken = 0
        worst = 0
        for _ in range(25 if name == "slow" else 50):
            shutil.rmtree(os.path.join(folder, "journal"), ignore_errors=True)
            side = os.path.join(folder, "side")
            with open(side, "wb") as file:
                file.write(bytes(8))
            detail = "full" if "full" in name else "adaptive"
            child = subprocess.Popen(
                [sys.executable, "kill.py", side, seconds], cwd=folder, env=environment(folder, VAMPIRA_DETAIL=detail)
            )
            while True:
                with open(side, "rb") as file:
                    if any(file.read(8)) or child.poll() is not None:
                        break
                time.sleep(0.005)
            time.sleep(chance.random() * 0.5)
            child.send_signal(signal.SIGKILL)
            child.wait()
            with open(side, "rb") as file:
                done = struct.unpack("q", file.read(8))[0]
            known = counted = 0
            governed = False
            for spool in os.listdir(os.path.join(folder, "journal")):
                with open(os.path.join(folder, "journal", spool), "rb") as file:
                    data = file.read().rstrip(b"\0")
                step = None
                for line in data[: data.rfind(b"\n") + 1].splitlines():
                    try:
                        line = json.loads(line)
                    except ValueError:
                        broken += 1
                        continue
                    if line["kind"] == "component" and line["name"] == "step":
                        step = line["id"]
                    elif line["kind"] == "return":
                        known += 1
                    elif line["kind"] == "count" and line["component"] == step:
                        counted += line["calls"]
            # Classes and modules do not return before the kill: every return is a step's.
            finished += done
            missing = max(0, done - known - counted)
            if counted or missing and detail == "adaptive" and known >= 200:
                counted_late += missing
                worst = max(worst, missing)
            else:
                lost += missing
        report(bench="kill -9", calls=name, finished=finished, lostRecorded=lost, countedNotYetWritten=counted_late,
            worstCountedNotYetWritten=worst, brokenLines=broken)  # fmt: skip


def main():
    wanted = sys.argv[1:] or ["calls", "settings", "start-up", "kill"]
    folder = tempfile.mkdtemp(prefix="vampira-bench-")
    try:
        for name, measure in (("calls", measure_calls), ("settings", measure_settings), ("start-up", measure_start_up), ("kill", measure_kill)):
            if name in wanted:
                measure(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


main()
