/* What happens to a draft that is written: review, approval by another person, publication, errata. */
#include "report/acts.h"
#include "report/report.h"

#include "store/journal.h"

static struct where at(const char *field) { return (struct where){.field = str_of(field)}; }

bool report_time(str s, int64_t *out)
{
    int64_t days, hours = 0, minutes = 0;
    if (time_parse(s, out)) return true;
    if (s.n < DATE_TEXT || !date_parse(str_sub(s, 0, DATE_TEXT), &days)) return false;
    str clock = str_sub(s, DATE_TEXT, s.n);
    if (clock.n != 0) {
        bool shape = clock.n == 6 && (clock.p[0] == ' ' || clock.p[0] == 'T') && clock.p[3] == ':' && clock.p[1] >= '0' && clock.p[4] >= '0';
        if (!shape || !str_to_int(str_sub(clock, 1, 3), &hours) || !str_to_int(str_sub(clock, 4, 6), &minutes)) return false;
        if (hours > 23 || minutes > 59) return false;
    }
    *out = days * DAY + hours * 3600 + minutes * 60 - JAPAN;
    return true;
}

static enum err text_of(struct work *w, const struct args *in, const char *name, bool must, str *out)
{
    str s = str_trim(arg_text(in, name));
    if (s.n > REPORT_COMMENT_MAX) return fault_in(w, INVALID, at(name), M("longer than %1 bytes"), str_int(w->a, REPORT_COMMENT_MAX));
    if (must && s.n == 0) return fault_in(w, INVALID, at(name), M("is required"));
    *out = s;
    return OK;
}

static enum err moved(struct work *w, const struct report *r, str what, str text)
{
    enum err e = report_edition_move(w, r);
    return e == OK ? report_event(w, r, what, S(""), text) : e;
}

static void tell(struct work *w, const struct report *r, struct doc *out)
{
    doc_fact(out, "report", M("Report"), C_TEXT(r->code));
    doc_fact(out, "edition", M("Edition"), C_INT(r->no));
    doc_fact(out, "state", M("State"), report_enum("state", report_state_shown(r, w->now)));
    act_noted(w, S("report"), r->code);
}

/* ---- review ---- */

/* Every part that is missing is named, so that one look is enough. */
static enum err all_there(struct work *w, const struct report *r, struct piece **parts, size_t *n)
{
    int64_t before = w->faults.count;
    enum err e = report_pieces_of(w, r->id, r->no, parts, n);
    for (size_t i = 0; e == OK && i < *n; i++) {
        const struct piece *p = &(*parts)[i];
        struct report_part_rules rules;
        if ((e = report_part_rules(w, &p->is, &rules)) != OK) return e;
        if (report_part_done(p, &rules)) continue;
        if (p->is.what == PART_TEXT)
            fault_in(w, INVALID, at("report"), M("'%1' (%2) is not written yet: write it, or leave it out with a reason"), p->is.ja, p->is.code);
        else
            fault_in(w, INVALID, at("report"), M("'%1' (%2) could not be made: assemble again, or leave it out with a reason"), p->is.ja, p->is.code);
    }
    return e == OK && w->faults.count != before ? INVALID : e;
}

static enum err ask_reviewers(struct work *w, const struct args *in, const struct report *r)
{
    const struct arg *who[REPORT_REVIEWERS_MAX + 1];
    size_t n = arg_all(in, "reviewer", who, REPORT_REVIEWERS_MAX + 1);
    if (n > REPORT_REVIEWERS_MAX)
        return fault_in(w, INVALID, at("reviewer"), M("at most %1 persons are asked to read a report"), str_int(w->a, REPORT_REVIEWERS_MAX));
    enum err e = report_reviewers_drop(w, r->id, r->no);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct named person;
        e = report_reviewer_look(w, who[i]->text, &person);
        if (e == NOTFOUND) return fault_in(w, NOTFOUND, at("reviewer"), M("there is no person '%1' within your reach"), who[i]->text);
        if (e == OK) e = report_reviewer_add(w, r->id, r->no, person.id);
    }
    return e;
}

enum err report_act_review(struct work *w, const struct args *in, struct doc *out)
{
    struct report r;
    struct piece *parts;
    size_t n;
    enum err e = report_in_state(w, in, "draft", out->lang, &r);
    if (e == OK && !report_may_write(w->actor, &r)) e = report_denied(w, &r);
    if (e == OK) e = all_there(w, &r, &parts, &n);
    if (e == OK) e = ask_reviewers(w, in, &r);
    if (e != OK) return e;
    r.state = S("review");
    r.sender = w->actor->person;
    r.sent = w->now;
    r.was_sent = true;
    if ((e = moved(w, &r, S("sent"), S(""))) != OK) return e;
    tell(w, &r, out);
    report_go(w, &r, tr(out->lang, M("Sent to review. Another person than you approves it.")));
    return OK;
}

/* Back to those who write it: by who may approve, or taken back by who may write. What was frozen and is not published may
 * come back too; its digest stays in the journal. */
enum err report_act_return(struct work *w, const struct args *in, struct doc *out)
{
    struct report r;
    str why;
    enum err e = report_find(w, arg_text(in, "report"), 0, &r);
    if (e == OK) e = text_of(w, in, "why", true, &why);
    if (e != OK) return e;
    bool frozen = str_eq(r.state, S("frozen"));
    if (!frozen && !str_eq(r.state, S("review")))
        return fault_in(w, CONFLICT, at("report"), M("'%1' stands at '%2': what is in review or frozen is given back"), r.code,
                        tr(out->lang, report_words("state", report_state_shown(&r, w->now))));
    if (!report_may_approve(w->actor, &r) && (frozen || !report_may_write(w->actor, &r))) return report_denied(w, &r);
    r.state = S("draft");
    r.approver = r.approved = 0;
    r.digest = r.head = (str){"", 0};
    if ((e = moved(w, &r, S("returned"), why)) != OK) return e;
    tell(w, &r, out);
    report_go(w, &r, tr(out->lang, M("Given back to those who write it.")));
    return OK;
}

static enum err commentable(struct work *w, const struct args *in, enum lang lang, struct report *r)
{
    enum err e = report_find(w, arg_text(in, "report"), 0, r);
    if (e != OK) return e;
    if (!str_eq(r->state, S("draft")) && !str_eq(r->state, S("review")))
        return fault_in(w, CONFLICT, at("report"), M("'%1' stands at '%2': comments are for drafts and reviews"), r->code,
                        tr(lang, report_words("state", report_state_shown(r, w->now))));
    return report_may_comment(w->actor, r) ? OK : report_denied(w, r);
}

enum err report_act_comment(struct work *w, const struct args *in, struct doc *out)
{
    struct report r;
    struct piece *parts, *p;
    struct comment *all;
    size_t n, comments;
    str text, part = arg_text(in, "part");
    bool nothing = arg_given(in, "nothing");
    enum err e = commentable(w, in, out->lang, &r);
    if (e == OK) e = text_of(w, in, "text", false, &text);
    if (e == OK && (text.n == 0) != nothing)
        e = fault_in(w, INVALID, at("text"), M("write a comment, or say that there is nothing to comment on: one of the two"));
    if (e == OK) e = report_pieces_of(w, r.id, r.no, &parts, &n);
    if (e == OK && part.n != 0) e = report_part_find(w, parts, n, part, &p);
    if (e == OK) e = report_comments(w, r.id, r.no, &all, &comments);
    if (e == OK && comments >= REPORT_COMMENTS_MAX)
        e = fault(w, INVALID, M("there are %1 comments, and no room for more"), str_int(w->a, REPORT_COMMENTS_MAX));
    if (e == OK && !nothing) e = report_comment_add(w, r.id, r.no, part, text);
    if (e == OK && r.reviewer) e = report_reviewer_done(w, r.id, r.no);
    if (e == OK) e = report_event(w, &r, nothing ? S("read") : S("commented"), part, S(""));
    if (e != OK) return e;
    tell(w, &r, out);
    report_go(w, &r, tr(out->lang, nothing ? M("Noted that you read it.") : M("The comment stands with the report.")));
    return OK;
}

enum err report_act_resolve(struct work *w, const struct args *in, struct doc *out)
{
    struct report r;
    struct comment *all;
    size_t n;
    str answer;
    enum err e = commentable(w, in, out->lang, &r);
    if (e == OK && !report_may_write(w->actor, &r)) e = report_denied(w, &r);
    if (e == OK) e = text_of(w, in, "answer", true, &answer);
    if (e == OK) e = report_comments(w, r.id, r.no, &all, &n);
    if (e != OK) return e;
    const struct comment *c = NULL;
    for (size_t i = 0; i < n; i++)
        if (all[i].id == arg_int(in, "comment")) c = &all[i];
    if (c == NULL) return fault_in(w, NOTFOUND, at("comment"), M("the report has no such comment"));
    if (c->is_resolved) return fault_in(w, CONFLICT, at("comment"), M("the comment is resolved already"));
    e = report_comment_resolve(w, c->id, answer);
    if (e == OK) e = report_event(w, &r, S("resolved"), c->part, S(""));
    if (e != OK) return e;
    tell(w, &r, out);
    report_go(w, &r, tr(out->lang, M("The comment is resolved.")));
    return OK;
}

/* ---- approval: the second pair of eyes, and what it saw is frozen ---- */

enum err report_act_approve(struct work *w, const struct args *in, struct doc *out)
{
    struct report r;
    struct piece *parts;
    size_t n;
    enum err e = report_in_state(w, in, "review", out->lang, &r);
    if (e == OK && !report_may_approve(w->actor, &r)) e = report_denied(w, &r);
    if (e == OK && report_is_sender(w->actor, &r))
        e = fault_in(w, DENIED, at("report"), M("you sent '%1' to review: another person approves it"), r.code);
    if (e == OK && r.open_comments != 0)
        e = fault_in(w, CONFLICT, at("report"), M("%1 comments on '%2' are not resolved yet"), str_int(w->a, r.open_comments), r.code);
    if (e == OK) e = all_there(w, &r, &parts, &n);
    if (e == OK) e = journal_head(w, &r.head);
    if (e != OK) return e;
    r.state = S("frozen");
    r.approver = w->actor->person;
    r.approved = w->now;
    r.digest = report_digest(w->a, &r, parts, n);
    if ((e = moved(w, &r, S("approved"), r.digest)) != OK) return e;
    tell(w, &r, out);
    doc_fact(out, "digest", M("Digest of the frozen content (SHA-256)"), C_TEXT(r.digest));
    act_noted(w, S("digest"), r.digest);
    report_go(w, &r, tr(out->lang, M("Approved and frozen. It is public once it is published.")));
    return OK;
}

/* ---- publication ---- */

/* A correction does not bring forward what waits for its time: it has the texts of the edition before. */
static enum err not_before(struct work *w, const struct report *r)
{
    struct report *all;
    size_t n;
    enum err e = report_editions(w, r->code, &all, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        bool waits = all[i].no < r->no && str_eq(report_state_shown(&all[i], w->now), S("embargo"));
        if (waits && (!r->has_embargo || r->embargo < all[i].embargo))
            return fault_in(w, CONFLICT, at("embargo"),
                            M("edition %1 of '%2' waits for its time, %3: give this one that time or a later one"),
                            str_int(w->a, all[i].no), r->code, time_text(w->a, all[i].embargo));
    }
    return e;
}

enum err report_act_publish(struct work *w, const struct args *in, struct doc *out)
{
    struct report r;
    enum err e = report_in_state(w, in, "frozen", out->lang, &r);
    if (e == OK && !report_may_publish(w->actor, &r)) e = report_denied(w, &r);
    if (e != OK) return e;
    str embargo = str_trim(arg_text(in, "embargo"));
    r.has_embargo = embargo.n != 0;
    if (r.has_embargo && !report_time(embargo, &r.embargo))
        return fault_in(w, INVALID, at("embargo"), M("'%1' is no time: write it as 2026-07-01 14:00, in Japanese time"), embargo);
    if (r.has_embargo && r.embargo <= w->now)
        return fault_in(w, INVALID, at("embargo"), M("the time from which it is public lies behind: leave it out to publish now"));
    if ((e = not_before(w, &r)) != OK) return e;
    r.state = S("published");
    r.published = r.has_embargo ? r.embargo : w->now;
    if ((e = moved(w, &r, S("published"), embargo)) != OK) return e;
    tell(w, &r, out);
    report_go(w, &r, tr(out->lang, r.has_embargo ? M("Published: it appears by itself at its time, and until then its owners alone see it.")
                                                 : M("Published: every signed-in post may read it.")));
    return OK;
}

/* ---- errata ---- */

static enum err copy_parts(struct work *w, const struct report *was, const struct report *r)
{
    struct piece *parts;
    size_t n;
    enum err e = report_pieces_of(w, was->id, was->no, &parts, &n);
    for (size_t i = 0; e == OK && i < n; i++) e = report_part_insert(w, r->id, r->no, &parts[i]);
    return e;
}

/* The correction is a draft like the first edition and goes its way; the one before stays public meanwhile and after. */
enum err report_act_erratum(struct work *w, const struct args *in, struct doc *out)
{
    struct report was, r;
    enum err e = report_in_state(w, in, "published", out->lang, &was);
    if (e == OK && !report_may_write(w->actor, &was)) e = report_denied(w, &was);
    r = was;
    if (e == OK) e = text_of(w, in, "wrong", true, &r.wrong);
    if (e == OK) e = text_of(w, in, "correct", true, &r.correct);
    if (e == OK) e = text_of(w, in, "why", true, &r.why);
    if (e == OK && was.no == REPORT_EDITIONS_MAX)
        e = fault(w, INVALID, M("a report has at most %1 editions"), str_int(w->a, REPORT_EDITIONS_MAX));
    if (e != OK) return e;
    r.no = r.last = was.no + 1;
    r.state = S("draft");
    r.has_due = false;
    if ((e = report_edition_insert(w, &r)) == OK) e = copy_parts(w, &was, &r);
    if (e == OK) e = report_event(w, &r, S("opened"), S(""), r.wrong);
    if (e != OK) return e;
    tell(w, &r, out);
    report_go(w, &r, tr(out->lang, M("The next edition is a draft with the texts and figures of the one before: correct it, then send it to review.")));
    return OK;
}

/* ---- verify ---- */

enum err report_view_verify(struct work *w, const struct args *in, struct doc *out)
{
    struct report r;
    struct piece *parts;
    size_t n;
    enum err e = report_find(w, arg_text(in, "report"), arg_int(in, "edition"), &r);
    if (e == OK) e = report_pieces_of(w, r.id, r.no, &parts, &n);
    if (e != OK) return e;
    if (r.digest.n == 0)
        return fault_in(w, CONFLICT, at("report"), M("edition %1 of '%2' is not frozen: there is nothing to compare with"),
                        str_int(w->a, r.no), r.code);
    str now = report_digest(w->a, &r, parts, n);
    bool same = str_eq(now, r.digest);
    doc_fact(out, "intact", M("As it was frozen"), C_ENUM(same ? M("intact") : M("changed since it was frozen")));
    doc_fact(out, "edition", M("Edition"), C_INT(r.no));
    doc_fact(out, "digest", M("Digest when it was frozen"), C_TEXT(r.digest));
    doc_fact(out, "recomputed", M("Digest now"), C_TEXT(now));
    doc_fact(out, "head", M("Head of the journal then"), C_TEXT(r.head));
    if (!same) doc_text(out, M("The stored report is not what was frozen: restore the database from a backup, and look into the journal."));
    doc_note(out, M("`meguri journal verify --head HASH` tells whether the journal still holds that head; its line of the approval has the digest."));
    return OK;
}
