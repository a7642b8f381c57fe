"""Fibre matings a second of the NumPy peer on one core, for parameters given as JSON on standard input."""

import json
import sys
import time

import numpy as np

from model import losses

BATCH = 10_000


def main():
    request = json.load(sys.stdin)
    rng = np.random.default_rng(1)
    losses(rng, request["parameters"], BATCH)  # warm-up
    started = time.perf_counter()
    matings = 0
    while time.perf_counter() - started < request["seconds"]:
        losses(rng, request["parameters"], BATCH)
        matings += BATCH
    seconds = time.perf_counter() - started
    json.dump({"rate": matings * request["parameters"]["fibres"] / seconds}, sys.stdout)


main()
