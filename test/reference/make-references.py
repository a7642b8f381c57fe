"""Makes elementary.json, normal.json, laws.json and generators.json. Needs Python 3.9+ and mpmath 1.3.

Every function is evaluated with 60 digits or more at arguments that are exact doubles. A true value t is written as
two doubles, [value, rest], with value the double nearest to t and rest = t - value, so that a test can measure errors
far below one unit in the last place. Run it in this folder.
"""
import json
import random
import struct

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
    "twoAtanh": table(lambda s: 2 * mp.atanh(s), both([1e-300, 1e-8, 1e-3, 0.05, 0.1716]) + uniform(-0.1716, 0.1716, 50)),
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
cell_starts = [2.0 ** (octave - 1) * (1 + cell / 16) for octave in range(32) for cell in range(16)]
write("normal", {
    "about": "Standard normal by mpmath, 60 digits: [argument, value, rest], the true value being value + rest. "
    "cellStarts: quantile at P/2^32 for P = 2^(i-1) (1 + j/16), i = 0..31, j = 0..15, nearest doubles.",
    "quantile": table(normal_quantile, quantile_arguments),
    "cdf": table(mp.ncdf, cdf_arguments),
    "cellStarts": [float(normal_quantile(mp.mpf(q) / 2**32)) for q in cell_starts],
})


# ---- laws.json -------------------------------------------------------------------------------------------------

def grid_point(x):
    """The uniform that the 32-bit draw x stands for."""
    return (x + 0.5) * 2.0**-32


uniforms = [grid_point(x) for x in (0, 1, 1000, 2**20, 2**28, 2**30, 2**31 - 1, 2**31, 3 * 2**30, 2**32 - 2**20, 2**32 - 2, 2**32 - 1)]


def triangular(u, low, mode, high):
    width, left = high - low, (mode - low) / (high - low)
    return low + mp.sqrt(u * width * (mode - low)) if u < left else high - mp.sqrt((1 - u) * width * (high - mode))


def rayleigh(u, scale, top):
    kept = 1 if top is None else -mp.expm1(-((top / scale) ** 2) / 2)
    return scale * mp.sqrt(-2 * mp.log1p(-u * kept))


def weibull(u, scale, shape):
    return scale * (-mp.log1p(-u)) ** (1 / shape)


def lognormal(u, median, sigma):
    return median * mp.exp(sigma * normal_quantile(u))


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
    "rest], the true value being value + rest. triangular: u, low, mode, high. rayleigh: u, scale, max or null. weibull: u, scale, shape. "
    "lognormal: u, median, sigma of the logarithm. logGamma: x. incompleteBeta: a, b, x. betaQuantile: u, a, b, value (no rest).",
    "triangular": law(triangular, [(-1.0, 0.5, 2.0), (0.0, 0.0, 1.0), (698.5, 699.0, 699.0)]),
    "rayleigh": law(rayleigh, [(0.15, None), (0.15, 0.5), (0.12, 0.01), (2.0, 1e-6), (1.0, 6.0)]),
    "weibull": law(weibull, [(1.0, 1.0), (0.2, 2.5), (3.0, 0.25), (10.0, 40.0)]),
    "lognormal": law(lognormal, [(1.0, 1.0), (0.5, 0.2), (2.0, 3.0)]),
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
