/* Models in the store: versions, who sees which and what of it by name, changes, what is refused; and that no view of the room tells one
 * operator's service to another or to the centre. */
#include "inspect_kit.h"

#include "depend/depend.h"
#include "depend/depend_store.h"

#define SERVICES                                                                     \
    "code,what,ja,en,sector,org,site,tags,repair\n"                                  \
    "power,sector,電力,Power,,,,,\n"                                                  \
    "alpha-zz,,甲の秘密の設備,Alpha zz plant,power,A,zz-site,zz-tag,4\n"               \
    "beta,,乙の設備,Beta,power,B,,,2..3\n"                                            \
    "beta2,,共同の設備,Beta two,power,,,,2\n"                                         \
    "tel,,電話,Telephone,telecom,,,router,1\n"
#define NEEDS "service,need,ja,buffer\ntel,zz-need,甲からの電力,2\nalpha-zz,zz-line,回線,1\n"
#define SUPPLIERS "service,supplier,need\ntel,alpha-zz,zz-need\nalpha-zz,tel,zz-line\nbeta,alpha-zz,\nbeta2,alpha-zz,\n"
#define THREATS "code,cause,hits,ja\nworm,cyber,tag:router service:alpha-zz,虫\n"
#define FILE_OF(part, bytes) {part, bytes, part ".csv"}
#define NET {"model", "net"}
#define NET_FILES FILE_OF("services", SERVICES), FILE_OF("needs", NEEDS), FILE_OF("suppliers", SUPPLIERS), FILE_OF("threats", THREATS)

static void net_imported(struct work *w, bool shared)
{
    small_registry(w);
    become(w, "pc");
    if (shared) doing(w, "depend", "import", NET, {"org", "gov"}, {"ja", "網"}, NET_FILES, {"shared", "1"});
    else doing(w, "depend", "import", NET, {"org", "gov"}, {"ja", "網"}, NET_FILES);
}

/* ---- versions ---- */

static void versions(struct work *w)
{
    net_imported(w, false);
    struct kept *k = doing(w, "depend", "models", {0});
    assert_int_equal(rows_of(k, "models"), 1);
    assert_int_equal(cell_in(k, "models", 0, "version")->i, 1);
    refused(w, CONFLICT, "nothing is different from version 1", "depend", "import", NET, NET_FILES);
    k = doing(w, "depend", "import", NET, FILE_OF("services", SERVICES "gas,,,,power,,,,\n"), FILE_OF("suppliers", SUPPLIERS), {"note", "gas"});
    assert_int_equal(fact_int(k, "version"), 2);
    assert_int_equal(cell_in(k, "counts", 0, "added")->i, 1);
    assert_int_equal(cell_in(k, "counts", 1, "changed")->i, 2); /* buffers and names are the needs' no more */
    k = doing(w, "depend", "show", NET);
    assert_int_equal(rows_of(k, "versions"), 2);
    assert_int_equal(fact_int(k, "version"), 2);
    k = doing(w, "depend", "show", NET, {"version", "1"});
    assert_int_equal(fact_int(k, "services"), 4);
    refused(w, NOTFOUND, "no version 7", "depend", "show", NET, {"version", "7"});
    refused(w, NOTFOUND, "no model 'nett'", "depend", "show", {"model", "nett"});
}

static void nothing_is_kept_of_what_is_refused(struct work *w)
{
    net_imported(w, false);
    str before = state_of_store(w, true);
    refused(w, INVALID, "needs itself", "depend", "import", NET, FILE_OF("services", SERVICES), FILE_OF("suppliers", "service,supplier\ntel,tel\n"));
    refused(w, NOTFOUND, "no organisation 'Z'", "depend", "import", {"model", "other"}, {"org", "gov"}, {"ja", "他"},
            FILE_OF("services", "code,org\nx,A\ny,Z\n"), FILE_OF("suppliers", "service,supplier\nx,y\n"));
    refused(w, INVALID, "both wanted", "depend", "import", {"model", "other"}, {"ja", "他"}, FILE_OF("services", SERVICES));
    refused(w, INVALID, "wants a name", "depend", "import", {"model", "other"}, {"org", "gov"}, NET_FILES);
    refused(w, INVALID, "no / and no :", "depend", "import", {"model", "a/b"}, {"org", "gov"}, {"ja", "他"}, NET_FILES);
    refused(w, NOTFOUND, "no illustration", "depend", "import", {"model", "other"}, {"example", "none"});
    become(w, "poa"); /* whose reach has no B; the code is taken though the model is out of sight */
    refused(w, NOTFOUND, "no organisation 'B'", "depend", "import", {"model", "other"}, {"org", "A"}, {"ja", "他"}, NET_FILES);
    refused(w, CONFLICT, "taken", "depend", "import", NET, {"org", "A"}, {"ja", "他"}, NET_FILES);
    become(w, NULL);
    assert_true(str_eq(before, state_of_store(w, true)));
}

static void the_illustration(struct work *w)
{
    small_registry(w);
    become(w, "pc");
    doing(w, "depend", "import", {"model", "ten-sectors"}, {"example", "ten-sectors"});
    struct kept *k = doing(w, "depend", "show", {"model", "ten-sectors"});
    assert_int_equal(fact_int(k, "services"), 43);
    assert_true(noted_has(k, "illustration"));
    become(w, "poa"); /* it is shared */
    assert_int_equal(rows_of(doing(w, "depend", "models", {0}), "models"), 1);
    doing(w, "depend", "check", {"model", "ten-sectors"});
    k = doing(w, "depend", "worth", {"model", "ten-sectors"}, {"threat", "cy-ransom"});
    struct kept *more = doing(w, "depend", "run", {"model", "ten-sectors"}, {"threat", "cy-ransom"}, {"crew", str_c(w->a, cell_in(k, "crews", 0, "run")->text)});
    assert_true(cell_at(more, "figures", "now", NULL, "area")->i < cell_at(more, "figures", "was", NULL, "area")->i);
    refused(w, DENIED, "changed by who manages", "depend", "change", {"model", "ten-sectors"}, {"service", "tel-mobile"}, {"weight", "2"});
}

/* ---- changes ---- */

static void changes(struct work *w)
{
    net_imported(w, true);
    struct kept *k = doing(w, "depend", "change", NET, {"service", "tel"}, {"need", "zz-need"}, {"buffer", "8..10"}, {"recharge", "4"});
    assert_int_equal(fact_int(k, "version"), 2);
    assert_int_equal(rows_of(k, "changes"), 2);
    k = doing(w, "depend", "show", NET);
    assert_str(cell_at(k, "versions", "", NULL, "note")->text, "tel zz-need: buffer 2 → 8..10, recharge 0 → 4");
    doing(w, "depend", "change", NET, {"service", "tel"}, {"repair", "90m"}, {"black_start", "yes"}, {"revision", "2"}, {"note", "why"});
    doing(w, "depend", "change", NET, {"sector", "power"}, {"verification", "70"});
    k = doing(w, "depend", "service", NET, {"service", "tel"});
    assert_int_equal(rows_of(k, "needs"), 1);
    /* a stale one is not written, and shows both */
    k = doing(w, "depend", "change", NET, {"service", "tel"}, {"weight", "5"}, {"revision", "2"});
    assert_int_equal(fact_int(k, "changed"), 0);
    assert_str(cell_in(k, "both_texts", 0, "given")->text, "5");
    assert_int_equal(cell_in(doing(w, "depend", "models", {0}), "models", 0, "version")->i, 4);
    refused(w, CONFLICT, "nothing is different", "depend", "change", NET, {"service", "tel"}, {"repair", "1.5"});
    refused(w, INVALID, "no time", "depend", "change", NET, {"service", "tel"}, {"repair", "-1"});
    refused(w, INVALID, "no share", "depend", "change", NET, {"service", "tel"}, {"verification", "101"});
    refused(w, INVALID, "no weight", "depend", "change", NET, {"service", "tel"}, {"weight", "1e3"});
    refused(w, INVALID, "of no use here", "depend", "change", NET, {"service", "tel"}, {"buffer", "3"});
    refused(w, INVALID, "of no use here", "depend", "change", NET, {"sector", "power"}, {"buffer", "3"});
    refused(w, NOTFOUND, "no need 'x'", "depend", "change", NET, {"service", "tel"}, {"need", "x"}, {"buffer", "3"});
    refused(w, INVALID, "which service is changed", "depend", "change", NET, {"weight", "3"});
    refused(w, NOTFOUND, "no service 'beta'", "depend", "change", NET, {"service", "beta"}, {"weight", "3"}); /* the centre sees none of B's */
    refused(w, NOTFOUND, "no need 'alpha-zz'", "depend", "change", NET, {"service", "beta2"}, {"need", "alpha-zz"}, {"buffer", "3"});
    doing(w, "depend", "change", NET, {"service", "beta2"}, {"need", "operator-1"}, {"buffer", "3"});
    become(w, "pob"); /* ties went on from version to version */
    assert_int_equal(rows_of(doing(w, "depend", "show", NET), "services"), 3);
    refused(w, DENIED, "changed by who manages", "depend", "change", NET, {"service", "tel"}, {"weight", "3"});
    become(w, "pc");
    doing(w, "depend", "describe", NET, {"en", "Net"}, {"shared", "no"});
    become(w, "pob");
    refused(w, NOTFOUND, "no model 'net'", "depend", "show", NET);
}

/* ---- who sees what ---- */

static size_t named_to(struct work *w, const char *who)
{
    become(w, who);
    return rows_of(doing(w, "depend", "show", NET), "services");
}

static void names(struct work *w)
{
    net_imported(w, true);
    assert_int_equal(named_to(w, "poa"), 3); /* its own, and what is nobody's */
    assert_int_equal(named_to(w, "pob"), 3);
    assert_int_equal(named_to(w, "pha"), 2); /* reads names, but of a bureau below */
    assert_int_equal(named_to(w, "pc"), 2);
    assert_int_equal(named_to(w, "pv"), 2);
    assert_int_equal(named_to(w, NULL), 4);
    become(w, "poa");
    doing(w, "depend", "service", NET, {"service", "alpha-zz"});
    refused(w, NOTFOUND, "no service 'beta'", "depend", "service", NET, {"service", "beta"});
    refused(w, NOTFOUND, "no service 'nosuch'", "depend", "service", NET, {"service", "nosuch"}); /* the same words */
    become(w, "pa1");
    refused(w, DENIED, "see, manage or audit", "depend", "show", NET);
}

/* Everything that is told, in one text. */
struct loud {
    struct doc doc;
    struct buf said;
    size_t n;
};
static struct buf *of(struct doc *d) { return &((struct loud *)d)->said; }
static void say_text(struct doc *d, str s) { buf_fmt(of(d), "%.*s\n", STR_ARG(s)); }
static void say_cell(struct doc *d, const struct cell *c) { buf_fmt(of(d), "%.*s|%.*s|%.*s\n", STR_ARG(c->text), STR_ARG(c->ja), STR_ARG(c->en)); }
static void say_fact(struct doc *d, const char *key, str label, const struct cell *c)
{
    buf_fmt(of(d), "%s %.*s ", key, STR_ARG(label));
    say_cell(d, c);
}
static void say_table(struct doc *d, const char *name, const struct column *c, size_t n)
{
    (void)c;
    ((struct loud *)d)->n = n;
    buf_fmt(of(d), "[%s]\n", name);
}
static void say_row(struct doc *d, const struct cell *c)
{
    for (size_t i = 0; i < ((struct loud *)d)->n; i++) say_cell(d, &c[i]);
}
static void say_end(struct doc *d) { (void)d; }
static void say_show(struct doc *d, const struct show *s) { (void)d, (void)s; }
static void say_form(struct doc *d, const struct form *f)
{
    for (size_t i = 0; i < FORM_GIVEN && f->given[i].name != NULL; i++) say_text(d, f->given[i].value);
}
static void say_grid(struct doc *d, const char *how) { (void)d, (void)how; }
static const struct face loud_face = {say_text, say_text, say_text, say_fact, say_table, say_row, say_end, say_show, say_form, say_end, say_grid};

static const struct given known[] = {
    {S_INIT("model"), S_INIT("net"), NULL},     {S_INIT("service"), S_INIT("tel"), NULL},     {S_INIT("fail"), S_INIT("power"), NULL},
    {S_INIT("threat"), S_INIT("worm"), NULL},   {S_INIT("run"), S_INIT("k1"), NULL},          {S_INIT("sector"), S_INIT("power"), NULL},
    {S_INIT("with_model"), S_INIT("net"), NULL}, {S_INIT("other_fail"), S_INIT("telecom"), NULL}, {S_INIT("runs"), S_INIT("3"), NULL},
    {S_INIT("backup"), S_INIT("telecom"), NULL}, {S_INIT("backup_hours"), S_INIT("6"), NULL}, {S_INIT("with"), S_INIT("1"), NULL},
    {S_INIT("version"), S_INIT("1"), NULL},     {S_INIT("failures"), S_INIT("1"), NULL},      {S_INIT("pairs"), S_INIT("1"), NULL},
    {S_INIT("level"), S_INIT("low"), NULL},     {S_INIT("other_threat"), S_INIT("worm"), NULL}, {S_INIT("by"), S_INIT("sector"), NULL},
};

static size_t told_views;

static void assert_silent(struct work *w, const struct entry *e, const struct given *given, size_t n)
{
    static const char *const marks[] = {"zz-site", "zz-tag", "zz-line", "alpha-zz", "Alpha", "甲の秘密", "回線"};
    struct arena *beside = arena_new(0);
    struct loud l = {.doc = {.face = &loud_face, .w = w, .lang = LANG_JA}, .said = buf_in(beside)};
    struct args args;
    w->faults = (struct faults){0};
    enum err err = args_parse(w, e, given, n, &args);
    if (err == OK) err = door_view(w, &depend_room, e, &args, &l.doc);
    told_views += err == OK && l.said.n != 0;
    say_text(&l.doc, l.doc.title);
    say_text(&l.doc, l.doc.lead);
    for (int64_t i = 0; i < w->faults.count && i < FAULTS_SHOWN; i++)
        say_text(&l.doc, tr_fill(w->a, LANG_EN, w->faults.first[i].id, w->faults.first[i].arg, FAULT_ARGS));
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_find(buf_str(&l.said), str_of(marks[i])) >= 0)
            fail_msg("depend %s tells '%s' to %.*s:\n%.*s", e->name, marks[i], STR_ARG(w->actor->person_code), STR_ARG(buf_str(&l.said)));
    arena_free(beside);
    w->faults = (struct faults){0};
}

/* With what it needs alone, with each parameter that is known besides, and with all of them. */
static void walk(struct work *w, const struct entry *e)
{
    struct given all[32], must[32], more[33];
    size_t n_all = 0, n_must = 0;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const struct param *p = param_find(e, known[i].name);
        if (p == NULL || p->type == P_FILE) continue;
        all[n_all++] = known[i];
        if ((p->flags & REQUIRED) || str_eq(known[i].name, S("model"))) must[n_must++] = known[i];
    }
    assert_silent(w, e, must, n_must);
    assert_silent(w, e, all, n_all);
    for (size_t i = 0; i < n_all; i++) {
        memcpy(more, must, n_must * sizeof *must);
        more[n_must] = all[i];
        bool had = false;
        for (size_t k = 0; k < n_must; k++) had |= str_eq(must[k].name, all[i].name);
        if (!had) assert_silent(w, e, more, n_must + 1);
    }
}

static void no_view_tells_of_an_operator(struct work *w)
{
    static const char *const others[] = {"pob", "phb", "pc", "pv", "pha"};
    net_imported(w, true);
    doing(w, "depend", "change", NET, {"service", "tel"}, {"weight", "2"});
    doing(w, "depend", "simulate", {"code", "k1"}, NET, {"fail", "telecom"}, {"runs", "3"});
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        become(w, others[i]);
        told_views = 0;
        for (size_t k = 0; k < depend_room.n_entries; k++)
            if (depend_room.entries[k].kind == ENTRY_VIEW) walk(w, &depend_room.entries[k]);
        assert_true(told_views > 20);
        refused(w, NOTFOUND, "no service 'alpha-zz'", "depend", "service", NET, {"service", "alpha-zz"});
    }
    become(w, "poa"); /* whose it is, it tells: silence is not for want of words */
    struct kept *k = doing(w, "depend", "show", NET);
    assert_true(row_of(k, "services", "alpha-zz", NULL) >= 0);
}

static void files_out(struct work *w)
{
    net_imported(w, true);
    become(w, NULL);
    str bytes = file_of_entry(w, "depend", "export", ASK(NET, {"what", "suppliers"}));
    assert_str(bytes, "service,supplier,need\r\nalpha-zz,tel,zz-line\r\nbeta,alpha-zz,\r\nbeta2,alpha-zz,\r\ntel,alpha-zz,zz-need\r\n");
    become(w, "pob");
    struct given given[2] = {{S("model"), S("net"), NULL}, {S("what"), S("services"), NULL}};
    struct args args;
    struct gathering to = {.out = {gather_put, LANG_EN}, .b = buf_in(w->a)};
    const struct entry *e = entry_of("depend", "export");
    assert_ok(w, args_parse(w, e, given, 2, &args));
    assert_err(w, door_file(w, &depend_room, e, &args, &to.out), DENIED);
    assert_int_equal(to.b.n, 0);
}

#define ON_EACH(test) \
    static void each_##test(void **state) { (void)state; each_store(test); }
ON_EACH(versions)
ON_EACH(nothing_is_kept_of_what_is_refused)
ON_EACH(the_illustration)
ON_EACH(changes)
ON_EACH(names)
ON_EACH(no_view_tells_of_an_operator)
ON_EACH(files_out)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_versions), cmocka_unit_test(each_nothing_is_kept_of_what_is_refused), cmocka_unit_test(each_the_illustration),
        cmocka_unit_test(each_changes),  cmocka_unit_test(each_names),                              cmocka_unit_test(each_no_view_tells_of_an_operator),
        cmocka_unit_test(each_files_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
