"""The peer: SQLite counting the same answers, in memory, one column a clause.

Usage: with_sqlite.py [SHEETS [CLAUSES]]; a row costs the same however many there are, so few will do.
"""
import json
import random
import sqlite3
import sys
import time

sheets = int(sys.argv[1]) if len(sys.argv) > 1 else 50000
clauses = int(sys.argv[2]) if len(sys.argv) > 2 else 256

db = sqlite3.connect(":memory:")
columns = [f"c{i}" for i in range(clauses)]
db.execute(f"CREATE TABLE answers ({', '.join(c + ' INTEGER' for c in columns)})")
draw = random.Random(20071204)


def sheet():
    bits = draw.getrandbits(2 * clauses)
    return [bits >> 2 * i & 3 for i in range(clauses)]


db.executemany(f"INSERT INTO answers VALUES ({', '.join('?' * clauses)})", (sheet() for _ in range(sheets)))

query = f"SELECT {', '.join(f'sum({c} & 1), sum({c} = 3)' for c in columns)} FROM answers"
best = float("inf")
for _ in range(3):
    start = time.perf_counter()
    db.execute(query).fetchall()
    best = min(best, time.perf_counter() - start)
print(json.dumps({"bench": "sqlite", "sheets": sheets, "clauses": clauses, "ms": round(best * 1e3, 3)}))
