/* What the tests of the inspect room share: entries run as the edges run them, a face that keeps what it is told, and
 * a small frame to ask. */
#ifndef MEGURI_TEST_INSPECT_KIT_H
#define MEGURI_TEST_INSPECT_KIT_H

#include "support.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/hash.h"
#include "surface/door.h"

/* ---- a face that keeps what it is told, beyond the arena marks of the work ---- */
enum { KEPT_TABLES = 16, KEPT_FACTS = 24, KEPT_NOTES = 24, KEPT_COLUMNS = 32 };

struct kept_line {
    struct cell cell[KEPT_COLUMNS];
};
struct kept {
    struct doc doc;
    struct arena *a;
    struct {
        str name, key[KEPT_COLUMNS];
        size_t n_columns, n, room;
        struct kept_line *row;
    } table[KEPT_TABLES];
    struct {
        str key;
        struct cell cell;
    } fact[KEPT_FACTS];
    str note[KEPT_NOTES];
    size_t n_tables, n_facts, n_notes;
};

static inline struct kept *kept_of(struct doc *d) { return (struct kept *)d; }

static inline struct cell cell_copy(struct arena *a, struct cell c)
{
    c.text = str_dup(a, c.text);
    c.ja = str_dup(a, c.ja);
    c.en = str_dup(a, c.en);
    return c;
}

static inline void keep_text(struct doc *d, str text) { (void)d, (void)text; }

static inline void keep_note(struct doc *d, str text)
{
    struct kept *k = kept_of(d);
    assert_true(k->n_notes < KEPT_NOTES);
    k->note[k->n_notes++] = str_dup(k->a, text);
}

static inline void keep_fact(struct doc *d, const char *key, str label, const struct cell *c)
{
    struct kept *k = kept_of(d);
    assert_true(k->n_facts < KEPT_FACTS && label.n != 0);
    k->fact[k->n_facts].key = str_dup(k->a, str_of(key));
    k->fact[k->n_facts++].cell = cell_copy(k->a, *c);
}

/* A column's cells lead to an entry that there is, and fill a parameter that it has. */
static inline void leads_somewhere(const struct column *c)
{
    if (c->to == NULL) return;
    str to = str_of(c->to);
    size_t room_n = (size_t)str_find(to, S(" "));
    const struct room *room = room_find(str_sub(to, 0, room_n < to.n ? room_n : to.n));
    const struct entry *entry = room == NULL ? NULL : entry_find(room, room_n < to.n ? str_sub(to, room_n + 1, to.n) : S(""));
    if (entry == NULL) fail_msg("column '%s' leads to '%s', which is no entry", c->key, c->to);
    const struct param *filled = entry == NULL || c->with == NULL ? NULL : param_find(entry, str_of(c->with));
    if (c->with != NULL && (filled == NULL || filled->type == P_FILE))
        fail_msg("column '%s' fills '%s', which '%s' does not have, or takes as a file", c->key, c->with, c->to);
}

static inline void keep_table(struct doc *d, const char *name, const struct column *columns, size_t n)
{
    struct kept *k = kept_of(d);
    assert_true(k->n_tables < KEPT_TABLES && n <= KEPT_COLUMNS);
    k->table[k->n_tables].name = str_dup(k->a, str_of(name));
    k->table[k->n_tables].n_columns = n;
    for (size_t i = 0; i < n; i++) leads_somewhere(&columns[i]);
    for (size_t i = 0; i < n; i++) k->table[k->n_tables].key[i] = str_dup(k->a, str_of(columns[i].key));
    k->n_tables++;
}

static inline void keep_row(struct doc *d, const struct cell *cells)
{
    struct kept *k = kept_of(d);
    size_t t = k->n_tables - 1;
    if (k->table[t].n == k->table[t].room) {
        size_t room = k->table[t].room * 2 + 16, size = sizeof *k->table[t].row;
        k->table[t].row = arena_grow(k->a, k->table[t].row, k->table[t].room * size, room * size);
        k->table[t].room = room;
    }
    struct kept_line *row = &k->table[t].row[k->table[t].n++];
    for (size_t i = 0; i < k->table[t].n_columns; i++) row->cell[i] = cell_copy(k->a, cells[i]);
}

static inline void keep_end(struct doc *d) { (void)d; }

static const struct face keeping_face = {keep_text, keep_text, keep_note, keep_fact, keep_table, keep_row, keep_end};

static inline struct kept *kept_new(struct work *w)
{
    struct arena *a = arena_new(0);
    arena_closer(w->a, (void (*)(void *))arena_free, a);
    struct kept *k = arena_alloc(a, sizeof *k);
    *k = (struct kept){.doc = {.face = &keeping_face, .w = w, .lang = LANG_EN}, .a = a};
    return k;
}

static inline int64_t fact_int(const struct kept *k, const char *key)
{
    for (size_t i = 0; i < k->n_facts; i++)
        if (str_eq(k->fact[i].key, str_of(key))) return k->fact[i].cell.i;
    fail_msg("no fact '%s'", key);
    return -1;
}

/* Empty where there is no such fact. */
static inline str fact_text(const struct kept *k, const char *key)
{
    for (size_t i = 0; i < k->n_facts; i++)
        if (str_eq(k->fact[i].key, str_of(key))) return k->fact[i].cell.text;
    return (str){"", 0};
}

static inline bool noted_has(const struct kept *k, const char *part)
{
    for (size_t i = 0; i < k->n_notes; i++)
        if (str_find(k->note[i], str_of(part)) >= 0) return true;
    return false;
}

static inline ptrdiff_t kept_table(const struct kept *k, const char *name)
{
    for (size_t t = 0; t < k->n_tables; t++)
        if (str_eq(k->table[t].name, str_of(name))) return (ptrdiff_t)t;
    return -1;
}

static inline size_t rows_of(const struct kept *k, const char *table)
{
    ptrdiff_t t = kept_table(k, table);
    if (t < 0) fail_msg("no table '%s'", table);
    return t < 0 ? 0 : k->table[t].n;
}

static inline const struct cell *cell_in(const struct kept *k, const char *table, size_t row, const char *key)
{
    ptrdiff_t t = kept_table(k, table);
    for (size_t c = 0; t >= 0 && row < k->table[t].n && c < k->table[t].n_columns; c++)
        if (str_eq(k->table[t].key[c], str_of(key))) return &k->table[t].row[row].cell[c];
    fail_msg("no column '%s' in row %zu of table '%s'", key, row, table);
    return NULL;
}

/* The row whose first cell is `first` and, when it is given, whose second is `second`; -1 when there is none. */
static inline ptrdiff_t row_of(const struct kept *k, const char *table, const char *first, const char *second)
{
    ptrdiff_t t = kept_table(k, table);
    for (size_t i = 0; t >= 0 && i < k->table[t].n; i++) {
        const struct cell *c = k->table[t].row[i].cell;
        if (str_eq(c[0].text, str_of(first)) && (second == NULL || str_eq(c[1].text, str_of(second))))
            return (ptrdiff_t)i;
    }
    return -1;
}

static inline const struct cell *cell_at(const struct kept *k, const char *table, const char *first, const char *second,
                                         const char *key)
{
    ptrdiff_t row = row_of(k, table, first, second);
    if (row < 0) fail_msg("no row '%s' '%s' in table '%s'", first, second == NULL ? "" : second, table);
    return row < 0 ? NULL : cell_in(k, table, (size_t)row, key);
}

/* ---- entries, as the edges run them ---- */
enum { ASK_MAX = 14 };
struct ask {
    const char *name, *text; /* text: of a file, its contents; the file's name is then `file` */
    const char *file;
    size_t n; /* of contents that hold a NUL; else 0 */
};
#define ASK(...) ((const struct ask[]){__VA_ARGS__, {0}})

static inline size_t asked(struct work *w, const struct ask *ask, struct given *out)
{
    size_t n = 0;
    for (; ask[n].name != NULL; n++) {
        assert_true(n < ASK_MAX);
        out[n] = (struct given){.name = str_of(ask[n].name), .text = str_of(ask[n].text)};
        if (ask[n].file == NULL) continue;
        struct file *f = arena_alloc(w->a, sizeof *f);
        str bytes = ask[n].n != 0 ? (str){ask[n].text, ask[n].n} : str_of(ask[n].text);
        *f = (struct file){str_of(ask[n].file), bytes, sha256_hex(w->a, bytes)};
        out[n].text = f->name;
        out[n].file = f;
    }
    return n;
}

static inline const struct entry *entry_of(const char *room, const char *name)
{
    const struct entry *e = entry_find(room_find(str_of(room)), str_of(name));
    assert_non_null(e);
    return e;
}

/* Through the door: a transaction and a line of the journal, or a snapshot. */
static inline enum err through_door(struct work *w, const char *room, const char *name, const struct ask *ask,
                                    struct kept *k)
{
    static int64_t acts;
    struct given given[ASK_MAX];
    struct args args;
    const struct entry *e = entry_of(room, name);
    size_t n = asked(w, ask, given);
    enum err err = args_parse(w, e, given, n, &args);
    if (err != OK) return err;
    if (e->kind == ENTRY_VIEW) return door_view(w, room_find(str_of(room)), e, &args, &k->doc);
    return door_act(w, room_find(str_of(room)), e, &args, str_fmt(w->a, "act-%d", (int)++acts), false, &k->doc);
}

/* Inside a transaction of the test's own: no journal. */
static inline enum err directly(struct work *w, const char *room, const char *name, const struct ask *ask,
                                struct kept *k)
{
    struct given given[ASK_MAX];
    struct args args;
    const struct entry *e = entry_of(room, name);
    size_t n = asked(w, ask, given);
    enum err err = args_parse(w, e, given, n, &args);
    if (err == OK) err = e->run(w, &args, &k->doc);
    return err == OK ? work_err(w) : err;
}

#define doing(w, room, name, ...) do_ok(w, room, name, ASK(__VA_ARGS__), __FILE__, __LINE__)
static inline struct kept *do_ok(struct work *w, const char *room, const char *name, const struct ask *ask,
                                 const char *file, int line)
{
    struct kept *k = kept_new(w);
    check_err(w, through_door(w, room, name, ask, k), OK, file, line);
    return k;
}

#define refused(w, wanted, part, room, name, ...)                                                                      \
    do_refused(w, wanted, part, room, name, ASK(__VA_ARGS__), __FILE__, __LINE__)
static inline void do_refused(struct work *w, enum err wanted, const char *part, const char *room, const char *name,
                              const struct ask *ask, const char *file, int line)
{
    check_err(w, through_door(w, room, name, ask, kept_new(w)), wanted, file, line);
    check_fault(w, part, file, line);
}

/* ---- acting as somebody ---- */
static inline struct work *as(struct work *w, const char *who)
{
    struct work *v = arena_alloc(w->a, sizeof *v);
    struct actor *actor = arena_alloc(w->a, sizeof *actor);
    *v = *w;
    assert_ok(v, actor_find(v, str_of(who), S("tester"), actor));
    v->actor = actor;
    v->lo = actor->lo;
    v->hi = actor->hi;
    return v;
}

/* From here on in the person's main post; NULL: as the owner of the database. */
static inline void become(struct work *w, const char *person)
{
    struct actor *a = arena_alloc(w->a, sizeof *a);
    if (person == NULL) *a = actor_owner(S("test"));
    else assert_ok(w, actor_find(w, str_of(person), S("test"), a));
    w->actor = a;
    w->lo = a->lo;
    w->hi = a->hi;
}

static inline int64_t day(const char *text)
{
    int64_t d = 0;
    assert_true(date_parse(str_of(text), &d));
    return d;
}

/* ---- a file entry, into memory ---- */
struct gathering {
    struct bytes_out out;
    struct buf b;
};
static inline enum err gather_put(struct bytes_out *out, str bytes)
{
    buf_add(&((struct gathering *)out)->b, bytes);
    return OK;
}

static inline str file_of_entry(struct work *w, const char *room, const char *name, const struct ask *ask)
{
    struct given given[ASK_MAX];
    struct args args;
    struct arena *a = arena_new(0);
    arena_closer(w->a, (void (*)(void *))arena_free, a);
    struct gathering g = {{gather_put}, buf_in(a)};
    size_t n = asked(w, ask, given);
    assert_ok(w, args_parse(w, entry_of(room, name), given, n, &args));
    assert_ok(w, door_file(w, room_find(str_of(room)), entry_of(room, name), &args, &g.out));
    return buf_str(&g.b);
}

/* ---- what stands in the store: every row of the room's tables; with `journal`, the head of the journal as well ----
 */
static inline str state_of_store(struct work *w, bool journal)
{
    /* i int, t text, b bytes */
    static const struct {
        struct sql sql;
        const char *columns;
    } tables[] = {
        {OPEN("a test", "SELECT seq, hash FROM journal_head"), "it"},
        {OPEN("a test",
              "SELECT id, code, title_ja, edition, frame, base, due, state, rate, thresholds, grades, exceptions,"
              " unknown_out, synthetic FROM round ORDER BY id"),
         "ittiiiitttttti"},
        {OPEN("a test",
              "SELECT round, org, parent, lo, hi, depth, name_ja, adoption, aggregated, excluded, excluded_why, stage"
              " FROM round_org ORDER BY round, org"),
         "iiiiiitiiitt"},
        {OPEN("a test", "SELECT id, round, adoption, duty, mask FROM binding ORDER BY id"), "iiitb"},
        {OPEN("a test",
              "SELECT id, round, code, kind, org, duty, person, binding, reason, excepted, due FROM respondent"
              " ORDER BY id"),
         "iittitiitbi"},
        {OPEN("a test", "SELECT id, round, org, step, was, became, why, at, person, by_whom FROM round_step ORDER BY id"),
         "iiittttiit"},
        {OPEN("a test", "SELECT id, respondent, round, reason, at, by_whom, answered FROM sheet_return ORDER BY id"), "iiititi"},
        {OPEN("a test", "SELECT id, round, org, respondent, until, why, at, by_whom FROM extension ORDER BY id"), "iiiiitit"},
        {OPEN("a test",
              "SELECT respondent, round, org, state, answers, at, by_whom, source FROM sheet ORDER BY respondent"),
         "iiiibitt"},
        {OPEN("a test", "SELECT id, respondent, state, answers, source, replaced FROM sheet_past ORDER BY id"),
         "iiibti"},
        {OPEN("a test", "SELECT respondent, clause, note FROM answer_note ORDER BY respondent, clause"), "iit"},
        {OPEN("a test", "SELECT round, org, duty, clause, reported, known, arisen, done, own, note, excepted FROM aggregate"
                        " ORDER BY round, org, duty, clause"),
         "iitiiiiiiti"},
        {OPEN("a test", "SELECT id, round, org, sequence, digest FROM rollup ORDER BY id"), "iiiit"},
        {OPEN("a test", "SELECT round, org, systems, checked, day FROM unnamed_system ORDER BY round, org"), "iiiii"},
        {OPEN("a test",
              "SELECT id, round, number, respondent, org, clause, since, until, reason FROM exception ORDER BY id"),
         "iitiiiiit"},
        {OPEN("a test",
              "SELECT id, round, respondent, kind, was, became, why, at, by_whom FROM frame_change ORDER BY id"),
         "iiittttit"},
        {OPEN("a test", "SELECT round, no, at, by_whom, erratum, head FROM frozen ORDER BY round, no"), "iiittt"},
        {OPEN("a test", "SELECT round, no, name, columns FROM frozen_view ORDER BY round, no, name"), "iitt"},
        {OPEN("a test", "SELECT round, no, name, pos, org, cells FROM frozen_row ORDER BY round, no, name, pos"),
         "iitiit"},
        {OPEN("a test", "SELECT round, org, state, counts FROM tally ORDER BY round, org, state"), "iiib"},
    };
    struct buf b = buf_in(w->a);
    for (size_t t = journal ? 0 : 1; t < sizeof tables / sizeof *tables; t++) {
        struct rows *r;
        assert_ok(w, store_rows(w, &tables[t].sql, NOARGS, &r));
        while (rows_next(r)) {
            for (int c = 0; tables[t].columns[c] != '\0'; c++) {
                if (rows_null(r, c))
                    buf_add(&b, S("~"));
                else if (tables[t].columns[c] == 'i')
                    buf_int(&b, rows_int(r, c));
                else
                    buf_add(&b, hex_of(w->a, tables[t].columns[c] == 't' ? rows_text(r, c) : rows_bytes(r, c)));
                buf_byte(&b, '|');
            }
        }
        assert_ok(w, rows_done(r));
        buf_byte(&b, '\n');
    }
    return sha256_hex(w->a, buf_str(&b));
}

/* ---- files of the sources, and those that are shipped with the tests ---- */
static inline str source_file(struct work *w, const char *path) /* "data/plan/sj2007.csv" */
{
    const char *root = getenv("SOURCE");
    str full = str_fmt(w->a, "%s/%s", root == NULL ? "." : root, path);
    FILE *in = fopen(str_c(w->a, full), "rb");
    if (in == NULL) fail_msg("no file %.*s", STR_ARG(full));
    struct buf b = buf_in(w->a);
    char piece[4096];
    for (size_t n; (n = fread(piece, 1, sizeof piece, in)) > 0;) buf_add(&b, (str){piece, n});
    fclose(in);
    return buf_str(&b);
}

static inline str test_file(struct work *w, const char *path)
{
    return source_file(w, str_c(w->a, str_fmt(w->a, "test/inspect/%s", path)));
}

/* ---- a small frame: centre gov; ministry A with bureaux a1, a2; ministry B with b1 ---- */
#define FILED(bytes)                                                                                                   \
    {                                                                                                                  \
        .name = "file", .text = (bytes), .file = "test.csv"                                                            \
    }

static inline void small_registry(struct work *w)
{
    doing(w, "registry", "import", {"what", "duties"},
          FILED("code,name_ja,name_en,rights,order\n"
                "staff,職員,Staff,answer,10\nhead,責任者,Head,answer confirm names rates,20\n"
                "officer,担当,Officer,answer names rates manage,30\nviewer,閲覧,Viewer,rates,40\n"
                "centre,事務局,Centre,rates centre,50\ndevice,端末,Device,,60\n"));
    doing(w, "registry", "import", {"what", "organisations"},
          FILED("code,parent,kind,order,name_ja,name_en,from,to\n"
                "gov,,government,10,政府,Government,,\n"
                "A,gov,ministry,10,甲省,Ministry A,,\na1,A,bureau,10,甲一局,Bureau A1,,\na2,A,bureau,20,甲二局,Bureau "
                "A2,,\n"
                "B,gov,ministry,20,乙省,Ministry B,,\nb1,B,bureau,10,乙一局,Bureau B1,,\n"));
    doing(w, "registry", "import", {"what", "people"},
          FILED("code,org,name_ja,name_en,mail,from,to\n"
                "pa1,a1,秘甲一,,,,\npa2,a1,秘甲二,,,,\npha,a1,秘甲長,,,,\npoa,A,秘甲担,,,,\n"
                "pb1,b1,秘乙一,,,,\nphb,b1,秘乙長,,,,\npob,B,秘乙担,,,,\npc,gov,中央,,,,\npv,gov,閲覧者,,,,\n"));
    doing(w, "registry", "import", {"what", "posts"},
          FILED("code,duty,org,system,person,deputy_of,from,to\n"
                "s1,staff,a1,,pa1,,,\ns2,staff,a1,,pa2,,,\ns3,staff,a2,,,,,\nha,head,a1,,pha,,,\noa,officer,A,,poa,,,\n"
                "t1,staff,b1,,pb1,,,\nt2,staff,b1,,,,,\nhb,head,b1,,phb,,,\nob,officer,B,,pob,,,\n"
                "c,centre,gov,,pc,,,\nv,viewer,gov,,pv,,,\n"));
    doing(w, "registry", "import", {"what", "systems"},
          FILED("code,org,kind,name_ja,name_en,from,to\npc-a,a1,device,端末,PC,,\n"));
}

static inline void small_standard(struct work *w, const char *edition, const char *clauses)
{
    doing(w, "standard", "edition", {"code", edition}, {"catalogue", "std"}, {"title_ja", "基準"},
          {"title_en", "Standard"}, {"effective", "2007-04-01"});
    doing(w, "standard", "import", {"edition", edition}, {"what", "sections"},
          FILED("code,parent,title_ja,title_en\n2,,組織,Organisation\n3,,情報,Information\n"));
    doing(w, "standard", "import", {"edition", edition}, {"what", "clauses"}, FILED(clauses));
}

#define SMALL_CLAUSES                                                                                                  \
    "number,section,parent,level,duty,no_occasion,text_ja,text_en\n"                                                   \
    "2(a),2,,basic,staff,no,一,One\n2(b),2,,basic,staff,yes,二,Two\n2(c),2,,basic,head,no,三,Three\n"               \
    "3(a),3,,basic,staff,yes,四,Four\n3(b),3,,enhanced,staff,no,五,Five\n3(c),3,,basic,device,no,六,Six\n"

static inline void small_round(struct work *w, const char *code)
{
    doing(w, "inspect", "open", {"code", code}, {"title_ja", "自己点検"}, {"edition", "e1"}, {"frame", "gov"},
          {"base", "2007-03-31"});
}

/* Registry, edition e1 (2(a) … 3(c); 3(b) enhanced and adopted by nobody), round r1. */
static inline void small_world(struct work *w)
{
    small_registry(w);
    small_standard(w, "e1", SMALL_CLAUSES);
    doing(w, "standard", "decide", {"edition", "e1"});
    small_round(w, "r1");
}

#endif
