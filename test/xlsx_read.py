"""Tells what another program reads in a workbook: a line a sheet, a line a cell.  xlsx_read.py FILE"""

import sys

import openpyxl

book = openpyxl.load_workbook(sys.argv[1])
print(f"book|{book.properties.title}|{book.properties.created}")
for sheet in book:
    paper = f"{sheet.page_setup.orientation}|{sheet.page_setup.fitToWidth}x{sheet.page_setup.fitToHeight}|{sheet.print_title_rows}"
    print(f"sheet|{sheet.title}|{sheet.freeze_panes}|{sheet.auto_filter.ref}|{paper}")
    print(f"paper|{sheet.oddHeader.left.text}|{sheet.oddHeader.right.text}|{sheet.oddFooter.left.text}|{sheet.oddFooter.center.text}")
    hidden = [letter for letter, column in sheet.column_dimensions.items() if column.hidden]
    print(f"hidden|{','.join(hidden)}")
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None:
                print(f"{cell.coordinate}|{cell.data_type}|{cell.value!r}|{cell.number_format}|{int(cell.alignment.indent)}")
