/* The reader of workbooks: whole archives, and XML put into one ('<' begins a sheet, 's' shared texts, 'w' the
 * workbook, 'y' styles, 'r' relations), which a checksum would else keep changes from. What is read is good UTF-8, in
 * order. */
#include <stdlib.h>

#include "base/utf8.h"
#include "format/xlsx_read.h"
#include "format/zip_write.h"
#include "fuzz.h"

#define MAIN "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define RELATIONS "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\""

static void check(bool good)
{
    if (!good) abort();
}

static const struct {
    char mark; /* of an input that takes the place of this part */
    const char *name;
    str body;
} parts[] = {
    {0, "[Content_Types].xml", S_INIT("<Types/>")},
    {0, "_rels/.rels",
     S_INIT("<Relationships " RELATIONS
            "><Relationship Id=\"r\" Type=\"/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>")},
    {'w', "xl/workbook.xml",
     S_INIT("<workbook " MAIN " xmlns:r=\"" OFFICE
            "\"><sheets><sheet name=\"s\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>")},
    {'r', "xl/_rels/workbook.xml.rels",
     S_INIT("<Relationships " RELATIONS
            "><Relationship Id=\"a\" Type=\"/worksheet\" Target=\"s.xml\"/><Relationship Id=\"b\""
            " Type=\"/sharedStrings\" Target=\"t.xml\"/><Relationship Id=\"c\" Type=\"/styles\" "
            "Target=\"y.xml\"/></Relationships>")},
    {'<', "xl/s.xml",
     S_INIT("<worksheet " MAIN
            "><sheetData><row><c t=\"s\"><v>0</v></c><c s=\"1\"><v>39195.5</v></c></row></sheetData></worksheet>")},
    {'s', "xl/t.xml", S_INIT("<sst " MAIN "><si><t>a</t></si></sst>")},
    {'y', "xl/y.xml", S_INIT("<styleSheet " MAIN "><cellXfs><xf/><xf numFmtId=\"14\"/></cellXfs></styleSheet>")},
};

static void into(void *to, str bytes) { buf_add(to, bytes); }

static str packed(struct arena *a, str input)
{
    struct buf b = buf_in(a);
    struct zip *z = zip_begin(a, (struct zip_sink){into, &b});
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        bool here = parts[i].mark != 0 && input.p[0] == parts[i].mark;
        zip_member(z, str_of(parts[i].name));
        zip_put(z, here ? str_sub(input, input.p[0] == '<' ? 0 : 1, input.n) : parts[i].body);
    }
    check(zip_end(z));
    return buf_str(&b);
}

static enum err line(void *to, const struct xlsx_line *l)
{
    int64_t *row = to;
    bool any = false;
    check(l->row > *row && l->row <= XLSX_READ_ROWS_MAX && l->n <= XLSX_READ_COLUMNS_MAX);
    *row = l->row;
    for (size_t i = 0; i < l->n; i++) {
        check(utf8_bad(l->cell[i]) == l->cell[i].n && l->cell[i].n <= XLSX_READ_TEXT_MAX);
        any |= l->cell[i].n != 0;
    }
    check(any);
    return OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct work w = {.a = arena_new(0)};
    struct xlsx_in *x;
    str input = {(const char *)bytes, n};
    if (n > 0 && n < 1 << 20 && strchr("<swyr", input.p[0]) != NULL && input.p[0] != 0) input = packed(w.a, input);
    enum err e = xlsx_open(&w, S("fuzz.xlsx"), input, &x);
    for (size_t t = 0; e == OK && t < xlsx_tabs(x); t++) {
        int64_t row = 0;
        e = xlsx_lines(x, t, line, &row);
    }
    check((e == OK) == (w.faults.count == 0) && (e == OK || e == work_err(&w)));
    arena_free(w.a);
    return 0;
}
