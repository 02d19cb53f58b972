"""The peer: pandas counting the same answers, one categorical or one byte a clause, whichever is faster.

Usage: with_pandas.py [SHEETS [CLAUSES]]
"""
import json
import sys
import time

import numpy
import pandas

sheets = int(sys.argv[1]) if len(sys.argv) > 1 else 200000
clauses = int(sys.argv[2]) if len(sys.argv) > 2 else 256

codes = numpy.random.default_rng(20071204).integers(0, 4, (clauses, sheets), dtype=numpy.int8)
answers = ["unanswered", "not done", "no occasion", "done"]
as_bytes = pandas.DataFrame({f"c{i}": codes[i] for i in range(clauses)})
as_words = pandas.DataFrame({f"c{i}": pandas.Categorical.from_codes(codes[i], answers) for i in range(clauses)})
del codes


def by_bytes():
    return [((as_bytes[c] & 1).sum(), (as_bytes[c] == 3).sum()) for c in as_bytes]


def by_frame():
    return list(zip((as_bytes & 1).sum(), (as_bytes == 3).sum()))


def by_words():
    return [(n["not done"] + n["done"], n["done"]) for n in (as_words[c].value_counts() for c in as_words)]


forms = {"int8, by column": by_bytes, "int8, whole frame": by_frame, "categorical, value_counts": by_words}
best = {}
for _ in range(3):
    for name, form in forms.items():
        start = time.perf_counter()
        counted = form()
        best[name] = min(best.get(name, float("inf")), time.perf_counter() - start)
        assert [tuple(map(int, pair)) for pair in counted] == [tuple(map(int, pair)) for pair in by_bytes()]
form = min(best, key=best.get)
for name, took in best.items():
    print(f"{name}: {took * 1e3:.0f} ms")
print(json.dumps({"bench": "pandas", "sheets": sheets, "clauses": clauses, "ms": round(best[form] * 1e3, 3), "form": form}))
