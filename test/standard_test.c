/* The standard room through its entries, on both engines: editions, CSV in and out, checks, diff, gaps, adoptions. */
#include "support.h"

#include <stdio.h>

#include "base/clock.h"
#include "standard/items.h"
#include "surface/door.h"

enum { PUT_ORG, PUT_DUTY };
static const struct sql sql[] = {
    [PUT_ORG] = OPEN("test data",
                     "INSERT INTO org (code, parent, kind, ord, lo, hi, depth, name_ja, name_en)"
                     " VALUES ($1, (SELECT o.id FROM org o WHERE o.code = $2), 'ministry', $3, $3, $4, $5, $1, $1)"),
    [PUT_DUTY] = SQL("INSERT INTO duty (code, name_ja, name_en, ord, rights) VALUES ($1, $1, $1, 1, 0)"),
};

/* ---- a face that keeps what is told, a line each ---- */
struct kept {
    struct doc doc;
    struct buf b;
};
static void put_cell(struct kept *k, const struct cell *c)
{
    struct arena *a = k->doc.w->a;
    if (c->type == CELL_NONE)
        buf_byte(&k->b, '-');
    else if (c->type == CELL_INT)
        buf_int(&k->b, c->i);
    else if (c->type == CELL_BOOL)
        buf_add(&k->b, c->i != 0 ? S("yes") : S("no"));
    else if (c->type == CELL_DATE)
        buf_add(&k->b, date_text(a, c->i));
    else if (c->type == CELL_RATE)
        buf_fmt(&k->b, "%d/%d", (int)c->rate.n, (int)c->rate.d);
    else if (c->type == CELL_ENUM || c->type == CELL_ORG || c->type == CELL_CLAUSE)
        buf_add(&k->b, c->text);
    else
        buf_add(&k->b, doc_cell_words(a, LANG_EN, c));
}
static void on_words(struct doc *d, str text)
{
    struct kept *k = (struct kept *)d;
    buf_fmt(&k->b, "%.*s\n", STR_ARG(text));
}
static void on_fact(struct doc *d, const char *key, str label, const struct cell *c)
{
    struct kept *k = (struct kept *)d;
    (void)label;
    buf_fmt(&k->b, "%s=", key);
    put_cell(k, c);
    buf_byte(&k->b, '\n');
}
static void on_table(struct doc *d, const char *name, const struct column *columns, size_t n)
{
    struct kept *k = (struct kept *)d;
    (void)columns, (void)n;
    buf_fmt(&k->b, "[%s]\n", name);
}
static void on_row(struct doc *d, const struct cell *cells)
{
    struct kept *k = (struct kept *)d;
    for (size_t i = 0; i < d->n_columns; i++) {
        if (i != 0) buf_byte(&k->b, '|');
        put_cell(k, &cells[i]);
    }
    buf_byte(&k->b, '\n');
}
static void on_end(struct doc *d) { (void)d; }
static const struct face face = {on_words, on_words, on_words, on_fact, on_table, on_row, on_end};

/* ---- running entries ---- */
struct catcher {
    struct bytes_out out;
    struct buf b;
};
static enum err catch_bytes(struct bytes_out *o, str bytes)
{
    buf_add(&((struct catcher *)o)->b, bytes);
    return OK;
}

static struct file source_file(struct work *w, str name)
{
    const char *source = getenv("SOURCE");
    FILE *f =
        fopen(str_c(w->a, str_fmt(w->a, "%s/test/standard/%.*s", source == NULL ? "." : source, STR_ARG(name))), "rb");
    if (f == NULL) fail_msg("no test file %.*s", STR_ARG(name));
    struct buf b = buf_in(w->a);
    char chunk[4096];
    for (size_t n; (n = fread(chunk, 1, sizeof chunk, f)) != 0;) buf_add(&b, (str){chunk, n});
    fclose(f);
    return (struct file){.name = name, .bytes = buf_str(&b), .sha256 = S("")};
}

static int acts;

/* words: "import edition=e1 what=sections file=sections.csv"; what it told is in *told. bytes given take the file's
 * place. */
static enum err run(struct work *w, const char *words, const struct file *bytes, str *told)
{
    struct given given[16];
    struct file files[4];
    size_t n = 0, n_files = 0;
    str rest = str_of(words), word, name;
    words_next(&rest, &name);
    const struct entry *e = entry_find(&standard_room, name);
    assert_non_null(e);
    for (; words_next(&rest, &word); n++) {
        str value = word, key;
        str_cut(&value, '=', &key);
        given[n] = (struct given){.name = key, .text = value};
        if (!str_eq(key, S("file"))) continue;
        files[n_files] = bytes != NULL ? *bytes : source_file(w, value);
        given[n].file = &files[n_files++];
    }
    struct args in;
    enum err err = args_parse(w, e, given, n, &in);
    struct arena *beside = arena_new(0); /* what a face is told is borrowed, and w->a is put back behind it */
    struct kept k = {.doc = {.face = &face, .w = w}, .b = buf_in(beside)};
    struct catcher c = {{catch_bytes}, buf_in(w->a)};
    str act = str_fmt(w->a, "test-%d", ++acts);
    if (err != OK) {
        arena_free(beside);
        return err;
    }
    if (e->kind == ENTRY_FILE)
        err = door_file(w, &standard_room, e, &in, &c.out);
    else if (e->kind == ENTRY_VIEW)
        err = door_view(w, &standard_room, e, &in, &k.doc);
    else
        err = door_act(w, &standard_room, e, &in, act, false, &k.doc);
    *told = e->kind == ENTRY_FILE ? buf_str(&c.b) : str_dup(w->a, buf_str(&k.b));
    arena_free(beside);
    return err;
}

static str must(struct work *w, const char *words)
{
    str told = S("");
    assert_ok(w, run(w, words, NULL, &told));
    return told;
}

static void refused(struct work *w, const char *words, enum err err, const char *part)
{
    str told;
    assert_err(w, run(w, words, NULL, &told), err);
    assert_fault(w, part);
}

static void holds(str told, const char *line)
{
    if (str_find(told, str_of(line)) < 0) fail_msg("no '%s' in:\n%.*s", line, STR_ARG(told));
}

/* ---- the world ---- */
static void put_org(struct work *w, const char *code, const char *parent, int64_t lo, int64_t hi, int64_t depth)
{
    assert_ok(
        w, store_run(w, &sql[PUT_ORG], ARGS(TEXT(str_of(code)), TEXT(str_of(parent)), INT(lo), INT(hi), INT(depth))));
}

static void world(struct work *w)
{
    static const char *const duties[] = {"ciso", "staff", "system"};
    assert_ok(w, store_begin(w));
    put_org(w, "centre", "", 1, 10, 0);
    put_org(w, "mofa", "centre", 2, 6, 1);
    put_org(w, "mofa-bureau", "mofa", 3, 5, 2);
    put_org(w, "env", "centre", 6, 8, 1);
    for (size_t i = 0; i < 3; i++) assert_ok(w, store_run(w, &sql[PUT_DUTY], ARGS(TEXT(str_of(duties[i])))));
    assert_ok(w, store_commit(w));
}

static void editions(struct work *w)
{
    world(w);
    must(w, "edition code=gov-1 catalogue=gov title_ja=統一基準 title_en=Standard effective=2005-12-13");
    must(w, "import edition=gov-1 what=sections file=sections.csv");
    must(w, "import edition=gov-1 what=clauses file=clauses-1.csv");
    must(w, "import edition=gov-1 what=questions file=questions.csv");
    must(w, "edition code=gov-2 catalogue=gov title_ja=統一基準第２版 effective=2007-06-14");
    must(w, "import edition=gov-2 what=sections file=sections.csv");
    must(w, "import edition=gov-2 what=clauses file=clauses-2.csv");
    must(w, "edition code=own catalogue=own title_ja=外務省基準 owner=mofa");
    must(w, "import edition=own what=sections file=own-sections.csv");
    must(w, "import edition=own what=clauses file=own-clauses.csv");
}

/* Another actor on the same store. */
static struct actor manager(const char *org, int64_t lo, int64_t hi, unsigned rights)
{
    return (struct actor){.person = 1,
                          .post = 0, /* an actor of the test's making: the door would look a real post up again */
                          .org = 1,
                          .person_code = S("p1"),
                          .name = S("p"),
                          .post_code = S("x"),
                          .duty = S("staff"),
                          .org_code = str_of(org),
                          .lo = lo,
                          .hi = hi,
                          .rights = rights,
                          .system_user = S("tester")};
}

static void act_as(struct work *w, struct actor *actor)
{
    w->actor = actor;
    w->lo = actor->lo;
    w->hi = actor->hi;
}

/* ---- tests ---- */
static void csv_comes_back(struct work *w)
{
    static const struct {
        const char *export, *file;
    } cases[] = {
        {"export edition=gov-1 what=sections", "sections.csv"},
        {"export edition=gov-1 what=clauses", "clauses-1.csv"},
        {"export edition=gov-1 what=questions", "questions.csv"},
        {"export edition=gov-2 what=clauses", "clauses-2.csv"},
        {"export edition=gov-2 what=mapping from=gov-1", "mapping.csv"},
        {"export edition=gov-1 what=adoptions", "adoptions.csv"},
    };
    editions(w);
    must(w, "import edition=gov-2 what=mapping from=gov-1 file=mapping.csv");
    must(w, "import edition=gov-1 what=adoptions file=adoptions.csv");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        str out = must(w, cases[i].export), wanted = source_file(w, str_of(cases[i].file)).bytes;
        assert_int_equal(out.n, wanted.n);
        assert_memory_equal(out.p, wanted.p, wanted.n);
    }
    holds(must(w, "import edition=gov-1 what=clauses file=clauses-1.csv"),
          "added=0\nchanged=0\nunchanged=5\nremoved=0\n");
    holds(must(w, "import edition=gov-2 what=mapping from=gov-1 file=mapping.csv"),
          "added=0\nchanged=0\nunchanged=6\nremoved=0\n");
}

static void reads_whole(struct work *w)
{
    editions(w);
    struct edition x;
    struct question *q;
    size_t n;
    assert_ok(w, standard_edition(w, S("gov-1"), &x));
    assert_int_equal(x.n_parts, 2);
    assert_str(x.parts[1].code, "4");
    assert_int_equal(x.n_clauses, 5);
    for (size_t i = 0; i < x.n_clauses; i++) assert_int_equal(x.clauses[i].pos, i);
    assert_int_equal(x.clauses[1].part, 0);
    assert_int_equal(x.clauses[3].part, 1);
    assert_true(x.clauses[3].enhanced && x.clauses[3].no_occasion && !x.clauses[4].no_occasion);
    assert_str(x.clauses[3].duty, "system");
    assert_int_equal(standard_clause(&x, S("4.1.6(1)(e)")), 3);
    assert_int_equal(standard_clause(&x, S("4.1.6")), -1);
    assert_ok(w, standard_questions(w, &x, &q, &n));
    assert_int_equal(n, 3);
    assert_true(!q[0].any && q[1].any && q[2].any);
    assert_int_equal(q[1].n_clauses, 2);
    assert_int_equal(q[1].clauses[0], 2);
    assert_int_equal(q[1].clauses[1], 3);
    struct edition again;
    assert_ok(w, standard_edition_by_id(w, x.id, &again));
    assert_str(again.code, "gov-1");
    assert_err(w, standard_edition(w, S("none"), &x), NOTFOUND);
    assert_fault(w, "no edition 'none'");
}

static void continues(struct work *w)
{
    editions(w);
    struct edition from, to;
    ptrdiff_t *earlier;
    bool mapped;
    assert_ok(w, standard_edition(w, S("gov-1"), &from));
    assert_ok(w, standard_edition(w, S("gov-2"), &to));
    assert_ok(w, standard_continues(w, &from, &to, &earlier, &mapped));
    assert_false(mapped);
    for (size_t i = 0; i < to.n_clauses; i++) assert_int_equal(earlier[i], -1);
    must(w, "import edition=gov-2 what=mapping from=gov-1 file=mapping.csv");
    static const ptrdiff_t wanted[] = {0, 1, 2, -1, -1};
    assert_ok(w, standard_continues(w, &from, &to, &earlier, &mapped));
    assert_true(mapped);
    for (size_t i = 0; i < 5; i++) assert_int_equal(earlier[i], wanted[i]);
    assert_ok(w, standard_continues(w, &to, &to, &earlier, &mapped));
    for (size_t i = 0; i < 5; i++) assert_int_equal(earlier[i], i);
}

static void views(struct work *w)
{
    editions(w);
    str told = must(w, "list");
    holds(told, "gov-1|gov|Standard|2005-12-13|no|5|-\n");
    holds(told, "own|own|外務省基準|-|no|3|mofa\n");
    told = must(w, "show edition=gov-1 part=4 level=enhanced");
    holds(told, "basic=3\nenhanced=2\n");
    holds(told, "4|4.1.6|Cryptography|4.1.6(1)(e)|-|enhanced|system|yes|-|A validated product");
    assert_int_equal(str_find(told, S("4.1.6(1)(a)")), -1);
    assert_int_equal(str_find(must(w, "show edition=gov-1 duty=ciso"), S("|staff|")), -1);
    holds(must(w, "questions edition=gov-1 duty=system"),
          "q2|system|any|4.1.6(1)(a) 4.1.6(1)(e)|Do you manage the keys?");
    told = must(w, "diff from=gov-1 to=gov-2");
    holds(told, "same=2\nmoved=1\nchanged=1\nsplit=0\nnew=1\ndropped=1\n");
    holds(told, "changed|4.1.6(1)(e)|4.1.6(1)(e)|level: enhanced → basic|-|enhanced|basic|");
    holds(told, "no mapping from 'gov-1' to 'gov-2' was made: compared by number and wording");
    must(w, "import edition=gov-2 what=mapping from=gov-1 file=mapping.csv");
    told = must(w, "diff from=gov-1 to=gov-2");
    holds(told, "changed|4.1.6(1)(e)|4.1.6(1)(e)|level: enhanced → basic|enhanced becomes basic|");
    assert_int_equal(str_find(told, S("no mapping")), -1);
    assert_int_equal(str_find(told, S("same|")), -1);
    holds(must(w, "diff from=gov-1 to=gov-2 all=1"), "same|2.1.1(1)(a)|2.1.1(1)(a)|");
    refused(w, "show edition=nowhere", NOTFOUND, "no edition 'nowhere'");
}

static void gaps(struct work *w)
{
    editions(w);
    must(w, "decide edition=gov-1");
    str told =
        must(w, "gaps own=own"); /* no mapping: by number, where nothing fits but wording that stands under another */
    holds(told, "edition=gov-1\ncovered=0/3\n");
    must(w, "import edition=gov-1 what=mapping from=own file=own-mapping.csv");
    told = must(w, "gaps own=own");
    holds(told, "changed|4.1.6(1)(a)|basic|system|A-2|");
    holds(told, "absent|2.1.1(1)(b)|basic|staff|-|");
    holds(told, "covered=2/3\nrequired=3\nlook=1\nabsent=1\nnot_adopted=2\n");
    must(w, "import edition=gov-1 what=adoptions file=adoptions.csv"); /* mofa adopts one enhanced clause */
    told = must(w, "gaps own=own edition=gov-1");
    holds(told, "absent|4.1.6(1)(e)|enhanced|");
    holds(told, "covered=2/4\nrequired=4\nlook=1\nabsent=2\nnot_adopted=1\n");
}

static void adoptions_in_scope(struct work *w)
{
    editions(w);
    must(w, "import edition=gov-1 what=adoptions file=adoptions.csv");
    struct edition x;
    struct adoption *all;
    size_t n;
    assert_ok(w, standard_edition(w, S("gov-1"), &x));
    assert_ok(w, standard_adoptions(w, &x, INT64_MAX, &all, &n));
    assert_int_equal(n, 2);
    assert_true(all[0].adopted && !all[1].adopted && all[0].clause == 3);
    holds(must(w, "adoptions edition=gov-1"),
          "mofa|4.1.6(1)(e)|yes|2007-06-14|CISO|important\nmofa-bureau|4.1.6(1)(e)|no|-|-|none here\n");
    struct actor bureau = manager("mofa-bureau", 3, 5, MAY_MANAGE), env = manager("env", 6, 8, MAY_MANAGE);
    act_as(w, &env);
    assert_int_equal(str_find(must(w, "adoptions edition=gov-1"), S("mofa")), -1);
    act_as(w, &bureau);
    holds(must(w, "adoptions edition=gov-1"), "mofa|4.1.6(1)(e)|yes"); /* what holds above holds here */
    refused(w, "import edition=gov-1 what=adoptions file=adoptions.csv", NOTFOUND, "no organisation 'mofa'");
}

static void who_may(struct work *w)
{
    editions(w);
    struct actor mofa = manager("mofa", 2, 6, MAY_MANAGE), env = manager("env", 6, 8, MAY_MANAGE);
    struct actor centre = manager("centre", 1, 10, MAY_CENTRE);
    act_as(w, &mofa);
    refused(w, "edition code=gov-1 title_en=Mine", DENIED, "only the centre");
    refused(w, "import edition=gov-1 what=clauses file=clauses-1.csv", DENIED, "only the centre");
    refused(w, "decide edition=gov-1", DENIED, "only the centre");
    refused(w, "import edition=gov-2 what=mapping from=gov-1 file=mapping.csv", DENIED, "only the centre");
    must(w, "edition code=own title_en=Ours");
    must(w, "import edition=gov-1 what=mapping from=own file=own-mapping.csv");
    act_as(w, &env);
    refused(w, "edition code=own title_en=Theirs", DENIED, "another organisation's own");
    refused(w, "import edition=own what=sections file=own-sections.csv", DENIED, "another organisation's own");
    act_as(w, &centre);
    must(w, "edition code=gov-1 title_en=Government");
    refused(w, "decide edition=own", DENIED, "another organisation's own");
}

static void decided(struct work *w)
{
    static const struct {
        const char *csv, *fault;
    } cases[] = {
        {"number,section,parent,level,duty,no_occasion,text_ja,text_en\n2.1.1(1)(a),2.1.1,,enhanced,ciso,no,"
         "最高情報セキュリティ責任者は、委員会を置くこと。,The CISO shall set up a committee.\n",
         "level of '2.1.1(1)(a)' does not change"},
        {"number,section,parent,level,duty,no_occasion,text_ja,text_en\n9,2.1.1,,basic,ciso,no,x,\n",
         "'9' cannot be added"},
        {"number,section,parent,level,duty,no_occasion,text_ja,text_en\n2.1.1(1)(a),2.1.1,,basic,ciso,no,別の文,The "
         "CISO shall set up a committee.\n",
         "text_ja of '2.1.1(1)(a)' does not change"},
    };
    editions(w);
    str told;
    must(w, "edition code=gov-1 title_en=Standard");
    must(w, "decide edition=gov-1");
    refused(w, "decide edition=gov-1", CONFLICT, "decided already");
    refused(w, "import edition=gov-1 what=clauses replace=1 file=clauses-2.csv", CONFLICT, "the edition is decided");
    refused(w, "edition code=gov-1 effective=2006-01-01", CONFLICT, "effective of 'gov-1'");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct file f = {.name = S("t.csv"), .bytes = str_of(cases[i].csv), .sha256 = S("")};
        assert_err(w, run(w, "import edition=gov-1 what=clauses file=t", &f, &told), CONFLICT);
        assert_fault(w, cases[i].fault);
    }
    must(w, "decide edition=own");
    struct file en = {.name = S("en.csv"),
                      .sha256 = S(""),
                      .bytes = S("number,section,parent,level,duty,no_occasion,text_ja,text_en\n"
                                 "A-3,A,,basic,staff,yes,机を片付けること。,Desks are cleared.\n")};
    assert_ok(w, run(w, "import edition=own what=clauses file=en", &en, &told)); /* a translation is filled in */
    holds(told, "changed|A-3|text_en|-|Desks are cleared.\n");
    struct edition x;
    assert_ok(w, standard_edition(w, S("own"), &x));
    assert_int_equal(standard_clause(&x, S("A-3")), 2);
}

static void merging(struct work *w)
{
    editions(w);
    str told;
    struct file one = {.name = S("one.csv"),
                       .sha256 = S(""),
                       .bytes = S("number,section,parent,level,duty,no_occasion,text_ja,text_en\n"
                                  "A-4,A,A-1,enhanced,ciso,yes,副委員長を置くこと。,\nA-1,A,,basic,ciso,yes,"
                                  "最高情報セキュリティ責任者は、委員会を置くこと。,\n")};
    assert_ok(w, run(w, "import edition=own what=clauses file=one", &one, &told));
    holds(told,
          "added=1\nchanged=1\nunchanged=0\nremoved=0\n[clauses]\nchanged|A-1|no_occasion|no|yes\nadded|A-4|-|-|-\n");
    struct edition x;
    assert_ok(w, standard_edition(w, S("own"), &x));
    assert_int_equal(standard_clause(&x, S("A-4")), 3);
    struct file all = {.name = S("all.csv"),
                       .sha256 = S(""),
                       .bytes = S("number,section,parent,level,duty,no_occasion,text_ja,text_en\n"
                                  "A-3,A,,basic,staff,yes,机を片付けること。,\nA-1,A,,basic,ciso,yes,"
                                  "最高情報セキュリティ責任者は、委員会を置くこと。,\n")};
    assert_ok(w, run(w, "import edition=own what=clauses replace=1 file=all", &all, &told));
    holds(told, "removed=2\n");
    holds(told, "changed|A-3|position|2|1\n");
    assert_ok(w, standard_edition(w, S("own"), &x));
    assert_int_equal(x.n_clauses, 2);
    assert_int_equal(standard_clause(&x, S("A-3")), 0);
    must(w, "import edition=gov-2 what=mapping from=gov-1 file=mapping.csv");
    refused(w, "import edition=gov-2 what=clauses replace=1 file=clauses-1.csv", CONFLICT,
            "a mapping, an adoption or a check names it");
    refused(w, "import edition=gov-1 what=sections replace=1 file=own-sections.csv", CONFLICT,
            "cannot be taken out: clause");
    struct file moved = {
        .name = S("s.csv"), .sha256 = S(""), .bytes = S("code,parent,title_ja,title_en\nB,,新,\nA,B,省の基準,\n")};
    assert_ok(w, run(w, "import edition=own what=sections file=s", &moved, &told));
    struct file flat = {
        .name = S("s.csv"), .sha256 = S(""), .bytes = S("code,parent,title_ja,title_en\nA,,省の基準,\n")};
    assert_ok(w,
              run(w, "import edition=own what=sections replace=1 file=s", &flat, &told)); /* A no longer stands in B */
    holds(told, "removed|B|-|-|-\n");
}

/* file, row, column and words of the first fault */
static void refusals(struct work *w)
{
    static const char sections[] = "code,parent,title_ja,title_en\n";
    static const char clauses[] = "number,section,parent,level,duty,no_occasion,text_ja,text_en\n";
    static const char questions[] = "code,duty,rule,clauses,text_ja,text_en,example_ja,example_en,help_ja,help_en\n";
    static const char mapping[] = "from,to,kind,reason_ja,reason_en\n";
    static const char adoptions[] = "org,clause,adopted,date,by,reason_ja,reason_en\n";
    static const struct {
        const char *words, *header, *rows;
        int row, column;
        const char *fault;
    } cases[] = {
        {"import edition=nowhere what=sections file=f", sections, "1,,x,\n", 0, 0, "no edition 'nowhere'"},
        {"import edition=gov-1 what=sections file=f", sections, "7,8,x,\n", 2, 2, "unknown parent '8'"},
        {"import edition=gov-1 what=sections file=f", sections, "7,8,x,\n8,,x,\n", 2, 2,
         "the parent '8' must come before"},
        {"import edition=gov-1 what=sections file=f", sections, "7,,,\n", 2, 3, "section '7' needs a title"},
        {"import edition=gov-1 what=sections file=f", sections, "7,,x,\n7,,y,\n", 3, 1,
         "'7' occurs twice, first in row 2"},
        {"import edition=gov-1 what=sections file=f", sections, ",,x,\n", 2, 1, "'code' must not be empty"},
        {"import edition=gov-1 what=sections file=f", "code,parent\n", "7,\n", 1, 0, "column 'title_ja' is missing"},
        {"import edition=gov-1 what=clauses file=f", clauses, "9,nowhere,,basic,ciso,no,x,\n", 2, 2,
         "unknown section 'nowhere'"},
        {"import edition=gov-1 what=clauses file=f", clauses, "9,2.1,,weak,ciso,no,x,\n", 2, 4,
         "'weak' is none of: basic enhanced"},
        {"import edition=gov-1 what=clauses file=f", clauses, "9,2.1,,basic,king,no,x,\n", 2, 5, "unknown duty 'king'"},
        {"import edition=gov-1 what=clauses file=f", clauses, "9,2.1,,basic,ciso,maybe,x,\n", 2, 6,
         "'maybe' is none of: yes no"},
        {"import edition=gov-1 what=clauses file=f", clauses, "9,2.1,,basic,ciso,no,x,\n9,2.1,,basic,ciso,no,x,\n", 3,
         1, "'9' occurs twice"},
        {"import edition=gov-1 what=clauses file=f", clauses, "9,2.1,,basic,ciso,no,,\n", 2, 7,
         "needs a text or a title"},
        {"import edition=gov-1 what=clauses file=f", clauses, "9 a,2.1,,basic,ciso,no,x,\n", 2, 1,
         "must not hold a blank"},
        {"import edition=gov-1 what=clauses file=f", clauses, "9,2.1,2.1.1(1)(a),basic,ciso,no,x,\n", 2, 3,
         "stands in another section"},
        {"import edition=gov-1 what=clauses file=f", clauses, "4.1.6(1)(a),4.1.6,,basic,ciso,yes,x,\n", 0, 0,
         "binds 'ciso', but the question is put to 'system'"},
        {"import edition=gov-1 what=questions file=f", questions, "q9,staff,all,4.1.6(1)(e),x,,,,,\n", 2, 4,
         "binds 'system', but the question is put to 'staff'"},
        {"import edition=gov-1 what=questions file=f", questions, "q9,system,all,4.1.6(1)(e),x,,,,,\n", 2, 3,
         "serve clause '4.1.6(1)(e)' by different rules"},
        {"import edition=gov-1 what=questions file=f", questions, "q9,system,any,4.9,x,,,,,\n", 2, 4,
         "unknown clause '4.9'"},
        {"import edition=gov-1 what=questions file=f", questions, "q9,system,any,,x,,,,,\n", 2, 4, "serves no clause"},
        {"import edition=gov-1 what=questions file=f", questions, "q9,system,any,4.1.6(1)(e) 4.1.6(1)(e),x,,,,,\n", 2,
         4, "named twice"},
        {"import edition=gov-1 what=questions file=f", questions, "q9,system,some,4.1.6(2)(a),x,,,,,\n", 2, 3,
         "'some' is none of: all any"},
        {"import edition=gov-2 what=mapping file=f", mapping, "", 0, 0, "name the earlier one with 'from'"},
        {"import edition=gov-2 what=mapping from=gov-1 file=f", mapping, "2.1.1(1)(a),2.1.1(1)(a),new,,\n", 2, 3,
         "kind 'new' does not fit"},
        {"import edition=gov-2 what=mapping from=gov-1 file=f", mapping, ",2.1.1(1)(a),dropped,,\n", 2, 3,
         "kind 'dropped' does not fit"},
        {"import edition=gov-2 what=mapping from=gov-1 file=f", mapping, "4.1.6(1)(e),4.1.6(1)(e),same,,\n", 2, 3,
         "the kind must be 'changed'"},
        {"import edition=gov-2 what=mapping from=gov-1 file=f", mapping,
         "4.1.6(1)(a),4.1.6(1)(b),same,,\n4.1.6(1)(a),2.1.1(1)(b),same,,\n", 3, 3, "the kind must be 'changed'"},
        {"import edition=gov-2 what=mapping from=gov-1 file=f", mapping, "x,4.1.6(1)(b),same,,\n", 2, 1,
         "unknown clause 'x'"},
        {"import edition=gov-2 what=mapping from=gov-1 file=f", mapping,
         "2.1.1(1)(a),,dropped,,\n2.1.1(1)(a),2.1.1(1)(a),same,,\n", 2, 3, "dropped here and continued"},
        {"import edition=gov-1 what=adoptions file=f", adoptions, "mofa,2.1.1(1)(a),yes,,,,\n", 2, 2, "is basic"},
        {"import edition=gov-1 what=adoptions file=f", adoptions, "nobody,4.1.6(1)(e),yes,,,,\n", 2, 1,
         "no organisation 'nobody'"},
        {"import edition=gov-1 what=adoptions file=f", adoptions, "mofa,4.1.6(1)(e),yes,2007-13-01,,,\n", 2, 4,
         "is not a date"},
    };
    editions(w);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        str told, bytes = str_fmt(w->a, "%s%s", cases[i].header, cases[i].rows);
        struct file f = {.name = S("f.csv"), .bytes = bytes, .sha256 = S("")};
        enum err e = run(w, cases[i].words, &f, &told);
        if (e == OK) fail_msg("not refused: %s", cases[i].fault);
        assert_int_equal(w->faults.first[0].where.row, cases[i].row);
        assert_int_equal(w->faults.first[0].where.column, cases[i].column);
        assert_fault(w, cases[i].fault);
    }
    struct edition x; /* nothing was written */
    assert_ok(w, standard_edition(w, S("gov-1"), &x));
    assert_int_equal(x.n_clauses, 5);
}

static void mapped_twice(struct work *w)
{
    editions(w);
    str told;
    struct file twin = {.name = S("c.csv"),
                        .sha256 = S(""),
                        .bytes =
                            S("number,section,parent,level,duty,no_occasion,text_ja,text_en\n"
                              "2.1.1(1)(z),2.1.1,,basic,ciso,no,最高情報セキュリティ責任者は、委員会を置くこと。,\n")};
    struct file map = {.name = S("m.csv"),
                       .sha256 = S(""),
                       .bytes = S("from,to,kind,reason_ja,reason_en\n"
                                  "2.1.1(1)(a),2.1.1(1)(a),same,,\n2.1.1(1)(a),2.1.1(1)(z),same,,\n")};
    assert_ok(w, run(w, "import edition=gov-2 what=clauses file=c", &twin, &told));
    assert_err(w, run(w, "import edition=gov-2 what=mapping from=gov-1 file=m", &map, &told), INVALID);
    assert_int_equal(w->faults.count, 2);
    assert_fault(w, "mapped more than once as 'same'");
}

static void too_many_clauses(struct work *w)
{
    editions(w);
    str told;
    struct buf b = buf_in(w->a);
    buf_add(&b, S("number,section,parent,level,duty,no_occasion,text_ja,text_en\n"));
    for (int i = 0; i < TALLY_CLAUSES_MAX; i++) buf_fmt(&b, "n%d,2.1,,basic,ciso,no,x,\n", i);
    struct file f = {.name = S("f.csv"), .bytes = buf_str(&b), .sha256 = S("")};
    assert_err(w, run(w, "import edition=gov-1 what=clauses file=f", &f, &told), INVALID);
    assert_fault(w, "at most 4096 clauses, not 4101");
}

static void rollup(void **state)
{
    static const struct {
        bool any;
        enum answer a, b, wanted;
    } cases[] = {
        {false, UNANSWERED, NOT_DONE, UNANSWERED},     {false, NOT_DONE, NO_OCCASION, NOT_DONE},
        {false, DONE, NO_OCCASION, DONE},              {false, DONE, DONE, DONE},
        {false, DONE, UNANSWERED, UNANSWERED},         {true, DONE, UNANSWERED, DONE},
        {true, UNANSWERED, NOT_DONE, UNANSWERED},      {true, NOT_DONE, NO_OCCASION, NOT_DONE},
        {true, NO_OCCASION, NO_OCCASION, NO_OCCASION}, {true, DONE, NOT_DONE, DONE},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const enum answer ab[] = {cases[i].a, cases[i].b}, ba[] = {cases[i].b, cases[i].a};
        assert_int_equal(question_rollup(cases[i].any, ab, 2), cases[i].wanted);
        assert_int_equal(question_rollup(cases[i].any, ba, 2), cases[i].wanted);
    }
    for (int any = 0; any < 2; any++) {
        for (enum answer a = UNANSWERED; a <= DONE; a++) assert_int_equal(question_rollup(any != 0, &a, 1), a);
    }
}

#define ON_BOTH(name)                                                                                                  \
    static void test_##name(void **state)                                                                              \
    {                                                                                                                  \
        (void)state;                                                                                                   \
        each_store(name);                                                                                              \
    }
ON_BOTH(csv_comes_back)
ON_BOTH(reads_whole)
ON_BOTH(continues)
ON_BOTH(views)
ON_BOTH(gaps)
ON_BOTH(adoptions_in_scope)
ON_BOTH(who_may)
ON_BOTH(decided)
ON_BOTH(merging)
ON_BOTH(refusals)
ON_BOTH(mapped_twice)
ON_BOTH(too_many_clauses)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rollup),
        cmocka_unit_test(test_csv_comes_back),
        cmocka_unit_test(test_reads_whole),
        cmocka_unit_test(test_continues),
        cmocka_unit_test(test_views),
        cmocka_unit_test(test_gaps),
        cmocka_unit_test(test_adoptions_in_scope),
        cmocka_unit_test(test_who_may),
        cmocka_unit_test(test_decided),
        cmocka_unit_test(test_merging),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_mapped_twice),
        cmocka_unit_test(test_too_many_clauses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
