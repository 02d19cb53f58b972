/* Workbooks for tests: made by hand out of parts, with whatever is wrong in them; and ours, with cells changed. */
#ifndef MEGURI_TEST_XLSX_KIT_H
#define MEGURI_TEST_XLSX_KIT_H

#include "support.h"

#include <stdlib.h>
#include <string.h>

#include "format/xlsx_read.h"
#include "format/xlsx_write.h"
#include "format/zip_write.h"

#define MAIN_NS "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE_NS "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\""

struct made {
    const char *name;
    str body; /* p NULL: the part is left out */
};

static inline void into_buf(void *to, str bytes) { buf_add(to, bytes); }

static inline str zip_of(struct arena *a, const struct made *parts, size_t n)
{
    struct buf b = buf_in(a);
    struct zip *z = zip_begin(a, (struct zip_sink){into_buf, &b});
    for (size_t i = 0; i < n; i++) {
        if (parts[i].body.p == NULL) continue;
        zip_member(z, str_of(parts[i].name));
        zip_put(z, parts[i].body);
    }
    assert_true(zip_end(z));
    return buf_str(&b);
}

enum { P_TYPES, P_ROOT, P_BOOK, P_RELATIONS, P_SHEET, P_STRINGS, P_STYLES, P_EXTRA, P_PARTS };
/* The least a workbook is: one sheet "s", with these rows. */
static inline void least(struct made parts[P_PARTS], str rows, struct arena *a)
{
    static const struct made all[P_PARTS] = {
        {"[Content_Types].xml",
         S_INIT("<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>")},
        {"_rels/.rels", S_INIT("<Relationships " PACKAGE_NS "><Relationship Id=\"r\" Type=\"" OFFICE
                               "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>")},
        {"xl/workbook.xml", S_INIT("<workbook " MAIN_NS " xmlns:r=\"" OFFICE
                                   "\"><sheets><sheet name=\"s\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>")},
        {"xl/_rels/workbook.xml.rels",
         S_INIT("<Relationships " PACKAGE_NS "><Relationship Id=\"rId1\" Type=\"" OFFICE
                "/worksheet\" Target=\"/xl/worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"" OFFICE
                "/sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"rId3\" Type=\"" OFFICE
                "/styles\" Target=\"styles.xml\"/></Relationships>")},
        {"xl/worksheets/sheet1.xml", {NULL, 0}},
        {"xl/sharedStrings.xml", S_INIT("<sst " MAIN_NS "/>")},
        {"xl/styles.xml", S_INIT("<styleSheet " MAIN_NS
                                 "><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"22\"/></cellXfs>"
                                 "</styleSheet>")},
        {NULL, {NULL, 0}},
    };
    memcpy(parts, all, sizeof all);
    parts[P_SHEET].body = str_fmt(a, "<worksheet " MAIN_NS "><sheetData>%.*s</sheetData></worksheet>", STR_ARG(rows));
}

/* ---- what a sheet says: "A1=x;B1=y;" ---- */
struct hearing_lines {
    struct arena *a;
    struct buf b;
    int64_t rows;
};
static inline enum err hear_line(void *to, const struct xlsx_line *l)
{
    struct hearing_lines *h = to;
    h->rows++;
    for (size_t i = 0; i < l->n; i++)
        if (l->cell[i].n != 0)
            buf_fmt(&h->b, "%.*s=%.*s;", STR_ARG(xlsx_reference(h->a, l->row, i)), STR_ARG(l->cell[i]));
    return OK;
}

static inline enum err tell_sheet(struct work *w, str bytes, size_t tab, str *out)
{
    struct xlsx_in *x;
    struct arena *a = arena_new(0);
    arena_closer(w->a, (void (*)(void *))arena_free, a);
    struct hearing_lines h = {a, buf_in(a), 0};
    enum err e = xlsx_open(w, S("t.xlsx"), bytes, &x);
    if (e == OK) e = xlsx_lines(x, tab, hear_line, &h);
    *out = buf_str(&h.b);
    return e;
}

/* ---- a workbook written anew, with some cells changed; styles and drop-downs are left behind ---- */
struct edit {
    const char *tab, *cell, *text; /* cell NULL: the sheet goes, or comes (new: its first cell says text) */
};
struct editing {
    struct arena *a;
    struct xlsx_sheet *to;
    const struct edit *edit;
    size_t n;
    const char *tab;
    int64_t row;
};

static inline str edited_cell(const struct editing *e, int64_t row, size_t column, str was)
{
    str at = xlsx_reference(e->a, row, column);
    for (size_t i = 0; i < e->n; i++)
        if (strcmp(e->edit[i].tab, e->tab) == 0 && e->edit[i].cell != NULL && str_eq(at, str_of(e->edit[i].cell)))
            return str_of(e->edit[i].text);
    return was;
}

static inline enum err edit_line(void *to, const struct xlsx_line *l)
{
    enum { WIDTH = 12 };
    struct editing *e = to;
    for (; e->row < l->row; e->row++) xlsx_row(e->to);
    for (size_t i = 0; i < WIDTH; i++) {
        str text = edited_cell(e, l->row, i, i < l->n ? l->cell[i] : (str){0});
        if (text.n == 0)
            xlsx_none(e->to);
        else
            xlsx_text(e->to, XLSX_TEXT, text);
    }
    return OK;
}

/* Rows that are not there yet. */
static inline void add_rows(struct editing *e)
{
    for (size_t i = 0; i < e->n; i++) {
        if (e->edit[i].cell == NULL || strcmp(e->edit[i].tab, e->tab) != 0) continue;
        int64_t row = strtol(e->edit[i].cell + 1, NULL, 10);
        if (row > e->row) edit_line(e, &(struct xlsx_line){row, NULL, 0});
    }
}

static inline bool tab_goes(const struct edit *edit, size_t n, str tab)
{
    for (size_t i = 0; i < n; i++)
        if (edit[i].cell == NULL && str_eq(str_of(edit[i].tab), tab)) return true;
    return false;
}

static inline str edited(struct work *w, str bytes, const struct edit *edit, size_t n)
{
    struct arena *a = arena_new(0);
    arena_closer(w->a, (void (*)(void *))arena_free, a);
    struct work v = {.a = a};
    struct xlsx_in *x;
    struct buf b = buf_in(a);
    assert_ok(&v, xlsx_open(&v, S("t.xlsx"), bytes, &x));
    struct xlsx *book = xlsx_begin(a, (struct zip_sink){into_buf, &b}, &(struct xlsx_about){S("t"), TEST_NOW});
    for (size_t t = 0; t < xlsx_tabs(x); t++) {
        str name = xlsx_tab(x, t)->name;
        if (tab_goes(edit, n, name)) continue;
        struct editing e = {a, xlsx_sheet(book, name, NULL, 12), edit, n, str_c(a, name), 0};
        assert_ok(&v, xlsx_lines(x, t, edit_line, &e));
        add_rows(&e);
        xlsx_sheet_end(e.to, &(struct xlsx_paper){0});
    }
    for (size_t i = 0; i < n; i++) {
        if (edit[i].cell != NULL || edit[i].text == NULL) continue;
        struct xlsx_sheet *s = xlsx_sheet(book, str_of(edit[i].tab), NULL, 1);
        xlsx_row(s);
        xlsx_text(s, XLSX_TEXT, str_of(edit[i].text));
        xlsx_sheet_end(s, &(struct xlsx_paper){0});
    }
    assert_true(xlsx_end(book));
    return buf_str(&b);
}

#endif
