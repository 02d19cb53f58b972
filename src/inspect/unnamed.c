/* Systems that are never named here (特別管理秘密を扱うシステム): how many there are and how many of them were checked,
 * so that a reader knows what the denominators leave out. */
#include "inspect/rollup_acts.h"
#include "inspect/way_acts.h"

enum { CHECKED_BY_MAX = 200 };

static enum err check(struct work *w, const struct args *in, const struct unnamed *u)
{
    const struct {
        const char *field;
        bool wrong;
        str id;
    } of[] = {
        {"systems", u->systems < 0 || u->systems > UNNAMED_MAX, M("a count from 0 to 1,000,000")},
        {"checked", u->checked < 0 || u->checked > u->systems, M("a count from 0 to that of the systems")},
        {"on", u->day > today(w), M("a day that has not come yet")},
        {"by", arg_text(in, "by").n > CHECKED_BY_MAX, M("at most 200 bytes")},
    };
    for (size_t i = 0; i < sizeof of / sizeof *of; i++)
        if (of[i].wrong) fault_in(w, INVALID, ((struct where){.field = str_of(of[i].field)}), of[i].id);
    return work_err(w);
}

enum err inspect_act_unnamed(struct work *w, const struct args *in, struct doc *out)
{
    struct round *r = arena_alloc(w->a, sizeof *r);
    struct unnamed u = {arg_int(in, "systems"), arg_int(in, "checked"), arg_int(in, "on")};
    size_t node;
    enum err e = check(w, in, &u);
    if (e == OK) e = round_for_change(w, in, r);
    if (e == OK) e = act_node(w, r, arg_org(in, "org"), MAY_FILE, &node);
    if (e == OK) e = way_open(w, r, node, out->lang);
    if (e == OK) e = unnamed_put(w, r->id, r->nodes[node].org, &u, arg_text(in, "by"));
    if (e != OK) return e;
    const struct node *n = &r->nodes[node];
    doc_fact(out, "organisation", M("Organisation"), C_ORG(n->code, n->name_ja, n->name_en, 0));
    doc_fact(out, "systems", M("Systems that are not named"), C_INT(u.systems));
    doc_fact(out, "checked", M("of these checked"), C_INT(u.checked));
    act_next(w, &(struct going_on){.to = "inspect unnamed-systems", .given = {{"round", r->code}}});
    return OK;
}

enum err inspect_view_unnamed(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {
        {"org", CELL_ORG, N("Organisation"), 0, NULL, NULL},
        {"systems", CELL_INT, N("Systems that are not named"), 0, NULL, NULL},
        {"checked", CELL_INT, N("of these checked"), 0, NULL, NULL},
        {"on", CELL_DATE, N("Checked on"), 0, NULL, NULL},
        {"by", CELL_TEXT, N("Checked by"), 0, NULL, NULL},
    };
    struct round r;
    struct unnamed_row *all;
    int64_t edition;
    size_t n;
    enum err e = round_row(w, arg_text(in, "round"), &r, &edition);
    if (e == NOTFOUND)
        return fault(w, NOTFOUND, M("no round '%1': `meguri inspect rounds` lists them"), arg_text(in, "round"));
    if (e == OK) e = unnamed_rows(w, r.id, &all, &n);
    if (e == OK) e = unnamed_fact(w, &r, 0, INT64_MAX, out);
    if (e != OK) return e;
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "org"});
    DOC_TABLE(out, "unnamed", columns);
    for (size_t i = 0; i < n; i++)
        DOC_ROW(out, C_ORG(all[i].org_code, all[i].org_ja, all[i].org_en, 0), C_INT(all[i].of.systems),
                C_INT(all[i].of.checked), C_DATE(all[i].of.day), C_TEXT(all[i].checked_by));
    doc_table_end(out);
    if (n == 0)
        doc_note(out, M("Nobody told of such systems yet: `inspect unnamed` records how many there are, never which."));
    doc_note(out, M("They stand in no register and in no denominator: the figures of a round leave them out."));
    return OK;
}

enum err unnamed_fact(struct work *w, const struct round *r, int64_t lo, int64_t hi, struct doc *out)
{
    struct unnamed u;
    bool is;
    enum err e = unnamed_sum_seen(w, r->id, lo, hi, &u, &is);
    if (e != OK || !is) return e;
    doc_fact_of(out, "unnamed_systems", M("Systems that are not named"), C_INT(u.systems),
                M("%1 of them checked; in no denominator"), str_int(w->a, u.checked));
    return OK;
}
