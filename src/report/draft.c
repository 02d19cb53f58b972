/* report draft, assemble, write, leave-out: a document comes into being, part by part. */
#include "report/acts.h"
#include "surface/fields.h"
#include "report/report.h"

#include "inspect/inspect.h"

static struct where at(const char *field) { return (struct where){.field = str_of(field)}; }

/* ---- what the acts share ---- */

enum err report_denied(struct work *w, const struct report *r)
{
    return fault(w, DENIED, M("this is not for your post at '%1': see who may in `meguri help report`"), r->org_code);
}

enum err report_in_state(struct work *w, const struct args *in, const char *state, enum lang lang, struct report *out)
{
    struct report r;
    enum err e = report_find(w, arg_text(in, "report"), 0, &r);
    if (e != OK) return e;
    if (!str_eq(r.state, str_of(state)))
        return fault_in(w, CONFLICT, at("report"), M("'%1' stands at '%2', and this is done while it stands at '%3'"), r.code,
                        tr(lang, report_words("state", report_state_shown(&r, w->now))), tr(lang, report_words("state", str_of(state))));
    *out = r;
    return OK;
}

enum err report_part_find(struct work *w, struct piece *parts, size_t n, str code, struct piece **out)
{
    for (size_t i = 0; i < n; i++) {
        if (!str_eq(parts[i].is.code, code)) continue;
        *out = &parts[i];
        return OK;
    }
    return fault_in(w, NOTFOUND, at("part"), M("the report has no part '%1'"), code);
}

void report_go(struct work *w, const struct report *r, str said)
{
    act_next(w, &(struct going_on){.to = "report show", .given = {{"report", r->code}}, .said = said});
}

str report_part_number(struct arena *a, struct numbering *at_now, int64_t level)
{
    struct buf b = buf_in(a);
    if (level <= 0 || level > 3) return (str){"", 0};
    at_now->at[level]++;
    for (int64_t i = level + 1; i <= 3; i++) at_now->at[i] = 0;
    for (int64_t i = 1; i <= level; i++) buf_fmt(&b, "%s%lld", i == 1 ? "" : ".", (long long)at_now->at[i]);
    return buf_str(&b);
}

/* ---- draft ---- */

static enum err read_template(struct work *w, str code, struct template *out)
{
    struct line *lines;
    size_t n;
    enum err e = report_template_lines(w, code, &lines, &n);
    if (e == OK && n == 0)
        return fault_in(w, NOTFOUND, at("template"), M("there is no kind of document '%1': `meguri report templates` lists them"),
                        code);
    return e == OK ? report_template_read(w, lines, n, out) : e;
}

static enum err place_of(struct work *w, const struct args *in, const struct template *t, struct report *r)
{
    struct org own;
    const struct org *org = arg_org(in, "org");
    if (org == NULL && w->actor->org == 0) return fault_in(w, INVALID, at("org"), M("say whose report it is"));
    enum err e = org == NULL ? org_by_id(w, w->actor->org, &own) : OK;
    if (e != OK) return e;
    if (org == NULL) org = &own;
    r->org = org->id;
    r->org_lo = org->lo;
    r->org_hi = org->hi;
    r->org_code = org->code;
    r->org_ja = org->name_ja;
    r->org_en = org->name_en;
    r->centre = t->centre;
    if (t->centre && !may(w->actor, MAY_CENTRE, org->lo))
        return fault_in(w, DENIED, at("template"), M("'%1' is a document of the centre, and is begun there"), t->code);
    return OK;
}

/* The round that figures are asked of where none is named: the newest. */
static enum err round_of(struct work *w, const struct args *in, str *out)
{
    struct round_head head;
    bool given = arg_given(in, "round");
    enum err e = given ? inspect_round_head(w, arg_text(in, "round"), &head) : inspect_newest_round(w, &head);
    if (!given && e == NOTFOUND) {
        *out = (str){"", 0};
        return OK;
    }
    if (e == OK) *out = head.code;
    return e;
}

static enum err head_of(struct work *w, const struct args *in, const struct template *t, struct report *out)
{
    struct report r = {.template = t->code, .no = 1, .last = 1, .state = S("draft"), .handling = t->handling, .opened = w->now,
                       .opener = w->actor->person, .plan = arg_text(in, "plan")};
    r.year = arg_given(in, "year") ? arg_int(in, "year") : fiscal_year(today(w));
    r.due = arg_int(in, "due");
    r.has_due = arg_given(in, "due");
    if (r.year < 1990 || r.year > 2200) return fault_in(w, INVALID, at("year"), M("a fiscal year from 1990 to 2200 is wanted"));
    enum err e = place_of(w, in, t, &r);
    if (e == OK) e = round_of(w, in, &r.round);
    if (e != OK) return e;
    r.code = arg_given(in, "code") ? arg_text(in, "code")
                                   : str_fmt(w->a, "%.*s-%.*s-%lld", STR_ARG(t->code), STR_ARG(r.org_code), (long long)r.year);
    if (r.code.n > CODE_MAX) return fault_in(w, INVALID, at("code"), M("give a code: the one made of template, organisation and year is too long"));
    struct filling f = report_filling_of(&r);
    r.title_ja = report_sentence_filled(w->a, LANG_JA, t->title_ja, &f, NULL);
    r.title_en = report_sentence_filled(w->a, LANG_EN, t->title_en, &f, NULL);
    *out = r;
    return OK;
}

static enum err put_parts(struct work *w, const struct report *r, const struct template *t)
{
    struct filling f = report_filling_of(r);
    enum err e = OK;
    for (size_t i = 0; e == OK && i < t->n; i++) {
        struct piece p = {.is = t->parts[i], .ord = (int64_t)i + 1};
        p.by_whom = p.left_out = p.trouble_ja = p.trouble_en = p.text_ja = p.text_en = (str){"", 0};
        if (p.is.what == PART_TEXT) {
            p.text_ja = report_sentence_filled(w->a, LANG_JA, p.is.text_ja, &f, NULL);
            p.text_en = report_sentence_filled(w->a, LANG_EN, p.is.text_en, &f, NULL);
        }
        e = report_part_insert(w, r->id, r->no, &p);
    }
    return e;
}

static enum err make_all(struct work *w, const struct report *r, struct assembled *sum)
{
    struct piece *parts;
    size_t n;
    enum err e = report_pieces_of(w, r->id, r->no, &parts, &n);
    return e == OK ? report_make(w, r, parts, n, sum) : e;
}

static void tell_made(struct work *w, const struct report *r, const struct assembled *sum, struct doc *out)
{
    doc_fact(out, "report", M("Report"), C_TEXT(r->code));
    doc_fact(out, "made", M("Parts assembled"), C_INT(sum->made));
    doc_fact(out, "failed", M("Parts that could not be made"), C_INT(sum->failed));
    doc_fact(out, "changed", M("Changed since the last time"), C_INT(sum->changed));
    act_noted(w, S("report"), r->code);
}

enum err report_act_draft(struct work *w, const struct args *in, struct doc *out)
{
    struct template t;
    struct report r;
    struct assembled sum;
    bool taken = false;
    enum err e = read_template(w, arg_text(in, "template"), &t);
    if (e == OK) e = head_of(w, in, &t, &r);
    if (e == OK) e = report_exists(w, r.code, &taken);
    if (e == OK && taken)
        e = fault_in(w, CONFLICT, at("code"), M("there is a report '%1': go on with it, or give this one another code"), r.code);
    if (e == OK) e = report_insert(w, &r, &r.id);
    r.wrong = r.correct = r.why = (str){"", 0};
    if (e == OK) e = report_edition_insert(w, &r);
    if (e == OK) e = put_parts(w, &r, &t);
    if (e == OK) e = report_event(w, &r, S("opened"), S(""), S(""));
    if (e == OK) e = make_all(w, &r, &sum);
    if (e != OK) return e;
    tell_made(w, &r, &sum, out);
    report_go(w, &r, tr(out->lang, M("Begun, and assembled from what there is today. Now the texts are to be written.")));
    return OK;
}

/* ---- assemble ---- */

enum err report_act_assemble(struct work *w, const struct args *in, struct doc *out)
{
    struct report r;
    struct assembled sum;
    enum err e = report_in_state(w, in, "draft", out->lang, &r);
    if (e == OK && !report_may_write(w->actor, &r)) e = report_denied(w, &r);
    if (e == OK) e = make_all(w, &r, &sum);
    if (e == OK) e = report_event(w, &r, S("assembled"), S(""), S(""));
    if (e != OK) return e;
    tell_made(w, &r, &sum, out);
    const str n[] = {str_int(w->a, sum.made), str_int(w->a, sum.changed), str_int(w->a, sum.failed)};
    report_go(w, &r, tr_fill(w->a, out->lang, M("%1 parts were assembled, %2 of them say something else than before; %3 could not be made."), n, 3));
    return OK;
}

/* ---- write ---- */

static enum err part_of_mine(struct work *w, const struct args *in, enum lang lang, struct report *r, struct piece **p)
{
    struct piece *parts;
    struct report_part_rules rules;
    size_t n;
    enum err e = report_in_state(w, in, "draft", lang, r);
    if (e == OK) e = report_pieces_of(w, r->id, r->no, &parts, &n);
    if (e == OK) e = report_part_find(w, parts, n, arg_text(in, "part"), p);
    if (e == OK) e = report_part_rules(w, &(*p)->is, &rules);
    if (e != OK) return e;
    if (rules.adviser && !report_may_advise(w->actor, r))
        return fault_in(w, DENIED, at("part"), M("this part is written by the chief information security adviser of '%1'"), r->org_code);
    return rules.adviser || report_may_write(w->actor, r) ? OK : report_denied(w, r);
}

/* The second of two who write one part: nothing is written over. Both texts are shown, and the second is kept beside the
 * first, under a revision of its own below zero. */
static enum err tell_both(struct work *w, const struct report *r, struct piece *p, str ja, str en, struct doc *out)
{
    struct past *past;
    size_t n;
    enum err e = report_part_past(w, r->id, r->no, p->is.code, &past, &n);
    if (e != OK) return e;
    struct piece theirs = *p;
    theirs.revision = n == 0 || past[n - 1].revision > 0 ? -1 : past[n - 1].revision - 1;
    theirs.text_ja = ja;
    theirs.text_en = en;
    theirs.at = w->now;
    theirs.by_whom = acting_person(w);
    if ((e = report_part_keep_past(w, r->id, r->no, &theirs)) != OK) return e;
    doc_fact(out, "written", M("Your text"), C_ENUM(M("kept beside the other")));
    doc_fact(out, "revision", M("Revision"), C_INT(p->revision));
    doc_heading(out, M("Somebody else wrote this part meanwhile"));
    doc_text(out, M("Your text was not put over theirs, and it is kept. Below are both: bring them together, then save."));
    const struct two_texts two[] = {{M("Japanese"), p->text_ja, ja}, {M("English"), p->text_en, en}};
    two_texts_table(out, two, 2);
    theirs.revision = p->revision;
    report_part_form(r, &theirs, &(struct report_part_rules){0}, false, out);
    return OK;
}

static enum err checked_text(struct work *w, const struct args *in, const char *name, str *out)
{
    str s = str_trim(arg_text(in, name));
    if (s.n > REPORT_TEXT_MAX)
        return fault_in(w, INVALID, at(name), M("longer than %1 bytes: a part of a report is a few pages at most"),
                        str_int(w->a, REPORT_TEXT_MAX));
    struct buf b = buf_in(w->a); /* lines end alike, whoever's browser sent them */
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != '\r') buf_byte(&b, s.p[i]);
    *out = buf_str(&b);
    return OK;
}

enum err report_act_write(struct work *w, const struct args *in, struct doc *out)
{
    struct report r;
    struct piece *p;
    str ja, en;
    enum err e = part_of_mine(w, in, out->lang, &r, &p);
    if (e == OK && p->is.what != PART_TEXT)
        e = fault_in(w, INVALID, at("part"), M("'%1' is not written: it is assembled from '%2'"), p->is.code, p->is.view);
    if (e == OK) e = checked_text(w, in, "text_ja", &ja);
    if (e == OK) e = checked_text(w, in, "text_en", &en);
    if (e == OK && ja.n == 0) e = fault_in(w, INVALID, at("text_ja"), M("the text in Japanese is required"));
    if (e != OK) return e;
    bool same = p->revision != 0 && str_eq(p->text_ja, ja) && str_eq(p->text_en, en);
    bool stale = arg_given(in, "revision") && arg_int(in, "revision") != p->revision;
    if (stale && !same) return tell_both(w, &r, p, ja, en, out);
    if (!same && p->revision != 0 && (e = report_part_keep_past(w, r.id, r.no, p)) != OK) return e;
    p->text_ja = ja;
    p->text_en = en;
    p->revision += !same;
    p->at = w->now;
    p->by_whom = acting_person(w);
    p->left_out = (str){"", 0};
    if ((e = report_part_write(w, r.id, r.no, p)) != OK) return e;
    if (!same && (e = report_event(w, &r, S("written"), p->is.code, S(""))) != OK) return e;
    doc_fact(out, "written", M("Your text"), C_ENUM(M("stands in the report")));
    doc_fact(out, "revision", M("Revision"), C_INT(p->revision));
    report_go(w, &r, tr(out->lang, M("Saved.")));
    return OK;
}

/* ---- leave out ---- */

enum err report_act_leave_out(struct work *w, const struct args *in, struct doc *out)
{
    struct report r;
    struct piece *p;
    str why = str_trim(arg_text(in, "why"));
    enum err e = part_of_mine(w, in, out->lang, &r, &p);
    if (e == OK && p->is.what == PART_HEADING) e = fault_in(w, INVALID, at("part"), M("a heading is not left out"));
    if (e == OK && why.n > REPORT_COMMENT_MAX)
        e = fault_in(w, INVALID, at("why"), M("longer than %1 bytes"), str_int(w->a, REPORT_COMMENT_MAX));
    if (e != OK) return e;
    p->left_out = why;
    if ((e = report_part_write(w, r.id, r.no, p)) != OK) return e;
    if ((e = report_event(w, &r, why.n == 0 ? S("put back") : S("left out"), p->is.code, why)) != OK) return e;
    doc_fact(out, "part", M("Part of the document"), C_BOTH(p->is.ja, p->is.en));
    report_go(w, &r, tr(out->lang, why.n == 0 ? M("The part stands in the document again.") : M("The part is left out, and the document says why.")));
    return OK;
}
