/* report show: the document, part by part, as it stands or as it was frozen. */
#include "report/acts.h"
#include "report/report.h"

struct showing {
    struct work *w;
    struct doc *out;
    struct report r;
    struct piece *parts;
    struct report_part_rules *rules;
    size_t n;
    bool open;      /* a draft or in review: states of parts are shown, and what to do */
    str only;       /* one part; empty: all */
};

/* ---- head ---- */

static void draft_facts(const struct showing *s)
{
    int64_t texts = 0, done = 0, shown = 0, made = 0;
    for (size_t i = 0; i < s->n; i++) {
        bool text = s->parts[i].is.what == PART_TEXT, heading = s->parts[i].is.what == PART_HEADING;
        texts += text;
        done += text && (s->parts[i].revision != 0 || s->parts[i].left_out.n != 0);
        shown += !text && !heading;
        made += !text && !heading && (s->parts[i].record_ja.n != 0 || s->parts[i].left_out.n != 0);
    }
    struct arena *a = s->w->a;
    doc_fact_of(s->out, "written", M("Texts written"), C_INT(done), M("of %1 texts"), str_int(a, texts));
    doc_fact_of(s->out, "made", M("Parts assembled"), C_INT(made), M("of %1 that are assembled"), str_int(a, shown));
    if (s->r.open_comments != 0) doc_fact(s->out, "comments", M("Comments to be resolved"), C_INT(s->r.open_comments));
    if (s->r.has_due) doc_fact(s->out, "due", M("To be published by"), C_DATE(s->r.due));
}

static void head(const struct showing *s)
{
    const struct report *r = &s->r;
    struct doc *out = s->out;
    bool open = report_is_public(r, s->w->now);
    struct arena *a = s->w->a;
    doc_title(out, S("%1"), lang_pick(out->lang, r->title_ja, r->title_en));
    doc_lead(out, M("%1. %2, edition %3"), lang_pick(out->lang, r->org_ja, r->org_en), r->code, str_int(a, r->no));
    out->handling = handling_words(open && str_eq(r->handling, S("public")));
    if (open && s->only.n == 0) return;
    doc_fact(out, "state", M("State"), report_enum("state", report_state_shown(r, s->w->now)));
    if (s->open) draft_facts(s);
    if (r->has_embargo) doc_fact(out, "embargo", M("Public from"), C_TIME(r->embargo));
}

/* ---- errata: each edition points to the others ---- */

static enum err editions(const struct showing *s)
{
    static const struct column columns[] = {
        {"edition", CELL_INT, N("Edition"), 0, "report show", "edition"},
        {"report", CELL_TEXT, N("Report"), COL_DATA, NULL, "report"},
        {"state", CELL_ENUM, N("State"), 0, NULL, NULL},
        {"published", CELL_TIME, N("Published at"), 0, NULL, NULL},
        {"corrects", CELL_TEXT, N("What was wrong in the one before"), 0, NULL, NULL},
    };
    struct report *all;
    size_t n;
    enum err e = report_editions(s->w, s->r.code, &all, &n);
    if (e != OK || n < 2) return e;
    if (all[0].no > s->r.no)
        doc_text(s->out, M("This edition was corrected: edition %1 is the newest. It stays readable as it was."), str_int(s->w->a, all[0].no));
    doc_heading(s->out, M("Editions"));
    doc_show(s->out, &(struct show){.kind = SHOW_CARDS, .label = "edition"});
    DOC_TABLE(s->out, "editions", columns);
    for (size_t i = 0; i < n; i++)
        DOC_ROW(s->out, C_INT(all[i].no), C_TEXT(all[i].code), report_enum("state", report_state_shown(&all[i], s->w->now)),
                all[i].published != 0 ? C_TIME(all[i].published) : C_NONE, text_cell(all[i].wrong));
    doc_table_end(s->out);
    return OK;
}

static void erratum(const struct showing *s)
{
    static const struct column columns[] = {
        {"what", CELL_TEXT, N("Erratum"), 0, NULL, NULL},
        {"text", CELL_TEXT, N("Text"), 0, NULL, NULL},
    };
    const struct report *r = &s->r;
    if (r->wrong.n == 0) return;
    doc_heading(s->out, M("Erratum to edition %1"), str_int(s->w->a, r->no - 1));
    doc_show(s->out, &(struct show){.kind = SHOW_PAIRS, .label = "what", .detail = "text", .alone = true});
    DOC_TABLE(s->out, "erratum", columns);
    DOC_ROW(s->out, words_cell(M("What was wrong")), C_TEXT(r->wrong));
    DOC_ROW(s->out, words_cell(M("What is right")), C_TEXT(r->correct));
    DOC_ROW(s->out, words_cell(M("Why")), C_TEXT(r->why));
    doc_table_end(s->out);
}

/* ---- contents: as data it holds the texts too, each with its part ---- */

static str part_state(const struct piece *p)
{
    if (p->is.what == PART_HEADING) return (str){"", 0};
    if (p->left_out.n != 0) return M("left out");
    if (p->is.what == PART_TEXT) return p->revision != 0 ? M("written") : M("to be written");
    return p->record_ja.n != 0 ? M("assembled") : p->trouble_ja.n != 0 ? M("could not be made") : M("to be assembled");
}

static str change_words(struct arena *a, const struct piece *p)
{
    if (p->gone + p->come == 0) return (str){"", 0};
    return str_fmt(a, "+%lld −%lld", (long long)p->come, (long long)p->gone);
}

static const struct column draft_columns[] = {
    {"no", CELL_TEXT, N("No."), 0, NULL, NULL},
    {"heading", CELL_TEXT, N("Part of the document"), 0, "report show", "part"},
    {"kind", CELL_ENUM, N("Kind of part"), 0, NULL, NULL},
    {"state", CELL_ENUM, N("State"), 0, NULL, NULL},
    {"by", CELL_ENUM, N("Who writes it"), 0, NULL, NULL},
    {"at", CELL_TIME, N("Last changed"), COL_DETAIL, NULL, NULL},
    {"change", CELL_TEXT, N("Lines changed by the last assembling"), COL_DETAIL, NULL, NULL},
    {"report", CELL_TEXT, N("Report"), COL_DATA, NULL, "report"},
    {"text", CELL_TEXT, N("Text"), COL_DATA, NULL, NULL},
};
static const struct column public_columns[] = {
    {"no", CELL_TEXT, N("No."), 0, NULL, NULL},
    {"heading", CELL_TEXT, N("Contents"), 0, "report show", "part"},
    {"kind", CELL_ENUM, N("Kind of part"), COL_DATA, NULL, NULL},
    {"state", CELL_ENUM, N("State"), COL_DATA, NULL, NULL},
    {"by", CELL_ENUM, N("Who writes it"), COL_DATA, NULL, NULL},
    {"at", CELL_TIME, N("Last changed"), COL_DATA, NULL, NULL},
    {"change", CELL_TEXT, N("Lines changed by the last assembling"), COL_DATA, NULL, NULL},
    {"report", CELL_TEXT, N("Report"), COL_DATA, NULL, "report"},
    {"text", CELL_TEXT, N("Text"), COL_DATA, NULL, NULL},
};
enum { CONTENT_COLUMNS = sizeof draft_columns / sizeof *draft_columns };

static str shown_text(const struct showing *s, const struct piece *p)
{
    bool is = p->is.what == PART_TEXT && p->revision != 0 && p->left_out.n == 0;
    return is ? lang_pick(s->out->lang, p->text_ja, p->text_en) : (str){"", 0};
}

static void contents_row(const struct showing *s, size_t i, str no)
{
    const struct piece *p = &s->parts[i];
    struct cell heading = {.type = CELL_TEXT, .text = p->is.code, .ja = p->is.ja, .en = p->is.en};
    str state = part_state(p);
    bool text = p->is.what == PART_TEXT;
    DOC_ROW(s->out, text_cell(no), heading, report_enum("part", str_of(report_part_words[p->is.what])), state.n == 0 ? C_NONE : C_ENUM(state),
            !text ? C_NONE : C_ENUM(s->rules[i].adviser ? M("adviser") : M("those who write it")),
            s->open && p->at != 0 ? C_TIME(p->at) : C_NONE, s->open ? text_cell(change_words(s->w->a, p)) : C_NONE,
            C_TEXT(s->r.code), text_cell(shown_text(s, p)));
}

static void contents(const struct showing *s)
{
    struct numbering at = {0};
    doc_heading(s->out, M("Contents"));
    doc_table(s->out, "parts", s->open ? draft_columns : public_columns, CONTENT_COLUMNS);
    for (size_t i = 0; i < s->n; i++) {
        str no = report_part_number(s->w->a, &at, s->parts[i].is.level);
        /* In the list of contents a figure without a heading is part of what stands above it. */
        if (s->open || s->parts[i].is.level != 0) contents_row(s, i, no);
    }
    doc_table_end(s->out);
}

/* ---- the parts ---- */

static void paragraphs(struct doc *out, str text)
{
    str rest = text, one;
    while (str_cut(&rest, '\n', &one))
        if (str_trim(one).n != 0) doc_text(out, S("%1"), one);
}

static void guidance(const struct showing *s, size_t i)
{
    const struct piece *p = &s->parts[i];
    str guide = lang_pick(s->out->lang, p->is.guide_ja, p->is.guide_en);
    if (str_eq(s->r.state, S("draft")) && guide.n != 0) doc_text(s->out, M("What is to be written: %1"), guide);
}

static void text_part(const struct showing *s, size_t i)
{
    const struct piece *p = &s->parts[i];
    guidance(s, i);
    if (p->revision != 0) paragraphs(s->out, lang_pick(s->out->lang, p->text_ja, p->text_en));
    else if (s->open && p->text_ja.n != 0)
        doc_text(s->out, M("Not written yet. Prepared, to be taken over or changed: %1"), lang_pick(s->out->lang, p->text_ja, p->text_en));
    else if (s->open) doc_text(s->out, M("Not written yet."));
}

/* Keys of facts and names of tables are made of letters, digits and underscores. */
static const char *prefix_of(struct arena *a, str code)
{
    struct buf b = buf_in(a);
    for (size_t i = 0; i < code.n; i++) buf_byte(&b, code.p[i] == '-' ? '_' : code.p[i]);
    return str_c(a, buf_str(&b));
}

static void tell_figure(const struct showing *s, const struct piece *p, const struct figure *f)
{
    const char *key = prefix_of(s->w->a, p->is.code);
    const struct record_fact *v = &f->value;
    bool counted = v->cell.type == CELL_RATE && v->cell.rate.d != 0;
    if (v->below.n != 0) doc_fact_of(s->out, key, v->label, v->cell, S("%1"), v->below);
    else if (f->has_of && !counted) doc_fact_of(s->out, key, v->label, v->cell, S("%1 %2"), f->of_label, str_int(s->w->a, f->of));
    else doc_fact(s->out, key, v->label, v->cell);
}

/* Of figures that follow each other the sentences stand first, then the figures side by side, each with what it is of:
 * those before `end`. */
static enum err figures_told(const struct showing *s, size_t end)
{
    size_t i = s->only.n != 0 ? end - 1 : end;
    while (s->only.n == 0 && i > 0 && s->parts[i - 1].is.what == PART_FIGURE && (i == end || s->parts[i].is.level == 0)) i--;
    for (; i < end; i++) {
        struct figure f;
        enum err e = s->parts[i].left_out.n != 0 ? NOTFOUND : report_part_figure(s->w, &s->parts[i], s->out->lang, &f);
        if (e == NOTFOUND) continue;
        if (e != OK) return e;
        tell_figure(s, &s->parts[i], &f);
    }
    return OK;
}

static enum err made_part(const struct showing *s, const struct piece *p)
{
    enum lang lang = s->out->lang;
    str record = lang == LANG_JA ? p->record_ja : p->record_en, trouble = lang_pick(lang, p->trouble_ja, p->trouble_en);
    const struct record_as as = {.prefix = prefix_of(s->w->a, p->is.code), .within = true, .words = p->is.what == PART_FIGURE};
    if (record.n != 0) return record_replay(s->w, record, &as, s->out);
    if (!s->open) return OK; /* it may be missing: the readers are not told of our trouble, which is not frozen either */
    if (trouble.n != 0) doc_text(s->out, M("This part could not be made from '%1': %2"), p->is.view, trouble);
    else if (s->open) doc_text(s->out, M("Not assembled yet."));
    return OK;
}

static enum err one_part(const struct showing *s, size_t i, str no)
{
    const struct piece *p = &s->parts[i];
    str name = lang_pick(s->out->lang, p->is.ja, p->is.en);
    if (p->is.level != 0) doc_heading(s->out, S("%1　%2"), no, name);
    if (p->left_out.n != 0) doc_text(s->out, M("This part is left out: %1"), p->left_out);
    else if (p->is.what == PART_TEXT) text_part(s, i);
    else if (p->is.what != PART_HEADING) {
        enum err e = made_part(s, p);
        if (e != OK) return e;
    }
    bool writes = s->rules[i].adviser ? report_may_advise(s->w->actor, &s->r) : report_may_write(s->w->actor, &s->r);
    if (str_eq(s->r.state, S("draft")) && p->is.what == PART_TEXT && writes)
        report_part_form(&s->r, p, &s->rules[i], s->only.n == 0, s->out);
    return OK;
}

/* Does a row of figures end before part i? */
static bool figures_end(const struct showing *s, size_t i)
{
    bool before = i > 0 && s->parts[i - 1].is.what == PART_FIGURE;
    return before && (i == s->n || s->parts[i].is.what != PART_FIGURE || s->parts[i].is.level != 0);
}

static enum err all_parts(const struct showing *s)
{
    struct numbering at = {0};
    enum err e = OK;
    for (size_t i = 0; e == OK && i <= s->n; i++) {
        if (s->only.n == 0 && figures_end(s, i)) e = figures_told(s, i);
        if (e != OK || i == s->n) return e;
        str no = report_part_number(s->w->a, &at, s->parts[i].is.level);
        if (s->only.n != 0 && !str_eq(s->parts[i].is.code, s->only)) continue;
        e = one_part(s, i, no);
        if (e == OK && s->only.n != 0 && s->parts[i].is.what == PART_FIGURE) e = figures_told(s, i + 1);
    }
    return e;
}

static void foot(const struct showing *s)
{
    const struct report *r = &s->r;
    if (s->open) doc_note(s->out, M("A draft: nothing of it is decided."));
    if (r->published != 0 && report_is_public(r, s->w->now))
        doc_note(s->out, M("Published %1, edition %2 of %3."), lang_day(s->w->a, s->out->lang, r->published), str_int(s->w->a, r->no),
                 str_int(s->w->a, r->last));
    if (r->digest.n == 0) return;
    doc_note(s->out, M("Frozen %1. Digest (SHA-256): %2"), lang_day(s->w->a, s->out->lang, r->approved), r->digest);
    doc_note(s->out, M("Head of the journal then: %1"), r->head);
}

/* What was written in this part before, and what was given while another wrote. */
static enum err part_history(const struct showing *s)
{
    static const struct column columns[] = {
        {"revision", CELL_TEXT, N("Revision"), 0, NULL, NULL},
        {"at", CELL_TIME, N("Written at"), 0, NULL, NULL},
        {"ja", CELL_TEXT, N("Text in Japanese"), 0, NULL, NULL},
        {"en", CELL_TEXT, N("Text in English"), COL_DETAIL, NULL, NULL},
    };
    struct past *past;
    size_t n;
    if (s->only.n == 0 || !s->open || !report_may_comment(s->w->actor, &s->r)) return OK;
    enum err e = report_part_past(s->w, s->r.id, s->r.no, s->only, &past, &n);
    if (e != OK || n == 0) return e;
    doc_heading(s->out, M("Earlier texts of this part"));
    doc_show(s->out, &(struct show){.kind = SHOW_CARDS, .label = "revision"});
    DOC_TABLE(s->out, "past", columns);
    for (size_t i = 0; i < n; i++)
        DOC_ROW(s->out, past[i].revision > 0 ? C_TEXT(str_int(s->w->a, past[i].revision)) : words_cell(M("not taken over")),
                past[i].at != 0 ? C_TIME(past[i].at) : C_NONE, text_cell(past[i].text_ja), text_cell(past[i].text_en));
    doc_table_end(s->out);
    return OK;
}

static enum err load(struct work *w, const struct args *in, struct doc *out, struct showing *s)
{
    *s = (struct showing){.w = w, .out = out, .only = arg_text(in, "part")};
    enum err e = report_find(w, arg_text(in, "report"), arg_int(in, "edition"), &s->r);
    if (e == OK) e = report_pieces_of(w, s->r.id, s->r.no, &s->parts, &s->n);
    if (e != OK) return e;
    s->rules = arena_array(w->a, s->n + 1, sizeof *s->rules);
    for (size_t i = 0; e == OK && i < s->n; i++) e = report_part_rules(w, &s->parts[i].is, &s->rules[i]);
    s->open = str_eq(s->r.state, S("draft")) || str_eq(s->r.state, S("review"));
    return e;
}

/* From one part to the whole. */
static void back(const struct showing *s)
{
    static const struct column columns[] = {
        {"whole", CELL_TEXT, N("The whole report"), 0, "report show", "report"},
        {"what", CELL_TEXT, N("Where it leads"), 0, NULL, NULL},
        {"part", CELL_TEXT, N("Part of the document"), COL_DATA, NULL, "part"}, /* empty: all of them */
    };
    doc_show(s->out, &(struct show){.kind = SHOW_PAIRS, .label = "whole", .detail = "what", .alone = true});
    DOC_TABLE(s->out, "whole", columns);
    DOC_ROW(s->out, ((struct cell){.type = CELL_TEXT, .text = s->r.code, .ja = s->r.title_ja, .en = s->r.title_en}),
            words_cell(M("The whole report")), C_TEXT(S("")));
    doc_table_end(s->out);
}

/* What is frozen does not change any more, whatever its figures were then. */
static void settled(const struct showing *s)
{
    bool was = false;
    for (size_t i = 0; i < s->n; i++) was = was || record_provisional(s->parts[i].record_ja);
    s->out->provisional = s->open;
    if (was && !s->open) doc_note(s->out, M("Some of its figures were provisional when it was frozen."));
}

enum err report_view_show(struct work *w, const struct args *in, struct doc *out)
{
    struct showing s;
    enum err e = load(w, in, out, &s);
    if (e != OK) return e;
    bool whole = s.only.n == 0;
    if (!whole && (e = report_part_find(w, s.parts, s.n, s.only, &(struct piece *){NULL})) != OK) return e;
    head(&s);
    if (whole) erratum(&s);
    else back(&s);
    if (whole && (e = editions(&s)) != OK) return e;
    if (whole) contents(&s);
    if ((e = all_parts(&s)) != OK || (e = part_history(&s)) != OK) return e;
    if (whole) e = report_work_blocks(w, &s.r, s.parts, s.n, out);
    if (e == OK) foot(&s);
    settled(&s);
    return e;
}
