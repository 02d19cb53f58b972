/* inspect scan: files of tools, read whole before anything is changed. */
#include "inspect/scan.h"

#include "base/utf8.h"
#include "inspect/scan_xccdf.h"

void scan_not_found(struct scan *s, str name, struct where where, bool several)
{
    name = utf8_head(name, 120);
    if (several) {
        fault_in(s->w, INVALID, where, M("'%1' is the name of several systems or devices: name them by their codes"), name);
        return;
    }
    if (s->skip_unknown && s->unknown < SCAN_LISTED)
        s->first[s->unknown] = (struct scan_unknown){str_dup(s->w->a, name), where.file, where.row};
    s->unknown++;
    if (!s->skip_unknown)
        fault_in(s->w, INVALID, where,
                 M("no system or device '%1' in round '%2' that you may answer for: correct it, or pass over such rows with "
                   "--skip_unknown"), name, s->r->code);
}

/* ---- what was passed over ---- */

static void tell_unknown(const struct scan *s, struct doc *out)
{
    static const struct column columns[] = {
        {"device", CELL_TEXT, N("Not known here"), 0, NULL, NULL},
        {"file", CELL_TEXT, N("File"), COL_DETAIL, NULL, NULL},
        {"row", CELL_INT, N("Row"), 0, NULL, NULL},
    };
    doc_fact(out, "unknown", M("Unknown, passed over"), C_INT(s->unknown));
    if (s->unknown == 0) return;
    DOC_TABLE(out, "unknown", columns);
    for (int64_t i = 0; i < s->unknown && i < SCAN_LISTED; i++)
        DOC_ROW(out, C_TEXT(s->first[i].name), C_TEXT(s->first[i].file), C_INT(s->first[i].row));
    doc_table_end(out);
    if (s->unknown > SCAN_LISTED)
        doc_note(out, M("The first %1 of %2 are listed."), str_int(s->w->a, SCAN_LISTED), str_int(s->w->a, s->unknown));
}

static void tell_unclear(const struct scan *s, struct doc *out)
{
    static const struct column columns[] = {
        {"respondent", CELL_TEXT, N("Not answered by the checks"), 0, NULL, NULL},
        {"clause", CELL_CLAUSE, N("Clause"), 0, NULL, NULL},
        {"check", CELL_TEXT, N("Check"), 0, NULL, NULL},
        {"result", CELL_TEXT, N("Result of the check"), 0, NULL, NULL},
    };
    if (s->n_unclear == 0) return;
    DOC_TABLE(out, "unclear", columns);
    for (int64_t i = 0; i < s->n_unclear && i < UNCLEAR_LISTED; i++) {
        const struct scan_unclear *u = &s->unclear[i];
        DOC_ROW(out, C_TEXT(seat_code(u->seat)), C_CLAUSE(s->r->edition.clauses[u->clause].number), C_TEXT(u->rule),
                C_TEXT(u->result));
    }
    doc_table_end(out);
    if (s->n_unclear > UNCLEAR_LISTED)
        doc_note(out, M("The first %1 of %2 are listed."), str_int(s->w->a, UNCLEAR_LISTED),
                 str_int(s->w->a, s->n_unclear));
    doc_note(out, M("A check that ended without a finding leaves its clause as it stands on the sheet."));
}

static void tell(const struct scan *s, struct doc *out)
{
    doc_fact(out, "rows", M("Rows or results read"), C_INT(s->rows));
    tell_unknown(s, out);
    if (s->not_bound > 0) doc_fact(out, "not_bound", M("Not bound by the clause, passed over"), C_INT(s->not_bound));
    if (s->without > 0) doc_fact(out, "without", M("Without any answer"), C_INT(s->without));
    tell_unclear(s, out);
    if (s->never.n != 0)
        doc_note(out, M("No result has any check of these clauses: %1"), utf8_head(s->never, 400));
    act_noted(s->w, S("rows"), str_int(s->w->a, s->rows));
    act_noted(s->w, S("unknown"), str_int(s->w->a, s->unknown));
}

/* ---- files ---- */

static bool is_xml(str bytes)
{
    static const char *const marks[] = {"\xEF\xBB\xBF", "\xFF\xFE", "\xFE\xFF", ""};
    size_t i = 0;
    while (!str_starts(bytes, str_of(marks[i]))) i++;
    str rest = str_sub(bytes, strlen(marks[i]), bytes.n);
    while (rest.n != 0 && (rest.p[0] == '\0' || rest.p[0] == ' ' || rest.p[0] == '\n' || rest.p[0] == '\r' || rest.p[0] == '\t'))
        rest = str_sub(rest, 1, rest.n);
    return rest.n != 0 && rest.p[0] == '<';
}

struct files {
    const struct file *file[SCAN_FILES_MAX];
    str hash[SCAN_FILES_MAX];
    size_t n, n_xml;
    struct bulk_source from;
};

static enum err take_files(struct work *w, const struct args *in, struct files *f)
{
    const struct arg **given = arena_array(w->a, in->n + 1, sizeof *given);
    struct where where = {.field = S("file")};
    struct buf names = buf_in(w->a), hashes = buf_in(w->a);
    size_t n = arg_all(in, "file", given, in->n);
    if (n > SCAN_FILES_MAX)
        return fault_in(w, INVALID, where, M("at most %1 files at once"), str_int(w->a, SCAN_FILES_MAX));
    for (f->n = 0; f->n < n; f->n++) {
        const struct file *file = &given[f->n]->file;
        if (file->bytes.n > SCAN_FILE_MAX)
            return fault_in(w, INVALID, ((struct where){.file = file->name}), M("the file is larger than 256 MB: split it"));
        f->file[f->n] = file;
        f->hash[f->n] = file->sha256;
        f->n_xml += is_xml(file->bytes);
        buf_fmt(&names, "%s%.*s", f->n == 0 ? "" : " ", STR_ARG(file->name));
        buf_fmt(&hashes, "%s%.*s", f->n == 0 ? "" : " ", STR_ARG(file->sha256));
    }
    if (f->n_xml != 0 && f->n_xml != n)
        return fault_in(w, INVALID, where, M("tables and results of scanners together: file them in two acts"));
    f->from = (struct bulk_source){.how = f->n_xml != 0 ? S("scan") : S("table"),
                                   .what = utf8_head(utf8_safe(w->a, buf_str(&names)), 2000),
                                   .evidence = buf_str(&hashes)};
    return OK;
}

static enum err read_files(struct scan *s, const struct files *f)
{
    if (f->n_xml != 0) return scan_results(s, f->file, f->n);
    enum err e = OK;
    for (size_t i = 0; e == OK && i < f->n; i++) e = scan_table(s, f->file[i], (uint8_t)i);
    return e == OK ? work_err(s->w) : e;
}

enum err inspect_act_scan(struct work *w, const struct args *in, struct doc *out)
{
    struct round *r = arena_alloc(w->a, sizeof *r);
    struct scan *s = arena_alloc(w->a, sizeof *s);
    struct files *f = arena_alloc(w->a, sizeof *f);
    *s = (struct scan){.w = w, .in = in, .r = r, .skip_unknown = arg_given(in, "skip_unknown"), .oldest = INT64_MAX};
    enum err e = round_for_change(w, in, r);
    if (e == OK) e = take_files(w, in, f);
    if (e == OK) e = bulk_begin(w, in, r, &s->b);
    if (e != OK) return e;
    s->finder = device_finder_new(s->b, f->n_xml == 0);
    if ((e = read_files(s, f)) != OK) return e;
    if (s->b->said == 0) {
        tell(s, out);
        doc_note(out, M("Nothing in it answers a clause for a system or device: nothing was changed."));
        return OK;
    }
    f->from.at = bulk_place(w, r, NULL);
    f->from.as_of = s->oldest;
    if ((e = bulk_end(s->b, f->hash)) != OK) return e;
    if ((e = bulk_record(s->b, &f->from, out)) != OK) return e;
    tell(s, out);
    return OK;
}
