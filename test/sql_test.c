/* Every statement of the program: is it one text that both engines take and understand alike (doc/sql.md), and does it
 * keep to the actor's scope? */
#include "support.h"

#include <ctype.h>
#include <strings.h>

#include "access/fold.h"
#include "store/journal.h"
#include "surface/entry.h"

/* Every table there is. SCOPED: its rows belong to places of the tree, so a statement that names it is bound to the
 * actor's interval, or says why not. A new table has to be put here. */
enum { OPEN_TABLE, SCOPED_TABLE };
static const struct {
    const char *name;
    int kind;
} tables[] = {
    {"schema_step", OPEN_TABLE},
    {"journal_head", OPEN_TABLE},
    {"journal", SCOPED_TABLE},
    {"journal_personal", SCOPED_TABLE},
    {"org", OPEN_TABLE},
    {"org_name", OPEN_TABLE},
    {"org_link", OPEN_TABLE},
    {"duty", OPEN_TABLE},
    {"duty_title", OPEN_TABLE},
    {"duty_forbidden", OPEN_TABLE},
    {"person", SCOPED_TABLE},
    {"system", SCOPED_TABLE},
    {"system_tag", SCOPED_TABLE},
    {"day_off", OPEN_TABLE},
    {"council", OPEN_TABLE},
    {"meeting", OPEN_TABLE},
    {"meeting_document", OPEN_TABLE},
    {"meeting_decision", OPEN_TABLE},
    {"calendar", SCOPED_TABLE},
    {"post", SCOPED_TABLE},
    {"edition", OPEN_TABLE},
    {"section", OPEN_TABLE},
    {"clause", OPEN_TABLE},
    {"question", OPEN_TABLE},
    {"question_clause", OPEN_TABLE},
    {"mapping", OPEN_TABLE},
    {"adoption", OPEN_TABLE},
    {"clause_check", OPEN_TABLE},
    {"round", SCOPED_TABLE},
    {"round_org", SCOPED_TABLE},
    {"binding", OPEN_TABLE},
    {"respondent", SCOPED_TABLE},
    {"sheet", SCOPED_TABLE},
    {"sheet_past", SCOPED_TABLE},
    {"answer_note", SCOPED_TABLE},
    {"sheet_question", SCOPED_TABLE},
    {"question_note", SCOPED_TABLE},
    {"sheet_plan", OPEN_TABLE},
    {"share_body", OPEN_TABLE},
    {"share_contact", SCOPED_TABLE},
    {"share_group", SCOPED_TABLE},
    {"share_group_member", SCOPED_TABLE},
    {"share_clock", OPEN_TABLE},
    {"share_collection", SCOPED_TABLE},
    {"share_object", SCOPED_TABLE},
    {"share_offer", SCOPED_TABLE},
    {"share_status", SCOPED_TABLE},
    {"share_source", SCOPED_TABLE},
    {"share_pushed", SCOPED_TABLE},
    {"share_notice", SCOPED_TABLE},
    {"share_reference", SCOPED_TABLE},
    {"share_blob", SCOPED_TABLE},
    {"share_attachment", SCOPED_TABLE},
    {"share_delivery", SCOPED_TABLE},
    {"share_count", SCOPED_TABLE},
    {"share_number", OPEN_TABLE},
    {"share_drill", SCOPED_TABLE},
    {"share_drill_contact", SCOPED_TABLE},
    {"share_report", SCOPED_TABLE},
    {"share_report_edition", SCOPED_TABLE},
    {"share_report_value", SCOPED_TABLE},
    {"share_report_holder", SCOPED_TABLE},
    {"share_consent", SCOPED_TABLE},
    {"share_link", SCOPED_TABLE},
    {"share_above", SCOPED_TABLE},
    {"depend_model", SCOPED_TABLE},
    {"depend_version", SCOPED_TABLE},
    {"depend_file", SCOPED_TABLE},
    {"depend_tie", SCOPED_TABLE},
    {"aggregate", SCOPED_TABLE},
    {"exception", SCOPED_TABLE},
    {"frame_change", SCOPED_TABLE},
    {"round_step", SCOPED_TABLE},
    {"sheet_return", SCOPED_TABLE},
    {"extension", SCOPED_TABLE},
    {"bulk_filing", SCOPED_TABLE},
    {"device_check", SCOPED_TABLE},
    {"sheet_entry", SCOPED_TABLE},
    {"survey", SCOPED_TABLE},
    {"survey_question", OPEN_TABLE},
    {"survey_org", SCOPED_TABLE},
    {"survey_reply", SCOPED_TABLE},
    {"survey_answer", SCOPED_TABLE},
    {"survey_past", SCOPED_TABLE},
    {"survey_count", SCOPED_TABLE},
    {"survey_result", SCOPED_TABLE},
    {"survey_result_count", SCOPED_TABLE},
    {"frozen", OPEN_TABLE},
    {"frozen_view", OPEN_TABLE},
    {"frozen_row", SCOPED_TABLE},
    {"reminder", SCOPED_TABLE},
    {"reminded", SCOPED_TABLE},
    {"remind_run", OPEN_TABLE},
    {"tally", SCOPED_TABLE},
    {"rollup_key", SCOPED_TABLE},
    {"rollup", SCOPED_TABLE},
    {"rollup_out", SCOPED_TABLE},
    {"unnamed_system", SCOPED_TABLE},
    {"account", SCOPED_TABLE},
    {"account_subject", SCOPED_TABLE},
    {"session", SCOPED_TABLE},
    {"api_token", SCOPED_TABLE},
    {"sheet_link", SCOPED_TABLE},
    {"signin_try", OPEN_TABLE},
    {"outbox", SCOPED_TABLE},
    {"setting", OPEN_TABLE},
    {"task", SCOPED_TABLE},
    {"task_kept", SCOPED_TABLE},

    {"series", SCOPED_TABLE},
    {"series_part", SCOPED_TABLE},
    {"series_definition", SCOPED_TABLE},
    {"series_value", SCOPED_TABLE},
    {"series_target", SCOPED_TABLE},
    {"series_past", SCOPED_TABLE},
    {"granted_exception", SCOPED_TABLE},
    {"case_kind", OPEN_TABLE},
    {"case_line", OPEN_TABLE},
    {"case_item", SCOPED_TABLE},
    {"case_value", SCOPED_TABLE},
    {"case_reference", SCOPED_TABLE},
    {"case_event", SCOPED_TABLE},
    {"case_adoption", SCOPED_TABLE},
    {"case_counter", OPEN_TABLE},
    {"plan", SCOPED_TABLE},
    {"plan_edition", SCOPED_TABLE},
    {"plan_item", SCOPED_TABLE},
    {"plan_owner", SCOPED_TABLE},
    {"plan_milestone", SCOPED_TABLE},
    {"plan_link", SCOPED_TABLE},
    {"plan_said", SCOPED_TABLE},
    {"plan_report", SCOPED_TABLE},
    {"plan_frozen", SCOPED_TABLE},
    {"plan_frozen_row", SCOPED_TABLE},
    {"plan_step", SCOPED_TABLE},
    {"plan_asked", SCOPED_TABLE},
    {"plan_opinion", SCOPED_TABLE},
    {"plan_judgement", SCOPED_TABLE},
    {"plan_evidence", SCOPED_TABLE},
    {"owner_group", OPEN_TABLE},

    {"report_template", OPEN_TABLE},
    {"report_line", OPEN_TABLE},
    {"report", SCOPED_TABLE},
    {"report_edition", SCOPED_TABLE},
    {"report_part", SCOPED_TABLE},
    {"report_past", SCOPED_TABLE},
    {"report_reviewer", SCOPED_TABLE},
    {"report_comment", SCOPED_TABLE},
    {"report_event", SCOPED_TABLE},
    {"depend_run", SCOPED_TABLE},
    {"fold_text", OPEN_TABLE},
    {"fold_list", SCOPED_TABLE},
};
enum { N_TABLES = sizeof tables / sizeof tables[0] };

/* Words and functions (with their bracket) that the engines both take and understand differently. */
static const char *const traps[] = {
    "::", "?", ";", "\"", "like", "ilike", "glob", "replace into", "insert or", "lower(", "upper(", "round(", "avg(",
    "now(", "as integer", "as int)", "as real", "as numeric", "for update", "truncate", "delete using", "rowid",
    "current_date", "current_timestamp", "random(",
};

/* ---- reading a statement ---- */

/* In lower case, what stands in quotes left out, blanks folded: for finding words only. */
static str plain(struct arena *a, const char *text)
{
    struct buf b = buf_in(a);
    bool quoted = false;
    buf_byte(&b, ' ');
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '\'') quoted = !quoted;
        if (quoted || *c == '\'') continue;
        bool blank = isspace((unsigned char)*c) != 0;
        if (!blank || b.p[b.n - 1] != ' ') buf_byte(&b, blank ? ' ' : (char)tolower((unsigned char)*c));
    }
    buf_byte(&b, ' ');
    return buf_str(&b);
}

static bool in_word(char c) { return isalnum((unsigned char)c) != 0 || c == '_'; }

/* As a word or words of its own when it begins or ends like one. */
static bool has(str text, const char *what)
{
    str want = str_of(what);
    for (size_t i = 0; i + want.n <= text.n; i++) {
        if (!str_eq(str_sub(text, i, i + want.n), want)) continue;
        bool before = i > 0 && in_word(want.p[0]) && in_word(text.p[i - 1]);
        bool after = i + want.n < text.n && in_word(want.p[want.n - 1]) && in_word(text.p[i + want.n]);
        if (!before && !after) return true;
    }
    return false;
}

static bool next_word(str *rest, str *out)
{
    size_t i = 0;
    while (i < rest->n && rest->p[i] == ' ') i++;
    if (i == rest->n) return false;
    size_t end = i;
    while (end < rest->n && in_word(rest->p[end])) end++;
    if (end == i) end++;
    *out = str_sub(*rest, i, end);
    *rest = str_sub(*rest, end, rest->n);
    return true;
}

static bool one_of(str word, const char *const *list)
{
    while (*list != NULL && !str_eq(word, str_of(*list))) list++;
    return *list != NULL;
}

/* The first scoped table the statement reads or writes, or NULL. */
static const char *scoped_table(str text)
{
    static const char *const opens[] = {"from", "join", "into", "update", NULL};
    static const char *const closes[] = {"where", "on", "set", "group", "order", "select", "(", ")", "limit", NULL};
    bool due = false, listing = false;
    for (str word; next_word(&text, &word);) {
        for (size_t i = 0; due && i < N_TABLES; i++)
            if (tables[i].kind == SCOPED_TABLE && str_eq(word, str_of(tables[i].name))) return tables[i].name;
        if (one_of(word, closes)) listing = false;
        if (str_eq(word, S("from"))) listing = true;
        due = one_of(word, opens) || (listing && str_eq(word, S(",")));
    }
    return NULL;
}

/* How many parameters there are; -1 when a number between is missing. */
static int params(str text)
{
    bool used[100] = {false};
    int most = 0;
    for (size_t i = 0; i + 1 < text.n; i++) {
        if (text.p[i] != '$') continue;
        int n = 0;
        while (i + 1 < text.n && isdigit((unsigned char)text.p[i + 1]) && n < 10) n = n * 10 + (text.p[++i] - '0');
        used[n] = true;
        if (n > most) most = n;
    }
    for (int n = 1; n <= most; n++)
        if (!used[n]) return -1;
    return used[0] ? -1 : most;
}

/* ---- judging it ---- */

static const char *text_fault(struct arena *a, const struct sql *sql)
{
    static char why[200];
    str text = plain(a, sql->text);
    const char *table = scoped_table(text);
    for (size_t i = 0; i < sizeof traps / sizeof traps[0]; i++) {
        snprintf(why, sizeof why, "a trap: %s", traps[i]);
        if (has(text, traps[i])) return why;
    }
    if (params(text) < 0) return "parameters do not run from $1 without holes";
    if (sql->kind == SQL_OPEN && (sql->why == NULL || strlen(sql->why) < 10)) return "OPEN without a reason";
    if (sql->kind == SQL_SCOPED && (!has(text, "lo >= $1") || !has(text, "lo < $2")))
        return "SCOPED, but not by lo >= $1 AND lo < $2";
    snprintf(why, sizeof why, "names the scoped table %s, and is neither SCOPED nor OPEN", table == NULL ? "" : table);
    if (sql->kind == SQL_PLAIN && table != NULL) return why;
    return NULL;
}

static int faults_of_set(const struct sql_set *set)
{
    int bad = 0;
    struct arena *a = arena_new(0);
    for (size_t i = 0; i < set->n; i++) {
        if (set->sql[i].text == NULL) continue; /* a cell of a two-way table that nobody needs */
        const char *why = text_fault(a, &set->sql[i]);
        if (why == NULL) continue;
        print_error("%s[%zu]: %s\n    %s\n", set->name, i, why, set->sql[i].text);
        bad++;
    }
    arena_free(a);
    return bad;
}

static int each_set(int (*judge)(const struct sql_set *))
{
    static const struct sql_set *const own[] = {&store_sql_set, &schema_sql_set, &journal_sql_set, &access_sql_set,
                                               &fold_sql_set};
    int bad = 0, sets = 0;
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++) bad += judge(own[i]);
    for (const struct room *const *r = rooms; *r != NULL; r++) {
        const struct sql_set *const *set = (*r)->sql;
        for (; set != NULL && *set != NULL; set++, sets++) bad += judge(*set);
    }
    assert_true(sets > 0);
    return bad;
}

static void texts_have_no_traps(void **state)
{
    (void)state;
    assert_int_equal(each_set(faults_of_set), 0);
}

/* ---- the engines' own judgement ---- */

static struct work *asking;

static int refused_of_set(const struct sql_set *set)
{
    int bad = 0;
    for (size_t i = 0; i < set->n; i++) {
        if (set->sql[i].text == NULL || store_prepare_check(asking, &set->sql[i]) == OK) continue;
        const struct fault *f = &asking->faults.first[0];
        print_error("%s[%zu] on %s: %.*s\n    %s\n", set->name, i, store_engine(asking->store), STR_ARG(f->arg[0]),
                    set->sql[i].text);
        asking->faults = (struct faults){0};
        bad++;
    }
    return bad;
}

static void prepare_all(struct work *w)
{
    asking = w;
    assert_int_equal(each_set(refused_of_set), 0);
}

static void both_engines_prepare_all(void **state)
{
    (void)state;
    each_store(prepare_all);
}

/* ---- the judges judged ---- */

static void judges(void **state)
{
    static const struct {
        struct sql sql;
        const char *why; /* NULL: fine */
    } cases[] = {
        {SQL("SELECT code FROM org WHERE id = $1 AND note <> 'LIKE ; :: ?'"), NULL},
        {SQL("SELECT count(*) FROM sheet"), "sheet"},
        {SQL("INSERT INTO respondent (round) VALUES ($1)"), "respondent"},
        {SQL("UPDATE tally SET counts = $1"), "tally"},
        {SQL("SELECT o.code FROM org o, person p WHERE p.org = o.id"), "person"},
        {SQL("SELECT o.code FROM org o JOIN (SELECT org FROM post) p ON p.org = o.id"), "post"},
        {SQL("SELECT person, round FROM org"), NULL}, /* columns, not tables */
        {OPEN("", "SELECT 1 FROM sheet"), "reason"},
        {OPEN("counts all of them", "SELECT 1 FROM sheet"), NULL},
        {SCOPED("SELECT 1 FROM sheet WHERE org = $1 AND round = $2"), "not by lo"},
        {SCOPED("SELECT 1 FROM sheet s JOIN org o ON o.id = s.org WHERE o.lo >= $1 AND o.lo < $2"), NULL},
        {SCOPED("SELECT 1 FROM org o WHERE o.lo >= $1 AND o.lo < $20"), "holes"},
        {SQL("SELECT $1, $3"), "holes"},
        {SQL("SELECT x FROM org WHERE code Like 'a'"), "like"},
        {SQL("SELECT unlike FROM org"), NULL},
        {SQL("SELECT $1::bigint"), "::"},
        {SQL("INSERT OR IGNORE INTO org (id) VALUES ($1)"), "insert or"},
        {SQL("SELECT lower(code) FROM org"), "lower("},
        {SQL("SELECT CAST(x AS INTEGER) FROM org"), "as integer"},
    };
    (void)state;
    struct arena *a = arena_new(0);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *why = text_fault(a, &cases[i].sql);
        bool right = cases[i].why == NULL ? why == NULL : why != NULL && strstr(why, cases[i].why) != NULL;
        if (!right) print_error("%s: %s\n", cases[i].sql.text, why == NULL ? "fine" : why);
        assert_true(right);
    }
    arena_free(a);
}

static void engines_find_traps(struct work *w)
{
    static const struct {
        struct sql sql;
        enum err sqlite, postgres;
    } cases[] = {
        {SQL("SELECT seq FROM journal_head WHERE seq = $1"), OK, OK},
        {SQL("SELECT seq FROM no_such_table"), STORE, STORE},
        {SQL("SELECT $2 + seq FROM journal_head"), STORE, STORE},
        {SQL("SELECT $1::bigint"), STORE, OK},
        {SQL("SELECT seq FROM journal_head WHERE $1 IS NULL"), OK, STORE},
        {SQL("SELECT sum(seq) FROM journal_head"), OK, STORE},           /* numeric */
        {SQL("SELECT seq FROM journal_head LIMIT coalesce($1, 10)"), OK, STORE}, /* 32 bit */
        {SQL("SELECT CAST(sum(seq) AS BIGINT), count(*), CASE WHEN max(seq) > $1 THEN 1 ELSE 0 END FROM journal_head"),
         OK, OK},
    };
    bool sqlite = str_eq(str_of(store_engine(w->store)), S("sqlite"));
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        enum err e = store_prepare_check(w, &cases[i].sql), wanted = sqlite ? cases[i].sqlite : cases[i].postgres;
        if (e != wanted) print_error("%s\n", cases[i].sql.text);
        assert_int_equal(e, wanted);
        w->faults = (struct faults){0};
    }
}

static void engines_judge_too(void **state)
{
    (void)state;
    each_store(engines_find_traps);
}

/* ---- the list of tables is whole ---- */

static void check_table(str name)
{
    for (size_t i = 0; i < N_TABLES; i++)
        if (str_eq(name, str_of(tables[i].name))) return;
    fail_msg("table %.*s: is it scoped? put it into the list of this test", STR_ARG(name));
}

static void every_table_is_listed(struct work *w)
{
    static const struct sql all = SQL("SELECT name FROM sqlite_master WHERE type = 'table'");
    size_t n = 0;
    struct rows *r;
    assert_ok(w, store_rows(w, &all, NOARGS, &r));
    for (; rows_next(r); n++) check_table(rows_text(r, 0));
    assert_ok(w, rows_done(r));
    assert_int_equal(n, N_TABLES); /* none is listed that is not there */
}

static void tables_are_listed(void **state)
{
    (void)state;
    on_sqlite(every_table_is_listed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(judges),
        cmocka_unit_test(engines_judge_too),
        cmocka_unit_test(tables_are_listed),
        cmocka_unit_test(texts_have_no_traps),
        cmocka_unit_test(both_engines_prepare_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
