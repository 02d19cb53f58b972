#include "base/hash.h"
#include "house/house.h"

#include "base/clock.h"
#include "format/json.h"
#include "house/house_store.h"
#include "store/journal.h"
#include "surface/door.h"

enum { SHOWN_MAX = 100000 };

/* ---- journal show ---- */

static const struct column show_columns[] = {
    {"seq", CELL_INT, N("Line"), 0, NULL, NULL},       {"at", CELL_TIME, N("Time"), 0, NULL, NULL},
    {"act", CELL_TEXT, N("Act"), 0, NULL, NULL},       {"person", CELL_TEXT, N("Person"), 0, NULL, NULL},
    {"post", CELL_TEXT, N("Post"), COL_DETAIL, NULL, NULL}, {"place", CELL_TEXT, N("Place"), 0, NULL, NULL},
    {"system_user", CELL_TEXT, N("System user"), COL_DETAIL, NULL, NULL}, {"args", CELL_TEXT, N("With"), 0, NULL, NULL},
};

struct shown_line {
    int64_t seq;
    const struct jv *line;
};
struct lines {
    struct work *w;
    str *places; /* codes in the actor's scope, sorted; NULL: all */
    size_t n_places;
    struct shown_line *lines; /* newest first */
    size_t n, most;
    enum err err;
};

static int by_bytes(const void *a, const void *b) { return str_cmp(*(const str *)a, *(const str *)b); }

/* The owner of the database sees every line; a post those whose place lies within its own. */
static enum err places_of(struct lines *s)
{
    if (s->w->actor->person == 0) return OK;
    struct org *org;
    enum err err = org_all(s->w, &org, &s->n_places);
    if (err != OK) return err;
    s->places = arena_array(s->w->a, s->n_places + 1, sizeof *s->places);
    for (size_t i = 0; i < s->n_places; i++) s->places[i] = org[i].code;
    qsort(s->places, s->n_places, sizeof *s->places, by_bytes);
    return OK;
}

static bool take_line(void *with, int64_t seq, str text)
{
    struct lines *s = with;
    const struct jv *line;
    s->err = jv_read(s->w, S("journal"), text, &line);
    if (s->err != OK) return false;
    str place = jv_str(jv_get(line, "place"));
    if (s->places != NULL && bsearch(&place, s->places, s->n_places, sizeof place, by_bytes) == NULL) return true;
    s->lines[s->n++] = (struct shown_line){seq, line};
    return s->n < s->most;
}

/* 2007-04-23T01:00:00Z, as time_text wrote it. */
static struct cell time_cell(str text)
{
    int64_t day, h, m, s;
    if (text.n != 20 || !date_parse(str_sub(text, 0, DATE_TEXT), &day) || !str_to_int(str_sub(text, 11, 13), &h) ||
        !str_to_int(str_sub(text, 14, 16), &m) || !str_to_int(str_sub(text, 17, 19), &s))
        return C_NONE;
    return C_TIME(day * 86400 + h * 3600 + m * 60 + s);
}

static struct cell line_cell(const struct jv *line, const char *key)
{
    str text = jv_str(jv_get(line, key));
    return text_cell(text);
}

static void add_value(struct buf *b, const struct jv *value)
{
    if (jv_type(value) != JV_ARRAY) {
        buf_add(b, jv_str(value));
        return;
    }
    for (size_t i = 0; i < jv_size(value); i++) {
        if (i != 0) buf_byte(b, ',');
        buf_add(b, jv_str(jv_at(value, i)));
    }
}

static struct cell args_cell(struct arena *a, const struct jv *args)
{
    struct buf b = buf_in(a);
    str key;
    const struct jv *value;
    for (void *at = NULL; jv_member(args, &at, &key, &value);) {
        buf_fmt(&b, "%s%.*s=", b.n == 0 ? "" : " ", STR_ARG(key));
        add_value(&b, value);
    }
    return b.n == 0 ? C_NONE : C_TEXT(buf_str(&b));
}

static void put_line(struct doc *out, const struct shown_line *l)
{
    const struct jv *j = l->line;
    DOC_ROW(out, C_INT(l->seq), time_cell(jv_str(jv_get(j, "at"))), line_cell(j, "act"), line_cell(j, "person"),
            line_cell(j, "post"), line_cell(j, "place"), line_cell(j, "system_user"),
            args_cell(out->w->a, jv_get(j, "args")));
}

static enum err view_show(struct work *w, const struct args *in, struct doc *out)
{
    int64_t last = arg_int(in, "last");
    if (last < 1 || last > SHOWN_MAX)
        return fault_in(w, INVALID, ((struct where){.field = S("last")}), M("a number from 1 to 100000"));
    struct lines s = {.w = w, .most = (size_t)last};
    enum err err = places_of(&s);
    if (err != OK) return err;
    s.lines = arena_array(w->a, s.most, sizeof *s.lines);
    err = journal_back(w, take_line, &s);
    if (err == OK) err = s.err;
    if (err != OK) return err;
    DOC_TABLE(out, "journal", show_columns);
    while (s.n-- > 0) put_line(out, &s.lines[s.n]);
    doc_table_end(out);
    return OK;
}

/* ---- journal verify ---- */

static bool is_head(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!(s.p[i] >= '0' && s.p[i] <= '9') && !(s.p[i] >= 'a' && s.p[i] <= 'f')) return false;
    return s.n == SHA256_HEX;
}

static enum err view_verify(struct work *w, const struct args *in, struct doc *out)
{
    struct journal_state state;
    str head = arg_text(in, "head");
    if (head.n != 0 && !is_head(head))
        return fault_in(w, INVALID, ((struct where){.field = S("head")}), M("a head has 64 digits from 0 to f"));
    enum err err = journal_verify(w, head, &state);
    if (err != OK) return err;
    if (state.broken_at != 0)
        return fault_in(w, INVALID, ((struct where){.file = S("journal"), .row = state.broken_at}), state.trouble);
    doc_fact(out, "lines", M("Lines"), C_INT(state.lines));
    doc_fact(out, "head", M("Head"), C_TEXT(state.head));
    doc_text(out, M("The journal is whole. Keep the head: with --head a cut-off end shows too."));
    return OK;
}

static const struct entry journal_entries[] = {
    VIEW("show", N("The last lines of the journal"), MAY_AUDIT | MAY_ADMINISTER, NULL,
         PARAMS({"last", P_INT, 0, NULL, "20", N("how many lines")}), view_show),
    VIEW("verify", N("Is the journal whole?"), MAY_AUDIT | MAY_ADMINISTER, NULL,
         PARAMS({"head", P_CODE, 0, NULL, NULL, N("a head printed earlier, which must occur")}), view_verify),
};
const struct room journal_room = {
    "journal", N("what was done, by whom?"), journal_entries, sizeof journal_entries / sizeof journal_entries[0],
    SQL_SETS(&house_sql_set), NULL,
};

/* ---- rebuild ---- */

static enum err act_rebuild(struct work *w, const struct args *in, struct doc *out)
{
    (void)in;
    for (const struct room *const *r = rooms; *r != NULL; r++) {
        if ((*r)->rebuild == NULL) continue;
        enum err err = (*r)->rebuild(w);
        if (err != OK) return err;
        act_noted(w, S("room"), str_of((*r)->name));
        doc_text(out, M("%1: its derived tables are made anew"), str_of((*r)->name));
    }
    return OK;
}

static const struct entry rebuild_entries[] = {
    LONG_ACT("", N("Make the derived tables anew from what they are derived from"), MAY_ADMINISTER, NULL, NULL,
             act_rebuild),
};
const struct room rebuild_room = {
    "rebuild", N("derived tables, made anew"), rebuild_entries, 1, NULL, NULL,
};
