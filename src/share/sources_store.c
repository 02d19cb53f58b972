#include "share/sources_store.h"

enum { OF_PARTY, FIND, BY_ID, DUE, ADD, CHANGE, NEXT_NOTICE, NEXT_RECALL, DONE, STATEMENTS };

#define SOURCE \
    "SELECT s.id, s.org, s.code, s.direction, s.url, s.every, s.active, s.since, s.after, s.page, s.last, s.pages, s.due, s.tried, s.fine, s.trouble, s.fails, s.taken," \
    " o.code FROM share_source s JOIN org o ON o.id = s.org"

static const struct sql sources_sql[STATEMENTS] = {
    [OF_PARTY] = OPEN("of the party", SOURCE " WHERE s.org = $1 ORDER BY s.code LIMIT $2"),
    [FIND] = OPEN("of the party", SOURCE " WHERE s.org = $1 AND s.code = $2"),
    [BY_ID] = OPEN("runs by itself", SOURCE " WHERE s.id = $1"),
    [DUE] = OPEN("runs by itself", SOURCE " WHERE s.active = 1 AND s.due <= $1 ORDER BY s.due, s.id LIMIT 1"),
    [ADD] = OPEN(
        "of the party",
        "INSERT INTO share_source (org, code, direction, url, every, active, since, after, page, last, pages, due,"
        " tried, fine, trouble, fails, taken)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, '', '', '', 0, $8, NULL, NULL, '', 0, 0)"),
    [CHANGE] = OPEN(
        "of the party, or runs by itself",
        "UPDATE share_source SET direction = $2, url = $3, every = $4, active = $5, after = $6, page = $7, last = $8,"
        " pages = $9, due = $10, tried = $11, fine = $12,"
        " trouble = $13, fails = $14, taken = $15 WHERE id = $1"),
    [NEXT_NOTICE] = OPEN(
        "of the source's organisation",
        "SELECT n.id FROM share_notice n WHERE n.issuer = $1 AND n.state <> 'draft' AND n.sent >= $2"
        " AND NOT EXISTS (SELECT 1 FROM share_pushed p"
        " WHERE p.source = $3 AND p.notice = n.id AND p.recall = 0) ORDER BY n.sent, n.id LIMIT 1"),
    [NEXT_RECALL] = OPEN(
        "of the source's organisation",
        "SELECT p.notice FROM share_pushed p JOIN share_notice n ON n.id = p.notice"
        " WHERE p.source = $1 AND p.recall = 0 AND p.verdict = 0 AND n.recalled IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM share_pushed r"
        " WHERE r.source = p.source AND r.notice = p.notice AND r.recall = 1) ORDER BY p.notice LIMIT 1"),
    [DONE] = OPEN("of the source's organisation",
                  "INSERT INTO share_pushed (source, notice, recall, verdict, at) VALUES ($1, $2, $3, $4, $5)"),
};

const struct sql_set sources_sql_set = {"sources", sources_sql, STATEMENTS};

static void take_source(struct work *w, struct rows *r, void *to)
{
    *(struct source *)to = (struct source){.id = rows_int(r, 0),
                                           .org = rows_int(r, 1),
                                           .code = rows_kept(w, r, 2),
                                           .push = str_eq(rows_text(r, 3), S("push")),
                                           .url = rows_kept(w, r, 4),
                                           .every = rows_int(r, 5),
                                           .active = rows_int(r, 6) != 0,
                                           .since = rows_int(r, 7),
                                           .after = rows_kept(w, r, 8),
                                           .page = rows_kept(w, r, 9),
                                           .last = rows_kept(w, r, 10),
                                           .pages = rows_int(r, 11),
                                           .due = rows_int(r, 12),
                                           .tried = rows_int(r, 13),
                                           .fine = rows_int(r, 14),
                                           .trouble = rows_kept(w, r, 15),
                                           .fails = rows_int(r, 16),
                                           .taken = rows_int(r, 17),
                                           .org_code = rows_kept(w, r, 18)};
}

static enum err first(struct work *w, const struct sql *sql, struct values args, struct source *out)
{
    struct source *s;
    size_t n;
    enum err e = STORE_GATHER(w, sql, args, take_source, &s, &n);
    if (e != OK) return e;
    if (n == 0) return NOTFOUND;
    *out = s[0];
    return OK;
}

enum err sources_of(struct work *w, int64_t org, struct source **out, size_t *n)
{
    return STORE_GATHER(w, &sources_sql[OF_PARTY], ARGS(INT(org), INT(SOURCES_MAX)), take_source, out, n);
}
enum err source_find(struct work *w, int64_t org, str code, struct source *out)
{
    return first(w, &sources_sql[FIND], ARGS(INT(org), TEXT(code)), out);
}
enum err source_by_id(struct work *w, int64_t id, struct source *out)
{
    return first(w, &sources_sql[BY_ID], ARGS(INT(id)), out);
}
enum err source_due(struct work *w, struct source *out) { return first(w, &sources_sql[DUE], ARGS(INT(w->now)), out); }

enum err source_keep(struct work *w, const struct source *s)
{
    str direction = s->push ? S("push") : S("pull");
    if (s->id == 0)
        return store_run(w, &sources_sql[ADD],
                         ARGS(INT(s->org), TEXT(s->code), TEXT(direction), TEXT(s->url), INT(s->every), INT(s->active),
                              INT(s->since), INT(s->due)));
    return store_run(w, &sources_sql[CHANGE],
                     ARGS(INT(s->id), TEXT(direction), TEXT(s->url), INT(s->every), INT(s->active), TEXT(s->after),
                          TEXT(s->page), TEXT(s->last), INT(s->pages), INT(s->due), int_or_nil(s->tried, s->tried != 0),
                          int_or_nil(s->fine, s->fine != 0), TEXT(s->trouble), INT(s->fails), INT(s->taken)));
}

enum err push_next(struct work *w, const struct source *s, int64_t *notice, bool *recall)
{
    *recall = true;
    enum err e = store_int(w, &sources_sql[NEXT_RECALL], ARGS(INT(s->id)), notice);
    if (e != NOTFOUND) return e;
    *recall = false;
    return store_int(w, &sources_sql[NEXT_NOTICE], ARGS(INT(s->org), INT(s->since), INT(s->id)), notice);
}

enum err push_done(struct work *w, const struct source *s, int64_t notice, bool recall, enum leave_verdict v)
{
    return store_run(w, &sources_sql[DONE], ARGS(INT(s->id), INT(notice), INT(recall), INT(v), INT(w->now)));
}
