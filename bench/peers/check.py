"""Checks the NumPy peer against test/reference: coupling case by case, distributions within 4 combined standard errors."""

import json
import pathlib
import sys

import numpy as np

from model import coupling_db, losses

REFERENCE = pathlib.Path(__file__).resolve().parents[2] / "test" / "reference"
MATINGS = 100_000


def check_coupling():
    cases = [c for c in json.loads((REFERENCE / "single-mode.json").read_text())["cases"] if c["n"] == 1.0]
    for c in cases:
        args = [np.array(c[name]) for name in ("dx", "dy", "tx", "ty", "z", "w1", "w2")]
        loss = coupling_db(*args, c["lam"], 1.0)  # glass of index 1: no interference
        if abs(loss - c["il_db"]) > 1e-9 * max(1, c["il_db"]):
            return [f"coupling: {loss} dB instead of {c['il_db']}"]
    return []


def check_distribution(case, rng):
    p = case["parameters"]
    chunks = [losses(rng, p, 10_000) for _ in range(MATINGS // 10_000)]
    loss = np.concatenate([c[0] for c in chunks])
    gap = np.concatenate([c[1] for c in chunks]) > 0
    mean = loss.mean(axis=1)
    worst = loss.max(axis=1)
    p97 = np.quantile(loss, 0.97)
    below = (loss <= p97).mean(axis=1)
    step = 0.002
    density = (np.quantile(loss, 0.97 + step) - np.quantile(loss, 0.97 - step)) / (2 * step)
    own = {
        "mean": (mean.mean(), mean.std() / np.sqrt(MATINGS)),
        "p97": (p97, below.std() / np.sqrt(MATINGS) * density),
        "worst_fibre_mean": (worst.mean(), worst.std() / np.sqrt(MATINGS)),
        "fraction_with_gap": (gap.mean(), gap.mean(axis=1).std() / np.sqrt(MATINGS)),
    }
    wrong = []
    for name, (value, error) in own.items():
        known = case["statistics"][name]
        z = (value - known["value"]) / np.hypot(error, known["standard_error"])
        if abs(z) > 4:
            wrong.append(f"{case['name']}: {name} {value:.5f} instead of {known['value']:.5f} ({z:.1f} sigma)")
    return wrong


def main():
    rng = np.random.default_rng(1)
    wrong = check_coupling()
    for case in json.loads((REFERENCE / "distributions.json").read_text())["cases"]:
        wrong += check_distribution(case, rng)
    print("\n".join(wrong) or "peer agrees with every known answer")
    sys.exit(1 if wrong else 0)


main()
