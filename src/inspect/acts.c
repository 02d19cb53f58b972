/* Acts on an open round: move, give a reason, leave an organisation out of the analysis. */
#include "inspect/acts.h"

#include "inspect/exception_csv.h"
#include "inspect/way_acts.h"

bool reason_known(str reason)
{
    for (str rest = S(REASONS), one; str_cut(&rest, ' ', &one);)
        if (str_eq(one, reason)) return true;
    return false;
}

enum err round_changeable(struct work *w, const struct args *in, const struct round *r)
{
    if (str_eq(r->state, S("published")))
        return fault(w, CONFLICT, M("round '%1' holds figures published elsewhere: there are no sheets to change"),
                     r->code);
    if (str_eq(r->state, S("closed")) && str_trim(arg_text(in, "correction")).n == 0)
        return fault(w, CONFLICT,
                     M("round '%1' is closed: give --correction REASON; the figures stay as published until the next "
                       "`meguri inspect close --erratum …`"),
                     r->code);
    return OK;
}

enum err round_for_change(struct work *w, const struct args *in, struct round *out)
{
    struct round *r = arena_alloc(w->a, sizeof *r);
    enum err e = round_load(w, arg_text(in, "round"), ROUND_ALL, r);
    if (e == OK) e = round_changeable(w, in, r);
    if (e == OK) *out = *r;
    return e;
}

enum err act_node(struct work *w, const struct round *r, const struct org *org, unsigned right, size_t *out)
{
    ptrdiff_t node = org == NULL ? 0 : round_node(r, org->id);
    if (node < 0 || r->n_nodes == 0)
        return fault(w, NOTFOUND, M("'%1' is not in the frame of round '%2'"), org == NULL ? S("") : org->code,
                     r->code);
    if (!may(w->actor, right, r->nodes[node].here))
        return fault(w, DENIED,
                     org == NULL ? M("your post does not reach '%1', the whole of the round: name an organisation of yours")
                                 : M("your post does not reach '%1'"),
                     r->nodes[node].code);
    *out = (size_t)node;
    return OK;
}

static enum err respondent_of(struct work *w, const struct args *in, const struct round *r, unsigned right,
                              struct respondent *out, size_t *node)
{
    str code = arg_text(in, "respondent");
    struct respondent found = {0};
    enum err e = respondent_find(w, r->id, code, &found);
    ptrdiff_t at = e == OK ? round_node(r, found.org) : -1;
    if (e != OK && e != NOTFOUND) return e;
    if (at < 0 || !may(w->actor, right, r->nodes[at].here))
        return fault(w, NOTFOUND, M("no respondent '%1' in round '%2' that you may change"), code, r->code);
    *out = found;
    *node = (size_t)at;
    return OK;
}

/* ---- move ---- */
/* The old path loses what the new path gains. The respondent stays bound as on the base date; the exceptions of the
 * organisations above are those of where it stands now. */
static enum err move_sums(struct work *w, const struct round *r, const struct respondent *who, size_t from, size_t to)
{
    struct tallying *t = tallying_begin(w, r);
    size_t duty = round_binding(r, who->binding)->duty, n;
    struct exception *all;
    enum err e = exceptions_all(w, r->id, &all, &n);
    if (e != OK) return e;
    uint8_t *excepted = exceptions_of(w, r, all, n, who->id, to);
    e = respondent_set_excepted(
        w, who->id, excepted == NULL ? (str){0} : (str){(char *)excepted, plane_bytes(r->edition.n_clauses)});
    if (e != OK) return e;
    if (who->sheet > 0 || !round_leaves(r, who->reason)) {
        tallying_frame(t, from, duty, -1);
        tallying_frame(t, to, duty, 1);
    }
    if (who->sheet > 0) {
        struct sheet s;
        if ((e = sheet_find(w, who->id, &s)) != OK) return e;
        const uint8_t *was = who->excepted.n == 0 ? NULL : (const uint8_t *)who->excepted.p;
        tallying_sheet(t, from, (enum tally_state)s.state, duty, (const uint8_t *)s.answers.p, was, -1);
        tallying_sheet(t, to, (enum tally_state)s.state, duty, (const uint8_t *)s.answers.p, excepted, 1);
    }
    return tallying_end(t);
}

enum err inspect_act_move(struct work *w, const struct args *in, struct doc *out)
{
    struct round *r = arena_alloc(w->a, sizeof *r);
    struct respondent who;
    size_t from, to;
    enum err e = round_for_change(w, in, r);
    if (e == OK) e = respondent_of(w, in, r, MAY_FILE, &who, &from);
    if (e == OK) e = act_node(w, r, arg_org(in, "to"), MAY_FILE, &to);
    if (e == OK) e = way_open(w, r, from, out->lang);
    if (e == OK) e = way_open(w, r, to, out->lang);
    if (e != OK) return e;
    if (r->nodes[to].aggregated)
        return fault(w, CONFLICT, M("'%1' reports in aggregates in this round, so nobody can be moved there"),
                     r->nodes[to].code);
    if (from == to) {
        doc_note(out, M("The respondent stands there already."));
        return OK;
    }
    if ((e = move_sums(w, r, &who, from, to)) != OK) return e;
    if ((e = respondent_set_org(w, who.id, r->nodes[to].org)) != OK) return e;
    if (who.sheet >= 0 && (e = sheet_set_org(w, who.id, r->nodes[to].org)) != OK) return e;
    struct frame_change change = {
        .kind = S("moved"), .was = r->nodes[from].code, .became = r->nodes[to].code, .why = arg_text(in, "why")};
    if ((e = frame_change_add(w, r->id, who.id, r->nodes[from].org, r->nodes[to].org, &change)) != OK) return e;
    doc_fact(out, "respondent", M("Respondent"), C_TEXT(who.code));
    doc_fact(out, "from", M("Moved from"),
             C_ORG(r->nodes[from].code, r->nodes[from].name_ja, r->nodes[from].name_en, 0));
    doc_fact(out, "to", M("Moved to"), C_ORG(r->nodes[to].code, r->nodes[to].name_ja, r->nodes[to].name_en, 0));
    return OK;
}

/* ---- reason ---- */
enum err inspect_act_reason(struct work *w, const struct args *in, struct doc *out)
{
    struct round *r = arena_alloc(w->a, sizeof *r);
    struct respondent who;
    size_t node;
    str reason = arg_text(in, "reason");
    enum err e = round_for_change(w, in, r);
    if (e == OK) e = respondent_of(w, in, r, MAY_FILE | MAY_CONFIRM, &who, &node);
    if (e == OK) e = way_open(w, r, node, out->lang);
    if (e != OK) return e;
    if (who.person != 0 && who.person == w->actor->person)
        return fault_in(w, DENIED, ((struct where){.field = S("respondent")}),
                        M("this sheet is your own: why nothing is known of it is recorded by someone else"));
    if (str_eq(reason, S("none"))) reason = S("");
    bool was_out = who.sheet <= 0 && round_leaves(r, who.reason), is_out = who.sheet <= 0 && round_leaves(r, reason);
    if (was_out != is_out) {
        struct tallying *t = tallying_begin(w, r);
        tallying_frame(t, node, round_binding(r, who.binding)->duty, was_out ? 1 : -1);
        if ((e = tallying_end(t)) != OK) return e;
    }
    if ((e = respondent_set_reason(w, who.id, reason)) != OK) return e;
    struct frame_change change = {.kind = S("reason"), .was = who.reason, .became = reason, .why = arg_text(in, "why")};
    if ((e = frame_change_add(w, r->id, who.id, who.org, who.org, &change)) != OK) return e;
    doc_fact(out, "respondent", M("Respondent"), C_TEXT(who.code));
    doc_fact(out, "reason", M("Reason"), reason.n == 0 ? C_NONE : C_ENUM(reason));
    if (is_out) doc_note(out, M("By the rule of this round the respondent leaves the denominator."));
    else if (reason.n != 0) doc_note(out, M("The respondent stays in the denominator."));
    if (may(w->actor, MAY_CONFIRM, r->nodes[node].here)) /* from the manager's day, and back to it */
        act_next(w, &(struct going_on){.to = "inspect unit",
                                       .given = {{"round", r->code}},
                                       .said = tr(out->lang, M("The reason is recorded."))});
    return OK;
}

/* ---- exclude ---- */
/* What the organisation gave the sums of clauses above it, up to the first that is excluded itself, is taken out or put
 * back. */
static enum err shift_above(struct work *w, const struct round *r, size_t node, int sign)
{
    size_t size = vector_size(r), respondents = r->n_duties * PER_DUTY;
    int64_t *mine = arena_array(w->a, size + 1, sizeof *mine), *sum = arena_array(w->a, size + 1, sizeof *sum);
    for (int s = 0; s < TALLY_STATES; s++) {
        str stored;
        enum err e = tally_get(w, r->id, r->nodes[node].org, s, &stored);
        if (e == NOTFOUND) continue;
        if (e != OK) return e;
        if (!vector_decode(stored, mine, size))
            return fault(w, STORE,
                         M("the sums of '%1' cannot be read: `meguri rebuild` makes them anew from the sheets"),
                         r->nodes[node].code);
        for (ptrdiff_t up = r->nodes[node].up; up >= 0; up = r->nodes[up].excluded ? -1 : r->nodes[up].up) {
            if ((e = tally_get(w, r->id, r->nodes[up].org, s, &stored)) != OK || !vector_decode(stored, sum, size))
                return STORE;
            for (size_t k = respondents; k < size; k++) sum[k] += sign * mine[k];
            if ((e = tally_put(w, r->id, r->nodes[up].org, s, vector_encode(w->a, sum, size))) != OK) return e;
        }
    }
    return OK;
}

enum err inspect_act_exclude(struct work *w, const struct args *in, struct doc *out)
{
    struct round *r = arena_alloc(w->a, sizeof *r);
    size_t node;
    bool exclude = arg_int(in, "undo") == 0;
    str why = arg_text(in, "why");
    enum err e = round_for_change(w, in, r);
    if (e == OK) e = act_node(w, r, arg_org(in, "org"), MAY_FILE, &node);
    if (e != OK) return e;
    ptrdiff_t above = r->nodes[node].up;
    if (above >= 0 && !may(w->actor, MAY_FILE, r->nodes[above].here))
        return fault(w, DENIED,
                     M("'%1' cannot leave itself out: that changes the figures of '%2', whose office decides it"),
                     r->nodes[node].code, r->nodes[above].code);
    if (above >= 0 && (e = way_open(w, r, (size_t)above, out->lang)) != OK) return e; /* it is the figures there that change */
    if (r->nodes[node].excluded == exclude) {
        doc_note(out, M("That is so already: nothing changes."));
        return OK;
    }
    if ((e = shift_above(w, r, node, exclude ? -1 : 1)) != OK) return e;
    if ((e = node_set_excluded(w, r->id, r->nodes[node].org, exclude, exclude ? why : S(""))) != OK) return e;
    doc_fact(out, "organisation", M("Organisation"),
             C_ORG(r->nodes[node].code, r->nodes[node].name_ja, r->nodes[node].name_en, 0));
    doc_fact(out, "excluded", M("Excluded from the analysis"), C_BOOL(exclude));
    return OK;
}

/* ---- withdraw ---- */
enum err inspect_act_withdraw(struct work *w, const struct args *in, struct doc *out)
{
    struct round *r = arena_alloc(w->a, sizeof *r);
    int64_t filed = 0;
    size_t node;
    enum err e = round_load(w, arg_text(in, "round"), ROUND_ALL, r);
    if (e == OK) e = act_node(w, r, NULL, MAY_FILE, &node);
    if (e == OK) e = round_filed(w, r->id, &filed);
    if (e != OK) return e;
    if (filed != 0)
        return fault(w, CONFLICT,
                     M("something was filed in round '%1' already, so it stays: close it, or open another beside it"),
                     r->code);
    if ((e = round_drop(w, r->id)) != OK) return e;
    doc_fact(out, "round", M("Round withdrawn"), C_TEXT(r->code));
    return OK;
}
