/* One measure: what is published of it, what its owners say, and how that went; plan history, plan say, and blocks for its page. */
#include "plan/asked.h"
#include "plan/say.h"

struct telling {
    struct work *w;
    struct doc *out;
    const struct plan *p;
    const struct plan_item *item;
    struct lines x; /* of this row alone */
    struct said *said;
    struct progress_frozen_status *frozen;
    size_t n, n_frozen;
};

static enum err telling_load(struct work *w, const struct plan *p, const struct plan_item *item, struct doc *out, struct telling *t)
{
    *t = (struct telling){.w = w, .out = out, .p = p, .item = item};
    enum err e = lines_begin(w, p, 0, &t->x);
    if (e == OK) e = lines_stand(w, &t->x, item->ord, item->ord + 1, true);
    if (e == OK) e = lines_owned(w, &t->x, 0, t->x.n, OWNED_WORDS | OWNED_HEARD);
    if (e == OK && lines_hear(w)) e = said_all(w, p->id, item->key, &t->said, &t->n);
    return e == OK ? progress_frozen_of(w, p->id, item->key, &t->frozen, &t->n_frozen) : e;
}

static const struct line *line(const struct telling *t) { return &t->x.line[0]; }

/* ---- what is published ---- */

static void published(const struct telling *t)
{
    const struct line *l = line(t);
    str said = l->is.source == FROM_LEAD     ? M("said by the lead owner")
               : l->is.source == FROM_CENTRE ? M("settled by the plan's organisation")
                                             : M("as in the last report");
    str text = lang_pick(t->out->lang, l->text_ja, l->text_en);
    doc_fact_of(t->out, "status", M("Status"), status_words_cell(t->w->a, l->is.status), M("%1: %2"), tr(t->out->lang, said),
                tr(t->out->lang, status_legend(l->is.status)));
    if (status_warns(l->is.status, l->worst))
        doc_fact_of(t->out, "behind", M("An owner is further behind"), status_words_cell(t->w->a, l->worst),
                    M("a warning: what is published stays the lead owner's or the centre's"));
    if (lines_hear(t->w) && l->reported > 0)
        doc_fact_of(t->out, "reported", M("Owners that reported"), C_INT(l->reported), M("of %1 owners"), str_int(t->w->a, l->owners));
    if (text.n != 0) doc_text(t->out, M("%1"), text);
}

/* ---- what is said ---- */

static const struct column said_columns[] = {
    {"org", CELL_ORG, N("Organisation"), 0, NULL, NULL},    {"status", CELL_ENUM, N("Status"), 0, NULL, NULL},
    {"text", CELL_TEXT, N("How far it has come"), 0, NULL, NULL}, {"at", CELL_TIME, N("When"), 0, NULL, NULL},
    {"person", CELL_PERSON, N("Entered by"), COL_DETAIL, NULL, NULL}, {"for_it", CELL_BOOL, N("entered for it by somebody above"), COL_DETAIL, NULL, NULL},
    {"reason", CELL_TEXT, N("Why"), 0, NULL, NULL},         {"no", CELL_INT, N("Revision"), COL_DETAIL, NULL, NULL},
    {"voice", CELL_ENUM, N("Voice"), COL_DATA, NULL, NULL},
};

static struct cell who(const struct telling *t, const struct said *s)
{
    if (s->by_ja.n + s->by_en.n == 0 || !may(t->w->actor, MAY_READ_NAMES, s->org_lo)) return C_NONE;
    t->out->personal = true;
    return person_cell(s->by_whom, s->by_ja, s->by_en);
}

static struct cell status_of(const struct telling *t, const struct said *s)
{
    str back = M("taken back");
    if (s->status != STATUS_NONE) return status_words_cell(t->w->a, s->status);
    return (struct cell){.type = CELL_ENUM, .text = S("back"), .ja = tr(LANG_JA, back), .en = back};
}

static void said_rows(const struct telling *t, const char *name, bool last)
{
    doc_show(t->out, &(struct show){.kind = SHOW_CARDS, .label = "org"});
    doc_table(t->out, name, said_columns, sizeof said_columns / sizeof *said_columns);
    for (size_t i = 0; i < t->n; i++) {
        const struct said *s = &t->said[i];
        if (s->last != last) continue;
        DOC_ROW(t->out, C_ORG(s->org_code, s->org_ja, s->org_en, 0), status_of(t, s), both_cell(s->text_ja, s->text_en), C_TIME(s->at), who(t, s), C_BOOL(s->for_it),
                text_cell(s->reason), C_INT(s->no), C_ENUM(s->voice));
    }
    doc_table_end(t->out);
}

static bool any(const struct telling *t, bool last)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->said[i].last == last) return true;
    return false;
}

static void reports(const struct telling *t)
{
    static const struct column columns[] = {
        {"report", CELL_ENUM, N("Report on the plan"), 0, "plan progress", "report"}, {"frozen", CELL_TIME, N("Frozen"), 0, NULL, NULL},
        {"status", CELL_ENUM, N("Status"), 0, NULL, NULL},                {"text", CELL_TEXT, N("How far it has come"), 0, NULL, NULL},
        {"plan", CELL_TEXT, N("Plan"), COL_DATA, NULL, "plan"},
    };
    if (t->n_frozen == 0) return;
    doc_heading(t->out, M("In the reports"));
    doc_show(t->out, &(struct show){.kind = SHOW_CARDS, .label = "report"});
    DOC_TABLE(t->out, "reports", columns);
    for (size_t i = 0; i < t->n_frozen; i++) {
        const struct progress_frozen_status *f = &t->frozen[i];
        DOC_ROW(t->out, progress_report_cell(f->report), C_TIME(f->at), status_words_cell(t->w->a, f->status), both_cell(f->text_ja, f->text_en),
                C_TEXT(t->p->code));
    }
    doc_table_end(t->out);
}

static void blocks(const struct telling *t)
{
    if (t->n == 0 && t->n_frozen == 0) {
        doc_text(t->out, M("Nobody has reported how far it has come."));
        return;
    }
    published(t);
    if (any(t, true)) {
        doc_heading(t->out, M("What the owners say"));
        said_rows(t, "said", true);
    }
    reports(t);
    if (!any(t, false)) return;
    doc_heading(t->out, M("What was said before"));
    said_rows(t, "history", false);
}

static enum err measure_wanted(struct work *w, const struct args *in, struct plan *p, struct plan_item *item)
{
    enum err e = plan_wanted(w, in, p);
    if (e == OK) e = plan_item(w, p, arg_text(in, "no"), item);
    if (e == OK && item->kind == ITEM_RELISTED) e = plan_item(w, p, str_dup(w->a, item->relists), item);
    if (e == OK && item->kind != ITEM_MEASURE)
        e = fault_in(w, INVALID, ((struct where){.field = S("no")}), M("'%1' is no measure"), item->key);
    return e;
}

/* ---- forms ---- */

enum { FORMS_MOST = 3 }; /* owners whose forms stand on the page; more of them are links */

static void links(const struct telling *t)
{
    static const struct column columns[] = {
        {"owner", CELL_ORG, N("In charge"), 0, "plan say", "owner"},
        {"no", CELL_TEXT, N("No."), COL_DATA, NULL, "no"},
        {"plan", CELL_TEXT, N("Plan"), COL_DATA, NULL, "plan"},
    };
    const struct line *l = line(t);
    doc_text(t->out, M("Several owners report on it: choose for which of them."));
    DOC_TABLE(t->out, "report_for", columns);
    for (int64_t i = 0; i < l->owners; i++) {
        const struct owners_org *o = &t->x.owners.org[l->place[i]];
        if (owner_spoken_for(t->w, t->p, o)) DOC_ROW(t->out, C_ORG(o->code, o->name_ja, o->name_en, 0), C_TEXT(t->item->key), C_TEXT(t->p->code));
    }
    doc_table_end(t->out);
}

static enum err form_for(const struct telling *t, str voice, const struct owners_org *o, bool folded)
{
    struct saying s;
    bool centre = str_eq(voice, VOICE_CENTRE);
    enum err e = saying_of(t->w, t->p, t->item, voice, o, &s);
    if (e != OK) return e;
    str name = o == NULL ? (str){"", 0} : lang_pick(t->out->lang, o->name_ja, o->name_en);
    s.title = centre ? M("Settle what is published") : tr_fill(t->w->a, t->out->lang, M("Report for %1"), &name, 1);
    s.folded = folded;
    if (centre && s.was.id == 0) { /* begins with what is published now */
        struct said now = {.status = line(t)->is.status, .text_ja = line(t)->text_ja, .text_en = line(t)->text_en};
        saying_form(&s, &now, t->out);
    } else saying_form(&s, &s.was, t->out);
    return OK;
}

static enum err forms(const struct telling *t)
{
    const struct line *l = line(t);
    const struct owners_org *mine[FORMS_MOST];
    size_t n = 0;
    bool centre = plan_mine(t->w, t->p);
    if (str_eq(t->p->state, S("draft"))) return OK;
    for (int64_t i = 0; i < l->owners; i++) {
        const struct owners_org *o = &t->x.owners.org[l->place[i]];
        if (!owner_spoken_for(t->w, t->p, o)) continue;
        if (n < FORMS_MOST) mine[n] = o;
        n++;
    }
    if (n == 0 && !centre) return OK;
    doc_heading(t->out, M("Report on it"));
    if (n > FORMS_MOST) links(t);
    enum err e = OK;
    for (size_t i = 0; e == OK && n <= FORMS_MOST && i < n; i++) e = form_for(t, VOICE_OWNER, mine[i], n > 1 || centre);
    return e == OK && centre ? form_for(t, VOICE_CENTRE, NULL, true) : e;
}

enum err progress_blocks(struct work *w, const struct plan *p, const struct plan_item *item, struct doc *out)
{
    struct telling t;
    if (item->kind != ITEM_MEASURE) return OK;
    enum err e = telling_load(w, p, item, out, &t);
    if (e != OK) return e;
    doc_heading(out, M("How far it has come"));
    blocks(&t);
    return forms(&t);
}

enum err plan_view_history(struct work *w, const struct args *in, struct doc *out)
{
    struct plan p;
    struct plan_item item;
    struct telling t;
    enum err e = measure_wanted(w, in, &p, &item);
    if (e == OK) e = telling_load(w, &p, &item, out, &t);
    if (e != OK) return e;
    doc_title(out, M("%1 %2"), item.key, lang_pick(out->lang, item.title_ja, item.title_en));
    doc_lead(out, M("%1: how far it has come, and how that went"), lang_pick(out->lang, p.title_ja, p.title_en));
    blocks(&t);
    if ((e = forms(&t)) == OK) asked_note(w, &t.x, out);
    return e;
}

/* The form of one owner alone; of the plan's organisation without an owner. */
enum err plan_view_say(struct work *w, const struct args *in, struct doc *out)
{
    struct saying s;
    enum err e = saying_load(w, in, VOICE_OWNER, &s);
    if (e != OK) return e;
    doc_title(out, M("Report on measure %1"), s.item.key);
    doc_lead(out, M("%1, for %2"), lang_pick(out->lang, s.item.title_ja, s.item.title_en), lang_pick(out->lang, s.org.name_ja, s.org.name_en));
    if (s.was.id != 0)
        doc_fact_of(out, "status", M("Reported before"), status_words_cell(w->a, s.was.status), M("on %1"), lang_day(w->a, out->lang, s.was.at));
    saying_form(&s, &s.was, out);
    return OK;
}
