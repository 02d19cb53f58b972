"""The peer of the store: pandas reading the same wide file and counting it; nothing is stored.

Usage: import_pandas.py CSV [ROWS]; a row costs the same however many there are, so few will do.
"""
import json
import sys
import time

import pandas

rows = int(sys.argv[2]) if len(sys.argv) > 2 else 50000
start = time.perf_counter()
clauses = list(pandas.read_csv(sys.argv[1], nrows=0).columns)[1:]
answer = pandas.CategoricalDtype(["-", "0", "1"])
frame = pandas.read_csv(sys.argv[1], nrows=rows, index_col="respondent", dtype=dict.fromkeys(clauses, answer), na_filter=False)
codes = {c: frame[c].cat.codes for c in clauses}
counted = [((codes[c] >= 1).sum(), (codes[c] == 2).sum()) for c in clauses]
took = time.perf_counter() - start
print(json.dumps({"bench": "pandas", "sheets": rows, "clauses": len(clauses), "ms": round(took * 1e3, 1)}))
