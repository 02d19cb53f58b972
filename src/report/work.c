/* Who works on a report, and what is to be done next: comments, forms, buttons. Below the document, and never part of it. */
#include "report/acts.h"
#include "report/report.h"
#include "surface/fields.h"

/* ---- the form of one text ---- */

static void long_field(struct doc *out, str name, str label, bool must, str help, str value)
{
    field_row(out, name, "long", words_cell(label), must, help.n == 0 ? C_NONE : words_cell(help), text_cell(value));
}

void report_part_form(const struct report *r, const struct piece *p, const struct report_part_rules *rules, bool folded, struct doc *out)
{
    struct arena *a = out->w->a;
    (void)rules;
    str name = lang_pick(out->lang, p->is.ja, p->is.en), title = tr_fill(a, out->lang, M("Write '%1'"), &name, 1);
    doc_form(out, &(struct form){.act = "report write",
                                 .title = title,
                                 .given = {{"report", r->code}, {"part", p->is.code}, {"revision", str_int(a, p->revision)}},
                                 .button = {{NULL, NULL, M("Save")}},
                                 .folded = folded});
    struct buf b = buf_in(a);
    buf_add(&b, S("write_"));
    for (size_t i = 0; i < p->is.code.n; i++) buf_byte(&b, p->is.code.p[i] == '-' ? '_' : p->is.code.p[i]);
    fields_begin(out, str_c(a, buf_str(&b)));
    long_field(out, S("text_ja"), M("Text in Japanese"), true, M("an empty line begins a new paragraph"), p->text_ja);
    long_field(out, S("text_en"), M("Text in English"), false, M("may be left out: readers in English then see the Japanese"), p->text_en);
    doc_table_end(out);
    doc_form_end(out);
}

/* ---- comments and reviewers ---- */

static str part_name(const struct piece *parts, size_t n, str code, enum lang lang)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(parts[i].is.code, code)) return lang_pick(lang, parts[i].is.ja, parts[i].is.en);
    return tr(lang, M("the whole"));
}

static enum err comments(struct work *w, const struct report *r, const struct piece *parts, size_t n, struct doc *out)
{
    static const struct column columns[] = {
        {"about", CELL_TEXT, N("Part of the document"), 0, NULL, NULL},
        {"text", CELL_TEXT, N("Comment"), 0, NULL, NULL},
        {"by", CELL_PERSON, N("By"), 0, NULL, NULL},
        {"at", CELL_TIME, N("Written at"), COL_DETAIL, NULL, NULL},
        {"answer", CELL_TEXT, N("Resolved how"), 0, NULL, NULL},
        {"resolve", CELL_INT, N("Resolve"), 0, "report resolve", "comment"},
        {"report", CELL_TEXT, N("Report"), COL_DATA, NULL, "report"},
    };
    struct comment *all;
    size_t k;
    enum err e = report_comments(w, r->id, r->no, &all, &k);
    if (e != OK || k == 0) return e;
    bool resolves = report_may_write(w->actor, r);
    doc_heading(out, M("Comments"));
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "about"});
    DOC_TABLE(out, "comments", columns);
    for (size_t i = 0; i < k; i++) {
        const struct comment *c = &all[i];
        out->personal = out->personal || (c->who.id != 0 && c->who.id != w->actor->person);
        DOC_ROW(out, C_TEXT(part_name(parts, n, c->part, out->lang)), C_TEXT(c->text),
                person_cell(c->who.code, c->who.ja, c->who.en), C_TIME(c->at), text_cell(c->answer),
                resolves && !c->is_resolved ? C_INT(c->id) : C_NONE, C_TEXT(r->code));
    }
    doc_table_end(out);
    return OK;
}

static enum err reviewers(struct work *w, const struct report *r, struct doc *out)
{
    static const struct column columns[] = {
        {"reviewer", CELL_PERSON, N("Asked to read it"), 0, NULL, NULL},
        {"done", CELL_ENUM, N("State"), 0, NULL, NULL},
    };
    struct reviewer *all;
    size_t n;
    enum err e = report_reviewers(w, r->id, r->no, &all, &n);
    if (e != OK || n == 0) return e;
    doc_heading(out, M("Who was asked to read it"));
    DOC_TABLE(out, "reviewers", columns);
    for (size_t i = 0; i < n; i++) {
        out->personal = out->personal || all[i].who.id != w->actor->person;
        DOC_ROW(out, person_cell(all[i].who.code, all[i].who.ja, all[i].who.en), C_ENUM(all[i].done ? M("has read it") : M("not read yet")));
    }
    doc_table_end(out);
    return OK;
}

/* ---- what is done next ---- */

static void form_of(const struct report *r, const char *act, const char *ask, str label, bool folded, struct doc *out)
{
    doc_form(out, &(struct form){.act = act, .title = folded ? label : (str){"", 0}, .given = {{"report", r->code}}, .ask = ask,
                                 .button = {{NULL, NULL, label}}, .folded = folded});
    doc_form_end(out);
}

/* A choice of the parts: as rows, for a form inside a view may ask no other view. */
static void part_choice(const struct piece *parts, size_t n, bool must, struct doc *out)
{
    field_row(out, S("part"), "enum", words_cell(M("Part of the document")), must, must ? C_NONE : words_cell(M("without one, the whole")),
              C_NONE);
    for (size_t i = 0; i < n; i++) {
        if (parts[i].is.what == PART_HEADING) continue;
        field_choice(out, S("part"), parts[i].is.code, both_cell(parts[i].is.ja, parts[i].is.en));
    }
}

static void leave_out_form(const struct report *r, const struct piece *parts, size_t n, struct doc *out)
{
    str label = M("Leave a part out");
    doc_form(out, &(struct form){.act = "report leave-out", .title = label, .given = {{"report", r->code}},
                                 .button = {{NULL, NULL, label}}, .folded = true});
    fields_begin(out, "leave_out");
    part_choice(parts, n, true, out);
    long_field(out, S("why"), M("Reason"), false, M("why it is left out, for the readers; empty puts it back"), S(""));
    doc_table_end(out);
    doc_form_end(out);
}

static void comment_form(const struct report *r, const struct piece *parts, size_t n, struct doc *out)
{
    doc_form(out, &(struct form){.act = "report comment", .title = M("Comment"), .given = {{"report", r->code}},
                                 .button = {{NULL, NULL, M("Comment")}, {"nothing", "1", M("read, and nothing to comment on")}},
                                 .folded = !r->reviewer || r->review_done});
    fields_begin(out, "comment");
    part_choice(parts, n, false, out);
    long_field(out, S("text"), M("Comment"), false, S(""), S(""));
    doc_table_end(out);
    doc_form_end(out);
}

static void of_draft(const struct report *r, const struct piece *parts, size_t n, struct doc *out)
{
    const struct actor *a = out->w->actor;
    if (!report_may_write(a, r)) return;
    doc_heading(out, M("What is next"));
    doc_text(out, M("Assemble again to take in the newest figures. When every text is written, send the report to review: another person approves it."));
    form_of(r, "report assemble", NULL, M("Assemble again"), false, out);
    form_of(r, "report review", "reviewer", M("Send to review"), true, out);
    leave_out_form(r, parts, n, out);
}

static void of_review(const struct report *r, struct doc *out)
{
    const struct actor *a = out->w->actor;
    bool approves = report_may_approve(a, r) && !report_is_sender(a, r);
    doc_heading(out, M("What is next"));
    if (report_may_approve(a, r) && report_is_sender(a, r)) doc_text(out, M("You sent it to review: another person approves it."));
    else if (approves && r->open_comments != 0) doc_text(out, M("It can be approved when all comments are resolved."));
    else if (approves) doc_text(out, M("Read it to the end. With your approval it is frozen as it stands."));
    else doc_text(out, M("Read it and comment, part by part or on the whole, or say that you have nothing to comment on."));
    if (approves && r->open_comments == 0) form_of(r, "report approve", NULL, M("Approve and freeze"), false, out);
    if (approves || report_may_write(a, r)) form_of(r, "report return", "why", M("Give back"), true, out);
}

static void of_frozen(const struct report *r, struct doc *out)
{
    const struct actor *a = out->w->actor;
    if (out->face->form == NULL) return; /* what is finished in a word processor ends with its last part */
    if (report_may_publish(a, r)) {
        doc_heading(out, M("What is next"));
        doc_text(out, M("Publish it now, or say from when it is public: until then its owners alone see it, and then it appears by itself."));
        form_of(r, "report publish", "embargo", M("Publish"), false, out);
    }
    if (report_may_approve(a, r)) form_of(r, "report return", "why", M("Give back"), true, out);
}

static void of_published(const struct report *r, struct doc *out)
{
    if (r->no == r->last && report_may_write(out->w->actor, r))
        form_of(r, "report erratum", "wrong correct why", M("Correct it by an erratum"), true, out);
}

enum err report_work_blocks(struct work *w, const struct report *r, struct piece *parts, size_t n, struct doc *out)
{
    bool draft = str_eq(r->state, S("draft")), review = str_eq(r->state, S("review"));
    if (r->no != r->last && !draft && !review) return OK;
    if (draft || review) {
        if (!report_may_comment(w->actor, r)) return OK;
        enum err e = comments(w, r, parts, n, out);
        if (e == OK) e = reviewers(w, r, out);
        if (e != OK) return e;
    }
    if (draft) of_draft(r, parts, n, out);
    else if (review) of_review(r, out);
    else if (str_eq(r->state, S("frozen"))) of_frozen(r, out);
    else of_published(r, out);
    if (draft || review) comment_form(r, parts, n, out);
    return OK;
}

/* ---- all that happened ---- */

/* By its name in the document. */
static struct cell part_of(const struct piece *all, size_t n, str code)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].is.code, code)) return (struct cell){.type = CELL_TEXT, .text = code, .ja = all[i].is.ja, .en = all[i].is.en};
    return text_cell(code);
}

enum err report_view_history(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {
        {"at", CELL_TIME, N("At"), 0, NULL, NULL},     {"what", CELL_ENUM, N("What was done"), 0, NULL, NULL},
        {"part", CELL_TEXT, N("Part of the document"), 0, NULL, NULL}, {"by", CELL_PERSON, N("By"), 0, NULL, NULL},
        {"text", CELL_TEXT, N("Text"), 0, NULL, NULL},
    };
    struct report r;
    struct event *all;
    struct piece *parts;
    size_t n, n_parts;
    enum err e = report_find(w, arg_text(in, "report"), arg_int(in, "edition"), &r);
    if (e == OK && !report_may_comment(w->actor, &r)) e = report_denied(w, &r);
    if (e == OK) e = report_pieces_of(w, r.id, r.no, &parts, &n_parts);
    if (e == OK) e = report_events(w, r.id, r.no, &all, &n);
    if (e != OK) return e;
    doc_title(out, M("What happened to '%1'"), lang_pick(out->lang, r.title_ja, r.title_en));
    out->handling = handling_words(false);
    DOC_TABLE(out, "events", columns);
    for (size_t i = 0; i < n; i++) {
        out->personal = out->personal || (all[i].who.id != 0 && all[i].who.id != w->actor->person);
        DOC_ROW(out, C_TIME(all[i].at), report_enum("what", all[i].what), part_of(parts, n_parts, all[i].part),
                person_cell(all[i].who.code, all[i].who.ja, all[i].who.en), text_cell(all[i].text));
    }
    doc_table_end(out);
    return OK;
}
