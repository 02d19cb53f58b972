/* inspect extend: a later due day, for one respondent or for all that stand in an organisation; and the list of them. */
#include "inspect/showing.h"
#include "inspect/way_acts.h"

enum { EXTENSION_DAYS_MAX = 366 };

struct extending {
    struct work *w;
    struct round *r;
    struct doc *out;
    int64_t until;
    str why;
};

static struct where at_until(void) { return (struct where){.field = S("until")}; }

static enum err check_day(const struct extending *x, int64_t due)
{
    struct work *w = x->w;
    if (x->until <= due)
        return fault_in(w, INVALID, at_until(), M("it is due on %1 already: an extension is to a later day"),
                        lang_date(w->a, x->out->lang, due));
    if (x->until < today(w))
        return fault_in(w, INVALID, at_until(), M("%1 is over already"), lang_date(w->a, x->out->lang, x->until));
    if (x->until > due + EXTENSION_DAYS_MAX)
        return fault_in(w, INVALID, at_until(), M("at most %1 days later than it is due now (%2)"),
                        str_int(w->a, EXTENSION_DAYS_MAX), lang_date(w->a, x->out->lang, due));
    return OK;
}

/* ---- one ---- */

static enum err extend_one(const struct extending *x, str code)
{
    struct work *w = x->w;
    struct seat_row who;
    struct where where = {.field = S("respondent")};
    enum err e = seat_row_get(w, x->r->id, code, &who);
    ptrdiff_t node = e == OK ? round_node(x->r, who.org) : -1;
    if (e != OK && e != NOTFOUND) return e;
    if (node < 0 || !may(w->actor, MAY_FILE, x->r->nodes[node].here))
        return fault_in(w, NOTFOUND, where, M("no respondent '%1' in round '%2' that you may change"), code, x->r->code);
    if (who.person != 0 && who.person == w->actor->person)
        return fault_in(w, DENIED, where, M("this sheet is your own: someone else has to extend it"));
    if ((e = way_open(w, x->r, (size_t)node, x->out->lang)) != OK) return e;
    if ((e = check_day(x, who.has_due ? who.due : x->r->due)) != OK) return e;
    if ((e = respondent_set_due(w, who.id, x->until)) != OK) return e;
    return extension_add(w, x->r->id, who.org, who.id, x->until, x->why);
}

/* ---- all of an organisation ---- */

static enum err extend_all(const struct extending *x, const struct org *org, int64_t *n)
{
    struct work *w = x->w;
    size_t node;
    struct way_run *runs;
    enum err e = act_node(w, x->r, org, MAY_FILE, &node);
    if (e == OK) e = way_open(w, x->r, node, x->out->lang);
    if (e == OK) e = check_day(x, x->r->due);
    if (e != OK) return e;
    size_t n_runs = way_runs(w->a, x->r, node, &runs);
    for (size_t i = 0; e == OK && i < n_runs; i++) {
        int64_t some = 0;
        e = respondents_extend(w, x->r, runs[i].lo, runs[i].hi, x->until, &some);
        *n += some;
    }
    if (e != OK) return e;
    if (*n == 0)
        return fault_in(w, CONFLICT, at_until(), M("nobody in '%1' but yourself has an earlier due day: nothing is extended"),
                        x->r->nodes[node].code);
    return extension_add(w, x->r->id, x->r->nodes[node].org, 0, x->until, x->why);
}

enum err inspect_act_extend(struct work *w, const struct args *in, struct doc *out)
{
    struct extending x = {.w = w, .r = arena_alloc(w->a, sizeof *x.r), .out = out, .until = arg_int(in, "until")};
    bool one = arg_given(in, "respondent");
    int64_t n = 1;
    if (one == arg_given(in, "org")) return fault(w, INVALID, M("give either a respondent or an organisation"));
    enum err e = round_load(w, arg_text(in, "round"), ROUND_ALL, x.r);
    if (e == OK) e = way_reason(w, in, "why", &x.why);
    if (e != OK) return e;
    if (!str_eq(x.r->state, S("open")))
        return fault(w, CONFLICT, M("round '%1' is closed: nothing is handed in any more"), x.r->code);
    if (!x.r->has_due) return fault(w, CONFLICT, M("round '%1' has no due day, so there is none to extend"), x.r->code);
    if (!one) n = 0;
    e = one ? extend_one(&x, arg_text(in, "respondent")) : extend_all(&x, arg_org(in, "org"), &n);
    if (e != OK) return e;
    doc_fact(out, "respondents", M("Respondents"), C_INT(n));
    doc_fact(out, "until", M("Due"), C_DATE(x.until));
    if (!one) doc_note(out, M("A sheet of your own is not among them: someone else extends it."));
    act_noted(w, S("respondents"), str_int(w->a, n));
    act_next(w, &(struct going_on){.to = "inspect extensions", .given = {{"round", x.r->code}},
                                   .said = tr(out->lang, M("The due day is extended."))});
    return OK;
}

/* ---- the list ---- */

struct tree {
    struct org *all;
    size_t n;
};

static void extension_line(const struct work *w, const struct tree *tree, const struct extension_row *x, struct doc *out)
{
    const struct org *ministry = org_branch(tree->all, tree->n, x->here);
    bool names = may(w->actor, MAY_READ_NAMES, x->here), one = x->respondent.n != 0;
    bool named = x->person_ja.n + x->person_en.n != 0, by = x->by_ja.n + x->by_en.n != 0;
    DOC_ROW(out, ministry == NULL ? C_NONE : C_ORG(ministry->code, ministry->name_ja, ministry->name_en, 0),
            C_ORG(x->org_code, x->org_ja, x->org_en, 0), one && names ? C_TEXT(x->respondent) : C_NONE,
            one && names && named ? C_BOTH(x->person_ja, x->person_en) : C_NONE, C_DATE(x->until),
            one && !names ? C_NONE : C_TEXT(x->why), C_TIME(x->at),
            !names ? C_NONE : by ? C_BOTH(x->by_ja, x->by_en) : C_TEXT(x->by_whom));
}

enum err inspect_view_extensions(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {
        {"ministry", CELL_ORG, N("Ministry or agency"), 0, NULL, NULL},
        {"org", CELL_ORG, N("Organisation"), 0, NULL, NULL},
        {"respondent", CELL_TEXT, N("Respondent"), 0, NULL, NULL},
        {"person", CELL_TEXT, N("Person"), 0, NULL, NULL},
        {"until", CELL_DATE, N("Due"), 0, NULL, NULL},
        {"why", CELL_TEXT, N("Reason"), 0, NULL, NULL},
        {"at", CELL_TIME, N("Extended"), 0, NULL, NULL},
        {"by", CELL_TEXT, N("By"), 0, NULL, NULL},
    };
    struct round *r = arena_alloc(w->a, sizeof *r);
    struct extension_row *all;
    struct tree tree;
    size_t n;
    int64_t edition;
    enum err e = round_rules(w, arg_text(in, "round"), r, &edition);
    if (e == OK) e = extensions_seen(w, r->id, &all, &n);
    if (e == OK) e = org_all(w, &tree.all, &tree.n);
    if (e != OK) return e;
    doc_fact(out, "due", M("Due day of the round"), r->has_due ? C_DATE(r->due) : C_NONE);
    doc_fact(out, "extensions", M("Extensions"), C_INT((int64_t)n));
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "org"});
    DOC_TABLE(out, "extensions", columns);
    for (size_t i = 0; i < n; i++) extension_line(w, &tree, &all[i], out);
    doc_table_end(out);
    if (n == 0) doc_note(out, M("No due day was extended. `inspect extend` gives one respondent, or a whole organisation, a later one."));
    doc_note(out, M("The latest day holds. A sheet handed in after the round's due day, but within an extension, is not late."));
    out->personal = n > 0;
    handling_of(r, out);
    return OK;
}
