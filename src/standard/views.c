/* What the room shows. */
#include "standard/entries.h"
#include "tally/rates.h"

static struct cell both_or(str ja, str en, str code) { return ja.n == 0 && en.n == 0 ? C_TEXT(code) : C_BOTH(ja, en); }

static struct cell number_cell(str number) { return number.n == 0 ? C_NONE : C_CLAUSE(number); }

/* ---- list ---- */
enum err standard_view_list(struct work *w, const struct args *in, struct doc *d)
{
    static const struct column columns[] = {
        {"edition", CELL_TEXT, N("edition"), 0, "standard show", "edition"},
        {"catalogue", CELL_TEXT, N("catalogue"), 0, NULL, NULL},
        {"title", CELL_TEXT, N("title"), 0, NULL, NULL},
        {"effective", CELL_DATE, N("effective"), 0, NULL, NULL},
        {"decided", CELL_BOOL, N("decided"), 0, NULL, NULL},
        {"clauses", CELL_INT, N("clauses"), 0, NULL, NULL},
        {"owner", CELL_ORG, N("own standard of"), 0, NULL, NULL},
    };
    (void)in;
    struct edition_line *lines;
    size_t n;
    enum err e = editions_load(w, &lines, &n);
    if (e != OK) return e;
    DOC_TABLE(d, "editions", columns);
    for (size_t i = 0; i < n; i++) {
        const struct edition_line *x = &lines[i];
        DOC_ROW(d, C_TEXT(x->code), C_TEXT(x->catalogue), both_or(x->title_ja, x->title_en, x->code),
                x->dated ? C_DATE(x->effective) : C_NONE, C_BOOL(x->decided), C_INT(x->clauses),
                x->owner_code.n == 0 ? C_NONE : C_ORG(x->owner_code, x->owner_ja, x->owner_en, 0));
    }
    doc_table_end(d);
    return OK;
}

/* ---- show ---- */
static void edition_facts(struct doc *d, const struct edition *x)
{
    doc_fact(d, "title", M("title"), both_or(x->title_ja, x->title_en, x->code));
    doc_fact(d, "catalogue", M("catalogue"), C_TEXT(x->catalogue));
    doc_fact(d, "effective", M("effective"), x->dated ? C_DATE(x->effective) : C_NONE);
    doc_fact(d, "decided", M("decided"), C_BOOL(x->decided));
    if (!x->decided) doc_note(d, M("not decided: clauses may still change"));
}

/* The part a section belongs to; parents stand before their children. */
static const struct item *part_of(const struct index *sections, str code)
{
    const struct item *s = index_find1(sections, code);
    while (s != NULL && s->f[SECTION_PARENT].n != 0) s = index_find1(sections, s->f[SECTION_PARENT]);
    return s;
}

static bool wanted(const struct item *c, const struct item *part, const struct args *in)
{
    str only = arg_text(in, "part"), duty = arg_text(in, "duty"), level = arg_text(in, "level");
    if (only.n != 0 && (part == NULL || !str_eq(part->f[SECTION_CODE], only))) return false;
    if (duty.n != 0 && !str_eq(c->f[CLAUSE_DUTY], duty)) return false;
    if (arg_given(in, "clause") && !str_eq(c->f[CLAUSE_NUMBER], arg_text(in, "clause"))) return false;
    return level.n == 0 || str_eq(c->f[CLAUSE_LEVEL], level);
}

static struct cell section_cell(const struct item *s)
{
    if (s == NULL) return C_NONE;
    return (struct cell){.type = CELL_TEXT, .text = s->f[SECTION_CODE]};
}

static void show_clauses(struct doc *d, const struct items *sections, const struct items *clauses,
                         const struct args *in)
{
    static const struct column columns[] = {
        {"part", CELL_TEXT, N("part"), COL_DETAIL, NULL, NULL},
        {"section", CELL_TEXT, N("section of the standard"), COL_DETAIL, NULL, NULL},
        {"section_title", CELL_TEXT, N("section title"), COL_DETAIL, NULL, NULL},
        {"number", CELL_CLAUSE, N("clause"), 0, NULL, NULL},
        {"parent", CELL_CLAUSE, N("belongs to"), COL_DETAIL, NULL, NULL},
        {"level", CELL_ENUM, N("level"), 0, NULL, NULL},
        {"duty", CELL_TEXT, N("duty"), 0, NULL, NULL},
        {"no_occasion", CELL_BOOL, N("no occasion"), 0, NULL, NULL},
        {"title", CELL_TEXT, N("title"), COL_DETAIL, NULL, NULL},
        {"text", CELL_TEXT, N("text"), 0, NULL, NULL},
    };
    struct index by_code = items_index(d->w->a, sections);
    DOC_TABLE(d, "clauses", columns);
    for (size_t i = 0; i < clauses->n; i++) {
        const struct item *c = &clauses->v[i], *s = index_find1(&by_code, c->f[CLAUSE_SECTION]);
        const struct item *part = part_of(&by_code, c->f[CLAUSE_SECTION]);
        if (!wanted(c, part, in)) continue;
        DOC_ROW(d, section_cell(part), section_cell(s),
                s == NULL ? C_NONE : both_cell(s->f[SECTION_TITLE_JA], s->f[SECTION_TITLE_EN]),
                C_CLAUSE(c->f[CLAUSE_NUMBER]), number_cell(c->f[CLAUSE_PARENT]), C_ENUM(c->f[CLAUSE_LEVEL]),
                text_cell(c->f[CLAUSE_DUTY]), C_BOOL(str_eq(c->f[CLAUSE_NO_OCCASION], S("yes"))),
                both_cell(c->f[CLAUSE_TITLE_JA], c->f[CLAUSE_TITLE_EN]),
                both_cell(c->f[CLAUSE_TEXT_JA], c->f[CLAUSE_TEXT_EN]));
    }
    doc_table_end(d);
}

static void show_sections(struct doc *d, const struct items *sections)
{
    static const struct column columns[] = {
        {"section", CELL_TEXT, N("section of the standard"), 0, NULL, NULL},
        {"parent", CELL_TEXT, N("belongs to"), COL_DETAIL, NULL, NULL},
        {"title", CELL_TEXT, N("title"), 0, NULL, NULL},
    };
    DOC_TABLE(d, "sections", columns);
    for (size_t i = 0; i < sections->n; i++) {
        const str *f = sections->v[i].f;
        DOC_ROW(d, C_TEXT(f[SECTION_CODE]), text_cell(f[SECTION_PARENT]),
                both_cell(f[SECTION_TITLE_JA], f[SECTION_TITLE_EN]));
    }
    doc_table_end(d);
}

enum err standard_view_show(struct work *w, const struct args *in, struct doc *d)
{
    struct edition x;
    struct items sections, clauses;
    enum err e = edition_need(w, arg_text(in, "edition"), &x);
    if (e == OK) e = sections_load(w, x.id, &sections);
    if (e == OK) e = clauses_load(w, x.id, &clauses);
    if (e != OK) return e;
    int64_t enhanced = 0;
    for (size_t i = 0; i < clauses.n; i++) enhanced += str_eq(clauses.v[i].f[CLAUSE_LEVEL], S("enhanced"));
    edition_facts(d, &x);
    doc_fact(d, "basic", M("basic clauses"), C_INT((int64_t)clauses.n - enhanced));
    doc_fact(d, "enhanced", M("enhanced clauses"), C_INT(enhanced));
    show_sections(d, &sections);
    show_clauses(d, &sections, &clauses, in);
    return OK;
}

/* ---- questions ---- */
enum err standard_view_questions(struct work *w, const struct args *in, struct doc *d)
{
    static const struct column columns[] = {
        {"code", CELL_TEXT, N("question"), 0, NULL, NULL},
        {"duty", CELL_TEXT, N("duty"), 0, NULL, NULL},
        {"rule", CELL_ENUM, N("rule"), COL_DETAIL, NULL, NULL},
        {"clauses", CELL_TEXT, N("clauses"), 0, NULL, NULL},
        {"text", CELL_TEXT, N("text"), 0, NULL, NULL},
        {"example", CELL_TEXT, N("example"), COL_DETAIL, NULL, NULL},
        {"help", CELL_TEXT, N("help"), COL_DETAIL, NULL, NULL},
    };
    struct edition x;
    struct items questions;
    enum err e = edition_need(w, arg_text(in, "edition"), &x);
    if (e == OK) e = questions_load(w, x.id, &questions);
    if (e != OK) return e;
    str duty = arg_text(in, "duty");
    int64_t shown = 0;
    DOC_TABLE(d, "questions", columns);
    for (size_t i = 0; i < questions.n; i++) {
        const str *f = questions.v[i].f;
        if (duty.n != 0 && !str_eq(duty, f[QUESTION_DUTY])) continue;
        shown++;
        DOC_ROW(d, C_TEXT(f[QUESTION_CODE]), text_cell(f[QUESTION_DUTY]), C_ENUM(f[QUESTION_RULE]),
                C_TEXT(f[QUESTION_CLAUSES]), both_cell(f[QUESTION_TEXT_JA], f[QUESTION_TEXT_EN]),
                both_cell(f[QUESTION_EXAMPLE_JA], f[QUESTION_EXAMPLE_EN]),
                both_cell(f[QUESTION_HELP_JA], f[QUESTION_HELP_EN]));
    }
    doc_table_end(d);
    doc_fact(d, "questions", M("questions"), C_INT(shown));
    return OK;
}

/* ---- diff ---- */
static const str kinds[] = {N("same"), N("moved"), N("changed"), N("split"), N("new"), N("dropped")};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

static size_t kind_of(const struct item *m)
{
    size_t k = 0;
    while (k < KINDS - 1 && !str_eq(m->f[MAPPING_KIND], kinds[k])) k++;
    return k;
}

struct pair { /* two editions and the rows between them */
    struct edition from, to;
    struct items from_clauses, to_clauses, rows;
    bool mapped;
};

static enum err pair_load(struct work *w, str from, str to, struct pair *p)
{
    enum err e = edition_need(w, from, &p->from);
    if (e == OK) e = edition_need(w, to, &p->to);
    if (e == OK) e = clauses_load(w, p->from.id, &p->from_clauses);
    if (e == OK) e = clauses_load(w, p->to.id, &p->to_clauses);
    if (e == OK) e = mapping_load(w, p->from.id, p->to.id, &p->rows);
    if (e != OK) return e;
    p->mapped = p->rows.n != 0;
    if (!p->mapped) p->rows = compare_by_number(w->a, &p->from_clauses, &p->to_clauses);
    return OK;
}

static void pair_note(struct doc *d, const struct pair *p)
{
    if (p->mapped) return;
    doc_note(d, M("no mapping from '%1' to '%2' was made: compared by number and wording"), p->from.code, p->to.code);
}

static struct cell field_cell(const struct item *c, size_t field)
{
    if (c == NULL || c->f[field].n == 0) return C_NONE;
    return field == CLAUSE_LEVEL ? C_ENUM(c->f[field]) : C_TEXT(c->f[field]);
}

static struct cell wording_cell(const struct item *c)
{
    if (c == NULL) return C_NONE;
    struct cell text = both_cell(c->f[CLAUSE_TEXT_JA], c->f[CLAUSE_TEXT_EN]);
    return text.type == CELL_NONE ? both_cell(c->f[CLAUSE_TITLE_JA], c->f[CLAUSE_TITLE_EN]) : text;
}

static void diff_row(struct doc *d, const struct item *m, const struct item *from, const struct item *to)
{
    bool both = from != NULL && to != NULL;
    str ja = both ? clause_changes(d->w->a, LANG_JA, from, to) : S("");
    str en = both ? clause_changes(d->w->a, LANG_EN, from, to) : S("");
    DOC_ROW(d, C_ENUM(m->f[MAPPING_KIND]), number_cell(m->f[MAPPING_FROM]), number_cell(m->f[MAPPING_TO]),
            both_cell(ja, en), both_cell(m->f[MAPPING_REASON_JA], m->f[MAPPING_REASON_EN]),
            field_cell(from, CLAUSE_LEVEL), field_cell(to, CLAUSE_LEVEL), field_cell(from, CLAUSE_DUTY),
            field_cell(to, CLAUSE_DUTY), from == NULL ? C_NONE : C_BOOL(str_eq(from->f[CLAUSE_NO_OCCASION], S("yes"))),
            to == NULL ? C_NONE : C_BOOL(str_eq(to->f[CLAUSE_NO_OCCASION], S("yes"))), wording_cell(from),
            wording_cell(to));
}

static void diff_rows(struct doc *d, const struct pair *p, bool all)
{
    static const struct column columns[] = {
        {"kind", CELL_ENUM, N("kind"), 0, NULL, NULL},
        {"from", CELL_CLAUSE, N("earlier"), 0, NULL, NULL},
        {"to", CELL_CLAUSE, N("later edition"), 0, NULL, NULL},
        {"changes", CELL_TEXT, N("level, duty, no occasion"), 0, NULL, NULL},
        {"reason", CELL_TEXT, N("reason"), 0, NULL, NULL},
        {"level_from", CELL_ENUM, N("earlier level"), COL_DETAIL, NULL, NULL},
        {"level_to", CELL_ENUM, N("later level"), COL_DETAIL, NULL, NULL},
        {"duty_from", CELL_TEXT, N("earlier duty"), COL_DETAIL, NULL, NULL},
        {"duty_to", CELL_TEXT, N("later duty"), COL_DETAIL, NULL, NULL},
        {"no_occasion_from", CELL_BOOL, N("no occasion, earlier"), COL_DETAIL, NULL, NULL},
        {"no_occasion_to", CELL_BOOL, N("no occasion, later"), COL_DETAIL, NULL, NULL},
        {"text_from", CELL_TEXT, N("earlier text"), COL_DETAIL, NULL, NULL},
        {"text_to", CELL_TEXT, N("later text"), COL_DETAIL, NULL, NULL},
    };
    struct index from = items_index(d->w->a, &p->from_clauses), to = items_index(d->w->a, &p->to_clauses);
    DOC_TABLE(d, "diff", columns);
    for (size_t i = 0; i < p->rows.n; i++) {
        const struct item *m = &p->rows.v[i];
        const struct item *a = index_find1(&from, m->f[MAPPING_FROM]), *b = index_find1(&to, m->f[MAPPING_TO]);
        bool shifted = a != NULL && b != NULL && !clause_same(a, b);
        if (all || shifted || !str_eq(m->f[MAPPING_KIND], S("same"))) diff_row(d, m, a, b);
    }
    doc_table_end(d);
}

/* Clauses that a mapping forgot: on neither side of any row. */
static int64_t unmapped(struct arena *a, const struct pair *p, const struct items *clauses, size_t field)
{
    struct index index = items_index(a, clauses);
    bool *seen = arena_array(a, clauses->n, sizeof *seen);
    for (size_t i = 0; i < p->rows.n; i++) {
        const struct item *c = index_find1(&index, p->rows.v[i].f[field]);
        if (c != NULL) seen[c - clauses->v] = true;
    }
    int64_t n = 0;
    for (size_t i = 0; i < clauses->n; i++) n += !seen[i];
    return n;
}

enum err standard_view_diff(struct work *w, const struct args *in, struct doc *d)
{
    struct pair p = {.mapped = false};
    enum err e = pair_load(w, arg_text(in, "from"), arg_text(in, "to"), &p);
    if (e != OK) return e;
    int64_t count[KINDS] = {0};
    for (size_t i = 0; i < p.rows.n; i++) count[kind_of(&p.rows.v[i])]++;
    for (size_t k = 0; k < KINDS; k++) doc_fact(d, kinds[k].p, kinds[k], C_INT(count[k]));
    diff_rows(d, &p, arg_given(in, "all"));
    pair_note(d, &p);
    int64_t left = unmapped(w->a, &p, &p.from_clauses, MAPPING_FROM),
            right = unmapped(w->a, &p, &p.to_clauses, MAPPING_TO);
    if (left + right != 0) {
        doc_note(d, M("the mapping says nothing of %1 clauses of '%2' and %3 of '%4'"), str_int(w->a, left),
                 p.from.code, str_int(w->a, right), p.to.code);
    }
    return OK;
}

/* ---- gaps ---- */
struct cover {   /* of one clause of the government's */
    str own;     /* numbers of the counterparts */
    str finding; /* empty: covered; changed, split: to be looked at; absent */
    str reason_ja, reason_en;
};

static void cover_add(struct arena *a, struct cover *c, const struct item *m)
{
    c->own = c->own.n == 0 ? m->f[MAPPING_FROM] : str_fmt(a, "%.*s %.*s", STR_ARG(c->own), STR_ARG(m->f[MAPPING_FROM]));
    bool look = str_eq(m->f[MAPPING_KIND], S("changed")) || str_eq(m->f[MAPPING_KIND], S("split"));
    if (!look) return;
    c->finding = m->f[MAPPING_KIND];
    c->reason_ja = m->f[MAPPING_REASON_JA];
    c->reason_en = m->f[MAPPING_REASON_EN];
}

static struct cover *covers(struct arena *a, const struct pair *p)
{
    struct index index = items_index(a, &p->to_clauses);
    struct cover *list = arena_array(a, p->to_clauses.n, sizeof *list);
    for (size_t i = 0; i < p->rows.n; i++) {
        const struct item *m = &p->rows.v[i], *c = index_find1(&index, m->f[MAPPING_TO]);
        if (c == NULL) continue;
        struct cover *x = &list[c - p->to_clauses.v];
        if (m->f[MAPPING_FROM].n != 0) {
            cover_add(a, x, m);
        } else { /* why it has none */
            x->reason_ja = m->f[MAPPING_REASON_JA];
            x->reason_en = m->f[MAPPING_REASON_EN];
        }
    }
    for (size_t i = 0; i < p->to_clauses.n; i++) {
        if (list[i].own.n == 0) list[i].finding = S("absent");
    }
    return list;
}

struct gap_count {
    int64_t required, covered, look, absent, not_adopted;
};

static void gap_rows(struct doc *d, const struct pair *p, const bool *adopted, struct gap_count *n)
{
    static const struct column columns[] = {
        {"finding", CELL_ENUM, N("finding"), 0, NULL, NULL},
        {"clause", CELL_CLAUSE, N("clause"), 0, NULL, NULL},
        {"level", CELL_ENUM, N("level"), 0, NULL, NULL},
        {"duty", CELL_TEXT, N("duty"), COL_DETAIL, NULL, NULL},
        {"own", CELL_TEXT, N("own clause"), 0, NULL, NULL},
        {"text", CELL_TEXT, N("text"), 0, NULL, NULL},
        {"reason", CELL_TEXT, N("reason"), COL_DETAIL, NULL, NULL},
    };
    struct cover *cover = covers(d->w->a, p);
    DOC_TABLE(d, "gaps", columns);
    for (size_t i = 0; i < p->to_clauses.n; i++) {
        const struct item *c = &p->to_clauses.v[i];
        const struct cover *x = &cover[i];
        bool counts = str_eq(c->f[CLAUSE_LEVEL], S("basic")) || adopted[i], absent = str_eq(x->finding, S("absent"));
        n->not_adopted += !counts;
        if (!counts) continue;
        n->required++;
        n->covered += !absent;
        n->absent += absent;
        n->look += !absent && x->finding.n != 0;
        if (x->finding.n == 0) continue;
        DOC_ROW(d, C_ENUM(x->finding), C_CLAUSE(c->f[CLAUSE_NUMBER]), C_ENUM(c->f[CLAUSE_LEVEL]),
                text_cell(c->f[CLAUSE_DUTY]), text_cell(x->own), wording_cell(c),
                both_cell(x->reason_ja, x->reason_en));
    }
    doc_table_end(d);
}

static enum err gaps_against(struct work *w, const struct args *in, str *code)
{
    *code = arg_text(in, "edition");
    if (code->n != 0) return OK;
    struct edition own;
    enum err e = edition_need(w, arg_text(in, "own"), &own);
    if (e == OK) e = edition_above(w, own.id, code);
    if (e != NOTFOUND || w->faults.count != 0) return e;
    return fault(w, NOTFOUND,
                 M("there is no decided edition of the government's to compare with: name one with 'edition'"));
}

enum err standard_view_gaps(struct work *w, const struct args *in, struct doc *d)
{
    struct pair p = {.mapped = false};
    struct gap_count n = {0};
    str against;
    enum err e = gaps_against(w, in, &against);
    if (e == OK) e = pair_load(w, arg_text(in, "own"), against, &p);
    if (e != OK) return e;
    bool *adopted = arena_array(w->a, p.to_clauses.n, sizeof *adopted);
    if (p.from.owner != 0) e = adopted_at(w, p.to.id, p.from.owner_lo, adopted, p.to_clauses.n);
    if (e != OK) return e;
    gap_rows(d, &p, adopted, &n);
    doc_fact(d, "edition", M("against"), C_TEXT(p.to.code));
    doc_fact(d, "covered", M("covered"), C_RATE(rate_of_counts(n.covered, n.required, NULL)));
    doc_fact(d, "required", M("clauses required"), C_INT(n.required));
    doc_fact(d, "look", M("to look at"), C_INT(n.look));
    doc_fact(d, "absent", M("without a counterpart"), C_INT(n.absent));
    doc_fact(d, "not_adopted", M("enhanced and not adopted"), C_INT(n.not_adopted));
    pair_note(d, &p);
    return OK;
}

/* ---- adoptions ---- */
enum err standard_view_adoptions(struct work *w, const struct args *in, struct doc *d)
{
    static const struct column columns[] = {
        {"org", CELL_ORG, N("organisation"), 0, NULL, NULL}, {"clause", CELL_CLAUSE, N("clause"), 0, NULL, NULL},
        {"adopted", CELL_BOOL, N("adopted"), 0, NULL, NULL}, {"date", CELL_TEXT, N("date"), 0, NULL, NULL},
        {"by", CELL_TEXT, N("decided by"), 0, NULL, NULL},   {"reason", CELL_TEXT, N("reason"), 0, NULL, NULL},
    };
    struct edition x;
    struct adoption_line *lines;
    size_t n;
    const struct org *org = arg_org(in, "org");
    enum err e = edition_need(w, arg_text(in, "edition"), &x);
    if (e == OK) e = adoptions_load(w, x.id, org == NULL ? 0 : org->lo, org == NULL ? INT64_MAX : org->hi, &lines, &n);
    if (e != OK) return e;
    DOC_TABLE(d, "adoptions", columns);
    for (size_t i = 0; i < n; i++) {
        const str *f = lines[i].item.f;
        DOC_ROW(d, C_ORG(f[ADOPTION_ORG], lines[i].name_ja, lines[i].name_en, 0), C_CLAUSE(f[ADOPTION_CLAUSE]),
                C_BOOL(str_eq(f[ADOPTION_ADOPTED], S("yes"))),
                text_cell(f[ADOPTION_DATE]),
                text_cell(f[ADOPTION_BY]),
                both_cell(f[ADOPTION_REASON_JA], f[ADOPTION_REASON_EN]));
    }
    doc_table_end(d);
    doc_note(
        d, M("an organisation follows the nearest one upward that decided; a clause nobody decided on does not count"));
    return OK;
}

/* ---- checks ---- */
enum err standard_view_checks(struct work *w, const struct args *in, struct doc *d)
{
    static const struct column columns[] = {
        {"clause", CELL_CLAUSE, N("clause"), 0, NULL, NULL},
        {"check", CELL_TEXT, N("Check"), 0, NULL, NULL},
    };
    struct edition x;
    struct items list;
    enum err e = edition_need(w, arg_text(in, "edition"), &x);
    if (e == OK) e = checks_load(w, x.id, &list);
    if (e != OK) return e;
    doc_fact(d, "checks", M("checks"), C_INT((int64_t)list.n));
    DOC_TABLE(d, "checks", columns);
    for (size_t i = 0; i < list.n; i++) DOC_ROW(d, C_CLAUSE(list.v[i].f[CHECK_CLAUSE]), C_TEXT(list.v[i].f[CHECK_NAME]));
    doc_table_end(d);
    if (list.n == 0)
        doc_note(d, M("No check is named yet: `meguri standard import --what checks` reads a table with the columns "
                      "clause and check."));
    doc_note(d, M("A check is the id of a rule in the results of a scanner, or the end of one, such as "
                  "accounts_password_minlen."));
    return OK;
}
