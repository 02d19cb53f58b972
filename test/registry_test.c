#include "support.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/hash.h"
#include "registry/codes.h"
#include "registry/registry.h"
#include "surface/door.h"

/* ---- a face that writes what it is told, so that a test can look for it ---- */

struct dump {
    struct doc doc;
    struct buf text;
};

static void line(struct doc *d, const char *what, str text)
{
    struct dump *x = (struct dump *)d;
    buf_fmt(&x->text, "%s %.*s\n", what, STR_ARG(text));
}
static void dump_heading(struct doc *d, str text) { line(d, "heading", text); }
static void dump_text(struct doc *d, str text) { line(d, "text", text); }
static void dump_note(struct doc *d, str text) { line(d, "note", text); }
static void cell(struct buf *b, const struct cell *c)
{
    struct arena *a = b->a;
    switch (c->type) {
    case CELL_NONE: buf_byte(b, '-'); break;
    case CELL_INT: buf_int(b, c->i); break;
    case CELL_BOOL: buf_add(b, c->i ? S("yes") : S("no")); break;
    case CELL_DATE: buf_add(b, date_text(a, c->i)); break;
    case CELL_ORG:
        buf_fmt(b, "%*s%.*s=%.*s", c->depth * 2, "", STR_ARG(c->text), STR_ARG(c->ja));
        break;
    case CELL_PERSON: buf_fmt(b, "%.*s=%.*s", STR_ARG(c->text), STR_ARG(c->ja)); break;
    default: buf_add(b, c->ja.n != 0 ? c->ja : c->text); break;
    }
}
static void dump_fact(struct doc *d, const char *key, str label, const struct cell *c)
{
    struct dump *x = (struct dump *)d;
    assert_true(label.n != 0);
    buf_fmt(&x->text, "%s: ", key);
    cell(&x->text, c);
    buf_byte(&x->text, '\n');
}
static void dump_table(struct doc *d, const char *name, const struct column *columns, size_t n)
{
    (void)columns;
    assert_true(n != 0);
    line(d, "table", str_of(name));
}
static void dump_row(struct doc *d, const struct cell *cells)
{
    struct dump *x = (struct dump *)d;
    for (size_t i = 0; i < d->n_columns; i++) {
        if (i != 0) buf_byte(&x->text, '|');
        cell(&x->text, &cells[i]);
    }
    buf_byte(&x->text, '\n');
}
static void dump_end(struct doc *d) { (void)d; }

static const struct face dump_face = {dump_heading, dump_text, dump_note, dump_fact, dump_table, dump_row, dump_end};

/* What is dumped must outlive the arena marks of the work, hence an arena of its own. */
static struct arena *shelf;

static struct dump *dump_new(struct work *w)
{
    struct dump *x = arena_alloc(shelf, sizeof *x);
    x->doc = (struct doc){.face = &dump_face, .w = w, .lang = LANG_EN};
    x->text = buf_in(shelf);
    return x;
}

#define assert_has(text, part) check_has(text, part, true, __FILE__, __LINE__)
#define assert_lacks(text, part) check_has(text, part, false, __FILE__, __LINE__)
static void check_has(str text, const char *part, bool wanted, const char *file, int at)
{
    if ((str_find(text, str_of(part)) >= 0) == wanted) return;
    print_error("'%s' %s in:\n%.*s\n", part, wanted ? "is not" : "is", STR_ARG(text));
    _fail(file, at);
}

/* ---- doing things as the edges do ---- */

struct request {
    struct given given[4];
    size_t n;
};
#define GIVEN(...) ((struct request){{__VA_ARGS__}, sizeof((struct given[]){__VA_ARGS__}) / sizeof(struct given)})
#define NOTHING ((struct request){.n = 0})
#define IS(name, text) {S_INIT(name), S_INIT(text), NULL}

static const struct entry *entry_of(const char *name) { return entry_find(&registry_room, str_of(name)); }

static enum err view_err(struct work *w, const char *name, struct request r, str *out)
{
    struct args args;
    struct dump *x = dump_new(w);
    enum err e = args_parse(w, entry_of(name), r.given, r.n, &args);
    if (e == OK) e = door_view(w, &registry_room, entry_of(name), &args, &x->doc);
    *out = buf_str(&x->text);
    return e;
}

#define VIEW_OF(w, name, request) view_ok(w, name, request, __FILE__, __LINE__)
static str view_ok(struct work *w, const char *name, struct request r, const char *file, int at)
{
    str out;
    check_err(w, view_err(w, name, r, &out), OK, file, at);
    return out;
}

static enum err import_err(struct work *w, const char *what, const char *name, str bytes, bool rehearse, str *out)
{
    static int act;
    struct file file = {str_of(name), bytes, sha256_hex(w->a, bytes)};
    const struct given given[] = {{S("what"), str_of(what), NULL}, {S("file"), str_of(name), &file}};
    struct args args;
    struct dump *x = dump_new(w);
    enum err e = args_parse(w, entry_of("import"), given, 2, &args);
    if (e == OK) {
        e = door_act(w, &registry_room, entry_of("import"), &args, str_fmt(w->a, "act-%d", ++act), rehearse, &x->doc);
    }
    *out = buf_str(&x->text);
    return e;
}

#define IMPORT(w, what, bytes) import_ok(w, what, bytes, __FILE__, __LINE__)
static str import_ok(struct work *w, const char *what, str bytes, const char *file, int at)
{
    str out;
    check_err(w, import_err(w, what, "given.csv", bytes, false, &out), OK, file, at);
    return out;
}

#define assert_refused(w, what, bytes, err, part) check_refused(w, what, bytes, err, part, __FILE__, __LINE__)
static void check_refused(struct work *w, const char *what, str bytes, enum err err, const char *part, const char *file,
                          int at)
{
    str out;
    check_err(w, import_err(w, what, "given.csv", bytes, false, &out), err, file, at);
    check_fault(w, part, file, at);
}

struct sink {
    struct bytes_out out;
    struct buf text;
};
static enum err sink_put(struct bytes_out *out, str bytes)
{
    buf_add(&((struct sink *)out)->text, bytes);
    return OK;
}

static enum err export_err(struct work *w, const char *what, str *out)
{
    struct sink *sink = arena_alloc(shelf, sizeof *sink);
    *sink = (struct sink){{sink_put}, buf_in(shelf)};
    const struct given given[] = {{S("what"), str_of(what), NULL}};
    struct args args;
    enum err e = args_parse(w, entry_of("export"), given, 1, &args);
    if (e == OK) e = door_file(w, &registry_room, entry_of("export"), &args, &sink->out);
    *out = buf_str(&sink->text);
    return e;
}

static str export_of(struct work *w, const char *what)
{
    str out;
    assert_ok(w, export_err(w, what, &out));
    return out;
}

static str read_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL) fail_msg("cannot read %s", path);
    struct buf b = buf_in(shelf);
    char part[4096];
    for (size_t n; (n = fread(part, 1, sizeof part, f)) != 0;) buf_add(&b, (str){part, n});
    (void)fclose(f);
    return buf_str(&b);
}

static const char *path_of(const char *name, const char *end)
{
    return str_c(shelf, str_fmt(shelf, "%s/test/registry/%s%s", getenv("SOURCE"), name, end));
}

static str golden(const char *name) { return read_file(path_of(name, ".csv")); }

/* In the order in which they need each other. */
static const char *const kinds[] = {"organisations", "organisation-names", "links", "duties", "duty-titles",
                                    "duty-forbidden", "people", "systems", "posts"};
enum { N_KINDS = sizeof kinds / sizeof kinds[0] };

static void load_all(struct work *w)
{
    for (size_t i = 0; i < N_KINDS; i++) IMPORT(w, kinds[i], golden(kinds[i]));
}

static const char *everything(struct work *w)
{
    struct buf b = buf_in(shelf);
    for (size_t i = 0; i < N_KINDS; i++) buf_add(&b, export_of(w, kinds[i]));
    return str_c(shelf, buf_str(&b));
}

static void acting_as(struct work *w, const char *as)
{
    static struct actor actor;
    struct actor owner = actor_owner(S("tester"));
    if (as == NULL) actor = owner;
    else assert_ok(w, actor_find(w, str_of(as), S("tester"), &actor));
    w->actor = &actor;
    w->lo = actor.lo;
    w->hi = actor.hi;
}

/* ---- files come back as they went in ---- */

static void files_come_back(struct work *w)
{
    load_all(w);
    for (size_t i = 0; i < N_KINDS; i++) assert_str(export_of(w, kinds[i]), str_c(shelf, golden(kinds[i])));
    for (size_t i = 0; i < N_KINDS; i++) {
        str told = IMPORT(w, kinds[i], golden(kinds[i]));
        assert_has(told, "note the file changes nothing\n");
        assert_has(told, "added: 0\nchanged: 0\n");
    }
}

static void a_rehearsal_changes_nothing(struct work *w)
{
    str told;
    assert_ok(w, import_err(w, "organisations", "given.csv", golden("organisations"), true, &told));
    assert_has(told, "rows: 12\nadded: 12\nchanged: 0\nunchanged: 0\n");
    assert_has(told, "added|mod|-|-|gov, ministry, 3, 防衛省, Ministry of Defense\n");
    assert_has(told, "nothing was changed: this was a rehearsal");
    assert_str(export_of(w, "organisations"), "code,parent,kind,order,name_ja,name_en,from,to\r\n");
    load_all(w);
    const char *before = everything(w);
    str bytes = S("code,org,name_ja,mail\nk-1,koh,甲田 一,k1@example.jp\nk-9,koh-2,新人,\n");
    assert_ok(w, import_err(w, "people", "given.csv", bytes, true, &told));
    assert_has(told, "changed|k-1|Mail|-|k1@example.jp\n");
    assert_has(told, "added|k-9|-|-|koh-2, 新人\n");
    assert_has(told, "note 5 that are stored are not in the file and stay as they are");
    assert_str(str_of(everything(w)), before);
}

static void a_change_is_told_field_by_field(struct work *w)
{
    load_all(w);
    str told = IMPORT(w, "organisations",
                      S("code,parent,kind,order,name_ja,name_en,to\nkoh-2,otsu,bureau,5,新課,New,2008-03-31\n"));
    assert_has(told, "changed|koh-2|Parent|koh|otsu\nchanged|koh-2|Order|2|5\nchanged|koh-2|Name (Japanese)|業務課|新課\n"
                     "changed|koh-2|Name (English)|-|New\nchanged|koh-2|Until|-|2008-03-31\n");
    assert_has(told, "note 1 organisations have a new name");
    /* Moved below otsu, and found there. */
    str tree = VIEW_OF(w, "organisations", GIVEN(IS("under", "otsu")));
    assert_has(tree, "otsu=乙庁|otsu|ministry|gov=政府|-|-\n  otsu-1=-秘-総務課|otsu-1|bureau|otsu=乙庁|-|-\n"
                     "  koh-2=新課|koh-2|bureau|otsu=乙庁|-|2008-03-31\n");
    assert_lacks(VIEW_OF(w, "organisations", GIVEN(IS("under", "koh"))), "koh-2");
    told = IMPORT(w, "posts", S("code,duty,org,person\nkoh-vac,staff,koh-2,k-3\n"));
    assert_has(told, "changed|koh-vac|Person|-|k-3\n");
    told = IMPORT(w, "posts", S("code,duty,org,person\nkoh-vac,staff,koh-2,\n"));
    assert_has(told, "changed|koh-vac|Person|k-3|-\n");
    told = IMPORT(w, "duties", S("code,name_ja,rights\nstaff,行政事務従事者,confirm answer\n"));
    assert_has(told, "changed|staff|Rights|answer|answer confirm\n");
    assert_lacks(told, "renamed");
}

static void missing_columns_keep_what_is_stored(struct work *w)
{
    load_all(w);
    const char *before = everything(w);
    str told = IMPORT(w, "organisations", S("code,parent,kind,name_ja\nmod,gov,ministry,防衛省\n"));
    assert_has(told, "unchanged: 1\n");
    IMPORT(w, "organisations", S("code,parent,kind,name_ja\nmod,gov,ministry,国防省\n"));
    IMPORT(w, "organisations", S("code,parent,kind,name_ja\nmod,gov,ministry,防衛省\n"));
    IMPORT(w, "people", S("code,org,name_ja\nk-1,koh,別名\n"));
    IMPORT(w, "people", S("code,org,name_ja\nk-1,koh,甲田 一\n"));
    IMPORT(w, "posts", S("code,duty,org\nkoh-sys-d,staff,koh-1\n"));
    IMPORT(w, "posts", S("code,duty,org\nkoh-sys-d,system-manager,koh-1\n"));
    assert_str(str_of(everything(w)), before);
}

static void parents_and_deputies_may_stand_later(struct work *w)
{
    IMPORT(w, "organisations", S("code,parent,kind,name_ja\nc,b,unit,丙\nb,a,unit,乙\na,,unit,甲\n"));
    assert_has(VIEW_OF(w, "organisations", NOTHING), "a=甲|a|unit|-|-|-\n  b=乙|b|unit|a=甲|-|-\n    c=丙|c|unit|");
    assert_has(export_of(w, "organisations"), "a,,unit,3,甲,,,\r\nb,a,unit,2,乙,,,\r\nc,b,unit,1,丙,,,\r\n");
    /* Turned upside down in one file: no circle, since all move. */
    IMPORT(w, "organisations", S("code,parent,kind,name_ja\na,b,unit,甲\nb,c,unit,乙\nc,,unit,丙\n"));
    assert_has(export_of(w, "organisations"), "c,,unit,1,丙,,,\r\nb,c,unit,2,乙,,,\r\na,b,unit,3,甲,,,\r\n");
    IMPORT(w, "duties", S("code,name_ja,rights\nstaff,職員,answer\n"));
    IMPORT(w, "posts", S("code,duty,org,deputy_of\np1,staff,a,p2\np2,staff,a,p3\np3,staff,b,\n"));
    assert_has(export_of(w, "posts"), "p3,staff,b,,,,,\r\np1,staff,a,,,p2,,\r\np2,staff,a,,,p3,,\r\n");
}

/* ---- one body, several names ---- */

static void a_rename_keeps_the_body(struct work *w)
{
    load_all(w);
    str then = VIEW_OF(w, "organisation", GIVEN(IS("org", "mod"), IS("at", "2007-01-08")));
    assert_has(then, "org: mod=防衛庁\n");
    str now = VIEW_OF(w, "organisation", GIVEN(IS("org", "mod"), IS("at", "2007-01-09")));
    assert_has(now, "org: mod=防衛省\n");
    assert_has(now, "table name_history\n防衛庁|Defense Agency|1954-07-01|2007-01-08\n防衛省|Ministry of Defense|2007-01-09|-\n");
    assert_has(VIEW_OF(w, "organisations", GIVEN(IS("at", "2006-12-31"))), "  mod=防衛庁|mod|");
    assert_has(VIEW_OF(w, "organisations", NOTHING), "  mod=防衛省|mod|");
}

static void those_that_ended_are_found_at_their_date(struct work *w)
{
    load_all(w);
    assert_lacks(VIEW_OF(w, "organisations", NOTHING), "旧庁");
    assert_has(VIEW_OF(w, "organisations", GIVEN(IS("at", "2006-03-31"))), "旧庁");
    assert_lacks(VIEW_OF(w, "organisations", GIVEN(IS("at", "2005-04-24"))), "centre=");
    assert_has(VIEW_OF(w, "organisations", GIVEN(IS("under", "mod"), IS("depth", "1"))), "mod-bureau");
    assert_lacks(VIEW_OF(w, "organisations", GIVEN(IS("under", "mod"), IS("depth", "1"))), "mod-section|");
    assert_lacks(VIEW_OF(w, "organisations", GIVEN(IS("depth", "0"))), "mod");
    str out;
    assert_err(w, view_err(w, "organisations", GIVEN(IS("depth", "-1")), &out), INVALID);
    assert_fault(w, "depth counts steps below");
}

/* ---- posts ---- */

static void vacant_posts_are_found(struct work *w)
{
    load_all(w);
    str vacant = VIEW_OF(w, "posts", GIVEN(IS("vacant", "1")));
    assert_has(vacant, "koh-vac|行政事務従事者|koh-2=業務課|-|-|yes|");
    assert_has(vacant, "otsu-sys|");
    assert_has(vacant, "koh-sys-d|"); /* k-3 left on 2007-03-31 */
    assert_lacks(vacant, "koh-mgr|");
    assert_lacks(VIEW_OF(w, "posts", GIVEN(IS("vacant", "1"), IS("at", "2007-03-31"))), "koh-sys-d|");
    str all = VIEW_OF(w, "posts", GIVEN(IS("org", "koh"), IS("duty", "system-manager")));
    assert_has(all, "koh-sys|情報システムセキュリティ責任者|koh-1=総務課|甲省LAN|k-2=甲田 二|no|-|");
    assert_has(all, "koh-sys-d|情報システムセキュリティ責任者|koh-1=総務課|甲省LAN|-|yes|koh-sys|");
    assert_lacks(all, "otsu");
    assert_lacks(all, "koh-mgr");
    assert_lacks(VIEW_OF(w, "posts", NOTHING), "koh-k1|");
    assert_has(VIEW_OF(w, "posts", GIVEN(IS("at", "2006-04-01"))), "koh-k1|");
    str person = VIEW_OF(w, "person", GIVEN(IS("person", "k-1")));
    assert_has(person, "koh-k1|");
    assert_has(person, "koh-mgr|");
    assert_has(VIEW_OF(w, "overview", NOTHING), "organisations: 11\npeople: 5\nposts: 9\nvacant: 3\nsystems: 2\n");
}

static void posts_move_with_their_system(struct work *w)
{
    load_all(w);
    str told = IMPORT(w, "systems", S("code,org,kind,name_ja\nkoh-lan,koh-2,system,甲省LAN\n"));
    assert_has(told, "note 2 posts moved with their systems");
    assert_has(export_of(w, "posts"), "koh-sys,system-manager,koh-2,koh-lan,k-2,,,\r\n");
    /* An empty cell is the organisation of the system. */
    told = IMPORT(w, "posts", S("code,duty,org,system\nkoh-sys,system-manager,,koh-lan\n"));
    assert_has(told, "unchanged: 1\n");
    IMPORT(w, "posts", S("code,duty,org,system\nkoh-new,system-manager,,koh-lan\n"));
    assert_has(export_of(w, "posts"), "koh-new,system-manager,koh-2,koh-lan,,,,\r\n");
}

/* ---- duties ---- */

static void duties_have_titles_and_rights(struct work *w)
{
    load_all(w);
    str plain = VIEW_OF(w, "duties", NOTHING);
    assert_has(plain, "manager|統括情報セキュリティ責任者|統括情報セキュリティ責任者|names rates manage|");
    assert_has(VIEW_OF(w, "duties", GIVEN(IS("edition", "baseline-2"))),
               "manager|統括情報セキュリティ責任者|統括責任者|names rates manage|");
    assert_true(str_find(plain, S("ciso|")) < str_find(plain, S("staff|")));
}

static void conflicts_are_shown(struct work *w)
{
    load_all(w);
    assert_has(VIEW_OF(w, "conflicts", NOTHING), "nobody within your reach holds duties that exclude each other");
    /* Audits otsu and manages a unit of it: no forbidden pair, but an audit of one's own. */
    IMPORT(w, "posts", S("code,duty,org,person\notsu-mgr2,manager,otsu-1,o-1\n"));
    str told = VIEW_OF(w, "conflicts", NOTHING);
    assert_has(told, "o-1=乙山 一|otsu-aud|情報セキュリティ監査責任者|otsu=乙庁|otsu-mgr2|統括情報セキュリティ責任者|otsu-1=");
    /* Elsewhere it is none. */
    IMPORT(w, "posts", S("code,duty,org,person\notsu-mgr2,manager,koh-1,o-1\n"));
    assert_has(VIEW_OF(w, "conflicts", NOTHING), "nobody within");
    /* A pair that is forbidden later is not refused, but shown. */
    IMPORT(w, "duty-forbidden", S("duty,other,reason_ja\nmanager,auditor,兼ねられない\n"));
    told = VIEW_OF(w, "conflicts", NOTHING);
    assert_has(told, "o-1=乙山 一|otsu-mgr2|統括情報セキュリティ責任者|koh-1=総務課|otsu-aud|情報セキュリティ監査責任者|otsu=乙庁|兼ねられない\n");
    assert_lacks(VIEW_OF(w, "conflicts", GIVEN(IS("at", "1999-12-31"))), "k-3");
}

static void forbidden_combinations_are_refused(struct work *w)
{
    load_all(w);
    const char *before = everything(w);
    assert_refused(w, "posts", S("code,duty,org,person\nx,staff,koh,k-1\nkoh-aud,auditor,koh,k-2\n"), INVALID,
                   "'k-2' cannot hold the posts koh-aud and koh-sys at once, for their duties exclude each other");
    assert_str(str_of(everything(w)), before);
    /* One after the other is allowed, on the same day it is not. */
    IMPORT(w, "posts", S("code,duty,org,person,from,to\nkoh-sys,system-manager,koh-1,k-2,,2007-06-30\n"));
    assert_refused(w, "posts", S("code,duty,org,person,from\nkoh-aud,auditor,koh,k-2,2007-06-30\n"), INVALID,
                   "'k-2' cannot hold");
    IMPORT(w, "posts", S("code,duty,org,person,from\nkoh-aud,auditor,koh,k-2,2007-07-01\n"));
}

/* ---- reach ---- */

static void a_manager_reaches_their_own_alone(struct work *w)
{
    load_all(w);
    const char *before = everything(w);
    acting_as(w, "k-1");
    assert_str(w->actor->post_code, "koh-mgr");
    static const char *const views[] = {"organisations", "people", "posts", "systems", "links", "conflicts", "overview"};
    for (size_t i = 0; i < sizeof views / sizeof views[0]; i++) {
        str told = VIEW_OF(w, views[i], NOTHING);
        assert_lacks(told, "乙");
        assert_lacks(told, "otsu-");
        assert_lacks(told, "o-1");
    }
    for (size_t i = 0; i < N_KINDS; i++) {
        str file = export_of(w, kinds[i]);
        assert_lacks(file, "乙");
        assert_lacks(file, "otsu-");
        if (strncmp(kinds[i], "dut", 3) == 0) continue;
        /* Their own file comes back, though the ministry's parent is out of reach. */
        str told = IMPORT(w, kinds[i], file);
        assert_has(told, "note the file changes nothing\n");
    }
    str out;
    assert_err(w, view_err(w, "organisation", GIVEN(IS("org", "otsu")), &out), NOTFOUND);
    assert_fault(w, "no organisation 'otsu'");
    assert_err(w, view_err(w, "person", GIVEN(IS("person", "o-1")), &out), NOTFOUND);
    assert_fault(w, "no person 'o-1'");
    static const struct { const char *what; str bytes; enum err err; const char *says; } refused[] = {
        {"organisations", S_INIT("code,parent,kind,name_ja\notsu-1,koh,bureau,奪\n"), NOTFOUND,
         "no organisation 'otsu-1'"},
        {"organisations", S_INIT("code,parent,kind,name_ja\nnew,otsu,bureau,新\n"), NOTFOUND, "no organisation 'otsu'"},
        {"organisations", S_INIT("code,parent,kind,name_ja\nkoh-1,otsu,bureau,新\n"), NOTFOUND,
         "no organisation 'otsu'"},
        {"organisations", S_INIT("code,parent,kind,name_ja\nnew,,bureau,新\n"), DENIED, "'new' would stand at the top"},
        {"organisations", S_INIT("code,parent,kind,name_ja\nkoh,,ministry,甲\n"), DENIED,
         "'koh' would stand at the top"},
        {"organisation-names", S_INIT("code,name_ja,to\nmod,何か,2007-01-08\n"), NOTFOUND, "no organisation 'mod'"},
        {"organisation-names", S_INIT("code,name_ja,to\notsu,何か,2001-01-08\n"), NOTFOUND, "no organisation 'otsu'"},
        {"links", S_INIT("kind,from,to\nsector,otsu,koh\n"), NOTFOUND, "no organisation 'otsu'"},
        {"links", S_INIT("kind,from,to\nsector,koh,otsu\n"), NOTFOUND, "no organisation 'otsu'"},
        {"people", S_INIT("code,org,name_ja\no-1,koh,奪\n"), NOTFOUND, "no person 'o-1'"},
        {"people", S_INIT("code,org,name_ja\nk-1,otsu,奪\n"), NOTFOUND, "no organisation 'otsu'"},
        {"systems", S_INIT("code,org,kind,name_ja\notsu-pc,koh,device,奪\n"), NOTFOUND, "no system 'otsu-pc'"},
        {"posts", S_INIT("code,duty,org,person\notsu-aud,auditor,koh,k-1\n"), NOTFOUND, "no post 'otsu-aud'"},
        {"posts", S_INIT("code,duty,org,person\nx,staff,koh,o-1\n"), NOTFOUND, "no person 'o-1'"},
        {"posts", S_INIT("code,duty,org,system\nx,staff,,otsu-pc\n"), NOTFOUND, "no system 'otsu-pc'"},
        {"posts", S_INIT("code,duty,org,deputy_of\nx,staff,koh,otsu-mgr\n"), NOTFOUND, "no post 'otsu-mgr'"},
        {"posts", S_INIT("code,duty,org,person\nx,administrator,koh,k-1\n"), DENIED,
         "carries rights that you do not hold"},
        {"posts", S_INIT("code,duty,org,person\nx,centre,koh,k-1\n"), DENIED,
         "carries rights that you do not hold (centre)"},
        {"duties", S_INIT("code,name_ja,rights\nmanager,統括,administer\n"), DENIED, "needs the right to administer"},
    };
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        assert_refused(w, refused[i].what, refused[i].bytes, refused[i].err, refused[i].says);
    acting_as(w, NULL);
    assert_str(str_of(everything(w)), before);
}

static void what_stood_before_may_stay(struct work *w)
{
    load_all(w);
    /* Someone of otsu holds a post of koh: its manager may change the post and leave them there. */
    IMPORT(w, "posts", S("code,duty,org,person\nkoh-vac,staff,koh-2,o-2\n"));
    acting_as(w, "k-1");
    IMPORT(w, "posts", S("code,duty,org,person,to\nkoh-vac,staff,koh-2,o-2,2007-09-30\n"));
    assert_has(export_of(w, "posts"), "koh-vac,staff,koh-2,,o-2,,,2007-09-30\r\n");
    IMPORT(w, "organisations", S("code,parent,kind,name_ja\nkoh,gov,ministry,新甲省\n"));
    assert_has(export_of(w, "organisations"), "koh,gov,ministry,9,新甲省,");
    /* A collision out of reach is refused without naming the other post. */
    acting_as(w, NULL);
    IMPORT(w, "posts", S("code,duty,org,person\nkoh-vac,staff,koh-2,o-1\n"));
    acting_as(w, "k-1");
    assert_refused(w, "posts", S("code,duty,org,person\nkoh-vac,system-manager,koh-2,o-1\n"), INVALID,
                   "'o-1' cannot hold the posts … and koh-vac at once");
}

static void names_are_for_those_who_may(struct work *w)
{
    load_all(w);
    IMPORT(w, "posts", S("code,duty,org,person\nkoh-stf,staff,koh,k-3\nkoh-stf2,system-manager,koh,k-2\n"));
    acting_as(w, "k-2/koh-stf2");
    str posts = VIEW_OF(w, "posts", NOTHING);
    assert_has(posts, "koh-mgr|統括情報セキュリティ責任者|koh=甲\"省|-|-|no|");
    assert_has(posts, "note who holds a post is shown to those who may see names");
    assert_lacks(posts, "甲田");
    str out;
    assert_err(w, view_err(w, "people", NOTHING, &out), DENIED);
    w->faults = (struct faults){0};
    assert_err(w, view_err(w, "conflicts", NOTHING, &out), DENIED);
    w->faults = (struct faults){0};
    assert_err(w, export_err(w, "posts", &out), DENIED);
    assert_int_equal(out.n, 0);
    assert_fault(w, "posts are exported by posts that may see names");
    assert_err(w, export_err(w, "people", &out), DENIED);
    w->faults = (struct faults){0};
    assert_refused(w, "people", S("code,org,name_ja\nx,koh,新\n"), DENIED, "");
    /* An administrator keeps duties, and no people. */
    acting_as(w, "c-1");
    IMPORT(w, "duties", S("code,name_ja,rights\nstaff,職員,answer\n"));
    assert_refused(w, "people", S("code,org,name_ja\nx,koh,新\n"), DENIED, "importing people needs the right to manage");
}

/* Name and address are a way in as that person: also in the posts that the manager does not reach. */
static void a_manager_renames_nobody_who_reaches_further(struct work *w)
{
    load_all(w);
    IMPORT(w, "people", S("code,org,name_ja,mail\nk-2,koh-1,甲田 二,k2@example.jp\n"));
    acting_as(w, "k-1");
    IMPORT(w, "people", S("code,org,name_ja,mail\nk-2,koh-1,甲田 二,mine@example.jp\n")); /* their own: as they like */
    acting_as(w, NULL);
    IMPORT(w, "posts", S("code,duty,org,person,from\notsu-k2,staff,otsu,k-2,2007-05-01\n")); /* from next week on */
    acting_as(w, "k-1");
    assert_refused(w, "people", S("code,org,name_ja,mail\nk-2,koh-1,甲田 二,again@example.jp\n"), DENIED,
                   "'k-2' also holds a post out of your reach");
    w->faults = (struct faults){0};
    str told;
    assert_err(w, import_err(w, "people", "given.csv", S("code,org,name_ja\nk-1,koh,甲田 一\nk-2,koh-1,別人\n"), true, &told),
               DENIED);
    assert_int_equal(w->faults.first[0].where.row, 3);
    assert_int_equal(w->faults.first[0].where.column, 3);
    assert_fault(w, "someone who reaches all of their posts");
    IMPORT(w, "people", S("code,org,name_ja,mail,to\nk-2,koh-1,甲田 二,mine@example.jp,2009-03-31\n")); /* the rest stays theirs */
    acting_as(w, NULL);
    IMPORT(w, "posts", S("code,duty,org,person,from,to\notsu-k2,staff,otsu,k-2,2007-03-01,2007-04-01\n"));
    IMPORT(w, "posts", S("code,duty,org,person\nkoh-a,administrator,koh,k-2\n"));
    acting_as(w, "k-1"); /* manages, and does not administer */
    assert_refused(w, "people", S("code,org,name_ja,mail\nk-2,koh-1,甲田 二,again@example.jp\n"), DENIED,
                   "with rights that you do not hold");
}

static void a_mail_address_is_one_persons(struct work *w)
{
    load_all(w);
    IMPORT(w, "people", S("code,org,name_ja,mail\no-1,otsu,乙山,o1@example.jp\n"));
    acting_as(w, "k-1");
    assert_refused(w, "people", S("code,org,name_ja,mail\nk-9,koh,新人,o1@example.jp\n"), INVALID,
                   "'o1@example.jp' is another person's (…)"); /* who it is they need not know */
    acting_as(w, NULL);
    str told;
    assert_err(w, import_err(w, "people", "given.csv", S("code,org,name_ja,mail\nk-9,koh,新人,o1@example.jp\n"), false, &told),
               INVALID);
    assert_int_equal(w->faults.first[0].where.row, 2);
    assert_int_equal(w->faults.first[0].where.column, 4);
    assert_fault(w, "another person's (o-1)");
    assert_refused(w, "people", S("code,org,name_ja,mail\nx-1,koh,新,x@example.jp\nx-2,koh,新,x@example.jp\n"), INVALID,
                   "(x-1)");
    IMPORT(w, "people", S("code,org,name_ja,mail,from,to\nx-1,koh,旧,x@example.jp,,2007-03-31\n"
                          "x-2,koh,新,x@example.jp,2007-04-01,\n")); /* one after the other */
    IMPORT(w, "people", S("code,org,name_ja,mail\no-1,otsu,乙山,k9@example.jp\nk-9,koh,新人,o1@example.jp\n"));
    IMPORT(w, "people", S("code,org,name_ja,mail\no-1,otsu,乙山,o1@example.jp\nk-9,koh,新人,k9@example.jp\n")); /* changed over */
}

static void a_new_person_has_no_stroke(struct work *w)
{
    load_all(w);
    assert_refused(w, "people", S("code,org,name_ja\nk-1/koh-mgr,koh,偽\n"), INVALID, "has a stroke (/)");
    IMPORT(w, "posts", S("code,duty,org,person\nkoh/x,staff,koh,k-2\n"));
}

static void duties_are_kept_by_those_who_reach_all(struct work *w)
{
    load_all(w);
    IMPORT(w, "posts", S("code,duty,org,person\nkoh-adm,administrator,koh,k-2\n"));
    acting_as(w, "k-2/koh-adm");
    assert_refused(w, "duties", S("code,name_ja,rights\nstaff,職員,answer\n"), DENIED,
                   "duties hold for every organisation");
}

/* ---- what is refused, and where ---- */

static str faults_text(const struct work *w)
{
    struct buf b = buf_in(shelf);
    int64_t n = w->faults.count < FAULTS_SHOWN ? w->faults.count : FAULTS_SHOWN;
    for (int64_t i = 0; i < n; i++) {
        const struct fault *f = &w->faults.first[i];
        buf_fmt(&b, "%.*s %d:%d %.*s: ", STR_ARG(f->where.file), (int)f->where.row, (int)f->where.column,
                STR_ARG(f->where.field));
        buf_add(&b, tr_fill(shelf, LANG_EN, f->id, f->arg, FAULT_ARGS));
        buf_byte(&b, '\n');
    }
    buf_fmt(&b, "%d in all\n", (int)w->faults.count);
    return buf_str(&b);
}

static const struct { const char *name, *what; } bad_files[] = {
    {"organisations", "organisations"}, {"circle", "organisations"},      {"header", "organisations"},
    {"names", "organisation-names"},    {"links", "links"},               {"duties", "duties"},
    {"titles", "duty-titles"},          {"forbidden", "duty-forbidden"},  {"people", "people"},
    {"posts", "posts"},                 {"combinations", "posts"},        {"systems", "systems"},
    {"many", "people"},                 {"spans", "people"},
};

static void bad_files_are_refused(struct work *w)
{
    load_all(w);
    const char *before = everything(w);
    for (size_t i = 0; i < sizeof bad_files / sizeof bad_files[0]; i++) {
        const char *name = str_c(shelf, str_fmt(shelf, "bad/%s", bad_files[i].name));
        str out, file = str_fmt(shelf, "%s.csv", bad_files[i].name);
        enum err e = import_err(w, bad_files[i].what, str_c(shelf, file), golden(name), false, &out);
        assert_int_not_equal(e, OK);
        assert_str(faults_text(w), str_c(shelf, read_file(path_of(name, ".faults"))));
        assert_str(out, "");
        w->faults = (struct faults){0};
        assert_str(str_of(everything(w)), before);
    }
}

/* ---- size ---- */

static void a_deep_tree(struct work *w)
{
    enum { DEEP = 2000 };
    struct buf b = buf_in(shelf);
    buf_add(&b, S("code,parent,kind,name_ja\n"));
    for (int i = DEEP; i > 0; i--) buf_fmt(&b, "u%d,u%d,unit,課\n", i, i - 1);
    buf_add(&b, S("u0,,unit,課\n"));
    assert_has(IMPORT(w, "organisations", buf_str(&b)), "added: 2001\n");
    struct org o;
    assert_ok(w, org_find(w, str_fmt(shelf, "u%d", DEEP), &o));
    assert_int_equal(o.depth, DEEP);
    assert_int_equal(o.lo, DEEP + 1);
    assert_refused(w, "organisations", S("code,parent,kind,name_ja\nu0,u2000,unit,課\n"), INVALID,
                   "the parents run in a circle: ");
}

static void a_wide_tree_and_its_preview(struct work *w)
{
    enum { WIDE = 50000 };
    struct buf b = buf_in(shelf);
    buf_add(&b, S("code,parent,kind,order,name_ja\ntop,,unit,0,頂\n"));
    for (int i = 1; i < WIDE; i++) buf_fmt(&b, "n%d,n%d,unit,%d,課\n", i, i / 7, WIDE - i);
    buf_add(&b, S("n0,top,unit,0,根\n"));
    str bytes = buf_str(&b);
    str told = IMPORT(w, "organisations", bytes);
    assert_has(told, "added: 50001\n");
    assert_has(told, "note only the first 1000 differences are listed");
    struct org o, last;
    assert_ok(w, org_find(w, S("n0"), &o));
    assert_int_equal(o.hi - o.lo, WIDE);
    assert_ok(w, org_find(w, S("n49999"), &last));
    assert_true(last.lo > o.lo && last.hi <= o.hi && last.hi == last.lo + 1);
    assert_has(IMPORT(w, "organisations", bytes), "unchanged: 50001\n");
}

static void more_rows_than_a_file_may_have(struct work *w)
{
    load_all(w);
    struct buf b = buf_in(shelf);
    buf_add(&b, S("code,org,name_ja\n"));
    for (int i = 0; i <= IMPORT_ROWS_MAX; i++) buf_fmt(&b, "t%d,koh,x\n", i);
    assert_refused(w, "people", buf_str(&b), INVALID, "more than 1000000 rows: import the file in parts");
    assert_lacks(export_of(w, "people"), "t0");
}

static void a_preview_ends_at_its_limit(struct work *w)
{
    load_all(w);
    struct buf b = buf_in(shelf);
    buf_add(&b, S("code,org,name_ja\n"));
    for (int i = 0; i < DIFFERENCES_MAX; i++) buf_fmt(&b, "t%d,koh,x\n", i);
    str told;
    assert_ok(w, import_err(w, "people", "given.csv", buf_str(&b), true, &told));
    assert_lacks(told, "only the first");
    assert_has(told, "added|t999|");
    buf_add(&b, S("t1000,koh,x\n"));
    assert_ok(w, import_err(w, "people", "given.csv", buf_str(&b), true, &told));
    assert_has(told, "note only the first 1000 differences are listed");
    assert_has(told, "added|t999|");
    assert_lacks(told, "added|t1000|");
}

static void codes_keep_what_they_are_given(void **state)
{
    (void)state;
    enum { LOTS = 100000 };
    struct arena *a = arena_new(0);
    struct codes *c = codes_new(a);
    bool fresh;
    for (int i = 0; i < LOTS; i++) {
        codes_add(c, str_fmt(a, "code-%d", i), &fresh)->id = i;
        assert_true(fresh);
    }
    assert_int_equal(codes_count(c), LOTS);
    for (int i = 0; i < LOTS; i++) {
        str text = str_fmt(a, "code-%d", i);
        struct code *code = codes_add(c, text, &fresh);
        assert_false(fresh);
        assert_int_equal(code->id, i);
        assert_true(str_eq(codes_text(c, code), text));
        assert_ptr_equal(codes_at(c, code->place), code);
    }
    assert_null(codes_find(c, S("code-100000")));
    assert_int_equal(codes_add(c, S(""), &fresh)->place, LOTS);
    char longest[CODE_TEXT_MAX];
    memset(longest, 'x', sizeof longest);
    str text = {longest, sizeof longest};
    assert_true(str_eq(codes_text(c, codes_add(c, text, &fresh)), text));
    arena_free(a);
}

static int shelf_new(void **state)
{
    (void)state;
    shelf = arena_new(0);
    return 0;
}
static int shelf_free(void **state)
{
    (void)state;
    arena_free(shelf);
    return 0;
}

#define ON_EACH(test) static void test##_each(void **state) { (void)state; each_store(test); }
#define EACH(test) cmocka_unit_test_setup_teardown(test##_each, shelf_new, shelf_free)
ON_EACH(files_come_back)
ON_EACH(a_rehearsal_changes_nothing)
ON_EACH(a_change_is_told_field_by_field)
ON_EACH(missing_columns_keep_what_is_stored)
ON_EACH(parents_and_deputies_may_stand_later)
ON_EACH(a_rename_keeps_the_body)
ON_EACH(those_that_ended_are_found_at_their_date)
ON_EACH(vacant_posts_are_found)
ON_EACH(posts_move_with_their_system)
ON_EACH(duties_have_titles_and_rights)
ON_EACH(conflicts_are_shown)
ON_EACH(forbidden_combinations_are_refused)
ON_EACH(a_manager_reaches_their_own_alone)
ON_EACH(a_manager_renames_nobody_who_reaches_further)
ON_EACH(a_mail_address_is_one_persons)
ON_EACH(a_new_person_has_no_stroke)
ON_EACH(what_stood_before_may_stay)
ON_EACH(names_are_for_those_who_may)
ON_EACH(duties_are_kept_by_those_who_reach_all)
ON_EACH(bad_files_are_refused)
ON_EACH(a_deep_tree)
ON_EACH(a_wide_tree_and_its_preview)
ON_EACH(a_preview_ends_at_its_limit)
static void too_many_rows(void **state) { (void)state; on_sqlite(more_rows_than_a_file_may_have); }

int main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(files_come_back),
        EACH(a_rehearsal_changes_nothing),
        EACH(a_change_is_told_field_by_field),
        EACH(missing_columns_keep_what_is_stored),
        EACH(parents_and_deputies_may_stand_later),
        EACH(a_rename_keeps_the_body),
        EACH(those_that_ended_are_found_at_their_date),
        EACH(vacant_posts_are_found),
        EACH(posts_move_with_their_system),
        EACH(duties_have_titles_and_rights),
        EACH(conflicts_are_shown),
        EACH(forbidden_combinations_are_refused),
        EACH(a_manager_reaches_their_own_alone),
        EACH(a_manager_renames_nobody_who_reaches_further),
        EACH(a_mail_address_is_one_persons),
        EACH(a_new_person_has_no_stroke),
        EACH(what_stood_before_may_stay),
        EACH(names_are_for_those_who_may),
        EACH(duties_are_kept_by_those_who_reach_all),
        EACH(bad_files_are_refused),
        EACH(a_deep_tree),
        EACH(a_wide_tree_and_its_preview),
        EACH(a_preview_ends_at_its_limit),
        cmocka_unit_test_setup_teardown(too_many_rows, shelf_new, shelf_free),
        cmocka_unit_test(codes_keep_what_they_are_given),
    };
    return cmocka_run_group_tests_name("registry", tests, NULL, NULL);
}
