"""The peer: the Monte Carlo of cascade.c in NumPy, all runs side by side, an hour at a time; every time of the model is whole hours.

1,000 services, each needing three of four others; buffers of 0 to 8 hours, full again at once; a change is felt an hour later. Strikes at 0, 12
and 24 o'clock take each service with the same chance, for 4, 8 and 24 hours; 72 hours are looked at. Three forms, each with the number of
runs side by side that suits it: a byte for each service and run; a bit of 64, with buffers as counters in four bit planes;
and, as a check of those two, every run by itself as one would write it down.

Usage: montecarlo_numpy.py NET CHANCE RUNS; NET is what `cascade many-net` prints, CHANCE of 10,000. Times are the processor's. Debian: python3-numpy.
"""
import json
import sys
import time

import numpy as np

HOURS, WAVES = 72, {0: 4, 12: 8, 24: 24}
net = np.loadtxt(sys.argv[1], dtype=np.int64)
chance, runs = int(sys.argv[2]), int(sys.argv[3])
buffer, supplier = net[:, 0], np.ascontiguousarray(net[:, 1:].T)
n = len(buffer)
rng = np.random.default_rng(7)
LIMIT = chance * 65536 // 10000  # of 16 bits: a little off 1 in 65,536, which no mean shows


def hits(side):
    """[services × runs] of one wave, a byte each."""
    return rng.integers(0, 65536, size=(n, side), dtype=np.uint16) < LIMIT


def plainly(drawn):
    """One run by itself: hours lost. drawn: [services] for each wave."""
    level, left, lost = np.ones(n, bool), buffer.copy(), 0
    for hour in range(HOURS):
        own = np.ones(n, bool)
        for hit, (at, lasts) in zip(drawn, WAVES.items()):
            if at <= hour < at + lasts:
                own &= ~hit
        met = level[supplier].sum(axis=0) >= 3
        level = own & (met | (left > 0))
        left = np.where(met, buffer, left - (own & (left > 0)))
        lost += n - level.sum()
    return lost


def by_bytes(drawn, side):
    level = np.ones((n, side), np.uint8)
    full = np.repeat(buffer.astype(np.uint8)[:, None], side, axis=1)
    left, lost = full.copy(), np.zeros(side, np.int64)
    count, felt = np.empty((n, side), np.uint8), np.empty((n, side), np.uint8)
    for hour in range(HOURS):
        np.take(level, supplier[0], axis=0, out=count, mode="clip")
        for e in (1, 2, 3):
            np.take(level, supplier[e], axis=0, out=felt, mode="clip")
            count += felt
        met = count >= 3
        level = (met | (left > 0)).view(np.uint8)
        left -= (left > 0).view(np.uint8)
        struck = [hit for hit, (at, lasts) in zip(drawn, WAVES.items()) if at <= hour < at + lasts]
        if struck:  # a broken service gives nothing and draws nothing
            left += level & struck[0] & ~met
            level &= ~struck[0]
        np.copyto(left, full, where=met)
        lost += n - level.sum(axis=0, dtype=np.int64)
    return lost


ONES = np.uint64(2**64 - 1)
BITS = np.array([bin(i).count("1") for i in range(256)], np.uint8)


def by_bits(drawn, words):
    """drawn: [services × words of 64 runs]. Answers only the sum over runs: of bits a column cannot be summed up as fast."""
    level = np.full((n, words), ONES)
    planes = [np.where(buffer >> p & 1, ONES, np.uint64(0)).astype(np.uint64)[:, None] for p in range(4)]
    left = [np.repeat(p, words, axis=1) for p in planes]
    lost = 0
    for hour in range(HOURS):
        a, b, c, d = (np.take(level, s, axis=0) for s in supplier)
        met = a & b & (c | d) | c & d & (a | b)
        some = left[0] | left[1] | left[2] | left[3]
        level = met | some
        borrow = some & ~met
        for hit, (at, lasts) in zip(drawn, WAVES.items()):
            if at <= hour < at + lasts:
                level &= ~hit
                borrow &= ~hit
        for p in range(4):
            was = left[p]
            left[p] = was ^ borrow
            borrow &= ~was
            left[p] = met & planes[p] | ~met & left[p]
        lost += 64 * words * n - int(BITS[level.view(np.uint8)].sum(dtype=np.int64))
    return lost


def timed(form, draw, sides):
    """The best number of runs side by side; ms for all runs, of which drawing; hours lost, of each call."""
    best = None
    for side in sides:
        at = time.process_time()
        drawing, answers, done = 0.0, [], 0
        while done < runs:
            start = time.process_time()
            drawn = [draw(side) for _ in WAVES]
            drawing += time.process_time() - start
            answers.append(form(drawn, side))
            done += side * (64 if form is by_bits else 1)
        scale = runs / done * 1e3
        took = (time.process_time() - at) * scale
        if best is None or took < best[0]:
            best = (took, drawing * scale, side, answers, done)
    return best


def bit_hits(words):
    return np.packbits(hits(64 * words), axis=1, bitorder="little").view(np.uint64)


# The same draws must give the same in all three forms.
same = [hits(64) for _ in WAVES]
assert [plainly([w[:, r] for w in same]) for r in range(64)] == by_bytes(same, 64).tolist()
assert by_bytes(same, 64).sum() == by_bits([np.packbits(w, axis=1, bitorder="little").view(np.uint64) for w in same], 1)

took, drawing, side, answers, done = timed(by_bytes, hits, (64, 256, 1024))
lost = np.concatenate(answers)
bits_took, bits_drawing, words, bits_answers, bits_done = timed(by_bits, bit_hits, (4, 16, 64))
print(json.dumps({"bench": "numpy", "runs": runs, "ms": round(took, 3), "drawing_ms": round(drawing, 3), "side": side,
                  "bits_ms": round(bits_took, 3), "bits_drawing_ms": round(bits_drawing, 3), "bits_side": words * 64,
                  "mean": round(float(lost.mean()), 4), "error": round(float(lost.std(ddof=1) / len(lost) ** 0.5), 4),
                  "bits_mean": round(sum(bits_answers) / bits_done, 4)}))
