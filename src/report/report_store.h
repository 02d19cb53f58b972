/* Reports as the store has them. Which editions may be seen is decided in the statements: what is published, by everybody;
 * what is not yet, by posts with a right at its organisation, its adviser, and who was asked to read it. */
#ifndef MEGURI_REPORT_REPORT_STORE_H
#define MEGURI_REPORT_REPORT_STORE_H

#include "report/template.h"
#include "store/store.h"

extern const struct sql_set report_sql_set, report_parts_sql_set;

/* ---- templates ---- */
struct template_row {
    str code, ja, en;
    int64_t defined, lines;
};
enum err report_templates_all(struct work *w, struct template_row **out, size_t *n) MUST_USE;
enum err report_template_lines(struct work *w, str code, struct line **out, size_t *n) MUST_USE; /* n 0: there is none */
enum err report_template_store(struct work *w, const struct template *, const struct line *lines, size_t n) MUST_USE;

/* ---- reports: a row is an edition of one ---- */
struct report {
    int64_t id, org, org_lo, org_hi;
    str code, template, org_code, org_ja, org_en, round, plan, title_ja, title_en;
    bool centre;             /* owned by the centre, else by the organisation */
    int64_t year, opened, opener;

    int64_t no, last;        /* edition, and how many there are */
    str state, handling, wrong, correct, why, digest, head;
    int64_t sender, sent, approver, approved, embargo, published, due; /* persons: 0 is nobody or the owner of the database */
    bool was_sent, has_embargo, has_due;

    bool reviewer, review_done; /* the acting person was asked to read it; and did */
    int64_t open_comments;
};
/* The edition asked for; no 0: the newest that may be seen. NOTFOUND with a fault. */
enum err report_find(struct work *w, str code, int64_t no, struct report *out) MUST_USE;
enum err report_editions(struct work *w, str code, struct report **out, size_t *n) MUST_USE; /* those that may be seen */
enum err report_exists(struct work *w, str code, bool *out) MUST_USE; /* whoever may see it */
struct report_filter {
    str template;        /* empty: any */
    int64_t year;        /* 0: any */
    int64_t lo, hi;      /* of its organisation */
};
/* Editions, newest first within a report; reports by year, newest first, in official order. */
enum err reports_find(struct work *w, const struct report_filter *, int64_t most, struct report **out, size_t *n) MUST_USE;
enum err report_insert(struct work *w, const struct report *, int64_t *id) MUST_USE; /* the report, without an edition */
enum err report_edition_insert(struct work *w, const struct report *) MUST_USE;
enum err report_edition_move(struct work *w, const struct report *) MUST_USE; /* all of the edition that changes */

/* ---- parts ---- */
struct piece {
    struct line is;      /* text_ja, text_en: the pattern; where: none */
    int64_t ord;
    str text_ja, text_en;
    int64_t revision, at;
    str by_whom, left_out;
    str record_ja, record_en; /* bytes, empty: none */
    str trouble_ja, trouble_en;
    int64_t gone, come;
};
enum err report_pieces_of(struct work *w, int64_t report, int64_t no, struct piece **out, size_t *n) MUST_USE;
enum err report_part_insert(struct work *w, int64_t report, int64_t no, const struct piece *) MUST_USE;
enum err report_part_write(struct work *w, int64_t report, int64_t no, const struct piece *) MUST_USE;    /* texts, revision, left out */
enum err report_part_assembled(struct work *w, int64_t report, int64_t no, const struct piece *) MUST_USE; /* records, trouble */
/* Keeps what stands, before it is written over. */
enum err report_part_keep_past(struct work *w, int64_t report, int64_t no, const struct piece *) MUST_USE;
struct past {
    int64_t revision, at;
    str text_ja, text_en, by_whom;
};
enum err report_part_past(struct work *w, int64_t report, int64_t no, str part, struct past **out, size_t *n) MUST_USE;

/* ---- review ---- */
struct named {
    int64_t id;
    str code, ja, en;
};
enum err report_reviewer_look(struct work *w, str code, struct named *out) MUST_USE; /* within reach; NOTFOUND without a fault */
enum err report_reviewers_drop(struct work *w, int64_t report, int64_t no) MUST_USE;
enum err report_reviewer_add(struct work *w, int64_t report, int64_t no, int64_t person) MUST_USE;
enum err report_reviewer_done(struct work *w, int64_t report, int64_t no) MUST_USE; /* the acting person */
struct reviewer {
    struct named who;
    bool done;
};
enum err report_reviewers(struct work *w, int64_t report, int64_t no, struct reviewer **out, size_t *n) MUST_USE;
struct comment {
    int64_t id, at, resolved;
    bool is_resolved;
    str part, text, answer;
    struct named who;
};
enum err report_comments(struct work *w, int64_t report, int64_t no, struct comment **out, size_t *n) MUST_USE;
enum err report_comment_add(struct work *w, int64_t report, int64_t no, str part, str text) MUST_USE;
enum err report_comment_resolve(struct work *w, int64_t id, str answer) MUST_USE;

/* ---- what happened ---- */
enum err report_event(struct work *w, const struct report *, str what, str part, str text) MUST_USE;
struct event {
    int64_t at;
    str what, part, text;
    struct named who;
};
enum err report_events(struct work *w, int64_t report, int64_t no, struct event **out, size_t *n) MUST_USE;

#endif
