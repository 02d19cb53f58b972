"""Fills answers into a unit's workbook as a person would: practice_fill.py FILE {"POST": {"QUESTION": "done"}}."""
import json
import sys

import openpyxl

WORDS = {"done": "実施した", "not_done": "実施していない", "no_occasion": "該当する場面がなかった"}
path, given = sys.argv[1], json.loads(sys.argv[2])
book = openpyxl.load_workbook(path)
filled = 0
for sheet in book.worksheets:
    if sheet.sheet_state != "visible":
        continue
    rows = list(sheet.iter_rows())
    at = {cell.value: cell.column for row in rows for cell in row if cell.value in given}
    for row in rows:
        for post, column in at.items():
            for cell in row:
                if cell.value in given[post]:
                    sheet.cell(row=cell.row, column=column).value = WORDS[given[post][cell.value]]
                    filled += 1
book.save(path)
want = sum(len(answers) for answers in given.values())
if filled != want:
    sys.exit(f"{filled} cells filled, {want} wanted")
