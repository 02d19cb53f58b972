/* Search as officials type it: two characters, old shapes of names, half and full width; and only what is in reach. */
#include "support.h"

#include "access/fold.h"
#include "base/hash.h"
#include "find/find.h"
#include "registry/registry.h"
#include "standard/standard.h"
#include "surface/door.h"

/* ---- a face that keeps codes and names, a row a line ---- */

struct dump {
    struct doc doc;
    struct buf text;
};
static struct arena *shelf; /* outlives the marks of the work */

static void line(struct doc *d, str text)
{
    struct dump *x = (struct dump *)d;
    buf_add(&x->text, text);
    buf_byte(&x->text, '\n');
}
static void dump_fact(struct doc *d, const char *key, str label, const struct cell *c)
{
    (void)d, (void)key, (void)label, (void)c;
}
static void dump_table(struct doc *d, const char *name, const struct column *columns, size_t n)
{
    (void)columns, (void)n;
    line(d, str_of(name));
}
static void dump_row(struct doc *d, const struct cell *cells)
{
    struct dump *x = (struct dump *)d;
    for (size_t i = 0; i < d->n_columns; i++)
        buf_fmt(&x->text, "%.*s=%.*s|", STR_ARG(cells[i].text), STR_ARG(cells[i].ja));
    buf_byte(&x->text, '\n');
}
static void dump_end(struct doc *d) { (void)d; }
static const struct face dump_face = {line, line, line, dump_fact, dump_table, dump_row, dump_end};

static struct dump *dump_new(struct work *w)
{
    struct dump *x = arena_alloc(shelf, sizeof *x);
    x->doc = (struct doc){.face = &dump_face, .w = w, .lang = LANG_EN};
    x->text = buf_in(shelf);
    return x;
}

static enum err find_err(struct work *w, str q, const char *what, struct dump **out)
{
    const struct given given[] = {{S("q"), q, NULL}, {S("what"), str_of(what), NULL}};
    const struct entry *e = entry_find(&find_room, S(""));
    struct args args;
    *out = dump_new(w);
    enum err err = args_parse(w, e, given, what == NULL ? 1 : 2, &args);
    return err == OK ? door_view(w, &find_room, e, &args, &(*out)->doc) : err;
}

static str find(struct work *w, const char *q, const char *what)
{
    struct dump *x;
    assert_ok(w, find_err(w, str_of(q), what, &x));
    return buf_str(&x->text);
}

#define FINDS(w, q, part) finds(w, q, part, true, __FILE__, __LINE__)
#define MISSES(w, q, part) finds(w, q, part, false, __FILE__, __LINE__)
static void finds(struct work *w, const char *q, const char *part, bool wanted, const char *file, int at)
{
    str told = find(w, q, NULL);
    if ((str_find(told, str_of(part)) >= 0) == wanted) return;
    print_error("'%s': '%s' %s in:\n%.*s\n", q, part, wanted ? "is not" : "is", STR_ARG(told));
    _fail(file, at);
}

/* ---- what there is to find ---- */

static void act(struct work *w, const struct room *room, const char *name, const struct given *given, size_t n)
{
    static int acts;
    const struct entry *e = entry_find(room, str_of(name));
    struct args args;
    assert_ok(w, args_parse(w, e, given, n, &args));
    assert_ok(w, door_act(w, room, e, &args, str_fmt(w->a, "act-%d", ++acts), false, &dump_new(w)->doc));
}

static void import(struct work *w, const char *what, str bytes)
{
    struct file file = {S("given.csv"), bytes, sha256_hex(w->a, bytes)};
    const struct given given[] = {{S("what"), str_of(what), NULL}, {S("file"), S("given.csv"), &file}};
    act(w, &registry_room, "import", given, 2);
}

static void import_standard(struct work *w, const char *what, str bytes)
{
    struct file file = {S("given.csv"), bytes, sha256_hex(w->a, bytes)};
    const struct given given[] = {
        {S("edition"), S("e1"), NULL}, {S("what"), str_of(what), NULL}, {S("file"), S("given.csv"), &file}};
    act(w, &standard_room, "import", given, 3);
}

static void load(struct work *w)
{
    static const struct given edition[] = {{S_INIT("code"), S_INIT("e1"), NULL},
                                           {S_INIT("catalogue"), S_INIT("c"), NULL},
                                           {S_INIT("title_ja"), S_INIT("統一基準"), NULL}};
    import(w, "organisations",
           S("code,parent,kind,order,name_ja,name_en\n"
             "gov,,government,1,政府,Government\n"
             "mod,gov,ministry,1,防衛省,Ministry of Defense\n"
             "mod-soumu,mod,section,1,総務課,General Affairs\n"
             "soumu,gov,ministry,2,総務省,Ministry of Internal Affairs\n"
             "ABC12,gov,ministry,3,総務,Abc\n"));
    import(w, "organisation-names", S("code,name_ja,name_en,from,to\nmod,防衛庁,Defense Agency,,2007-01-08\n"));
    import(w, "duties", S("code,name_ja,name_en,rights,order\nboss,長,Boss,rates manage,1\nstaff,員,Staff,answer,2\n"));
    import(w, "people",
           S("code,org,name_ja,name_en\n"
             "m-1,mod,髙橋 花子,Hanako Takahashi\n"
             "m-2,mod-soumu,山﨑　太郎,Taro Yamazaki\n"
             "s-1,soumu,高橋花男,\n"
             "s-2,soumu,ﾀﾅｶ ﾖｼｺ,\n"
             "s-3,soumu,𠮷田 三郎,\n"
             "K-9,soumu,O'Brien,Ken O'Brien\n"));
    import(w, "posts", S("code,duty,org,person\np-m,boss,mod,m-1\np-s,staff,soumu,s-1\n"));
    act(w, &standard_room, "edition", edition, 3);
    import_standard(w, "sections", S("code,parent,title_ja,title_en\n1,,総則,General\n1.1,1,目的,Purpose\n"));
    import_standard(w, "clauses",
                    S("number,section,parent,level,duty,no_occasion,text_ja,text_en\n"
                      "1.1(1)(a),1.1,,basic,staff,no,暗号鍵を適切に管理すること,Manage keys\n"
                      "1.1(1)(b),1.1,,basic,staff,no,ＵＳＢメモリを施錠して保管すること,Lock away USB sticks\n"));
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

/* ---- tests ---- */

static void shapes_of_names_are_one(struct work *w)
{
    load(w);
    for (const char *const *q = (const char *const[]){"髙橋", "高橋", "高", "橋花", NULL}; *q != NULL; q++) {
        FINDS(w, *q, "m-1=髙橋 花子|");
        FINDS(w, *q, "s-1=高橋花男|");
    }
    FINDS(w, "高橋花子", "m-1=");
    FINDS(w, "高橋 花子", "m-1=");
    FINDS(w, "花子　髙橋", "m-1=");
    MISSES(w, "高橋 花子", "s-1=");
    FINDS(w, "山崎", "m-2=");
    FINDS(w, "山﨑", "m-2=");
    FINDS(w, "吉田", "s-3=");
    FINDS(w, "𠮷", "s-3=");
    FINDS(w, "郎", "m-2=");
    FINDS(w, "郎", "s-3=");
    FINDS(w, "タナカ", "s-2=");
    FINDS(w, "ﾀﾅｶ", "s-2=");
    FINDS(w, "ﾅｶ", "s-2=");
}

static void latin_words_are_found_by_their_beginning(struct work *w)
{
    load(w);
    FINDS(w, "yama", "m-2=");
    FINDS(w, "ＹＡＭＡＺＡＫＩ taro", "m-2=");
    FINDS(w, "o'brien", "K-9=");
    FINDS(w, "brien", "K-9=");
    FINDS(w, "k-9", "K-9=");
    FINDS(w, "Ｋ-9", "K-9=");
    FINDS(w, "s-", "s-2=");
    FINDS(w, "s-2 タナカ", "s-2=");
    MISSES(w, "yama 花子", "m-");
}

static void organisations_in_order(struct work *w)
{
    load(w);
    assert_str(find(w, "総務", "organisations"),
               "organisations\n"
               "ABC12=総務|ABC12=|ministry=|gov=政府|=|\n"
               "mod-soumu=総務課|mod-soumu=|section=|mod=防衛省|=|\n"
               "soumu=総務省|soumu=|ministry=|gov=政府|=|\n");
    FINDS(w, "ＡＢＣ１２", "organisations\nABC12=");
    FINDS(w, "abc12", "organisations\nABC12=");
    FINDS(w, "防衛庁", "mod=防衛省|");
    FINDS(w, "intern", "soumu=");
    FINDS(w, "衛", "mod=");
}

static void clauses_lead_to_their_edition(struct work *w)
{
    load(w);
    assert_str(find(w, "usb 保管", "clauses"),
               "clauses\n1.1(1)(b)=|=|=ＵＳＢメモリを施錠して保管すること|e1=統一基準|\n");
    FINDS(w, "1.1(1)(a)", "1.1(1)(a)=");
    FINDS(w, "鍵", "1.1(1)(a)=");
    import_standard(w, "clauses",
                    S("number,section,parent,level,duty,no_occasion,text_ja,text_en\n"
                      "1.1(1)(a),1.1,,basic,staff,no,電磁的記録を消去すること,Erase\n"));
    FINDS(w, "消去", "1.1(1)(a)=");
    MISSES(w, "暗号", "1.1(1)(a)=");
}

/* Where the link of a clause leads. */
static void a_clause_is_shown_alone(struct work *w)
{
    load(w);
    const struct given given[] = {{S("edition"), S("e1"), NULL}, {S("clause"), S("1.1(1)(b)"), NULL}};
    const struct entry *e = entry_find(&standard_room, S("show"));
    struct args args;
    struct dump *x = dump_new(w);
    assert_ok(w, args_parse(w, e, given, 2, &args));
    assert_ok(w, door_view(w, &standard_room, e, &args, &x->doc));
    assert_true(str_find(buf_str(&x->text), S("1.1(1)(b)=")) >= 0);
    assert_true(str_find(buf_str(&x->text), S("1.1(1)(a)=")) < 0);
}

static void what_changed_is_found_as_it_is_now(struct work *w)
{
    load(w);
    import(w, "people", S("code,org,name_ja\ns-1,mod,渡邉花男\ns-9,mod,新人 次郎\n"));
    FINDS(w, "渡辺", "s-1=渡邉花男|s-1=|mod=");
    MISSES(w, "高橋", "s-1=");
    FINDS(w, "新人", "s-9=");
    import(w, "organisations", S("code,parent,kind,order,name_ja\nsoumu,gov,ministry,2,自治省\n"));
    FINDS(w, "自治", "soumu=");
    MISSES(w, "総務省", "soumu=");
    act(w, room_find(S("rebuild")), "", NULL, 0);
    FINDS(w, "渡辺", "s-1=");
    FINDS(w, "髙橋", "m-1=");
    FINDS(w, "自治", "soumu=");
    FINDS(w, "消去", "Nothing within your reach has “消去” in it.");
    FINDS(w, "暗号", "1.1(1)(a)=");
}

static void others_people_never_appear(struct work *w)
{
    struct dump *x;
    load(w);
    acting_as(w, "m-1");
    FINDS(w, "高橋", "m-1=");
    for (const char *const *q = (const char *const[]){"高橋", "タナカ", "s-1", "s-", "k", "吉", "総務", "男", NULL};
         *q != NULL; q++) {
        MISSES(w, *q, "s-1=");
        MISSES(w, *q, "タナカ|");
        MISSES(w, *q, "s-3=");
        MISSES(w, *q, "soumu=総務省");
        MISSES(w, *q, "more");
    }
    FINDS(w, "総務", "mod-soumu=");
    assert_ok(w, find_err(w, S("高橋"), "people", &x));
    assert_true(x->doc.personal);
    assert_ok(w, find_err(w, S("総務"), NULL, &x));
    assert_false(x->doc.personal);
    acting_as(w, "s-1"); /* may answer, and see no names */
    MISSES(w, "高橋", "s-1=");
    FINDS(w, "高橋", "people are found by those who may see names");
    FINDS(w, "省", "soumu=");
    acting_as(w, NULL);
}

static void more_than_fit(struct work *w)
{
    load(w);
    struct buf b = buf_in(w->a);
    buf_add(&b, S("code,org,name_ja\n"));
    for (int i = 0; i < 120; i++) buf_fmt(&b, "n-%03d,mod,鈴木%s\n", i, i == 110 ? "" : " 一");
    import(w, "people", buf_str(&b));
    FINDS(w, "鈴木", "people\nn-110=鈴木|"); /* the exact name comes first */
    FINDS(w, "鈴木", "70 more people: add a word");
    MISSES(w, "鈴木 110", "n-000=");
    FINDS(w, "鈴木 110", "n-110=");
}

static void hostile_input(struct work *w)
{
    load(w);
    static const char *const odd[] = {"%", "_", "'", "\"", "\\", "a\"b'c;--", "\t\x01\x7f", "゙", "\xCC\x81",
                                      "\xE2\x80\xAE高橋",
                                      "高\xCC\x81", "*", "?", "\xF4\x8F\xBF\xBF", "(", "=1+1", "a\xEF\xB8\x80", NULL};
    struct dump *x;
    for (const char *const *q = odd; *q != NULL; q++) {
        enum err e = find_err(w, str_of(*q), NULL, &x);
        assert_true(e == OK || e == INVALID);
        if (e == OK) assert_true(str_find(buf_str(&x->text), S("s-3=")) < 0);
        w->faults.count = 0;
    }
    struct buf b = buf_in(w->a);
    for (int i = 0; i < 100; i++) buf_add(&b, S("高"));
    assert_ok(w, find_err(w, buf_str(&b), NULL, &x));
    buf_add(&b, S("高"));
    assert_err(w, find_err(w, buf_str(&b), NULL, &x), INVALID);
    assert_fault(w, "longer than 100 characters");
    assert_err(w, find_err(w, S("　"), NULL, &x), INVALID);
    assert_fault(w, "");
    assert_err(w, find_err(w, S("1 2 3 4 5 6 7 8 9"), NULL, &x), INVALID);
    assert_fault(w, "more than 8 words");
    assert_err(w, find_err(w, S("a\xFF"), NULL, &x), INVALID);
    assert_fault(w, "not good UTF-8");
}

/* ---- lists ---- */

struct seen {
    int64_t org[8], person[8];
    size_t n;
};
static void see(void *to, int64_t org, int64_t person)
{
    struct seen *s = to;
    s->org[s->n] = org;
    s->person[s->n++] = person;
}
static enum err read_back(void *to, str gram, str list)
{
    if (str_eq(gram, S("高橋"))) assert_true(fold_list_read(list, see, to));
    for (size_t cut = 1; cut < list.n; cut++) { /* cut off, it ends early or is told from a list */
        struct seen none = {0};
        (void)fold_list_read(str_sub(list, 0, cut), see, &none);
        assert_true(none.n <= 4);
    }
    return OK;
}
static void lists_come_back(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct fold_lists *l = fold_lists_new(a);
    struct seen seen = {0};
    fold_lists_add(l, S("高橋高橋"), 7, 1);
    fold_lists_add(l, S("高橋"), 7, 300);
    fold_lists_add(l, S("高橋"), 5, 4000000000U);
    fold_lists_add(l, S("高橋"), 7, 4000000001U);
    assert_int_equal(fold_lists_each(l, read_back, &seen), OK);
    assert_int_equal(seen.n, 4);
    assert_int_equal(seen.org[0], 7);
    assert_int_equal(seen.person[0], 1);
    assert_int_equal(seen.person[1], 300);
    assert_int_equal(seen.org[2], 5);
    assert_true(seen.person[2] == 4000000000 && seen.person[3] == 4000000001);
    assert_false(fold_list_read(S("\x80\x80"), see, &seen));
    assert_false(fold_list_read(S("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"), see, &seen));
    assert_false(fold_list_read(S("\x01\x02\x03"), see, &(struct seen){0}));
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

#define BOTH(fn)                                                                                                       \
    static void fn##_(void **state) { (void)state; each_store(fn); }
BOTH(shapes_of_names_are_one)
BOTH(latin_words_are_found_by_their_beginning)
BOTH(organisations_in_order)
BOTH(clauses_lead_to_their_edition)
BOTH(a_clause_is_shown_alone)
BOTH(what_changed_is_found_as_it_is_now)
BOTH(others_people_never_appear)
BOTH(more_than_fit)
BOTH(hostile_input)
#define EACH(fn) {#fn, fn##_, shelf_new, shelf_free, NULL}

int main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(shapes_of_names_are_one),
        EACH(latin_words_are_found_by_their_beginning),
        EACH(organisations_in_order),
        EACH(clauses_lead_to_their_edition),
        EACH(a_clause_is_shown_alone),
        EACH(what_changed_is_found_as_it_is_now),
        EACH(others_people_never_appear),
        EACH(more_than_fit),
        EACH(hostile_input),
        cmocka_unit_test(lists_come_back),
    };
    return cmocka_run_group_tests_name("find", tests, NULL, NULL);
}
