/* series show: one series, whole. Also as a block of other rooms' pages. */
#include "series/show.h"

#include "series/acts.h"

static str both(const struct doc *out, str ja, str en) { return lang_pick(out->lang, ja, en); }

/* ---- the head ---- */

static void tell_facts(struct work *w, const struct indicator *s, struct doc *out)
{
    struct series_latest l;
    latest_of(s, &l);
    if (!l.has_value) return;
    str period = period_words(w->a, out->lang, l.period), part = both(out, l.part_ja, l.part_en),
        unit = both(out, s->unit_ja, s->unit_en);
    if (part.n == 0)
        doc_fact_of(out, "value", M("Latest value"), C_DECIMAL(l.value), M("%1, in %2"), period, unit);
    else
        doc_fact_of(out, "value", M("Latest value"), C_DECIMAL(l.value), M("%1, %3, in %2"), period, unit, part);
    if (l.has_change)
        doc_fact_of(out, "change", M("Change since then"), C_DECIMAL(l.change), M("from %1"),
                    period_words(w->a, out->lang, l.before));
    else if (l.broken)
        doc_fact_of(out, "change", M("Change since then"), C_NONE, M("not comparable: the definition changed"));
    if (!l.has_target) return;
    if (str_eq(s->direction, S("neither")))
        doc_fact(out, "target", M("Target"), C_DECIMAL(l.target));
    else
        doc_fact_of(out, "target", M("Target"), C_DECIMAL(l.target), l.met ? M("met") : M("not met"));
}

static void tell_about(struct work *w, const struct indicator *s, struct doc *out)
{
    static const struct column columns[] = {{"what", CELL_TEXT, N("What"), 0, NULL, NULL},
                                            {"said", CELL_TEXT, N("Said"), 0, NULL, NULL}};
    struct cell area = series_area(s->area);
    struct pair {
        str label;
        struct cell said;
    } of[] = {
        {M("Unit"), both_cell(s->unit_ja, s->unit_en)},
        {M("Which is better"), words_cell(str_eq(s->direction, S("higher"))  ? M("higher is better")
                                          : str_eq(s->direction, S("lower")) ? M("lower is better")
                                                                             : M("neither is better"))},
        {M("Kind of figure"), words_cell(str_eq(s->kind, S("flow"))    ? M("counted over a period")
                                         : str_eq(s->kind, S("stock")) ? M("as of a time")
                                                                       : M("a share or a mean"))},
        {M("Area"), area.type == CELL_NONE ? area : C_BOTH(area.ja, area.en)},
        {M("Kept by"), both_cell(s->owner_ja, s->owner_en)},
        {M("Organisation"), both_cell(s->org_ja, s->org_en)},
        {M("Who reads it"), words_cell(s->counted ? M("whoever may see the figures of the rounds")
                                       : s->open  ? M("everybody")
                                                  : M("whose reach has the organisation"))},
        {M("Who changes it"), words_cell(s->counted ? M("nobody: it is read from the rounds")
                                                    : M("who manages the organisation, and the centre"))},
        {M("Code"), C_TEXT(s->code)},
    };
    doc_show(out, &(struct show){.kind = SHOW_PAIRS, .label = "what", .detail = "said", .alone = true});
    DOC_TABLE(out, "about", columns);
    for (size_t i = 0; i < sizeof of / sizeof *of; i++)
        if (of[i].said.type != CELL_NONE) DOC_ROW(out, words_cell(of[i].label), of[i].said);
    doc_table_end(out);
    (void)w;
}

/* ---- what is counted ---- */

static const struct column definition_columns[] = {
    {"definition", CELL_INT, N("Definition"), 0, NULL, NULL},
    {"since", CELL_TEXT, N("From"), 0, NULL, NULL},
    {"counted", CELL_TEXT, N("What is counted"), 0, NULL, NULL},
    {"source", CELL_TEXT, N("Source"), 0, NULL, NULL},
};

/* Where values stand on both sides, the page says in words that they are not compared. */
static void tell_breaks(struct work *w, const struct indicator *s, struct doc *out)
{
    for (size_t i = 1; i < s->n_definitions; i++) {
        const struct definition *now = &s->definitions[i], *then = &s->definitions[i - 1];
        bool before = false, after = false;
        for (size_t k = 0; k < s->n_points; k++) {
            size_t at = definition_at(s, &s->points[k]);
            before = before || at == i - 1;
            after = after || at == i;
        }
        if (!before || !after) continue;
        doc_text(out,
                 M("From %1 on something else is counted, so values before and after are not joined and not compared. "
                   "Before: %2 Since: %3"),
                 period_words(w->a, out->lang, now->since), both(out, then->counted_ja, then->counted_en),
                 both(out, now->counted_ja, now->counted_en));
    }
}

static void tell_definitions(struct work *w, const struct indicator *s, struct doc *out)
{
    if (s->n_definitions == 0) return;
    doc_heading(out, M("What is counted"));
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "counted"});
    DOC_TABLE(out, "definitions", definition_columns);
    for (size_t i = 0; i < s->n_definitions; i++) {
        const struct definition *d = &s->definitions[i];
        DOC_ROW(out, C_INT((int64_t)i + 1), period_cell(w->a, d->since), C_BOTH(d->counted_ja, d->counted_en),
                both_cell(d->source_ja, d->source_en));
    }
    doc_table_end(out);
}

/* ---- sums, notes, targets, corrections ---- */

static void tell_sums(struct work *w, const struct indicator *s, struct doc *out)
{
    static const struct column columns[] = {
        {"period", CELL_TEXT, N("Period"), 0, NULL, NULL},
        {"part", CELL_ENUM, N("Of which"), 0, NULL, NULL},
        {"over", CELL_TEXT, N("Sum of"), 0, NULL, NULL},
        {"published", CELL_DECIMAL, N("Published"), 0, NULL, NULL},
        {"sum", CELL_DECIMAL, N("Sum"), 0, NULL, NULL},
        {"difference", CELL_DECIMAL, N("Published less the sum"), COL_SIGN, NULL, NULL},
    };
    struct unequal *all;
    size_t n, checked = sums_check(w->a, s, &all, &n);
    if (checked == 0) return;
    if (n == 0) {
        doc_note(out, M("%1 published totals were checked: each is the sum of what is published beside it."),
                 str_int(w->a, (int64_t)checked));
        return;
    }
    doc_heading(out, M("Totals that do not add up"));
    doc_text(out, M("%1 of %2 totals differ from the sum of what is published beside them. They stand as published."),
             str_int(w->a, (int64_t)n), str_int(w->a, (int64_t)checked));
    DOC_TABLE(out, "unequal", columns);
    for (size_t i = 0; i < n; i++) {
        const struct unequal *u = &all[i];
        const struct series_part *part = series_part_in(s, u->total->part);
        DOC_ROW(out, period_cell(w->a, u->total->period),
                part == NULL ? C_NONE : enum_named_cell(part->code, part->ja, part->en),
                words_cell(u->over_time      ? M("shorter periods")
                           : u->denominators ? M("numbers of the parts")
                                             : M("values of the parts")),
                u->denominators ? C_DECIMAL(((struct decimal){u->total->d, 0})) : C_DECIMAL(u->total->value),
                C_DECIMAL(u->sum), C_DECIMAL(u->difference));
    }
    doc_table_end(out);
}

/* Where the tables by period have no room for them. */
static void tell_notes(struct work *w, const struct sight *x, struct doc *out)
{
    for (size_t i = 0; x->notes && i < x->s->n_points; i++) {
        const struct point *p = &x->s->points[i];
        const struct series_part *part = series_part_in(x->s, p->part);
        str note = both(out, p->note_ja, p->note_en), period = period_words(w->a, out->lang, p->period);
        if (note.n == 0) continue;
        if (part == NULL)
            doc_note(out, M("%1: %2"), period, note);
        else
            doc_note(out, M("%1, %3: %2"), period, note, both(out, part->ja, part->en));
    }
}

static void tell_targets(const struct sight *x)
{
    static const struct column columns[] = {
        {"period", CELL_TEXT, N("Period"), 0, NULL, NULL},    {"part", CELL_ENUM, N("Of which"), 0, NULL, NULL},
        {"target", CELL_DECIMAL, N("Target"), 0, NULL, NULL}, {"source", CELL_TEXT, N("Source"), 0, NULL, NULL},
        {"note", CELL_TEXT, N("Note"), 0, NULL, NULL},
    };
    const struct indicator *s = x->s;
    if (s->n_targets == 0) return;
    doc_heading(x->out, M("Targets"));
    DOC_TABLE(x->out, "targets", columns);
    for (size_t i = 0; i < s->n_targets; i++) {
        const struct target *t = &s->targets[i];
        const struct series_part *part = series_part_in(s, t->part);
        if (x->target.n != 0 && !str_eq(x->target, t->source)) continue;
        DOC_ROW(x->out, period_cell(x->w->a, t->period),
                part == NULL ? C_NONE : enum_named_cell(part->code, part->ja, part->en), C_DECIMAL(t->value),
                C_TEXT(t->source), both_cell(t->note_ja, t->note_en));
    }
    doc_table_end(x->out);
}

static enum err tell_past(struct work *w, const struct indicator *s, struct doc *out)
{
    static const struct column columns[] = {
        {"day", CELL_DATE, N("Corrected on"), 0, NULL, NULL},
        {"what", CELL_ENUM, N("What"), 0, NULL, NULL},
        {"period", CELL_TEXT, N("Period"), 0, NULL, NULL},
        {"part", CELL_ENUM, N("Of which"), 0, NULL, NULL},
        {"was", CELL_TEXT, N("What stood"), 0, NULL, NULL},
        {"became", CELL_TEXT, N("What stands now"), 0, NULL, NULL},
        {"reason", CELL_TEXT, N("Reason"), 0, NULL, NULL},
    };
    struct past *all;
    size_t n;
    enum err e = s->counted ? OK : series_pasts_of(w, s->id, &all, &n);
    if (e != OK || s->counted || n == 0) return e;
    doc_heading(out, M("Corrections"));
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "period"});
    DOC_TABLE(out, "corrections", columns);
    for (size_t i = 0; i < n; i++) {
        const struct series_part *part = series_part_in(s, all[i].part);
        DOC_ROW(out, C_DATE(japan_day(all[i].at)), C_ENUM(all[i].what), period_cell(w->a, all[i].period),
                part == NULL ? C_NONE : enum_named_cell(part->code, part->ja, part->en), text_cell(all[i].was),
                text_cell(all[i].became), C_TEXT(all[i].reason));
    }
    doc_table_end(out);
    return OK;
}

/* ---- what may be done from here ---- */

static void forms(struct work *w, const struct indicator *s, struct doc *out)
{
    if (s->counted || !may(w->actor, MAY_MANAGE | MAY_CENTRE, s->org_lo)) return;
    const struct {
        const char *act, *ask;
        str title;
    } of[] = {
        {"series put",
         s->n_parts == 0 ? "period value n d flag note_ja note_en reason"
                         : "period dimension value n d flag note_ja note_en reason",
         M("Enter or correct one value")},
        {"series definition", "since counted_ja counted_en source_ja source_en reason",
         M("Say that something else is counted from a period on")},
        {"series target",
         s->n_parts == 0 ? "period value source note_ja note_en reason"
                         : "period dimension value source note_ja note_en reason",
         M("Set a target")},
    };
    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        doc_form(out, &(struct form){.act = of[i].act,
                                     .title = of[i].title,
                                     .given = {{"series", s->code}},
                                     .ask = of[i].ask,
                                     .folded = true});
        doc_form_end(out);
    }
}

/* ---- what is in sight ---- */

static enum err show_parts(struct work *w, const struct args *in, struct sight *x)
{
    const struct arg *given[SERIES_PARTS_MAX];
    size_t n = arg_all(in, "dimension", given, SERIES_PARTS_MAX);
    x->shown = arena_array(w->a, x->s->n_parts + 1, sizeof *x->shown);
    for (size_t i = 0; i < x->s->n_parts; i++) x->shown[i] = n == 0;
    for (size_t k = 0; k < n; k++) {
        const struct series_part *p = series_part_in(x->s, given[k]->text);
        if (p == NULL)
            return fault_in(w, NOTFOUND, ((struct where){.field = S("dimension")}), M("'%1' is no part of series '%2'"),
                            given[k]->text, x->s->code);
        x->shown[p - x->s->parts] = true;
    }
    for (size_t i = 0; i < x->s->n_parts; i++) x->n_shown += x->shown[i];
    return OK;
}

static enum err show_span(struct work *w, const struct args *in, struct sight *x)
{
    static const char *const names[] = {"from", "until"};
    x->from = INT64_MIN;
    x->until = INT64_MAX;
    for (int i = 0; i < 2; i++) {
        struct period p;
        str given = arg_text(in, names[i]);
        if (given.n == 0) continue;
        if (!period_parse(given, &p))
            return fault_in(w, INVALID, ((struct where){.field = str_of(names[i])}),
                            M("'%1' is no period: 2007, FY2007, 2007Q1, FY2007Q1, 2007-05 or 2007-05-21"), given);
        if (i == 0)
            x->from = p.first;
        else
            x->until = p.last;
    }
    return OK;
}

static enum drawn drawn_as(str as)
{
    return str_eq(as, S("line"))     ? DRAWN_LINE
           : str_eq(as, S("bar"))    ? DRAWN_BARS
           : str_eq(as, S("tables")) ? DRAWN_TABLE
                                     : DRAWN_AS_FITS;
}

static void tell_handling(const struct indicator *s, struct doc *out)
{
    out->handling =
        s->open ? M("Confidentiality 1: published") : M("Confidentiality 2: for the organisations concerned only");
}

enum err series_view_show(struct work *w, const struct args *in, struct doc *out)
{
    struct indicator s;
    enum err e = series_load(w, arg_text(in, "series"), &s);
    if (e != OK) return e;
    struct sight x = {
        .w = w, .out = out, .s = &s, .target = arg_text(in, "target"), .as = drawn_as(arg_text(in, "drawn"))};
    if ((e = show_parts(w, in, &x)) != OK || (e = show_span(w, in, &x)) != OK) return e;
    tell_handling(&s, out);
    doc_title(out, M("%1"), both(out, s.ja, s.en));
    if (s.n_definitions != 0)
        doc_lead(
            out, M("%1"),
            both(out, s.definitions[s.n_definitions - 1].counted_ja, s.definitions[s.n_definitions - 1].counted_en));
    tell_facts(w, &s, out);
    tell_breaks(w, &s, out);
    sight_tables(&x);
    tell_sums(w, &s, out);
    tell_targets(&x);
    tell_definitions(w, &s, out);
    doc_heading(out, M("About this series"));
    tell_about(w, &s, out);
    if ((e = tell_past(w, &s, out)) != OK) return e;
    forms(w, &s, out);
    tell_notes(w, &x, out);
    return OK;
}

enum err series_block(struct work *w, str code, struct doc *out)
{
    struct indicator s;
    enum err e = series_load(w, code, &s);
    if (e != OK) return e;
    struct sight x = {.w = w, .out = out, .s = &s, .from = INT64_MIN, .until = INT64_MAX, .n_shown = s.n_parts};
    x.shown = arena_array(w->a, s.n_parts + 1, sizeof *x.shown);
    for (size_t i = 0; i < s.n_parts; i++) x.shown[i] = true;
    doc_heading(out, M("%1 (%2)"), both(out, s.ja, s.en), both(out, s.unit_ja, s.unit_en));
    tell_breaks(w, &s, out);
    sight_tables(&x);
    tell_sums(w, &s, out);
    tell_definitions(w, &s, out);
    tell_notes(w, &x, out);
    return OK;
}
