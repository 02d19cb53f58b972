/* The parts of an edition, its review and its history: all of one report that report_find told of. */
#include "report/report_store.h"

#include "report/report.h"

enum {
    PARTS, PART_ADD, PART_WRITE, PART_ASSEMBLED, PAST_ADD, PAST, PERSON, REVIEWERS_DROP, REVIEWER_ADD, REVIEWER_DONE, REVIEWERS,
    COMMENTS, COMMENT_ADD, COMMENT_RESOLVE, EVENT_ADD, EVENTS, STATEMENTS
};

#define FOUND "of one report, that whoever asks has found to be within the actor's sight"
#define WHO "coalesce(p.id, 0), coalesce(p.code, ''), coalesce(p.name_ja, ''), coalesce(p.name_en, '')"

static const struct sql parts_sql[STATEMENTS] = {
    [PARTS] = OPEN(FOUND,
        ("SELECT what, code, level, name_ja, name_en, entry, arguments, showing, most, rules, guide_ja, guide_en, pattern_ja,"
         " pattern_en, ord, text_ja, text_en, revision, coalesce(at, 0), by_whom, left_out, record_ja, record_en, trouble_ja,"
         " trouble_en, gone, come FROM report_part WHERE report = $1 AND no = $2 ORDER BY ord")),
    [PART_ADD] = OPEN(FOUND,
        ("INSERT INTO report_part (report, no, ord, what, code, level, name_ja, name_en, entry, arguments, showing, most, rules,"
         " guide_ja, guide_en, pattern_ja, pattern_en, text_ja, text_en, revision, at, by_whom, left_out, record_ja, record_en,"
         " trouble_ja, trouble_en, gone, come) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,"
         " $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, 0, 0)")),
    [PART_WRITE] = OPEN(FOUND,
        ("UPDATE report_part SET text_ja = $4, text_en = $5, revision = $6, at = $7, by_whom = $8, left_out = $9"
         " WHERE report = $1 AND no = $2 AND code = $3")),
    [PART_ASSEMBLED] = OPEN(FOUND,
        ("UPDATE report_part SET record_ja = $4, record_en = $5, trouble_ja = $6, trouble_en = $7, revision = $8, at = $9,"
         " by_whom = $10, gone = $11, come = $12 WHERE report = $1 AND no = $2 AND code = $3")),
    [PAST_ADD] = OPEN(FOUND,
        ("INSERT INTO report_past (report, no, part, revision, text_ja, text_en, at, by_whom)"
         " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")),
    [PAST] = OPEN(FOUND,
        ("SELECT revision, coalesce(at, 0), text_ja, text_en, by_whom FROM report_past WHERE report = $1 AND no = $2"
         " AND part = $3 ORDER BY revision DESC")),
    [PERSON] = SCOPED(
        ("SELECT p.id, p.code, p.name_ja, p.name_en FROM person p JOIN org o ON o.id = p.org"
         " WHERE o.lo >= $1 AND o.lo < $2 AND p.code = $3")),
    [REVIEWERS_DROP] = OPEN(FOUND, ("DELETE FROM report_reviewer WHERE report = $1 AND no = $2")),
    [REVIEWER_ADD] = OPEN(FOUND, ("INSERT INTO report_reviewer (report, no, person) VALUES ($1, $2, $3)"
                                  " ON CONFLICT (report, no, person) DO UPDATE SET done = NULL")),
    [REVIEWER_DONE] = OPEN(FOUND,
        ("UPDATE report_reviewer SET done = $4 WHERE report = $1 AND no = $2 AND person = $3")),
    [REVIEWERS] = OPEN(FOUND,
        ("SELECT " WHO ", CASE WHEN v.done IS NULL THEN 0 ELSE 1 END FROM report_reviewer v JOIN person p ON p.id = v.person"
         " WHERE v.report = $1 AND v.no = $2 ORDER BY p.code")),
    [COMMENTS] = OPEN(FOUND,
        ("SELECT " WHO ", c.id, c.at, c.resolved, c.part, c.text, c.answer FROM report_comment c LEFT JOIN person p"
         " ON p.id = c.person WHERE c.report = $1 AND c.no = $2 ORDER BY c.id")),
    [COMMENT_ADD] = OPEN(FOUND,
        ("INSERT INTO report_comment (report, no, part, at, person, text, answer) VALUES ($1, $2, $3, $4, $5, $6, '')")),
    [COMMENT_RESOLVE] = OPEN(FOUND,
        ("UPDATE report_comment SET resolved = $2, answer = $3, resolver = $4 WHERE id = $1")),
    [EVENT_ADD] = OPEN(FOUND,
        ("INSERT INTO report_event (report, no, at, person, what, part, text) VALUES ($1, $2, $3, $4, $5, $6, $7)")),
    [EVENTS] = OPEN(FOUND,
        ("SELECT " WHO ", v.at, v.what, v.part, v.text FROM report_event v LEFT JOIN person p ON p.id = v.person"
         " WHERE v.report = $1 AND v.no = $2 ORDER BY v.id")),
};

const struct sql_set report_parts_sql_set = {"report (parts)", parts_sql, STATEMENTS};

static enum err run(struct work *w, int statement, struct values v) { return store_run(w, &parts_sql[statement], v); }
#define GATHER(w, statement, args, take, out, n) STORE_GATHER(w, &parts_sql[statement], args, take, out, n)

static struct value person_or_nil(int64_t id) { return int_or_nil(id, id != 0); }

/* ---- parts ---- */

static enum part_what what_of(str word)
{
    enum part_what what = PART_HEADING;
    while (what + 1 < PART_WHATS && !str_eq(str_of(report_part_words[what]), word)) what++;
    return what;
}

static str bytes_kept(struct work *w, struct rows *r, int column)
{
    return rows_null(r, column) ? (str){"", 0} : str_dup(w->a, rows_bytes(r, column));
}

static void take_part(struct work *w, struct rows *r, void *to)
{
    *(struct piece *)to = (struct piece){
        .is = {.what = what_of(rows_text(r, 0)), .code = rows_kept(w, r, 1), .level = rows_int(r, 2), .ja = rows_kept(w, r, 3),
               .en = rows_kept(w, r, 4), .view = rows_kept(w, r, 5), .arguments = rows_kept(w, r, 6),
               .tables = rows_kept(w, r, 7), .rows = rows_int(r, 8), .rules = rows_kept(w, r, 9),
               .guide_ja = rows_kept(w, r, 10), .guide_en = rows_kept(w, r, 11), .text_ja = rows_kept(w, r, 12),
               .text_en = rows_kept(w, r, 13)},
        .ord = rows_int(r, 14), .text_ja = rows_kept(w, r, 15), .text_en = rows_kept(w, r, 16), .revision = rows_int(r, 17),
        .at = rows_int(r, 18), .by_whom = rows_kept(w, r, 19), .left_out = rows_kept(w, r, 20),
        .record_ja = bytes_kept(w, r, 21), .record_en = bytes_kept(w, r, 22), .trouble_ja = rows_kept(w, r, 23),
        .trouble_en = rows_kept(w, r, 24), .gone = rows_int(r, 25), .come = rows_int(r, 26)};
}

enum err report_pieces_of(struct work *w, int64_t report, int64_t no, struct piece **out, size_t *n)
{
    return GATHER(w, PARTS, ARGS(INT(report), INT(no)), take_part, out, n);
}

static struct value bytes_or_nil(str s) { return s.n == 0 ? NIL : BYTES(s); }

enum err report_part_insert(struct work *w, int64_t report, int64_t no, const struct piece *p)
{
    const struct line *l = &p->is;
    return run(w, PART_ADD,
               ARGS(INT(report), INT(no), INT(p->ord), TEXT(str_of(report_part_words[l->what])), TEXT(l->code), INT(l->level),
                    TEXT(l->ja), TEXT(l->en), TEXT(l->view), TEXT(l->arguments), TEXT(l->tables), INT(l->rows), TEXT(l->rules),
                    TEXT(l->guide_ja), TEXT(l->guide_en), TEXT(l->text_ja), TEXT(l->text_en), TEXT(p->text_ja),
                    TEXT(p->text_en), INT(p->revision), int_or_nil(p->at, p->at != 0), TEXT(p->by_whom), TEXT(p->left_out),
                    bytes_or_nil(p->record_ja), bytes_or_nil(p->record_en), TEXT(p->trouble_ja), TEXT(p->trouble_en)));
}

enum err report_part_write(struct work *w, int64_t report, int64_t no, const struct piece *p)
{
    return run(w, PART_WRITE,
               ARGS(INT(report), INT(no), TEXT(p->is.code), TEXT(p->text_ja), TEXT(p->text_en), INT(p->revision), INT(p->at),
                    TEXT(p->by_whom), TEXT(p->left_out)));
}

enum err report_part_assembled(struct work *w, int64_t report, int64_t no, const struct piece *p)
{
    return run(w, PART_ASSEMBLED,
               ARGS(INT(report), INT(no), TEXT(p->is.code), bytes_or_nil(p->record_ja), bytes_or_nil(p->record_en),
                    TEXT(p->trouble_ja), TEXT(p->trouble_en), INT(p->revision), INT(p->at), TEXT(p->by_whom), INT(p->gone),
                    INT(p->come)));
}

enum err report_part_keep_past(struct work *w, int64_t report, int64_t no, const struct piece *p)
{
    return run(w, PAST_ADD,
               ARGS(INT(report), INT(no), TEXT(p->is.code), INT(p->revision), TEXT(p->text_ja), TEXT(p->text_en),
                    int_or_nil(p->at, p->at != 0), TEXT(p->by_whom)));
}

static void take_past(struct work *w, struct rows *r, void *to)
{
    *(struct past *)to = (struct past){rows_int(r, 0), rows_int(r, 1), rows_kept(w, r, 2), rows_kept(w, r, 3), rows_kept(w, r, 4)};
}

enum err report_part_past(struct work *w, int64_t report, int64_t no, str part, struct past **out, size_t *n)
{
    return GATHER(w, PAST, ARGS(INT(report), INT(no), TEXT(part)), take_past, out, n);
}

/* ---- review ---- */

static struct named named_at(struct work *w, struct rows *r)
{
    return (struct named){rows_int(r, 0), rows_kept(w, r, 1), rows_kept(w, r, 2), rows_kept(w, r, 3)};
}

static void take_named(struct work *w, struct rows *r, void *to) { *(struct named *)to = named_at(w, r); }

enum err report_reviewer_look(struct work *w, str code, struct named *out)
{
    struct named *all;
    size_t n;
    enum err e = GATHER(w, PERSON, ARGS(TEXT(code)), take_named, &all, &n);
    if (e != OK) return e;
    if (n == 0) return NOTFOUND;
    *out = all[0];
    return OK;
}

enum err report_reviewers_drop(struct work *w, int64_t report, int64_t no)
{
    return run(w, REVIEWERS_DROP, ARGS(INT(report), INT(no)));
}

enum err report_reviewer_add(struct work *w, int64_t report, int64_t no, int64_t person)
{
    return run(w, REVIEWER_ADD, ARGS(INT(report), INT(no), INT(person)));
}

enum err report_reviewer_done(struct work *w, int64_t report, int64_t no)
{
    return run(w, REVIEWER_DONE, ARGS(INT(report), INT(no), INT(w->actor->person), INT(w->now)));
}

static void take_reviewer(struct work *w, struct rows *r, void *to)
{
    *(struct reviewer *)to = (struct reviewer){named_at(w, r), rows_int(r, 4) != 0};
}

enum err report_reviewers(struct work *w, int64_t report, int64_t no, struct reviewer **out, size_t *n)
{
    return GATHER(w, REVIEWERS, ARGS(INT(report), INT(no)), take_reviewer, out, n);
}

static void take_comment(struct work *w, struct rows *r, void *to)
{
    *(struct comment *)to = (struct comment){.who = named_at(w, r), .id = rows_int(r, 4), .at = rows_int(r, 5),
                                             .resolved = rows_int(r, 6), .is_resolved = !rows_null(r, 6),
                                             .part = rows_kept(w, r, 7), .text = rows_kept(w, r, 8), .answer = rows_kept(w, r, 9)};
}

enum err report_comments(struct work *w, int64_t report, int64_t no, struct comment **out, size_t *n)
{
    return GATHER(w, COMMENTS, ARGS(INT(report), INT(no)), take_comment, out, n);
}

enum err report_comment_add(struct work *w, int64_t report, int64_t no, str part, str text)
{
    return run(w, COMMENT_ADD,
               ARGS(INT(report), INT(no), TEXT(part), INT(w->now), person_or_nil(w->actor->person), TEXT(text)));
}

enum err report_comment_resolve(struct work *w, int64_t id, str answer)
{
    return run(w, COMMENT_RESOLVE, ARGS(INT(id), INT(w->now), TEXT(answer), person_or_nil(w->actor->person)));
}

/* ---- what happened ---- */

enum err report_event(struct work *w, const struct report *r, str what, str part, str text)
{
    return run(w, EVENT_ADD,
               ARGS(INT(r->id), INT(r->no), INT(w->now), person_or_nil(w->actor->person), TEXT(what), TEXT(part), TEXT(text)));
}

static void take_event(struct work *w, struct rows *r, void *to)
{
    *(struct event *)to = (struct event){.who = named_at(w, r), .at = rows_int(r, 4), .what = rows_kept(w, r, 5),
                                         .part = rows_kept(w, r, 6), .text = rows_kept(w, r, 7)};
}

enum err report_events(struct work *w, int64_t report, int64_t no, struct event **out, size_t *n)
{
    return GATHER(w, EVENTS, ARGS(INT(report), INT(no)), take_event, out, n);
}
