"""Fills in a workbook of `meguri inspect template` as a person would, with another program (openpyxl).

    xlsx_fill.py IN OUT [SHEET!CELL=TEXT …]    cells as told; ALL=TEXT: every answer that is still empty
    xlsx_fill.py --look IN                     what a person meets: sheets, drop-downs, what is locked
"""
import sys

import openpyxl

HEADS, LABELS = 3, 3


def answers(sheet):
    for column in range(LABELS + 1, sheet.max_column + 1, 2):
        for row in range(HEADS + 1, sheet.max_row + 1):
            yield sheet.cell(row, column)


def fill(source, target, changes):
    book = openpyxl.load_workbook(source)
    for change in changes:
        where, _, text = change.partition("=")
        if where == "ALL":
            for sheet in book.worksheets[1:-1]:
                for cell in answers(sheet):
                    cell.value = cell.value or text
        else:
            sheet, _, cell = where.rpartition("!")
            book[sheet][cell] = text
    book.save(target)


def look(source):
    book = openpyxl.load_workbook(source)
    for sheet in book:
        print(f"sheet|{sheet.title}|{sheet.sheet_state}|protected {sheet.protection.sheet}|frozen {sheet.freeze_panes}")
    for sheet in book.worksheets[1:-1]:
        lists = {str(r): v.formula1 for v in sheet.data_validations.dataValidation for r in v.sqref.ranges}
        print(f"lists|{sheet.title}|{' '.join(sorted(set(lists.values())))}")
        offered = {c for v in sheet.data_validations.dataValidation for r in v.sqref.ranges for row in r.rows for c in row}
        print(f"offered|{sheet.title}|{all((c.row, c.column) in offered for c in answers(sheet))}")
        print(f"locked|{sheet.title}|{sheet['A4'].protection.locked} {sheet['C4'].protection.locked} {sheet['D1'].protection.locked}"
              f" {any(c.protection.locked for c in answers(sheet))}")


if sys.argv[1] == "--look":
    look(sys.argv[2])
else:
    fill(sys.argv[1], sys.argv[2], sys.argv[3:])
