#include "inspect/bulk.h"

#include <string.h>

#include "base/clock.h"
#include "inspect/bulk_store.h"
#include "inspect/own_sheet.h"
#include "inspect/sheets_csv.h"
#include "inspect/way_acts.h"

enum { ONE_BY_ONE = 256 }; /* fewer sheets than this are asked for by their keys */

/* ---- one sheet ---- */

static uint64_t word_at(const uint8_t *plane, size_t i)
{
    uint64_t x;
    memcpy(&x, plane + i, sizeof x);
    return x;
}

/* What was said takes the place of what stands, clause by clause; true: something is another answer now. */
static bool merge_planes(const uint8_t *was, uint8_t *said, size_t plane)
{
    bool other = false;
    for (size_t i = 0; i < plane; i += 8) {
        uint64_t first = word_at(said, i), second = word_at(said + plane, i), spoken = first | second;
        uint64_t a = (word_at(was, i) & ~spoken) | first, b = (word_at(was + plane, i) & ~spoken) | second;
        other |= a != word_at(was, i) || b != word_at(was + plane, i);
        memcpy(said + i, &a, sizeof a);
        memcpy(said + plane + i, &b, sizeof b);
    }
    return other;
}

static bool says_other(const uint8_t *was, const uint8_t *said, size_t plane)
{
    for (size_t i = 0; i < plane; i += 8) {
        uint64_t first = word_at(said, i), second = word_at(said + plane, i), spoken = first | second;
        if ((word_at(was, i) & spoken) != first || (word_at(was + plane, i) & spoken) != second) return true;
    }
    return false;
}

static bool complete(const uint8_t *sheet, const uint8_t *mask, size_t plane)
{
    for (size_t i = 0; i < plane; i += 8)
        if (word_at(mask, i) & ~(word_at(sheet, i) | word_at(sheet + plane, i))) return false;
    return true;
}

/* Of what was said only the answers to clauses that have none; false: none is left. */
static bool unanswered_left(const uint8_t *was, uint8_t *said, size_t plane)
{
    uint64_t any = 0;
    for (size_t i = 0; i < plane; i += 8) {
        uint64_t open = ~(word_at(was, i) | word_at(was + plane, i));
        uint64_t first = word_at(said, i) & open, second = word_at(said + plane, i) & open;
        any |= first | second;
        memcpy(said + i, &first, sizeof first);
        memcpy(said + plane + i, &second, sizeof second);
    }
    return any != 0;
}

struct bulk_outcome bulk_merge(const uint8_t *was, int state, uint8_t *said, const uint8_t *mask, size_t plane,
                               const struct bulk_rule *rule)
{
    struct bulk_outcome o = {BULK_CHANGED, state, false};
    if (was != NULL && rule->only_unanswered && !unanswered_left(was, said, plane))
        return (struct bulk_outcome){BULK_PASSED, state, false};
    if (state == 2 && !rule->correction && says_other(was, said, plane)) return (struct bulk_outcome){BULK_KEPT, 2, false};
    if (was != NULL) o.replaces = merge_planes(was, said, plane);
    if (state == 2) o.state = o.replaces ? 1 : 2;
    if (state < 1) o.state = !rule->draft && complete(said, mask, plane) ? 1 : 0;
    if (was != NULL && !o.replaces && o.state == state) o.fate = BULK_SAME;
    return o;
}

/* ---- beginning ---- */

static enum err mark_mine(void *to, int64_t respondent)
{
    struct seat *seat = seats_by_id(((struct bulk *)to)->seats, respondent);
    if (seat != NULL) seat->mine = true;
    return OK;
}

enum err bulk_begin(struct work *w, const struct args *in, const struct round *r, struct bulk **out)
{
    struct bulk *b = arena_alloc(w->a, sizeof *b);
    *b = (struct bulk){.w = w, .r = r};
    b->rule = (struct bulk_rule){.draft = str_eq(arg_text(in, "state"), S("draft")),
                                 .only_unanswered = arg_given(in, "only_unanswered"),
                                 .correction = str_trim(arg_text(in, "correction")).n != 0};
    b->count = arena_array(w->a, r->edition.n_clauses + 1, sizeof *b->count);
    enum err e = seats_load_devices(w, r, &b->seats);
    if (e == OK && w->actor->rights & MAY_ANSWER && w->actor->post != 0)
        e = devices_of_post(w, r->id, w->actor->post, mark_mine, b);
    if (e != OK) return e;
    b->f = filing_begin(w, r, b->seats);
    *out = b;
    return OK;
}

bool bulk_may(const struct bulk *b, const struct seat *s)
{
    return s->mine || may(b->w->actor, MAY_FILE | MAY_CONFIRM, b->r->nodes[s->node].here);
}

void bulk_say(struct bulk *b, struct seat *s, size_t clause, enum answer answer, uint32_t row)
{
    if (s->row == 0) {
        seats_answers(b->seats, s);
        s->row = row;
        b->said++;
    }
    sheet_set(s->answers, b->r->edition.n_clauses, clause, answer);
}

enum answer bulk_said(const struct bulk *b, const struct seat *s, size_t clause)
{
    return s->row == 0 ? UNANSWERED : sheet_get(s->answers, b->r->edition.n_clauses, clause);
}

/* ---- what stands ---- */

static void count_answers(struct bulk *b, const struct seat *s, const uint8_t *was, int state)
{
    size_t clauses = b->r->edition.n_clauses, plane = plane_bytes(clauses);
    for (size_t i = 0; i < plane; i += 8) {
        for (uint64_t left = word_at(s->answers, i) | word_at(s->answers + plane, i); left != 0; left &= left - 1) {
            size_t clause = i * 8 + (size_t)__builtin_ctzll(left);
            enum answer said = sheet_get(s->answers, clauses, clause);
            struct bulk_count *n = &b->count[clause][said];
            enum answer before = was == NULL ? UNANSWERED : sheet_get(was, clauses, clause);
            if (before != UNANSWERED && b->rule.only_unanswered) continue;
            if (before == said) n->same++;
            else if (state == 2 && !b->rule.correction) n->kept++;
            else n->answered++;
        }
    }
}

/* Of a unit that is closed, or of a ministry whose figures are on their way, nothing changes. */
static bool left_shut(struct bulk *b, struct seat *s, int state)
{
    if (way_shut(b->r, s->node) < 0) return false;
    b->shut++;
    s->was = (int8_t)state;
    s->row = 0;
    return true;
}

static void decide(struct bulk *b, struct seat *s, const uint8_t *was, int state)
{
    if (left_shut(b, s, state)) return;
    count_answers(b, s, was, state);
    struct bulk_outcome o = bulk_merge(was, state, s->answers, seat_binding(b->r, s)->mask,
                                       plane_bytes(b->r->edition.n_clauses), &b->rule);
    s->was = (int8_t)state;
    s->state = (int8_t)o.state;
    s->replaces = o.replaces;
    b->changed += o.fate == BULK_CHANGED;
    b->same += o.fate == BULK_SAME;
    b->complete += o.fate == BULK_CHANGED && o.state > 0;
    b->drafts += o.fate == BULK_CHANGED && o.state == 0;
    b->passed += o.fate == BULK_PASSED;
    if (o.fate == BULK_KEPT && b->n_kept < BULK_LISTED) b->kept[b->n_kept] = s;
    b->n_kept += o.fate == BULK_KEPT;
    if (o.fate == BULK_KEPT || o.fate == BULK_PASSED) s->row = 0; /* nothing of it is stored */
    else if (was != NULL) filing_take_out(&b->f, s, was);
}

static enum err decide_standing(void *to, const struct sheet *standing)
{
    struct bulk *b = to;
    struct seat *s = seats_by_id(b->seats, standing->respondent);
    if (s == NULL || s->row == 0) return OK;
    if (standing->answers.n != b->f.bytes)
        return fault(b->w, STORE, M("a sheet does not fit its round: restore the database from a backup"));
    decide(b, s, (const uint8_t *)standing->answers.p, standing->state);
    return OK;
}

static enum err decide_one_by_one(struct bulk *b)
{
    for (size_t i = 0; i < seats_n(b->seats); i++) {
        struct seat *s = seats_at(b->seats, i);
        struct sheet standing;
        enum err e = s->row == 0 ? NOTFOUND : sheet_find(b->w, s->id, &standing);
        if (e == OK) e = decide_standing(b, &standing);
        if (e != OK && e != NOTFOUND) return e;
    }
    return OK;
}

enum err bulk_end(struct bulk *b, const str *sources)
{
    enum err e = b->said <= ONE_BY_ONE ? decide_one_by_one(b) : device_sheets(b->w, b->r->id, decide_standing, b);
    for (size_t i = 0; e == OK && i < seats_n(b->seats); i++) {
        struct seat *s = seats_at(b->seats, i);
        if (s->row != 0 && s->was < 0) decide(b, s, NULL, -1);
    }
    if (e == OK) e = filing_put(&b->f, sources);
    if (e == OK) e = tallying_end(b->f.t);
    b->unconfirmed = b->f.unconfirmed;
    return e;
}

/* ---- what is kept and told ---- */

bool is_device_duty(str duty) { return str_eq(duty, S("device")) || str_eq(duty, S("system")); }

static enum err record_answers(struct bulk *b, const struct bulk_source *from)
{
    enum err e = OK;
    for (size_t c = 0; e == OK && c < b->r->edition.n_clauses; c++) {
        for (enum answer a = NOT_DONE; e == OK && a <= DONE; a++) {
            const struct bulk_count *n = &b->count[c][a];
            if (n->answered + n->same + n->kept == 0) continue;
            struct bulk_filing row = {.org = from->at->org, .how = from->how, .what = from->what, .clause = (int64_t)c,
                                      .answer = answer_code(a, false), .as_of = from->as_of, .evidence = from->evidence,
                                      .answered = n->answered, .same = n->same, .kept = n->kept};
            e = bulk_filing_add(b->w, b->r->id, &row);
        }
    }
    return e;
}

static void tell_kept(const struct bulk *b, struct doc *out)
{
    static const struct column columns[] = {
        {"respondent", CELL_TEXT, N("Left as it was"), 0, NULL, NULL},
        {"org", CELL_ORG, N("Organisation"), 0, NULL, NULL},
    };
    if (b->n_kept == 0) return;
    DOC_TABLE(out, "kept", columns);
    for (int64_t i = 0; i < b->n_kept && i < BULK_LISTED; i++) {
        const struct node *at = &b->r->nodes[b->kept[i]->node];
        DOC_ROW(out, C_TEXT(seat_code(b->kept[i])), C_ORG(at->code, at->name_ja, at->name_en, 0));
    }
    doc_table_end(out);
    if (b->n_kept > BULK_LISTED)
        doc_note(out, M("The first %1 of %2 are listed."), str_int(b->w->a, BULK_LISTED), str_int(b->w->a, b->n_kept));
    doc_note(out, M("Confirmed sheets are changed only with --correction and its reason."));
}

static void tell(const struct bulk *b, const struct bulk_source *from, struct doc *out)
{
    struct arena *a = b->w->a;
    doc_text(out, M("%1 systems and devices of %5: %2 answered, %3 said so already, %4 left as they were (confirmed)."),
             str_int(a, b->said), str_int(a, b->changed), str_int(a, b->same), str_int(a, b->n_kept),
             lang_pick(out->lang, from->at->name_ja, from->at->name_en));
    doc_fact(out, "meant", M("Systems and devices meant"), C_INT(b->said));
    doc_fact(out, "answered", M("Answered"), C_INT(b->changed));
    doc_fact(out, "complete", M("of these, complete sheets"), C_INT(b->complete));
    doc_fact(out, "drafts", M("of these, drafts that lack answers"), C_INT(b->drafts));
    doc_fact(out, "same", M("Said so already"), C_INT(b->same));
    if (b->passed > 0) doc_fact(out, "passed", M("Had an answer, passed over"), C_INT(b->passed));
    doc_fact(out, "kept", M("Left as they were (confirmed)"), C_INT(b->n_kept));
    if (b->shut > 0) doc_fact(out, "shut", M("Left as they were (closed units)"), C_INT(b->shut));
    doc_fact(out, "as_of", M("As of the day"), C_DATE(from->as_of));
    if (from->evidence.n != 0) doc_fact(out, "evidence", M("SHA-256 of the evidence"), C_TEXT(from->evidence));
    if (b->drafts > 0)
        doc_note(out, M("Drafts do not count yet: a sheet counts once every clause that binds it is answered."));
    if (b->unconfirmed > 0)
        doc_note(out,
                 M("%1 corrected sheets were confirmed, and leave the official figures until they are confirmed again."),
                 str_int(a, b->unconfirmed));
    if (b->shut > 0) doc_note(out, M("Units that are closed are reopened first (`meguri inspect way`)."));
    tell_kept(b, out);
}

enum err bulk_record(struct bulk *b, const struct bulk_source *from, struct doc *out)
{
    struct work *w = b->w;
    enum err e = record_answers(b, from);
    if (e != OK) return e;
    tell(b, from, out);
    const struct {
        str key;
        int64_t n;
    } noted[] = {{S("meant"), b->said}, {S("answered"), b->changed}, {S("same"), b->same}, {S("kept"), b->n_kept},
                 {S("shut"), b->shut}};
    for (size_t i = 0; i < sizeof noted / sizeof *noted; i++) act_noted(w, noted[i].key, str_int(w->a, noted[i].n));
    act_noted(w, S("as_of"), date_text(w->a, from->as_of));
    return OK;
}

/* ---- parameters ---- */

const struct node *bulk_place(const struct work *w, const struct round *r, const struct org *org)
{
    ptrdiff_t node = round_node(r, org != NULL ? org->id : w->actor->org);
    return &r->nodes[node < 0 ? 0 : node];
}

enum err bulk_clause(struct work *w, const struct round *r, str number, size_t *out)
{
    struct where where = {.field = S("clause")};
    ptrdiff_t clause = standard_clause(&r->edition, str_trim(number));
    if (clause < 0)
        return fault_in(w, NOTFOUND, where, M("no clause '%1' in edition '%2'"), number, r->edition.code);
    if (!is_device_duty(r->edition.clauses[clause].duty))
        return fault_in(w, INVALID, where, M("clause '%1' binds '%2', neither systems nor devices"), number,
                        r->edition.clauses[clause].duty);
    *out = (size_t)clause;
    return OK;
}

enum err bulk_answer_fits(struct work *w, const struct round *r, size_t clause, enum answer a, const char *field)
{
    if (a != NO_OCCASION || mask_has(r->no_occasion, clause)) return OK;
    return fault_in(w, INVALID, ((struct where){.field = str_of(field)}),
                    M("'no occasion arose' is no answer to clause '%1'"), r->edition.clauses[clause].number);
}

enum err bulk_as_of(struct work *w, const struct args *in, int64_t *out)
{
    struct where where = {.field = S("as_of")};
    if (!arg_given(in, "as_of"))
        return fault_in(w, INVALID, where, M("as of which day? Give the day the answers hold for, such as 2026-03-31"));
    if (arg_int(in, "as_of") > today(w))
        return fault_in(w, INVALID, where, M("%1 has not come yet: give the day on which the state was seen"),
                        arg_text(in, "as_of"));
    *out = arg_int(in, "as_of");
    return OK;
}
