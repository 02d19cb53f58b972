#!/usr/bin/python3
"""Does a workbook say what the JSON says?  xlsx_equal.py BOOK JSON

A sheet of what it is about, then a sheet a table in the same order; in each row every whole number, and every rate as near
as it is shown (a tenth of a percent: where a spreadsheet would round otherwise than we do, the book holds what is shown).
"""
import json
import sys

import openpyxl

SHOWN = 0.0005 + 1e-12


def compare(table, sheet):
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    rows = [r for r in rows if any(v is not None for v in r)]
    if len(rows) != len(table["rows"]):
        return f"'{table['name']}': {len(rows)} rows for {len(table['rows'])}"
    types = {c["key"]: c["type"] for c in table["columns"]}
    for given, row in zip(rows, table["rows"]):
        have = [v for v in given if isinstance(v, (int, float)) and not isinstance(v, bool)]
        for key, kind in types.items():
            value = row.get(key)
            if kind not in ("int", "rate") or value is None:
                continue
            near = SHOWN if kind == "rate" else 0
            if not any(abs(v - value) <= near for v in have):
                return f"'{table['name']}': {key} {value} is not in {given}"
    return ""


def main(book, doc):
    sheets = openpyxl.load_workbook(book, data_only=True).worksheets
    tables = json.load(open(doc, encoding="utf-8"))["tables"]
    if len(sheets) != len(tables) + 1:
        return f"{len(sheets)} sheets for {len(tables)} tables"
    if not any(len(t["rows"]) > 1 for t in tables):
        return "there is nothing to compare"
    wrong = [w for w in (compare(t, s) for t, s in zip(tables, sheets[1:])) if w]
    return "; ".join(wrong) or "equal"


print(main(*sys.argv[1:]))
