"""The peer of the store: SQLite with one INTEGER column a clause, as a table is usually made; into a file, then counted.

Usage: import_sqlite.py CSV DATABASE [ROWS]; a row costs the same however many there are, so few will do.
"""
import csv
import itertools
import json
import sqlite3
import sys
import time

rows = int(sys.argv[3]) if len(sys.argv) > 3 else 20000
codes = {"1": 3, "0": 1, "-": 2, "": 0}

start = time.perf_counter()
db = sqlite3.connect(sys.argv[2], isolation_level=None)
db.execute("PRAGMA journal_mode = WAL")
db.execute("PRAGMA synchronous = FULL")
with open(sys.argv[1], newline="") as file:
    reader = csv.reader(file)
    clauses = len(next(reader)) - 1
    columns = [f"c{i}" for i in range(clauses)]
    db.execute(f"CREATE TABLE answers (respondent TEXT, {', '.join(c + ' INTEGER' for c in columns)})")
    db.execute("BEGIN")
    sheets = ([row[0], *map(codes.__getitem__, row[1:])] for row in itertools.islice(reader, rows))
    db.executemany(f"INSERT INTO answers VALUES ({', '.join('?' * (clauses + 1))})", sheets)
    db.execute("COMMIT")
query = f"SELECT {', '.join(f'sum({c} & 1), sum({c} = 3)' for c in columns)} FROM answers"
db.execute(query).fetchall()
took = time.perf_counter() - start
best = float("inf")
for _ in range(3):
    start = time.perf_counter()
    db.execute(query).fetchall()
    best = min(best, time.perf_counter() - start)
print(json.dumps({"bench": "sqlite", "sheets": rows, "clauses": clauses, "ms": round(took * 1e3, 1), "recount_ms": round(best * 1e3, 1)}))
