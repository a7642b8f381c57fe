"""The model of docs/model.md (sections 2 to 7 and the gap of 9) in vectorised NumPy: a peer to measure against.

Written for the benchmark by the page, not by translating src/: matings are rows, fibres columns, random numbers are
NumPy's own PCG64, truncated normals by inverse distribution function over a rejection loop. Parameters are those of
test/reference/distributions.json, whose answers it is checked against (python3 bench/peers/check.py).
"""

import numpy as np


def layout(fibres):
    """Fibre positions in um, one row or several, centred."""
    per_row = 16 if fibres in (16, 32) else 12
    columns = (np.arange(per_row) - (per_row - 1) / 2) * 250.0
    if fibres == 8:
        columns = np.delete(columns, [4, 5, 6, 7])
    rows = 1 if fibres == 8 else fibres // per_row
    pitch = 500.0 if rows == 2 else 250.0
    heights = ((rows - 1) / 2 - np.arange(rows)) * pitch
    return np.tile(columns, rows), np.repeat(heights, len(columns)), 5300.0 if per_row == 16 else 4600.0


def truncated_normal(rng, mean, sigma, shape):
    """Normal truncated at three sigma, by drawing again what falls outside."""
    z = rng.standard_normal(shape)
    outside = np.abs(z) > 3
    while outside.any():
        z[outside] = rng.standard_normal(np.count_nonzero(outside))
        outside = np.abs(z) > 3
    return mean + sigma * z


def core_errors(rng, p, n, fibres):
    """Core centre minus nominal position of one plug, x and y, um."""
    place = 0.5 * p["bore_clear"] * np.sqrt(rng.random((n, fibres)))
    angle = 2 * np.pi * rng.random((n, fibres))
    kept = 1 - np.exp(-0.5 * (p["ecc_max"] / p["ecc_sd"]) ** 2)
    eccentricity = p["ecc_sd"] * np.sqrt(-2 * np.log1p(-kept * rng.random((n, fibres))))
    azimuth = 2 * np.pi * rng.random((n, fibres))
    bias_x = truncated_normal(rng, 0, p["bias_sd"], (n, 1))
    bias_y = truncated_normal(rng, 0, p["bias_sd"], (n, 1))
    x = bias_x + truncated_normal(rng, 0, p["pos_sd"], (n, fibres))
    y = bias_y + truncated_normal(rng, 0, p["pos_sd"], (n, fibres))
    x += place * np.cos(angle) + eccentricity * np.cos(azimuth)
    y += place * np.sin(angle) + eccentricity * np.sin(azimuth)
    return x, y


def insertion(rng, p, n, pitch):
    """Clearances and insertion pose: cx, cy (n, 2), tx, ty, theta, press fit, half mismatch."""
    hole = truncated_normal(rng, p["hole_d"], p["hole_sd"], (n, 2))
    pin = truncated_normal(rng, p["pin_d"], p["pin_sd"], (n, 2))
    cx = np.maximum(0, (hole - pin) / 2)
    cy = np.maximum(0, (hole - pin + p.get("pin_minor_less", 0.0)) / 2)
    m = (truncated_normal(rng, 0, p["pitch_sd"], n) - truncated_normal(rng, 0, p["pitch_sd"], n)) / 2
    low = np.maximum(-m - cx[:, 0], m - cx[:, 1])
    high = np.minimum(-m + cx[:, 0], m + cx[:, 1])
    press = high < low
    u = rng.random((n, 5))
    tx = (low + high) / 2 + np.where(press, 0, (high - low) / 2) * p["seat"] * (2 * np.median(u[:, :3], axis=1) - 1)
    delta_x = np.stack([-m - tx, m - tx], axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        inside = np.where(cx > 0, 1 - (delta_x / cx) ** 2, 0)
    half = cy * np.sqrt(np.maximum(0, inside))
    half[press] = 0
    y = p["seat"] * half * (2 * u[:, 3:] - 1)
    return cx, cy, tx, -(y[:, 0] + y[:, 1]) / 2, (y[:, 0] - y[:, 1]) / pitch, press, m


def under_load(rng, p, n, pitch, pose, force):
    """Pose after sliding and bending under the load."""
    cx, cy, tx, ty, theta, press, m = pose
    side = np.abs(rng.standard_normal(n)) * p["side"] * p["transmit"]
    direction = 2 * np.pi * rng.random(n)
    load_x = side * np.cos(direction)
    load_y = side * np.sin(direction) + force * np.tan(np.radians(p["apc"]))
    load = np.hypot(load_x, load_y)
    net = np.maximum(0, load - p["mu"] * force)
    with np.errstate(divide="ignore", invalid="ignore"):
        ux = np.where(load > 0, load_x / load, 0)[:, None]
        uy = np.where(load > 0, load_y / load, 0)[:, None]
    lift = np.stack([theta * pitch / 2, -theta * pitch / 2], axis=1)
    dx = np.stack([-m - tx, m - tx], axis=1)
    dy = lift - ty[:, None]
    a = (ux * cy) ** 2 + (uy * cx) ** 2
    b = dx * ux * cy**2 + dy * uy * cx**2
    c = (dx * cy) ** 2 + (dy * cx) ** 2 - (cx * cy) ** 2
    discriminant = b * b - a * c
    with np.errstate(divide="ignore", invalid="ignore"):
        root = (b + np.sqrt(np.maximum(0, discriminant))) / a
    free = (discriminant > 0) & (cx > 0) & (cy > 0) & ~press[:, None]
    room = np.where(free, np.maximum(0, root), 0).min(axis=1)
    slide = np.minimum(net / p["k_slip"], room)
    travel = slide + (net - p["k_slip"] * slide) / p["k_pin"]
    return tx + travel * ux[:, 0], ty + travel * uy[:, 0]


def contact(p, x, y, g, force, a_free, b_free, a0, b0):
    """Tilts and air gaps by a vectorised semi-smooth Newton method; rows that are done are left alone."""
    n = len(g)
    k, pins, house = p["k_fibre"], p["K_pin"], p["K_house"]
    a, b, d = a0.copy(), b0.copy(), np.full(n, np.inf)
    pressing = np.ones_like(g, dtype=bool)
    side_a = np.where(np.abs(a0) > a_free, np.sign(a0), 0)
    side_b = np.where(np.abs(b0) > b_free, np.sign(b0), 0)
    rows = np.arange(n)
    for _ in range(100):
        s = pressing[rows].astype(float)
        gr, f = g[rows], force[rows]
        count = np.maximum(1, s.sum(axis=1))
        mx, my, mg = (s @ x) / count, (s @ y) / count, (s * gr).sum(axis=1) / count
        dx, dy = x - mx[:, None], y - my[:, None]
        sa, sb = side_a[rows], side_b[rows]
        aa = k * (s * dx * dx).sum(axis=1) + house + pins * np.abs(sa)
        bb = k * (s * dy * dy).sum(axis=1) + house + pins * np.abs(sb)
        ab = k * (s * dx * dy).sum(axis=1)
        ra = k * (s * dx * gr).sum(axis=1) + house * a0[rows] + sa * pins * a_free[rows] - f * mx
        rb = k * (s * dy * gr).sum(axis=1) + house * b0[rows] + sb * pins * b_free[rows] - f * my
        det = aa * bb - ab * ab
        a[rows] = (ra * bb - rb * ab) / det
        b[rows] = (rb * aa - ra * ab) / det
        d[rows] = mg + f / (k * count) - a[rows] * mx - b[rows] * my
        overlap = d[rows, None] + a[rows, None] * x + b[rows, None] * y - gr
        now = overlap > 0
        now_a = np.where(np.abs(a[rows]) > a_free[rows], np.sign(a[rows]), 0)
        now_b = np.where(np.abs(b[rows]) > b_free[rows], np.sign(b[rows]), 0)
        changed = (now != pressing[rows]).any(axis=1) | (now_a != sa) | (now_b != sb)
        pressing[rows], side_a[rows], side_b[rows] = now, now_a, now_b
        rows = rows[changed]
        if len(rows) == 0:
            break
    gap = g - d[:, None] - a[:, None] * x - b[:, None] * y
    return a, b, np.where(pressing, 0, np.maximum(0, gap))


def losses(rng, p, n, glass=1.4677):
    """Insertion loss in dB and air gap in um of n matings, both (n, fibres)."""
    fibres = p["fibres"]
    x, y, pitch = layout(fibres)
    phi = np.radians(p["apc"])
    force = truncated_normal(rng, p["force"], p["force_sd"], n)
    pose = insertion(rng, p, n, pitch)
    tx, ty = under_load(rng, p, n, pitch, pose, force)
    cx, cy, theta = pose[0], pose[1], pose[4]

    # Both plugs have the same laws, symmetric in sign, so that the mapping of the facing plug changes nothing here.
    psi_x = truncated_normal(rng, 0, p["face_sd"], n) - truncated_normal(rng, 0, p["face_sd"], n)
    psi_y = truncated_normal(rng, 0, p["face_sd"], n) - truncated_normal(rng, 0, p["face_sd"], n)
    heights = truncated_normal(rng, 0, p["height_sd"], (2, n, fibres)).sum(axis=0)
    g = psi_x[:, None] * x + psi_y[:, None] * y - heights
    a0 = truncated_normal(rng, 0, p["rest_sd"], n)
    b0 = truncated_normal(rng, 0, p["rest_sd"], n)
    a_free, b_free = cx.sum(axis=1) / p["engage"], cy.sum(axis=1) / p["engage"]
    a, b, z = contact(p, x, y, g, force, a_free, b_free, a0, b0)

    male_x, male_y = core_errors(rng, p, n, fibres)
    female_x, female_y = core_errors(rng, p, n, fibres)
    dx = tx[:, None] - theta[:, None] * y + female_x - male_x
    dy = ty[:, None] + theta[:, None] * x + female_y - male_y + z * (glass - 1) * phi
    angle_x = (a + (glass - 1) * psi_x)[:, None]
    angle_y = (b + (glass - 1) * psi_y)[:, None]
    w1 = truncated_normal(rng, p["mfd"], p["mfd_sd"], (n, fibres)) / 2
    w2 = truncated_normal(rng, p["mfd"], p["mfd_sd"], (n, fibres)) / 2
    return coupling_db(dx, dy, angle_x, angle_y, z, w1, w2, p["lam"], glass), z


def coupling_db(dx, dy, angle_x, angle_y, z, w1, w2, lam, glass):
    """Loss of two Gaussian modes across a gap in air, with the gap's interference, dB."""
    k = 2 * np.pi / lam
    zeta = 2 * z / (k * w1**2)
    q = w2**-2.0
    pr = 1 / (w1**2 * (1 + zeta**2))
    pi = -zeta * pr
    ar = pr + q
    norm = ar**2 + pi**2
    spread = (lam * z / np.pi) ** 2
    kappa = 4 * w1**2 * w2**2 / ((w1**2 + w2**2) ** 2 + spread)
    exponent = 2 * q * (dx**2 + dy**2) * (ar * pr + pi**2) + k * k / 2 * (angle_x**2 + angle_y**2) * ar
    exponent += 2 * q * k * pi * (dx * angle_x + dy * angle_y)
    R = ((glass - 1) / (glass + 1)) ** 2
    interference = 1 + 4 * R / (1 - R) ** 2 * np.sin(k * z) ** 2
    return 10 / np.log(10) * (exponent / norm - np.log(kappa) + np.log(interference))
