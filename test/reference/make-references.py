"""Makes elementary.json, normal.json, laws.json, generators.json and quantile-tables.json. Needs Python 3.9+ and mpmath 1.3.

Every function is evaluated with 60 digits or more at arguments that are exact doubles. A true value t is written as
two doubles, [value, rest], with value the double nearest to t and rest = t - value, so that a test can measure errors
far below one unit in the last place. Run it in this folder.
"""
import json
import random
import struct
from statistics import NormalDist

import mpmath as mp

mp.mp.dps = 60
rng = random.Random(20)


def split(t):
    """The true value t as [nearest double, remainder to three digits]."""
    value = float(t)
    return [value, float(mp.nstr(t - mp.mpf(value), 3))]


def table(f, arguments):
    return [[x, *split(f(mp.mpf(x)))] for x in arguments]


def write(name, content):
    parts = []
    for key, value in content.items():
        if isinstance(value, list):
            rows = ",\n".join("  " + json.dumps(row) for row in value)
            parts.append(f" {json.dumps(key)}: [\n{rows}\n ]")
        else:
            parts.append(f" {json.dumps(key)}: {json.dumps(value)}")
    with open(f"{name}.json", "w") as file:
        file.write("{\n" + ",\n".join(parts) + "\n}\n")


def uniform(low, high, n):
    return [rng.uniform(low, high) for _ in range(n)]


def next_double(x, steps):
    """The double `steps` places after x > 0."""
    return struct.unpack("<d", struct.pack("<q", struct.unpack("<q", struct.pack("<d", x))[0] + steps))[0]


def both(xs):
    return [s * x for x in xs for s in (1, -1)]


# ---- elementary.json -------------------------------------------------------------------------------------------
# Arguments of sixteen digits that look arbitrary are the worst that a search of 6,000 to 12,000 random ones found.

def sin_turns(t):
    return mp.sinpi(2 * t)


def cos_turns(t):
    return mp.cospi(2 * t)


SQRT_HALF = 0.7071067811865476
near_one = [next_double(1.0, s) for s in (-3, -2, -1, 1, 2, 3)] + [1 + s for s in both([1e-12, 1e-6, 1e-3, 0.1])]
log_arguments = (
    [5e-324, 1.5e-323, 1e-310, 2.2250738585072014e-308, 1e-300, 1e-100, 1e-10, 2.0**-33, 2.0**-32, 1e-3, 1.0]
    + [next_double(SQRT_HALF, s) for s in (-1, 0, 1)] + [next_double(2**0.5, s) for s in (-1, 0, 1)]
    + [2.0, 4.0, 10.0, 2.0**32, next_double(2.0**32, -1), 2.0**53, 1e100, 1.7976931348623157e308]
    + near_one + [0.6852965393390998, 5.1, 0.18] + uniform(0.5, 2, 60) + uniform(4, 64, 40) + [10**e for e in uniform(-300, 300, 40)]
)
log1p_arguments = both([5e-324, 1e-300, 1e-20, 2.0**-33, 1e-8, 1e-4, 0.01, 0.1]) + [
    -0.33268051599149834, next_double(1, 0) - next_double(1, -1) - 1, 1e10, 1e300, -0.292893218813, -0.29289321881346, 0.41421356237, 0.4142135623731,
] + uniform(-0.3, 0.42, 40) + uniform(-1, 3, 40)
exp_arguments = (
    both([5e-324, 1e-300, 1e-17, 1e-8, 1e-3, 0.1, 0.34657359027997264, 0.34657359027997270, 1.0, 10.0, 100.0, 700.0])
    + [37.68676677621204, 0.0, 709.0, 709.782712893384, -708.0, -709.5, -720.0, -745.0, -745.1332191019411]
    + uniform(-1, 1, 40) + uniform(-708, 709, 60)
)
expm1_arguments = [0.40299339372579457] + both([5e-324, 1e-300, 1e-17, 1e-8, 1e-3, 0.1, 0.3465, 0.3466, 1.0, 10.0]) + uniform(-0.35, 0.35, 40) + uniform(-5, 5, 30)
turns = (
    [0.2675031687094769, -0.5140219654283205] +
    both([5e-324, 1e-300, 1e-20, 1e-9, 1e-3, 0.1, 0.2, 0.3, 0.4, 0.49999999999999994, 0.7, 0.9999999999999999])
    + both([k / 4 for k in range(1, 9)]) + both([next_double(k / 4, s) for k in range(1, 5) for s in (-1, 1)])
    + both([k / 8 for k in (1, 3, 5, 7)]) + [0.0, 1e6 + 0.25, 12345.678, 1e9 + 0.123, 2.0**40 + 0.3, 2.0**51 + 0.5, 2.0**52 - 0.5, 2.0**53, 1e300]
    + uniform(-1, 1, 80) + uniform(-1000, 1000, 20)
)
tan_arguments = [-0.9543036648156104] + both([1e-300, 1e-10, 1e-3, 0.13962634015954636, 0.5, 1.0]) + uniform(-1, 1, 40)
write("elementary", {
    "about": "Elementary functions at exact doubles x by mpmath, 60 digits: [x, value, rest], the true value being "
    "value + rest. turns: sin(2 pi x) and cos(2 pi x).",
    "log": table(mp.log, log_arguments),
    "log1p": table(mp.log1p, [x for x in log1p_arguments if x > -1]),
    "exp": table(mp.exp, exp_arguments),
    "expm1": table(mp.expm1, expm1_arguments),
    "sinTurns": table(sin_turns, turns),
    "cosTurns": table(cos_turns, turns),
    "tan": table(mp.tan, tan_arguments),
    "twoAtanh": table(lambda s: 2 * mp.atanh(s), both([1e-300, 1e-8, 1e-3, next_double(2.0**-7, -1), 2.0**-7, 0.0078, 0.05, 0.1716]) + uniform(-0.1716, 0.1716, 50)),
})


# ---- normal.json -----------------------------------------------------------------------------------------------

def normal_quantile(p):
    """Solves ln(Phi(z)) = ln(p) in the lower tail by Newton steps; exact symmetry gives the upper one."""
    if p == mp.mpf("0.5"):
        return mp.mpf(0)
    if p > mp.mpf("0.5"):
        return -normal_quantile(1 - p)
    z = -mp.sqrt(-2 * mp.log(2 * p)) if p < 0.01 else -mp.sqrt(2) * mp.erfinv(1 - 2 * p)
    for _ in range(100):
        cdf = mp.ncdf(z)
        step = mp.log(cdf / p) * cdf / mp.npdf(z)
        z -= step
        if abs(step) < mp.mpf(10) ** -50 * abs(z):
            break
    else:
        raise ArithmeticError(f"quantile of {p} did not settle")
    return z


quantile_arguments = (
    [5e-324, 1e-320, 2.2250738585072014e-308, 1e-300, 1e-100, 1e-30, 1e-16, 2.0**-34, 2.0**-33, 1e-6, 1e-3]
    + [next_double(0.5, s) for s in (-2, -1, 0, 1, 2)] + [0.075, next_double(0.075, -1), 0.925, next_double(0.925, 1)]
    + [1.388794386496402e-11, 1.3887943864964e-11, 1 - 2.0**-33, 1 - 1e-15, 1 - 2.0**-53]
    + uniform(0, 1, 60) + [10**e for e in uniform(-12, -1, 30)] + [10**e for e in uniform(-300, -12, 20)]
)
cdf_arguments = [0.0, -1.3712364084959994] + both([1e-300, 1e-10, 0.5, 1.0, 1.4999999999999998, 1.5, 3.0, 5.0, 6.5, 8.0]) + [-20.0, -30.0, -37.0] + uniform(-8, 3, 60) + uniform(-37, -3, 40)
write("normal", {
    "about": "Standard normal by mpmath, 60 digits: [argument, value, rest], the true value being value + rest.",
    "quantile": table(normal_quantile, quantile_arguments),
    "cdf": table(mp.ncdf, cdf_arguments),
})


# ---- laws.json -------------------------------------------------------------------------------------------------

def grid_point(x):
    """The uniform that the 32-bit draw x stands for."""
    return (x + 0.5) * 2.0**-32


uniforms = [grid_point(x) for x in (0, 1, 1000, 2**20, 2**28, 2**30, 2**31 - 1, 2**31, 3 * 2**30, 2**32 - 2**20, 2**32 - 2, 2**32 - 1)]


def triangular(u, low, mode, high):
    width, left = high - low, (mode - low) / (high - low)
    return low + mp.sqrt(u * width * (mode - low)) if u < left else high - mp.sqrt((1 - u) * width * (high - mode))


def exactly(*xs):
    return [None if x is None else mp.mpf(x) for x in xs]


def law(f, parameter_sets):
    return [[u, *ps, *split(f(*exactly(u, *ps)))] for ps in parameter_sets for u in [1e-20, *uniforms]]


def beta_cdf(x, complement, a, b):
    """I_x(a, b) from the side where the series converges."""
    if x < (a + 1) / (a + b + 2):
        return mp.betainc(a, b, 0, x, regularized=True)
    return 1 - mp.betainc(b, a, 0, complement, regularized=True)


def beta_quantile(u, a, b):
    """Bisection in logit(x), so that both ends keep their digits."""
    low, high = mp.mpf(-800), mp.mpf(800)
    for _ in range(90):
        middle = (low + high) / 2
        x, complement = 1 / (1 + mp.exp(-middle)), 1 / (1 + mp.exp(middle))
        if beta_cdf(x, complement, a, b) < u:
            low = middle
        else:
            high = middle
    return 1 / (1 + mp.exp(-(low + high) / 2))


shapes = [(0.1, 0.1), (0.1, 1000.0), (1000.0, 0.1), (0.5, 0.5), (0.3, 2.5), (1.0, 1.0), (2.0, 3.0), (3.0, 0.7), (40.0, 7.0), (5.0, 900.0), (1000.0, 1000.0)]
incomplete = [(a, b, x) for a, b in shapes for x in [1e-30, 1e-6, 0.003, 0.25, 0.5, 0.75, 0.9975, a / (a + b), next_double(1.0, -1)]]
mp.mp.dps = 40
beta_uniforms = uniforms + [grid_point(int(x * 2**32)) for x in (0.1, 0.2, 0.3, 0.4, 0.45, 0.55, 0.6, 0.7, 0.8, 0.9)]
beta_rows = [[u, a, b, float(beta_quantile(mp.mpf(u), mp.mpf(a), mp.mpf(b)))] for a, b in shapes for u in beta_uniforms]
incomplete_rows = [[a, b, x, *split(beta_cdf(mp.mpf(x), 1 - mp.mpf(x), mp.mpf(a), mp.mpf(b)))] for a, b, x in incomplete]
mp.mp.dps = 60
write("laws", {
    "about": "Quantiles at u = 1e-20 and at exact doubles u = (x + 1/2)/2^32, and gamma and beta functions by mpmath, 40 to 60 digits: [arguments ..., value, "
    "rest], the true value being value + rest. triangular: u, low, mode, high. rayleighKept: max/scale. "
    "logGamma: x. incompleteBeta: a, b, x. betaQuantile: u, a, b, value (no rest).",
    "triangular": law(triangular, [(-1.0, 0.5, 2.0), (0.0, 0.0, 1.0), (698.5, 699.0, 699.0)]),
    "rayleighKept": table(lambda x: -mp.expm1(-(x**2) / 2), [1e-12, 1e-9, 1e-3, 0.3, 1.0, 1.1774100225154747, 3.0, 0.5 / 0.15, 6.0, 8.5, 40.0]),
    "logGamma": table(mp.loggamma, [1e-10, 0.1, 0.3, 0.49999, 0.5, 0.9, 1.0, 1.0000001, 1.3, 1.999999, 2.0, 2.5, 7.0, 10.5, 100.0, 171.5, 1000.0, 2000.0] + uniform(0.1, 20, 20)),
    "incompleteBeta": incomplete_rows,
    "betaQuantile": beta_rows,
})


# ---- generators.json -------------------------------------------------------------------------------------------
# An implementation of its own, from the papers and from seedrandom's description of ARC4, with big integers.

MASK = 0xFFFFFFFF


def philox(counter, key):
    c, k = list(counter), list(key)
    for _ in range(10):
        p0, p1 = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(p1 >> 32) ^ c[1] ^ k[0], p1 & MASK, (p0 >> 32) ^ c[3] ^ k[1], p0 & MASK]
        k = [(k[0] + 0x9E3779B9) & MASK, (k[1] + 0xBB67AE85) & MASK]
    return c


def rotl(x, n):
    return ((x << n) | (x >> (32 - n))) & MASK


def xoshiro128pp(s, n):
    s, out = list(s), []
    for _ in range(n):
        out.append((rotl((s[0] + s[3]) & MASK, 7) + s[0]) & MASK)
        t = (s[1] << 9) & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotl(s[3], 11)
    return out


def arc4_words(key_text, n):
    """First n 32-bit outputs of ARC4-drop[256] for up to 256 characters of 8 bits, as seedrandom makes them."""
    key = [ord(c) for c in key_text]
    assert 0 < len(key) <= 256 and max(key) < 256
    s, j = list(range(256)), 0
    for i in range(256):
        j = (j + key[i % len(key)] + s[i]) & 255
        s[i], s[j] = s[j], s[i]
    i = j = 0
    produced = []
    while len(produced) < 256 + 4 * n:
        i = (i + 1) & 255
        j = (j + s[i]) & 255
        s[i], s[j] = s[j], s[i]
        produced.append(s[(s[i] + s[j]) & 255])
    produced = produced[256:]
    return [int.from_bytes(bytes(produced[4 * w:4 * w + 4]), "big") for w in range(n)]


def stream_key(seed):
    octets = seed.encode("utf-8")
    return arc4_words(f"{len(octets)}:{octets.decode('latin-1')}", 2)


seeds = ["", "1", "11", "matedpair", "MPO against MTP", "\u00e4\u0161\u20ac\U0001f50c"]
places = [(0, 0), (1, 0), (0, 1), (0, 2), (2**32 - 1, 0), (2**32, 0), (2**32 + 1, 0), (2**53 - 1, 2)]
write("generators", {
    "about": "Stream keys and draws from an implementation of its own in Python. keys: seed string, first and second key word. "
    "streams: seed string, index, family, first six draws.",
    "keys": [[seed, *stream_key(seed)] for seed in seeds],
    "streams": [
        [seed, index, family, xoshiro128pp(philox([index & MASK, index >> 32, family, 0], stream_key(seed)), 6)]
        for seed in ("1", "matedpair") for index, family in places
    ],
})


# ---- quantile-tables.json ---------------------------------------------------------------------------------------
# Distributions as a scenario names them, at draws in every cell of the tables, counted from either end. Nine digits
# are a hundred times what single precision holds.

mp.mp.dps = 30
cells = [(octave, cell) for octave in range(4, 31) for cell in range(16)]
table_draws = list(range(16))
for octave, cell in cells:
    start, width = 2 ** (octave - 4) * (16 + cell), 2 ** (octave - 4)
    table_draws += [start] if width == 1 else [start, start + rng.randrange(1, width)]
table_draws.append(2**31 - 1)


def fast_normal_quantile(p):
    """As normal_quantile, from the double that Python's own library finds."""
    if p > mp.mpf("0.5"):
        return -fast_normal_quantile(1 - p)
    z = mp.mpf(NormalDist().inv_cdf(float(p)))
    for _ in range(20):
        cdf = mp.ncdf(z)
        step = mp.log(cdf / p) * cdf / mp.npdf(z)
        z -= step
        if abs(step) < mp.mpf(10) ** -15:
            return z
    raise ArithmeticError(f"quantile of {p} did not settle")


def truncated_normal(low, high):
    """Quantile from either end, of the share p counted from there."""
    below = mp.ncdf(low) if low is not None else mp.mpf(0)
    above = mp.ncdf(-high) if high is not None else mp.mpf(0)
    kept = 1 - below - above if low is None or low < 0 else mp.ncdf(-low) - above
    return (
        lambda p: fast_normal_quantile(below + kept * p) if below < 0.5 else -fast_normal_quantile(mp.ncdf(-low) - kept * p),
        lambda p: -fast_normal_quantile(above + kept * p),
    )


def normal_law(low, high):
    bounds = {"lower": low, "upper": high}
    return {"distribution": "normal", "mean": 0, "sigma": 1, **bounds}, truncated_normal(*exactly(low, high))


def closed_law(parameters, quantile):
    """quantile(p, s): of the share p below and s = 1 - p above."""
    return parameters, (lambda p: quantile(p, 1 - p), lambda p: quantile(1 - p, p))


def lognormal_law(sigma):
    below, _ = truncated_normal(None, None)
    return (
        {"distribution": "lognormal", "median": 1, "sigmaLog": sigma},
        (lambda p: mp.exp(sigma * below(p)), lambda p: mp.exp(-sigma * below(p))),
    )


def rayleigh_law(top):
    kept = 1 if top is None else -mp.expm1(-mp.mpf(top) ** 2 / 2)
    return closed_law({"distribution": "rayleigh", "scale": 1, "max": top}, lambda p, s: mp.sqrt(-2 * mp.log1p(-p * kept)))


def weibull_law(shape):
    return closed_law({"distribution": "weibull", "scale": 1, "shape": shape}, lambda p, s: (-mp.log(s)) ** (1 / mp.mpf(shape)))


def beta_from_below(a, b):
    """Newton steps for ln I in y = ln x, from the solution before; the first from the power law of small x."""
    a, b = mp.mpf(a), mp.mpf(b)
    ln_beta = mp.log(mp.beta(a, b))
    state = {}

    def quantile(p):
        y = state.get("y", (mp.log(p * a) + ln_beta) / a)
        low, high = mp.mpf(-2000), mp.mpf(0)
        for _ in range(300):
            if not low < y < high:
                y = (low + high) / 2
            x, complement = mp.exp(y), -mp.expm1(y)
            cdf = beta_cdf(x, complement, a, b)
            low, high = (y, high) if cdf < p else (low, y)
            step = mp.log(cdf / p) * cdf / mp.exp(a * y + (b - 1) * mp.log(complement) - ln_beta)
            y -= step
            if abs(step) < mp.mpf(10) ** -13:
                state["y"] = y
                return mp.exp(y)
        raise ArithmeticError(f"beta quantile of {p} did not settle")

    return quantile


def beta_law(a, b):
    mirrored = beta_from_below(b, a)
    parameters = {"distribution": "beta", "low": 0, "high": 1, "alpha": a, "beta": b}
    return parameters, (beta_from_below(a, b), lambda p: 1 - mirrored(p))


table_laws = (
    [normal_law(low, high) for low, high in [
        (None, None), (-3, 3), (-1.5, 2.5), (-0.5, 4), (-4, 0.25), (3, 5), (-5, -3), (4.7, 9), (0, None),
    ]]
    + [lognormal_law(sigma) for sigma in (0.2, 2, 10)]
    + [rayleigh_law(top) for top in (None, 0.0015, 1, 0.5 / 0.15, 6)]
    + [weibull_law(shape) for shape in (0.1, 0.5, 1, 3.5, 20, 1000)]
    + [beta_law(a, b) for a, b in [(0.1, 0.1), (0.1, 1000), (1000, 0.1), (0.5, 0.5), (0.3, 2.5), (1, 1), (2, 3), (40, 7), (1000, 1000)]]
)


def table_values(quantile):
    return [float(mp.nstr(quantile((2 * mp.mpf(x) + 1) / mp.mpf(2) ** 33), 9)) for x in table_draws]


write("quantile-tables", {
    "about": "Quantiles of distributions as a scenario names them, by mpmath, 30 digits, rounded to 9. draws: x. below: values at the "
    "probability (x + 1/2)/2^32, above: at 1 minus that. The draws are the first 16, the first of each of 16 cells an octave, one "
    "more within it, and the last of the lower half. A bound null: none.",
    "draws": [table_draws],
    "laws": [
        {"distribution": parameters, "below": table_values(below), "above": table_values(above)}
        for parameters, (below, above) in table_laws
    ],
})
