/* inspect rounds, round, missing, changes, exceptions, errata; and the answers as a file. */
#include "base/clock.h"
#include "inspect/acts.h"
#include "inspect/entered.h"
#include "inspect/rollup_acts.h"

#include "inspect/frame_view.h"
#include "inspect/sheets_csv.h"
#include "inspect/showing.h"

/* ---- rounds ---- */
enum err inspect_view_rounds(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {
        {"round", CELL_TEXT, N("Round"), 0, "inspect round", "round"},
        {"title", CELL_TEXT, N("Title"), 0, "inspect whole", "round"},
        {"state", CELL_ENUM, N("State"), 0, NULL, NULL},
        {"edition", CELL_TEXT, N("Edition of the standard"), 0, "standard show", "edition"},
        {"base", CELL_DATE, N("Base date"), 0, NULL, NULL},
        {"due", CELL_DATE, N("Due"), COL_DETAIL, NULL, NULL},
        {"figures", CELL_INT, N("Edition of the figures"), COL_DETAIL, NULL, NULL},
        {"synthetic", CELL_BOOL, N("Synthetic"), 0, NULL, NULL},
    };
    str *codes;
    size_t n;
    (void)in;
    enum err e = round_codes(w, &codes, &n);
    if (e != OK) return e;
    DOC_TABLE(out, "rounds", columns);
    for (size_t k = 0; k < 2 * n; k++) { /* those under way first: a page that is given no round shows the first */
        size_t i = k % n;
        struct round r;
        int64_t edition;
        struct edition ed = {0};
        if ((e = round_row(w, codes[i], &r, &edition)) != OK) return e;
        if (str_eq(r.state, S("open")) != (k < n)) continue;
        if (edition != 0 && (e = standard_edition_head(w, edition, &ed)) != OK) return e;
        DOC_ROW(out, C_TEXT(r.code),
                ((struct cell){.type = CELL_TEXT, .text = r.code, .ja = r.title_ja, .en = r.title_en}), C_ENUM(r.state),
                text_cell(ed.code), C_DATE(r.base), r.has_due ? C_DATE(r.due) : C_NONE,
                r.frozen == 0 ? C_NONE : C_INT(r.frozen), C_BOOL(r.synthetic));
    }
    doc_table_end(out);
    if (n == 0)
        doc_note(out, M("No round yet: `meguri inspect open --help` shows how to open one, `meguri demo load` brings "
                        "some to look at."));
    return OK;
}

enum err inspect_view_round(struct work *w, const struct args *in, struct doc *out)
{
    struct round *r = arena_alloc(w->a, sizeof *r);
    enum err e = round_load(w, arg_text(in, "round"), ROUND_SEEN, r);
    if (e != OK) return e;
    int64_t draft, submitted, confirmed, respondents;
    bool counts = r->n_nodes > 0 && may(w->actor, MAY_READ_RATES, r->nodes[0].here);
    if ((e = sheets_counts(w, r->id, &draft, &submitted, &confirmed, &respondents)) != OK) return e;
    doc_fact(out, "round", M("Round"), C_TEXT(r->code));
    doc_fact(out, "title", M("Title"), C_BOTH(r->title_ja, r->title_en));
    doc_fact(out, "state", M("State"), C_ENUM(r->state));
    if (r->has_edition) doc_fact(out, "edition", M("Edition of the standard"), C_TEXT(r->edition.code));
    doc_fact(out, "base", M("Base date"), C_DATE(r->base));
    doc_fact(out, "due", M("Due"), r->has_due ? C_DATE(r->due) : C_NONE);
    doc_fact(out, "organisations", M("Organisations"), C_INT((int64_t)r->n_nodes));
    if (!r->has_edition) return frozen_note(w, r, r->frozen, out);
    if (counts) {
        doc_fact(out, "respondents", M("Respondents"), C_INT(respondents));
        doc_fact(out, "draft", M("Sheets in draft"), C_INT(draft));
        doc_fact(out, "submitted", M("Sheets submitted"), C_INT(submitted));
        doc_fact(out, "confirmed", M("Sheets confirmed"), C_INT(confirmed));
        if ((e = entered_fact(w, r, 0, INT64_MAX, out)) != OK) return e;
    }
    doc_fact(out, "rate", M("Rule for rates"), C_ENUM(r->rate_text));
    doc_fact(out, "thresholds", M("Thresholds of attainment"), C_TEXT(r->thresholds));
    doc_fact(out, "grades", M("Grades"), C_TEXT(r->grades_text));
    doc_fact(out, "exceptions", M("Rule of the round for exceptions"), C_ENUM(r->exceptions_text));
    doc_fact(out, "unknown_out", M("Reasons that leave the denominator"),
             text_cell(r->unknown_out));
    doc_fact(out, "figures", M("Edition of the figures"), r->frozen == 0 ? C_NONE : C_INT(r->frozen));
    if (counts && (e = unnamed_fact(w, r, 0, INT64_MAX, out)) != OK) return e;
    if (r->synthetic) doc_note(out, M("Synthetic data: no real organisation answered this."));
    return frame_call(w, r, 0, out);
}

/* ---- missing ---- */
struct missing {
    struct showing s;
    struct doc *out;
    struct missing_count {
        size_t node;
        str reason;
        int64_t all, unknown;
        struct missing_count *next;
    } **of; /* per node */
};

static void add_missing(struct missing *m, ptrdiff_t node, str reason, int64_t all, int64_t unknown)
{
    struct missing_count **at = &m->of[node];
    while (*at != NULL && !str_eq((*at)->reason, reason)) at = &(*at)->next;
    if (*at == NULL) {
        *at = arena_alloc(m->s.w->a, sizeof **at);
        (*at)->reason = str_dup(m->s.w->a, reason);
    }
    (*at)->all += all;
    (*at)->unknown += unknown;
}

/* Counted at the unit and at every organisation above it that is seen. */
static void count_missing(void *to, int64_t org, str duty, str reason, int64_t all, int64_t unknown)
{
    struct missing *m = to;
    (void)duty;
    for (ptrdiff_t at = round_node(m->s.r, org); at >= 0; at = m->s.r->nodes[at].up)
        add_missing(m, at, reason, all, unknown);
}

static void missing_rows(struct missing *m, size_t node)
{
    for (struct missing_count *c = m->of[node]; c != NULL; c = c->next) {
        if (c->unknown == 0) continue;
        str reason = c->reason.n == 0 ? S("not-answered") : c->reason;
        DOC_ROW(m->out, node_cell(&m->s, node), C_ENUM(reason), C_INT(c->unknown),
                C_BOOL(!round_leaves(m->s.r, c->reason)));
    }
}

static enum err missing_people(struct missing *m)
{
    static const struct column columns[] = {
        {"respondent", CELL_TEXT, N("Respondent"), 0, NULL, NULL}, {"duty", CELL_ENUM, N("Duty"), 0, NULL, NULL},
        {"org", CELL_ORG, N("Organisation"), 0, NULL, NULL},       {"person", CELL_PERSON, N("Person"), 0, NULL, NULL},
        {"reason", CELL_ENUM, N("Reason"), 0, NULL, NULL},         {"draft", CELL_BOOL, N("Begun"), 0, NULL, NULL},
    };
    struct showing *s = &m->s;
    size_t top = s->node < 0 ? 0 : (size_t)s->node, n;
    struct missing_name *all;
    if (s->r->n_nodes == 0) return OK;
    if (!may(s->w->actor, MAY_READ_NAMES, s->r->nodes[top].here))
        return fault(
            s->w, DENIED,
            M("who has not answered is shown to those who manage or confirm there; leave out --names for the counts"));
    enum err e = missing_names(s->w, s->r->id, s->r->nodes[top].lo, s->r->nodes[top].hi, &all, &n);
    if (e != OK) return e;
    DOC_TABLE(m->out, "names", columns);
    for (size_t i = 0; i < n; i++)
        DOC_ROW(m->out, C_TEXT(all[i].code), C_ENUM(all[i].duty),
                C_ORG(all[i].org_code, all[i].org_ja, all[i].org_en, 0),
                person_cell(all[i].person_code, all[i].person_name, (str){0}),
                C_ENUM(all[i].reason.n == 0 ? S("not-answered") : all[i].reason), C_BOOL(all[i].draft));
    doc_table_end(m->out);
    return OK;
}

enum err inspect_view_missing(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {
        {"org", CELL_ORG, N("Organisation"), 0, "inspect missing", "org"},
        {"reason", CELL_ENUM, N("Reason"), 0, NULL, NULL},
        {"respondents", CELL_INT, N("Respondents"), 0, NULL, NULL},
        {"counted", CELL_BOOL, N("In the denominator"), 0, NULL, NULL},
    };
    struct missing m = {.out = out};
    enum err e = showing_load(w, in, 1, AS_IT_STANDS, &m.s);
    if (e != OK) return e;
    m.of = arena_array(w->a, m.s.r->n_nodes + 1, sizeof *m.of);
    if ((e = missing_counts(w, m.s.r->id, count_missing, &m)) != OK) return e;
    DOC_TABLE(out, "missing", columns);
    for (size_t i = 0; i < m.s.r->n_nodes; i++)
        if (m.s.shown[i] && !m.s.withheld[i]) missing_rows(&m, i);
    doc_table_end(out);
    if (arg_int(in, "names") != 0 && (e = missing_people(&m)) != OK) return e;
    doc_note(out, M("Of those asked by sheets and with none submitted; a draft is not known."));
    if ((e = showing_notes(&m.s, out)) != OK) return e;
    if (arg_int(in, "names") == 0) return OK;
    out->personal = true;
    out->handling = M("holds personal data: for those concerned only");
    return OK;
}

/* ---- what happened to the frame; exceptions ---- */
enum err inspect_view_changes(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {
        {"respondent", CELL_TEXT, N("Respondent"), 0, NULL, NULL}, {"kind", CELL_ENUM, N("Change"), 0, NULL, NULL},
        {"was", CELL_ENUM, N("Was"), 0, NULL, NULL},               {"became", CELL_ENUM, N("Became"), 0, NULL, NULL},
        {"why", CELL_TEXT, N("Why"), 0, NULL, NULL},               {"at", CELL_TIME, N("At"), COL_DETAIL, NULL, NULL},
        {"by", CELL_TEXT, N("By"), COL_DETAIL, NULL, NULL},
    };
    struct round *r = arena_alloc(w->a, sizeof *r);
    struct frame_change *all;
    size_t n;
    enum err e = round_load(w, arg_text(in, "round"), ROUND_SEEN, r);
    if (e == OK) e = frame_changes(w, r->id, &all, &n);
    if (e != OK) return e;
    handling_of(r, out);
    out->personal = n != 0; /* a respondent is a person's post */
    DOC_TABLE(out, "changes", columns);
    for (size_t i = 0; i < n; i++)
        DOC_ROW(out, C_TEXT(all[i].respondent), C_ENUM(all[i].kind), all[i].was.n == 0 ? C_NONE : C_ENUM(all[i].was),
                all[i].became.n == 0 ? C_NONE : C_ENUM(all[i].became), text_cell(all[i].why),
                C_TIME(all[i].at), text_cell(all[i].by_whom));
    doc_table_end(out);
    if (n == 0) doc_note(out, M("The frame stands as it was frozen on %1."), date_text(w->a, r->base));
    return OK;
}

enum err inspect_view_exceptions(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {
        {"number", CELL_TEXT, N("Number"), 0, NULL, NULL},
        {"org", CELL_ORG, N("Organisation"), 0, NULL, NULL},
        {"respondent", CELL_TEXT, N("Respondent"), 0, NULL, NULL},
        {"clause", CELL_CLAUSE, N("Clause"), 0, "standard show", "clause"},
        {"from", CELL_DATE, N("From"), 0, NULL, NULL},
        {"to", CELL_DATE, N("Until"), 0, NULL, NULL},
        {"counts", CELL_BOOL, N("On the base date"), 0, NULL, NULL},
        {"reason", CELL_TEXT, N("Reason"), COL_DETAIL, NULL, NULL},
        {"case", CELL_TEXT, N("Case"), 0, "case show", "case"},
    };
    struct round *r = arena_alloc(w->a, sizeof *r);
    struct exception *all;
    size_t n;
    enum err e = round_load(w, arg_text(in, "round"), ROUND_SEEN, r);
    if (e == OK) e = exceptions_seen(w, r->id, &all, &n);
    if (e != OK) return e;
    handling_of(r, out);
    out->personal = n != 0;
    DOC_TABLE(out, "exceptions", columns);
    for (size_t i = 0; i < n; i++)
        DOC_ROW(out, C_TEXT(all[i].number), C_ORG(all[i].org_code, all[i].org_ja, all[i].org_en, 0),
                text_cell(all[i].respondent_code),
                C_CLAUSE(r->edition.clauses[all[i].clause].number), C_DATE(all[i].since), C_DATE(all[i].until),
                C_BOOL(all[i].since <= r->base && r->base <= all[i].until),
                text_cell(all[i].reason),
                all[i].granted ? C_TEXT(all[i].number) : C_NONE);
    doc_table_end(out);
    if (n == 0) doc_note(out, M("No exception is recorded for this round."));
    return OK;
}

/* ---- notes ---- */
enum err inspect_view_notes(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {
        {"respondent", CELL_TEXT, N("Respondent"), 0, NULL, NULL},
        {"org", CELL_ORG, N("Organisation"), 0, NULL, NULL},
        {"clause", CELL_CLAUSE, N("Clause"), 0, "standard show", "clause"},
        {"note", CELL_TEXT, N("Note"), 0, NULL, NULL},
    };
    struct round *r = arena_alloc(w->a, sizeof *r);
    struct note *all;
    size_t n;
    enum err e = round_load(w, arg_text(in, "round"), ROUND_SEEN, r);
    if (e != OK) return e;
    const struct org *org = arg_org(in, "org");
    ptrdiff_t node = org == NULL ? 0 : round_node(r, org->id);
    if (!r->has_edition || node < 0 || r->n_nodes == 0)
        return fault(w, NOTFOUND, M("round '%1' has no sheets there that you may read"), r->code);
    int64_t hi = org == NULL ? r->nodes[r->n_nodes - 1].hi : r->nodes[node].hi;
    if ((e = notes_seen(w, r->id, r->nodes[node].lo, hi, &all, &n)) != OK) return e;
    DOC_TABLE(out, "notes", columns);
    for (size_t i = 0; i < n; i++)
        DOC_ROW(out, C_TEXT(all[i].respondent), C_ORG(all[i].org_code, all[i].org_ja, all[i].org_en, 0),
                C_CLAUSE(r->edition.clauses[all[i].clause].number), C_TEXT(all[i].note));
    doc_table_end(out);
    if (n == 0) doc_note(out, M("No answer has a note here."));
    out->personal = n != 0;
    out->handling = M("holds personal data: for those concerned only");
    return OK;
}

/* ---- the answers as a file ---- */
struct answers {
    const struct round *r;
    struct bytes_out *out;
    struct work *w;
};

static const char *const answer_words[] = {"", "not_done", "no_occasion", "done"};

/* Wide, as an import reads it; a clause that does not bind the respondent stays empty. */
static enum err answers_row(void *to, const struct answers_row *x)
{
    struct answers *a = to;
    struct arena_mark mark = arena_mark(a->w->a);
    struct buf b = buf_in(a->w->a);
    size_t n = a->r->edition.n_clauses;
    csv_put_raw(&b, x->code, true); /* a code may begin with a hyphen, and must come back as it is */
    csv_put_raw(&b, x->org_code, false);
    csv_put_raw(&b, x->duty, false);
    csv_put(&b, x->state < 0 ? S("draft") : sheet_state_text(x->state), false);
    for (size_t c = 0; c < n; c++)
        csv_put(&b,
                str_of(answer_words[x->answers.n == 0 ? UNANSWERED : sheet_get((const uint8_t *)x->answers.p, n, c)]),
                false);
    csv_end_row(&b);
    enum err e = a->out->put(a->out, buf_str(&b));
    arena_back(a->w->a, mark);
    return e;
}

enum err inspect_file_answers(struct work *w, const struct args *in, struct bytes_out *out)
{
    struct round *r = arena_alloc(w->a, sizeof *r);
    enum err e = round_load(w, arg_text(in, "round"), ROUND_SEEN, r);
    if (e != OK) return e;
    const struct org *org = arg_org(in, "org");
    ptrdiff_t node = org == NULL ? 0 : round_node(r, org->id);
    if (!r->has_edition || node < 0 || r->n_nodes == 0)
        return fault(w, NOTFOUND, M("round '%1' has no sheets there that you may read"), r->code);
    struct buf b = buf_in(w->a);
    csv_put(&b, S("respondent"), true);
    csv_put(&b, S("organisation"), false);
    csv_put(&b, S("duty"), false);
    csv_put(&b, S("state"), false);
    for (size_t c = 0; c < r->edition.n_clauses; c++) csv_put(&b, r->edition.clauses[c].number, false);
    csv_end_row(&b);
    if ((e = out->put(out, buf_str(&b))) != OK) return e;
    struct answers a = {r, out, w};
    const struct node *n = &r->nodes[node];
    int64_t hi = org == NULL ? r->nodes[r->n_nodes - 1].hi : n->hi;
    return answers_each(w, r->id, n->lo, hi, answers_row, &a);
}
