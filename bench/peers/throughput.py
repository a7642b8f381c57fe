"""Fibre matings a second of the NumPy peer on one core, for parameters given as JSON on standard input."""

import json
import sys
import time

import numpy as np

from model import losses

# Matings at a time. Which is fastest depends on the fibres and on the caches of the machine.
BATCHES = (300, 1000, 3000, 10_000)


def rate(rng, parameters, batch, seconds):
    """Matings a second over at least so many seconds."""
    started = time.perf_counter()
    matings = 0
    while True:
        losses(rng, parameters, batch)
        matings += batch
        elapsed = time.perf_counter() - started
        if elapsed >= seconds:
            return matings / elapsed


def main():
    request = json.load(sys.stdin)
    parameters, seconds = request["parameters"], request["seconds"]
    rng = np.random.default_rng(1)
    losses(rng, parameters, BATCHES[0])  # warm-up
    best = max(BATCHES, key=lambda batch: rate(rng, parameters, batch, seconds / 5))
    json.dump({"rate": rate(rng, parameters, best, seconds) * parameters["fibres"]}, sys.stdout)


main()
