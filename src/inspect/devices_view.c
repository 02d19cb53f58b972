/* inspect devices: how far systems and devices are answered for, clause by clause, and what was filed of them. */
#include "inspect/bulk.h"
#include "inspect/bulk_store.h"
#include "inspect/device_filter.h"
#include "inspect/showing.h"

struct devices {
    struct work *w;
    struct round *r;
    struct doc *out;
    struct device_filter f;
    int64_t lo, hi, post; /* post: only what that one answers for; 0: all */
    int64_t n, state[4];  /* sheets: none, draft, submitted, confirmed */
    int64_t (*count)[DONE + 1];
    bool names, files;    /* who filed may be told; the actor may file */
};

static enum err count_row(void *to, const struct device_row *row)
{
    struct devices *d = to;
    size_t clauses = d->r->edition.n_clauses;
    const struct binding *b = round_binding(d->r, row->binding);
    if (b == NULL || !device_filter_has(&d->f, row->id, row->duty)) return OK;
    bool has = row->answers.n == sheet_bytes(clauses);
    d->n++;
    d->state[row->state < 0 || row->state > 2 ? 0 : row->state + 1]++;
    for (size_t c = 0; c < clauses; c++) {
        if (!mask_has(b->mask, c)) continue;
        d->count[c][has ? sheet_get((const uint8_t *)row->answers.p, clauses, c) : UNANSWERED]++;
    }
    return OK;
}

static void facts(const struct devices *d)
{
    doc_fact(d->out, "devices", M("Systems and devices"), C_INT(d->n));
    doc_fact(d->out, "confirmed", M("Confirmed"), C_INT(d->state[3]));
    doc_fact(d->out, "submitted", M("Sheets to be confirmed"), C_INT(d->state[2]));
    doc_fact(d->out, "draft", M("Drafts"), C_INT(d->state[1]));
    doc_fact(d->out, "none", M("Nothing answered"), C_INT(d->state[0]));
}

static void clause_row(const struct devices *d, size_t c)
{
    const struct clause *x = &d->r->edition.clauses[c];
    const int64_t *n = d->count[c];
    int64_t arisen = n[DONE] + n[NOT_DONE], bound = arisen + n[NO_OCCASION] + n[UNANSWERED];
    if (bound == 0) return;
    DOC_ROW(d->out, C_CLAUSE(x->number), C_BOTH(x->text_ja, x->text_en), C_ENUM(x->duty), C_INT(bound), C_INT(n[DONE]), C_INT(n[NOT_DONE]), C_INT(n[NO_OCCASION]),
            C_INT(n[UNANSWERED]), C_INT(arisen),
            arisen == 0 ? C_NONE : C_RATE(rate_of_counts(n[DONE], arisen, d->r->rule.grades)),
            d->files ? C_TEXT(x->number) : C_NONE);
}

static void clauses(const struct devices *d)
{
    static const struct column columns[] = {
        {"clause", CELL_CLAUSE, N("Clause"), 0, "inspect clause", "clause"},
        {"text", CELL_TEXT, N("text"), 0, NULL, NULL},
        {"kind", CELL_ENUM, N("Kind"), 0, NULL, NULL},
        {"bound", CELL_INT, N("Bound"), 0, NULL, NULL},
        {"done", CELL_INT, N("Done"), 0, NULL, NULL},
        {"not_done", CELL_INT, N("Not done"), 0, NULL, NULL},
        {"no_occasion", CELL_INT, N("No occasion arose"), 0, NULL, NULL},
        {"unanswered", CELL_INT, N("Unanswered"), 0, NULL, NULL},
        {"arisen", CELL_INT, N("Duty arose"), COL_DATA, NULL, NULL},
        {"rate", CELL_RATE, N("Rate"), 0, NULL, NULL, NULL, "arisen"},
        {"answer", CELL_TEXT, N("Answer in bulk"), 0, "inspect answer-devices", "clause"},
    };
    doc_heading(d->out, M("By clause"));
    doc_show(d->out, &(struct show){.kind = SHOW_CARDS, .label = "clause"});
    DOC_TABLE(d->out, "clauses", columns);
    for (size_t c = 0; c < d->r->edition.n_clauses; c++) clause_row(d, c);
    doc_table_end(d->out);
}

static enum err filings(const struct devices *d)
{
    static const struct column columns[] = {
        {"at", CELL_TIME, N("Filed"), 0, NULL, NULL},
        {"clause", CELL_CLAUSE, N("Clause"), 0, NULL, NULL},
        {"answer", CELL_ENUM, N("Answer"), 0, NULL, NULL},
        {"as_of", CELL_DATE, N("As of the day"), 0, NULL, NULL},
        {"answered", CELL_INT, N("Answered"), 0, NULL, NULL},
        {"same", CELL_INT, N("Said so already"), COL_DATA, NULL, NULL},
        {"kept", CELL_INT, N("Left (confirmed)"), 0, NULL, NULL},
        {"how", CELL_ENUM, N("How"), COL_DATA, NULL, NULL},
        {"what", CELL_TEXT, N("Filter or file"), 0, NULL, NULL},
        {"org", CELL_ORG, N("Organisation"), COL_DETAIL, NULL, NULL},
        {"by", CELL_TEXT, N("Filed by"), 0, NULL, NULL},
        {"evidence", CELL_TEXT, N("SHA-256 of the evidence"), COL_DATA, NULL, NULL},
    };
    struct bulk_filing *all;
    size_t n;
    enum err e = bulk_filings(d->w, d->r->id, d->lo, d->hi, &all, &n);
    if (e != OK) return e;
    doc_heading(d->out, M("Filed in bulk so far"));
    if (n == 0) doc_text(d->out, M("Nothing was filed in bulk yet."));
    if (n == 0) return OK;
    doc_show(d->out, &(struct show){.kind = SHOW_CARDS, .label = "clause"});
    DOC_TABLE(d->out, "filings", columns);
    for (size_t i = 0; i < n; i++) {
        const struct bulk_filing *x = &all[i];
        bool whole = !x->above; /* of one from above, counts and files are of others as well */
        DOC_ROW(d->out, C_TIME(x->at), C_CLAUSE(d->r->edition.clauses[x->clause].number), C_ENUM(x->answer),
                C_DATE(x->as_of), whole ? C_INT(x->answered) : C_NONE, whole ? C_INT(x->same) : C_NONE,
                whole ? C_INT(x->kept) : C_NONE, C_ENUM(x->how),
                x->what.n == 0 || !whole ? C_NONE : C_TEXT(x->what), C_ORG(x->org_code, x->org_ja, x->org_en, 0),
                d->names && whole ? C_TEXT(x->by_whom) : C_NONE, x->evidence.n == 0 || !whole ? C_NONE : C_TEXT(x->evidence));
    }
    doc_table_end(d->out);
    if (d->names) d->out->personal = true;
    return OK;
}

static enum err tags(const struct devices *d)
{
    static const struct column columns[] = {
        {"tag", CELL_TEXT, N("Tag"), 0, "inspect devices", "tag"},
        {"devices", CELL_INT, N("Systems and devices"), 0, NULL, NULL},
    };
    struct tag_count *all;
    size_t n;
    enum err e = device_tags(d->w, d->r->id, d->lo, d->hi, &all, &n);
    if (e != OK || n == 0) return e;
    doc_heading(d->out, M("Tags to choose by"));
    DOC_TABLE(d->out, "tags", columns);
    for (size_t i = 0; i < n; i++)
        DOC_ROW(d->out, C_TEXT(str_fmt(d->w->a, "%.*s=%.*s", STR_ARG(all[i].key), STR_ARG(all[i].value))),
                C_INT(all[i].n));
    doc_table_end(d->out);
    return OK;
}

/* What stands in the page's own filter goes along; tags are asked again, since there may be several. */
static void act_form(const struct devices *d, const struct args *in, const char *act, str title, const char *ask)
{
    struct form form = {.act = act, .title = title, .given = {{"round", d->r->code}}, .ask = ask, .folded = true};
    bool org = arg_given(in, "org") && str_eq(str_of(act), S("inspect answer-devices"));
    if (org) form.given[1] = (struct form_given){"org", arg_text(in, "org")};
    doc_form(d->out, &form);
    doc_form_end(d->out);
}

/* Where one goes on from here. */
static void further(const struct devices *d)
{
    static const struct column columns[] = {
        {"sample", CELL_TEXT, N("Check by hand"), 0, "inspect sample", NULL},
        {"agreement", CELL_TEXT, N("Agreement"), 0, "inspect agreement", NULL},
    };
    enum lang lang = d->out->lang;
    DOC_TABLE(d->out, "further", columns);
    DOC_ROW(d->out, d->names ? C_TEXT(tr(lang, M("Draw a sample"))) : C_NONE, C_TEXT(tr(lang, M("Results of the checks"))));
    doc_table_end(d->out);
}

static void forms(const struct devices *d, const struct args *in)
{
    if (d->n == 0) return;
    if (d->files) {
        act_form(d, in, "inspect answer-devices", M("Answer for many at once"),
                 "clause answer as_of kind tag only_unanswered evidence");
        act_form(d, in, "inspect scan", M("Take answers from files of tools"),
                 "file clause key column done not_done no_occasion as_of skip_unknown");
    }
    if (d->post == 0) further(d);
}

static void empty(const struct devices *d)
{
    bool bound = false;
    for (size_t i = 0; i < d->r->n_duties; i++) bound = bound || is_device_duty(d->r->duties[i]);
    if (!bound)
        doc_note(d->out, M("No clause of edition '%1' binds systems or devices: a clause does whose duty is 'system' or "
                           "'device'."), d->r->edition.code);
    else if (d->f.words.n != 0)
        doc_note(d->out, M("No system or device is found by: %1"), d->f.words);
    else
        doc_note(d->out, M("No system or device is asked here: they are those of the register on the base date "
                           "(`meguri registry import --what systems`)."));
}

static enum err load(struct devices *d, const struct args *in)
{
    enum err e = round_load(d->w, arg_text(in, "round"), ROUND_SEEN, d->r);
    if (e == OK && !d->r->has_edition)
        e = fault(d->w, NOTFOUND, M("round '%1' holds published figures only: there are no sheets"), d->r->code);
    if (e == OK) e = device_filter_load(d->w, in, d->r, &d->f);
    if (e != OK || d->r->n_nodes == 0) return e;
    d->lo = d->r->nodes[d->f.node].lo;
    d->hi = d->f.everywhere ? d->r->nodes[d->r->n_nodes - 1].hi : d->r->nodes[d->f.node].hi;
    d->names = may(d->w->actor, MAY_READ_NAMES | MAY_CONFIRM, d->r->nodes[d->f.node].here);
    d->files = str_eq(d->r->state, S("open")) &&
               (d->post != 0 || may(d->w->actor, MAY_FILE | MAY_CONFIRM, d->r->nodes[d->f.node].here));
    d->count = arena_array(d->w->a, d->r->edition.n_clauses + 1, sizeof *d->count);
    return device_rows(d->w, d->r->id, d->lo, d->hi, d->post, count_row, d);
}

static enum err show(struct work *w, const struct args *in, int64_t post, struct doc *out)
{
    struct devices d = {.w = w, .r = arena_alloc(w->a, sizeof *d.r), .out = out, .post = post};
    enum err e = load(&d, in);
    if (e != OK) return e;
    facts(&d);
    if (d.n == 0) empty(&d);
    forms(&d, in);
    if (d.n > 0) clauses(&d);
    if (d.n > 0) e = filings(&d);
    if (e == OK && d.n > 0) e = tags(&d);
    if (d.n > 0)
        doc_note(out, M("Answers in drafts are counted here; in the figures of the round a sheet counts once it is "
                        "submitted."));
    handling_of(d.r, out);
    return e;
}

enum err inspect_view_devices(struct work *w, const struct args *in, struct doc *out) { return show(w, in, 0, out); }

enum err inspect_view_my_devices(struct work *w, const struct args *in, struct doc *out)
{
    str system;
    enum err e = system_of_post(w, w->actor->post, &system);
    if (e == OK && system.n == 0) e = fault(w, DENIED, M("your post is held for no system"));
    return e == OK ? show(w, in, w->actor->post, out) : e;
}

enum err my_devices_link(struct work *w, struct doc *out)
{
    static const struct column columns[] = {{"system", CELL_TEXT, N("System of the post"), 0, "inspect my-devices", NULL}};
    str system;
    enum err e = system_of_post(w, w->actor->post, &system);
    if (e != OK || system.n == 0) return e;
    DOC_TABLE(out, "systems", columns);
    DOC_ROW(out, C_TEXT(system));
    doc_table_end(out);
    return OK;
}
