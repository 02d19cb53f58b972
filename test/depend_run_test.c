/* Runs of models: who sees what of them, before and after, long runs that are kept, the same from files and from both stores. */
#include "inspect_kit.h"

#include "base/lang.h"

/* ---- a model: power; water of two operators, whose services are theirs; finance that needs water ---- */

#define SERVICES                                                                                                       \
    "what,code,sector,org,verification,value,fails,repair\n"                                                           \
    "sector,power,,,90,1000,,\nsector,water,,,80,,,\nsector,finance,,,90,500,,\n"                                     \
    "service,P,power,,,,~900,~10\nservice,secret-w,water,B,,70,,\nservice,secret-v,water,A,,,,\nservice,F,finance,,,,,\n"
#define NEEDS(hours) "service,need,buffer\nsecret-w,secret-diesel," hours "\nsecret-v,secret-mains,5\nF,water,1\n"
#define SUPPLIERS "service,need,supplier,type\nsecret-w,secret-diesel,P,physical\nsecret-v,secret-mains,P,physical\nF,water,secret-w,logical\n"
#define GIVEN_AS(prefix, hours)                                                                                                       \
    {prefix "services", SERVICES, "services.csv"}, {prefix "needs", NEEDS(hours), "needs.csv"},                                    \
    {                                                                                                                  \
        prefix "suppliers", SUPPLIERS, "suppliers.csv"                                                                        \
    }
#define GIVEN GIVEN_AS("", "3")

static void world(struct work *w)
{
    small_registry(w);
    doing(w, "depend", "import", {"model", "m"}, {"org", "gov"}, {"ja", "模型"}, {"en", "Model"}, {"shared", "1"}, GIVEN);
    doing(w, "depend", "import", {"model", "own"}, {"org", "B"}, {"ja", "乙の模型"}, {"en", "Of B"}, GIVEN);
}

/* Every word that was told: cells, facts, notes. */
static bool says(const struct kept *k, const char *part)
{
    str want = str_of(part);
    for (size_t t = 0; t < k->n_tables; t++)
        for (size_t r = 0; r < k->table[t].n; r++)
            for (size_t c = 0; c < k->table[t].n_columns; c++) {
                const struct cell *x = &k->table[t].row[r].cell[c];
                if (str_find(x->text, want) >= 0 || str_find(x->ja, want) >= 0 || str_find(x->en, want) >= 0) return true;
            }
    for (size_t i = 0; i < k->n_facts; i++) {
        const struct cell *x = &k->fact[i].cell;
        if (str_find(x->text, want) >= 0 || str_find(x->ja, want) >= 0 || str_find(x->en, want) >= 0) return true;
    }
    return noted_has(k, part) || str_find(k->doc.title, want) >= 0 || str_find(k->doc.lead, want) >= 0;
}

static int64_t first_of(const struct kept *k, const char *service, const char *key) { return cell_at(k, "services", service, NULL, key)->i; }

/* ---- who sees what ---- */

static void names(struct work *w)
{
    world(w);
    struct kept *all = doing(w, "depend", "run", {"model", "m"}, {"fail", "P:24"});
    assert_int_equal(first_of(all, "secret-w", "first"), 180);
    assert_int_equal(first_of(all, "F", "first"), 240);
    assert_str(cell_at(all, "chain", "F", NULL, "by")->text, "secret-w");
    assert_str(cell_at(all, "chain", "secret-w", NULL, "need")->en, "");
    assert_int_equal(cell_at(all, "chain", "secret-w", NULL, "held")->i, 180);

    become(w, "pv"); /* sees figures of all, no names: the two stand as one */
    struct kept *some = doing(w, "depend", "run", {"model", "m"}, {"fail", "P:24"});
    assert_true(!says(some, "secret"));
    assert_int_equal(rows_of(some, "chain"), 3);
    assert_int_equal(cell_at(some, "chain", "operator", NULL, "services")->i, 2);
    assert_int_equal(cell_at(some, "chain", "operator", NULL, "at")->i, 180);
    assert_int_equal(cell_at(some, "chain", "operator", NULL, "held")->type, CELL_NONE);
    assert_str(cell_at(some, "chain", "F", NULL, "by")->text, "operator");
    assert_int_equal(cell_at(some, "services", "operator", NULL, "services")->i, 2);
    assert_int_equal(rows_of(some, "map"), 3);
    assert_int_equal(fact_int(some, "impaired"), 4); /* counted all the same */
    refused(w, NOTFOUND, "no service or sector 'secret-w'", "depend", "run", {"model", "m"}, {"fail", "secret-w"});
    refused(w, NOTFOUND, "no service or sector 'nothing'", "depend", "run", {"model", "m"}, {"fail", "nothing"});
    refused(w, NOTFOUND, "no service or sector 'secret-w'", "depend", "run", {"model", "m"}, {"fail", "P"}, {"backup", "secret-w/secret-diesel:2"});
    assert_true(!says(doing(w, "depend", "run", {"model", "m"}, {"fail", "water:3"}), "secret"));
    assert_true(!says(doing(w, "depend", "run", {"model", "m"}, {"failures", "1"}, {"hours", "500"}, {"runs", "20"}), "secret"));
    assert_true(!says(doing(w, "depend", "run", {"model", "m"}, {"fail", "P:24"}, {"backup", "water:6"}), "secret"));
    assert_true(!says(doing(w, "depend", "failable", {"model", "m"}), "secret"));
    assert_true(!says(doing(w, "depend", "buffered", {"model", "m"}), "secret"));
    assert_true(!says(doing(w, "depend", "compare", {"model", "m"}, {"with_model", "own"}, {"fail", "P:24"}), "secret"));

    become(w, "pob"); /* their own, and not the other's */
    struct kept *own = doing(w, "depend", "run", {"model", "m"}, {"fail", "P:24"});
    assert_true(says(own, "secret-w") && !says(own, "secret-v"));
    become(w, "pa1"); /* answers sheets: figures are not for them */
    refused(w, DENIED, "figures", "depend", "run", {"model", "m"}, {"fail", "P"});
}

/* ---- before and after ---- */

static void what_if(struct work *w)
{
    world(w);
    struct kept *k = doing(w, "depend", "run", {"model", "m"}, {"fail", "P:24"}, {"backup", "secret-w"}, {"backup_hours", "6"});
    assert_int_equal(first_of(k, "secret-w", "was"), 180);
    assert_int_equal(first_of(k, "secret-w", "first"), 540);
    assert_int_equal(first_of(k, "secret-w", "later"), 360);
    assert_int_equal(first_of(k, "F", "later"), 360);
    assert_int_equal(cell_at(k, "figures", "was", NULL, "area")->i - cell_at(k, "figures", "now", NULL, "area")->i, 720);
    assert_int_equal(rows_of(k, "keep"), 1);
    assert_str(cell_at(k, "keep", "secret-w", NULL, "keep")->text, "9");
    /* value of the sector, of a service where the sector has none: 24 hours of power, 21 of the one, 20 of finance */
    struct kept *plain = doing(w, "depend", "run", {"model", "m"}, {"fail", "P:24"});
    assert_int_equal(fact_int(plain, "money"), 24 * 1000 + 21 * 70 + 20 * 500);
    refused(w, INVALID, "too much to wait for", "depend", "run", {"model", "m"}, {"failures", "1"}, {"runs", "100000"}, {"hours", "1000"});
}

static void compared(struct work *w)
{
    world(w);
    doing(w, "depend", "import", {"model", "m"}, GIVEN_AS("", "7"), {"note", "more diesel"});
    struct kept *k = doing(w, "depend", "compare", {"model", "m"}, {"version", "1"}, {"with", "2"}, {"fail", "P:24"});
    assert_int_equal(first_of(k, "F", "was"), 240);
    assert_int_equal(first_of(k, "F", "first"), 480);
    assert_int_equal(rows_of(k, "differences"), 1);
    assert_str(cell_in(k, "differences", 0, "first")->text, "3");
    assert_str(cell_in(k, "differences", 0, "second")->text, "7");
    struct kept *f = doing(w, "depend", "compare", GIVEN, GIVEN_AS("other_", "7"), {"fail", "P:24"});
    assert_int_equal(first_of(f, "F", "first"), 480);
    struct kept *s = doing(w, "depend", "compare", {"model", "m"}, {"fail", "P:24"}, {"other_fail", "power:2"});
    assert_int_equal(cell_at(s, "figures", "now", NULL, "impaired")->i, 1);
    refused(w, INVALID, "say what stops", "depend", "compare", {"model", "m"}, {"with", "1"});
    doing(w, "depend", "change", {"model", "m"}, {"service", "F"}, {"repair", "4"});
    k = doing(w, "depend", "compare", {"model", "m"}, {"version", "2"}, {"with", "3"}, {"fail", "P:24"});
    assert_str(cell_in(k, "differences", 0, "first")->text, ""); /* never is no time */
    assert_str(cell_in(k, "differences", 0, "second")->text, "4");
}

/* ---- long runs ---- */

static void kept_runs(struct work *w)
{
    world(w);
    become(w, "pob");
    doing(w, "depend", "simulate", {"code", "k1"}, {"model", "m"}, {"fail", "P:24"}, {"runs", "30"});
    doing(w, "depend", "simulate", {"code", "k2"}, {"model", "own"}, {"fail", "power:2"});
    refused(w, CONFLICT, "already", "depend", "simulate", {"code", "k1"}, {"model", "m"}, {"fail", "P"});
    refused(w, NOTFOUND, "'secret-w'", "depend", "simulate", {"code", "k3"}, {"model", "m"}, {"fail", "secret-w"});
    refused(w, INVALID, "say what stops", "depend", "simulate", {"code", "k3"}, {"model", "m"});
    struct kept *mine = doing(w, "depend", "kept", {"run", "k1"});
    assert_true(!says(mine, "secret")); /* though they may see one of them elsewhere */
    assert_int_equal(fact_int(mine, "runs"), 30);
    assert_int_equal(rows_of(doing(w, "depend", "runs", {0}), "runs"), 2);
    assert_int_equal(rows_of(doing(w, "depend", "runs", {"model", "own"}), "runs"), 1);

    become(w, "poa"); /* the shared model's alone */
    assert_int_equal(rows_of(doing(w, "depend", "runs", {0}), "runs"), 1);
    assert_true(!says(doing(w, "depend", "kept", {"run", "k1"}), "secret"));
    refused(w, NOTFOUND, "no kept run 'k2'", "depend", "kept", {"run", "k2"});
    refused(w, NOTFOUND, "no kept run 'k9'", "depend", "kept", {"run", "k9"});
    refused(w, NOTFOUND, "no kept run 'k2'", "depend", "forget", {"run", "k2"});
    refused(w, DENIED, "whoever made it", "depend", "forget", {"run", "k1"});
    become(w, "pc"); /* the centre, whose the model is */
    doing(w, "depend", "forget", {"run", "k1"});
    become(w, "pob");
    doing(w, "depend", "forget", {"run", "k2"});
    assert_int_equal(rows_of(doing(w, "depend", "runs", {0}), "runs"), 0);
}

/* Acts that others run (a demonstration) share a piece of work: what was computed for one is not the next one's. */
static void one_after_the_other(struct work *w)
{
    world(w);
    assert_ok(w, store_begin(w));
    struct kept *a = kept_new(w), *b = kept_new(w);
    assert_ok(w, directly(w, "depend", "simulate", ASK({"code", "a"}, {"model", "m"}, {"fail", "P:24"}), a));
    assert_ok(w, directly(w, "depend", "simulate", ASK({"code", "b"}, {"model", "m"}, {"fail", "P:1"}, {"seed", "9"}), b));
    assert_ok(w, store_commit(w));
    assert_int_equal(fact_int(doing(w, "depend", "kept", {"run", "a"}), "seed"), 1);
    assert_int_equal(fact_int(doing(w, "depend", "kept", {"run", "b"}), "seed"), 9);
}

/* ---- the same from files, and from either store ---- */

static str told_in_all(struct work *w, const struct kept *k)
{
    struct buf b = buf_in(w->a);
    for (size_t t = 0; t < k->n_tables; t++)
        for (size_t r = 0; !str_eq(k->table[t].name, S("ways")) && r < k->table[t].n; r++) /* leads on, where a model is kept */
            for (size_t c = 0; c < k->table[t].n_columns; c++) {
                const struct cell *x = &k->table[t].row[r].cell[c];
                buf_fmt(&b, "%d|%.*s|%lld|%.17g\n", (int)x->type, STR_ARG(x->text), (long long)x->i, x->rate.value);
            }
    return sha256_hex(w->a, buf_str(&b));
}

static char before[65];
static void the_same(struct work *w)
{
    world(w);
    struct kept *stored = doing(w, "depend", "run", {"model", "m"}, {"fail", "P:24"}, {"failures", "1"}, {"hours", "300"}, {"runs", "60"}, {"threads", "2"});
    struct kept *files = doing(w, "depend", "run", GIVEN, {"fail", "P:24"}, {"failures", "1"}, {"hours", "300"}, {"runs", "60"}, {"threads", "1"});
    str a = told_in_all(w, stored), b = told_in_all(w, files);
    assert_true(str_eq(a, b));
    if (before[0] != 0) assert_str(a, before);
    memcpy(before, a.p, 64);
}

#define ON_EACH(name) \
    static void each_##name(void **state) \
    { \
        (void)state; \
        each_store(name); \
    }
ON_EACH(names)
ON_EACH(what_if)
ON_EACH(compared)
ON_EACH(kept_runs)
ON_EACH(one_after_the_other)
ON_EACH(the_same)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_names),     cmocka_unit_test(each_what_if),             cmocka_unit_test(each_compared),
        cmocka_unit_test(each_kept_runs), cmocka_unit_test(each_one_after_the_other), cmocka_unit_test(each_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
