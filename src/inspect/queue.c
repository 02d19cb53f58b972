/* inspect queue: the sheets that wait for who confirms, with what is worth a look. */
#include "inspect/queue.h"

#include <stdlib.h>

#include "inspect/acts.h"
#include "inspect/entered_store.h"
#include "inspect/own_sheet.h"
#include "inspect/showing.h"

enum err queue_begin(struct work *w, struct round *r, struct queue *out)
{
    struct queue q = {.w = w, .r = r, .plan = arena_array(w->a, r->n_bindings + 1, sizeof *q.plan)};
    enum err e = standard_questions(w, &r->edition, &q.questions, &q.n_questions);
    if (e == OK) e = entries_mine(w, r->id, &q.entered, &q.n_entered);
    if (e == OK) *out = q;
    return e;
}

static const struct sheet_plan *plan_of(struct queue *q, const struct binding *b)
{
    struct sheet_plan *p = &q->plan[b - q->r->bindings];
    if (p->clauses == 0) plan_make(q->w->a, q->r, b, q->questions, q->n_questions, p);
    return p;
}

static int by_id(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void find_points(const struct sheet_plan *p, const uint8_t *answers, struct waiting *out)
{
    for (size_t i = 0; i < p->n && out->n_points < POINTS_MAX; i++)
        if (sheet_get(answers, plan_places(p), p->item[i].at) == NOT_DONE) out->points[out->n_points++] = i + 1;
}

/* What was handed in: by question, or derived where it came in a file or is being corrected: by the worst of
 * a question's clauses, since "without any not done" is confirmed in one go. */
bool queue_read(struct queue *q, const struct waiting_row *row, struct waiting *out)
{
    struct waiting x = {.binding = round_binding(q->r, row->binding)};
    if (x.binding == NULL || row->sheet.n != sheet_bytes(q->r->edition.n_clauses)) return false;
    x.plan = plan_of(q, x.binding);
    size_t bytes = sheet_bytes(plan_places(x.plan));
    struct arena_mark mark = arena_mark(q->w->a);
    uint8_t *derived = arena_alloc(q->w->a, bytes + 8);
    bool by_question = row->answers.n == bytes && !row->correcting;
    if (!by_question) plan_derive_worst(x.plan, (const uint8_t *)row->sheet.p, derived);
    const uint8_t *answers = by_question ? (const uint8_t *)row->answers.p : derived;
    x.counts = plan_count(x.plan, answers, NULL);
    find_points(x.plan, answers, &x);
    x.own = row->person != 0 && row->person == q->w->actor->person;
    x.entered = row->brought_in;
    x.entered |= q->n_entered != 0 && bsearch(&row->id, q->entered, q->n_entered, sizeof *q->entered, by_id) != NULL;
    arena_back(q->w->a, mark);
    *out = x;
    return true;
}

/* ---- the view ---- */

struct queue_doc {
    struct queue q;
    struct doc *out;
    int64_t n, clean, own, entered, oldest;
};

static void add_words(struct buf *b, str words)
{
    if (b->n != 0) buf_add(b, S(" / "));
    buf_add(b, words);
}

static str not_done_text(const struct queue_doc *d, const struct waiting *x)
{
    struct buf b = buf_in(d->q.w->a);
    for (size_t i = 0; i < x->n_points; i++) {
        if (i != 0) buf_add(&b, S(", "));
        buf_int(&b, (int64_t)x->points[i]);
    }
    if (x->counts.not_done > (int64_t)x->n_points) buf_add(&b, S(" …"));
    const str words[] = {buf_str(&b)};
    return tr_fill(d->q.w->a, d->out->lang, M("Not done: question %1"), words, 1);
}

static str points_text(const struct queue_doc *d, const struct waiting *x, int64_t returns)
{
    struct buf b = buf_in(d->q.w->a);
    const str times[] = {str_int(d->q.w->a, returns)};
    if (x->n_points > 0) add_words(&b, not_done_text(d, x));
    if (returns > 0) add_words(&b, tr_fill(d->q.w->a, d->out->lang, M("given back before: %1"), times, 1));
    return buf_str(&b);
}

static bool late(const struct round *r, const struct waiting_row *row, int64_t first)
{
    return r->has_due && japan_day(first) > (row->due != 0 ? row->due : r->due);
}

static enum err queue_row(void *to, const struct waiting_row *row)
{
    struct queue_doc *d = to;
    struct waiting x;
    if (!queue_read(&d->q, row, &x)) return STORE;
    if (x.own || x.entered) {
        d->own += x.own;
        d->entered += !x.own;
        return OK;
    }
    int64_t first = row->first != 0 ? row->first : row->at;
    d->n++;
    d->clean += x.counts.not_done == 0 && !row->correcting;
    if (d->oldest == 0 || row->at < d->oldest) d->oldest = row->at;
    DOC_ROW(d->out, C_TEXT(row->code), person_cell(row->person_code, row->person_ja, row->person_en),
            C_ENUM(row->duty), C_ORG(row->org_code, row->org_ja, row->org_en, 0), C_TIME(row->at), C_INT(x.counts.done),
            C_INT(x.counts.not_done), C_INT(x.counts.no_occasion), C_INT((int64_t)x.plan->n),
            x.n_points == 0 && row->returns == 0 ? C_NONE : C_TEXT(points_text(d, &x, row->returns)),
            C_BOOL(late(d->q.r, row, first)), C_BOOL(row->correcting), row->returns == 0 ? C_NONE : C_INT(row->returns),
            C_TEXT(row->code), C_TEXT(row->code));
    return OK;
}

static enum err queue_table(struct queue_doc *d, int64_t lo, int64_t hi)
{
    static const struct column columns[] = {
        {"respondent", CELL_TEXT, N("Sheet"), COL_DATA, NULL, "respondent"},
        {"person", CELL_PERSON, N("Person"), 0, "inspect sheet", NULL},
        {"duty", CELL_ENUM, N("Duty"), 0, NULL, NULL},
        {"org", CELL_ORG, N("Organisation"), COL_DETAIL, NULL, NULL},
        {"submitted", CELL_TIME, N("Submitted"), 0, NULL, NULL},
        {"done", CELL_INT, N("Done"), 0, NULL, NULL},
        {"not_done", CELL_INT, N("Not done"), 0, NULL, NULL},
        {"no_occasion", CELL_INT, N("No occasion"), 0, NULL, NULL},
        {"questions", CELL_INT, N("Questions"), COL_DATA, NULL, NULL},
        {"points", CELL_TEXT, N("To be checked"), 0, NULL, NULL},
        {"late", CELL_BOOL, N("Handed in late"), 0, NULL, NULL},
        {"correcting", CELL_BOOL, N("Being corrected"), 0, NULL, NULL},
        {"returns", CELL_INT, N("Given back before"), COL_DATA, NULL, NULL},
        {"confirm", CELL_TEXT, N("Confirm"), COL_PICK, "inspect confirm", "respondent"},
        {"return", CELL_TEXT, N("Give back"), 0, "inspect return", "respondent"},
    };
    static const struct show show = {.kind = SHOW_CARDS, .label = "person"};
    doc_heading(d->out, M("Sheets that wait for confirmation"));
    doc_show(d->out, &show);
    DOC_TABLE(d->out, "queue", columns);
    enum err e = waiting_each(d->q.w, d->q.r->id, lo, hi, queue_row, d);
    if (e == OK) doc_table_end(d->out);
    return e;
}

static void clean_form(const struct queue_doc *d, const struct org *org)
{
    const str n[] = {str_int(d->q.w->a, d->clean)};
    str label = tr_fill(d->q.w->a, d->out->lang, M("Confirm the %1 without any 'not done'"), n, 1);
    struct form form = {.act = "inspect confirm", .given = {{"round", d->q.r->code}, {"clean", S("1")}}, .button = {{NULL, NULL, label}}};
    str at = org != NULL ? org->code : d->q.w->actor->org_code; /* a confirmation names its place */
    if (at.n != 0) form.given[2] = (struct form_given){"org", at};
    doc_form(d->out, &form);
    doc_form_end(d->out);
}

/* Just confirmed by the reader: a slip is taken back here. */
static enum err undo_call(struct queue_doc *d, str respondent)
{
    static const struct column columns[] = {
        {"what", CELL_TEXT, N("What"), 0, NULL, NULL},
        {"detail", CELL_TEXT, N("Detail"), 0, NULL, NULL},
        {"respondent", CELL_TEXT, N("Take it back"), 0, "inspect return", "respondent"},
    };
    struct seat_row row;
    struct work *w = d->q.w;
    enum err e = seat_row_get(w, d->q.r->id, respondent, &row);
    if (e != OK) return e == NOTFOUND ? OK : e;
    ptrdiff_t node = round_node(d->q.r, row.org);
    bool mine = row.confirmed_by.n != 0 && str_eq(row.confirmed_by, w->actor->person_code);
    if (node < 0 || row.state != 2 || !mine || !confirms_at(w, &d->q.r->nodes[node])) return OK;
    str name = lang_pick(d->out->lang, row.person_ja, row.person_en);
    const str of[] = {name.n != 0 ? name : row.code};
    doc_show(d->out, &(struct show){.kind = SHOW_CALLS, .label = "what", .detail = "detail", .alone = true});
    DOC_TABLE(d->out, "undo", columns);
    DOC_ROW(d->out, C_TEXT(tr_fill(w->a, d->out->lang, M("The sheet of %1 is confirmed"), of, 1)),
            C_TEXT(tr(d->out->lang, M("By mistake? Give it back with a reason: it stands as before, and is handed in again."))),
            C_TEXT(row.code));
    doc_table_end(d->out);
    return OK;
}

/* Who only approves sees the sheets that stand with the ministry itself: nobody else confirms that of its head. */
static bool own_desk(const struct work *w, const struct round *r, int64_t *lo, int64_t *hi)
{
    ptrdiff_t node = round_node(r, w->actor->org);
    if ((w->actor->rights & MAY_CONFIRM) != 0 || (w->actor->rights & MAY_APPROVE) == 0) return false;
    *lo = node < 0 ? 0 : r->nodes[node].lo;
    *hi = node < 0 ? 0 : *lo + 1;
    return true;
}

enum err inspect_view_queue(struct work *w, const struct args *in, struct doc *out)
{
    struct round *r = arena_alloc(w->a, sizeof *r);
    const struct org *org = arg_org(in, "org");
    struct queue_doc d = {.out = out};
    enum err e = round_load(w, arg_text(in, "round"), ROUND_SEEN, r);
    if (e == OK) e = queue_begin(w, r, &d.q);
    if (e != OK) return e;
    ptrdiff_t node = org == NULL ? 0 : round_node(r, org->id);
    if (node < 0) return fault(w, NOTFOUND, M("'%1' is not in the frame of round '%2'"), org->code, r->code);
    int64_t lo = 0, hi = 0;
    if (r->n_nodes > 0) {
        lo = r->nodes[node].lo;
        hi = org == NULL ? r->nodes[r->n_nodes - 1].hi : r->nodes[node].hi;
    }
    bool desk = r->n_nodes > 0 && org == NULL && own_desk(w, r, &lo, &hi);
    if (arg_given(in, "undo") && (e = undo_call(&d, arg_text(in, "undo"))) != OK) return e;
    if ((e = queue_table(&d, lo, hi)) != OK) return e;
    doc_fact(out, "waiting", M("Sheets that wait"), C_INT(d.n));
    doc_fact(out, "clean", M("Without any 'not done'"), C_INT(d.clean));
    doc_fact(out, "oldest", M("Oldest"), d.n == 0 ? C_NONE : C_TIME(d.oldest));
    if (d.clean > 0 && !desk && str_eq(r->state, S("open"))) clean_form(&d, org);
    if (d.own > 0) doc_note(out, M("Your own sheet is confirmed by somebody else, and not shown here."));
    if (d.entered > 0)
        doc_note(out, M("%1 sheets that you entered for others are confirmed by somebody else, and not shown here."),
                 str_int(w->a, d.entered));
    if (d.n == 0) doc_note(out, M("No submitted sheet waits for confirmation here, apart from any of your own."));
    out->personal = true;
    handling_of(r, out);
    return OK;
}

enum err inspect_unit_counts(struct work *w, str round, const struct org *org, struct unit_counts *out)
{
    struct round r;
    int64_t edition;
    struct node *path;
    size_t n = 0;
    enum err e = round_rules(w, round, &r, &edition);
    if (e != OK) return e;
    if (org == NULL) return unit_count(w, r.id, 0, INT64_MAX, out);
    if ((e = path_nodes(w, r.id, org->id, &path, &n)) != OK) return e;
    if (n == 0) *out = (struct unit_counts){0}; /* not in the frame: nobody there is asked */
    return n == 0 ? OK : unit_count(w, r.id, path[n - 1].lo, path[n - 1].hi, out);
}
