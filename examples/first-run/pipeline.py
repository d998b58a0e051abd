"""How fast does a mug of tea cool? Reads a thermometer's log, drops its glitches, fits Newton's law of cooling, and
writes what came out: cleaned readings, the fit, the worst residuals, and a chart.

    python3 pipeline.py [--threshold 8] [--output results] [measurements.csv]
"""

import argparse
import csv
import json
import math
import os
import shutil
import statistics
import subprocess

from cooling import fit_curve


def read_measurements(path):
    """Minutes and degrees Celsius; a line without a temperature is a reading that the logger lost."""
    with open(path, newline="") as file:
        rows = list(csv.DictReader(file))
    return [(float(row["minute"]), float(row["celsius"])) for row in rows if row["celsius"] != ""]


def remove_glitches(readings, threshold=8.0, window=4):
    """Drops readings that are further from the median of their neighbours than `threshold` typical deviations."""
    deviations = []
    for index, (_, celsius) in enumerate(readings):
        near = [value for _, value in readings[max(0, index - window) : index + window + 1]]
        deviations.append(abs(celsius - statistics.median(near)))
    typical = 1.4826 * statistics.median(deviations)
    return [reading for reading, deviation in zip(readings, deviations) if deviation <= threshold * typical]


def summarise(curve, readings, dropped):
    """The fit in numbers."""
    residuals = [celsius - curve.at(minute) for minute, celsius in readings]
    return {
        "ambient_celsius": round(curve.ambient, 3),
        "start_celsius": round(curve.start, 3),
        "time_constant_minutes": round(curve.minutes, 3),
        "half_time_minutes": round(curve.half_time(), 3),
        "rms_residual_celsius": round(math.sqrt(statistics.fmean(r * r for r in residuals)), 4),
        "readings": len(readings),
        "glitches_dropped": dropped,
    }


def write_cleaned(path, readings, curve):
    """One line a reading, with what the fit says and the residual."""
    with open(path, "w", newline="") as file:
        table = csv.writer(file, delimiter="\t", lineterminator="\n")
        for minute, celsius in readings:
            fitted = curve.at(minute)
            table.writerow([f"{abs(celsius - fitted):.4f}", f"{minute:.2f}", f"{celsius:.2f}", f"{fitted:.3f}"])


def rank_residuals(cleaned, ranked):
    """The worst residuals first, by the sort program where there is one."""
    if shutil.which("sort"):
        environment = {**os.environ, "LC_ALL": "C"}
        subprocess.run(["sort", "-g", "-r", "-o", ranked, cleaned], check=True, env=environment)
        return
    with open(cleaned) as source, open(ranked, "w") as target:
        target.writelines(sorted(source, key=lambda line: float(line.split("\t")[0]), reverse=True))


def draw_chart(path, readings, curve, width=720, height=400, margin=40):
    """Readings as dots and the fit as a line, as SVG."""
    longest = readings[-1][0]
    lowest, highest = curve.ambient - 5, curve.start + 5

    def place(minute, celsius):
        x = margin + minute / longest * (width - 2 * margin)
        y = height - margin - (celsius - lowest) / (highest - lowest) * (height - 2 * margin)
        return x, y

    dots = "".join('<circle cx="{:.1f}" cy="{:.1f}" r="1.5"/>'.format(*place(*reading)) for reading in readings)
    steps = [step * longest / 100 for step in range(101)]
    line = " ".join("{:.1f},{:.1f}".format(*place(step, curve.at(step))) for step in steps)
    with open(path, "w") as file:
        file.write(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif">'
            f'<g fill="#888">{dots}</g><polyline points="{line}" fill="none" stroke="#c22" stroke-width="2"/>'
            f'<text x="{margin}" y="{margin / 2}" font-size="13">half of the difference to the room is gone after '
            f"{curve.half_time():.1f} minutes</text></svg>\n"
        )


def main():
    parser = argparse.ArgumentParser(description="Fits Newton's law of cooling to a thermometer's log.")
    parser.add_argument("measurements", nargs="?", default=os.path.join(os.path.dirname(__file__), "measurements.csv"))
    parser.add_argument("--threshold", type=float, default=8.0, help="typical deviations beyond which it is a glitch")
    parser.add_argument("--output", default="results", help="folder for the results")
    options = parser.parse_args()

    os.makedirs(options.output, exist_ok=True)
    cleaned = os.path.join(options.output, "cleaned.tsv")
    measured = read_measurements(options.measurements)
    readings = remove_glitches(measured, threshold=options.threshold)
    curve = fit_curve(readings)
    write_cleaned(cleaned, readings, curve)
    rank_residuals(cleaned, os.path.join(options.output, "residuals.tsv"))
    draw_chart(os.path.join(options.output, "cooling.svg"), readings, curve)
    summary = summarise(curve, readings, len(measured) - len(readings))
    with open(os.path.join(options.output, "fit.json"), "w") as file:
        json.dump(summary, file, indent=2)
        file.write("\n")
    for name, value in summary.items():
        print(f"{name.replace('_', ' '):24} {value}")


if __name__ == "__main__":
    main()
