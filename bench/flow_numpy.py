"""The peer: the dynamic input-output model in NumPy, a product of matrix and vector (BLAS) a step, clipped.

Usage: flow_numpy.py DIR STEPS; a, c and k are read from DIR as doubles, and q of ours compared. Debian: python3-numpy.
"""
import json
import sys
import time

import numpy as np

folder, steps = sys.argv[1], int(sys.argv[2])
c, k = np.fromfile(folder + "/c"), np.fromfile(folder + "/k")
n = len(c)
a, ours = np.fromfile(folder + "/a").reshape(n, n), np.fromfile(folder + "/q").reshape(-1, n)
nothing, lasts = np.zeros(n), len(ours) // 2


def run():
    q = np.zeros((steps, n))
    for t in range(steps - 1):
        step = a @ q[t]
        step += c if t < lasts else nothing
        step -= q[t]
        step *= k
        step += q[t]
        np.clip(step, 0, 1, out=q[t + 1])
    return q


best = float("inf")
for _ in range(3 if n < 500 else 2):
    start = time.perf_counter()
    q = run()
    best = min(best, time.perf_counter() - start)
off = float(np.abs(q - ours[:steps]).max())
if off > 1e-12:
    sys.exit(f"the answers differ by {off}")
print(json.dumps({"bench": "flow numpy", "sectors": n, "steps": steps, "ms": round(best * 1e3, 3), "off": off}))
