#include "share/notice_store.h"

#include "access/fold.h"

enum {
    FIND, BY_ID, PASSES, ADDED, REFERENCES, ATTACHMENTS, ATTACHMENT, NUMBER, INSERT, UPDATE, REFERENCES_OFF,
    REFERENCE_ADD, BLOB_ADD,
    ATTACHMENT_ADD, ATTACHMENT_OFF, BLOB_OFF, ATTACHMENTS_COPY, ADDRESSED, NAMES, RECALL_DUE, NEWER, CONTACT, CONTACTS,
    BELOW,
    LINES, DRAFTS, STATEMENTS
};

#define PARTY "of the party: its issuer, or an addressee to whom it was sent"
#define FOUND "of a notice that was found for the party"
#define COLUMNS                                                                                                                        \
    "SELECT n.id, n.issuer, n.supersedes, n.report, n.code, n.uuid, o.code, o.name_ja, o.name_en, n.drill, n.kind, n.urgency, n.state," \
    " n.tlp, n.pap, n.title, n.body, n.measure, n.addressed, n.direct, n.within, n.embargo, n.made, n.sent, n.recalled, n.made_by,"     \
    " n.sent_by, n.recalled_by, n.recall_reason, n.revision FROM share_notice n JOIN org o ON o.id = n.issuer"

static const struct sql notice_sql[STATEMENTS] = {
    /* 2: ACK_SENT; below it the addressee has not got it */
    [FIND] =
        OPEN(PARTY,
             (COLUMNS
              " WHERE n.code = $1 AND (n.issuer = $2 OR (n.sent IS NOT NULL AND EXISTS (SELECT 1 FROM share_delivery d"
              " WHERE d.notice = n.id AND d.org = $2 AND d.ack >= 2)))")),
    [BY_ID] = OPEN("for what runs by itself, and what was found for the party before", (COLUMNS " WHERE n.id = $1")),
    [PASSES] = OPEN(
        FOUND,
        ("SELECT count(*) FROM (SELECT 1 FROM share_delivery WHERE notice = $1 AND parent = $2 LIMIT 1) AS below")),
    [ADDED] = OPEN(
        FOUND,
        ("WITH RECURSIVE above (id, parent, org, passed, added, step) AS ("
         "SELECT id, parent, org, passed, added, 0 FROM share_delivery WHERE id = $1"
         " UNION ALL SELECT d.id, d.parent, d.org, d.passed, d.added, a.step + 1 FROM share_delivery d"
         " JOIN above a ON d.id = a.parent)"
         " SELECT o.code, o.name_ja, o.name_en, a.added, a.passed FROM above a JOIN org o ON o.id = a.org"
         " WHERE a.step > 0 AND a.passed IS NOT NULL AND a.added <> '' ORDER BY a.step DESC")),
    [REFERENCES] = OPEN(FOUND, ("SELECT kind, value FROM share_reference WHERE notice = $1 ORDER BY kind, value")),
    [ATTACHMENTS] =
        OPEN(FOUND, ("SELECT name, sha256, media, size FROM share_attachment WHERE notice = $1 ORDER BY name")),
    [ATTACHMENT] = OPEN(
        FOUND,
        ("SELECT a.name, a.sha256, a.media, a.size, b.bytes FROM share_attachment a"
         " JOIN share_blob b ON b.sha256 = a.sha256"
         " WHERE a.notice = $1 AND a.name = $2")),
    [NUMBER] = SQL((
        "INSERT INTO share_number (series, last) VALUES ($1, 1)"
        " ON CONFLICT (series) DO UPDATE SET last = share_number.last + 1"
        " RETURNING last")),
    [INSERT] = OPEN(
        "of the acting party",
        ("INSERT INTO share_notice (code, uuid, issuer, drill, kind, urgency, state, tlp, pap, title, body, measure,"
         " addressed, direct,"
         " within, embargo, supersedes, report, made, made_by, sent_by, recalled_by, recall_reason, revision)"
         " VALUES ($1, $2, $3, $4, $5, $6, 'draft', $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, '',"
         " '', '', 1)"
         " RETURNING id")),
    [UPDATE] = OPEN(
        FOUND,
        ("UPDATE share_notice SET kind = $2, urgency = $3, state = $4, tlp = $5, pap = $6, title = $7, body = $8,"
         " measure = $9,"
         " addressed = $10, direct = $11, within = $12, embargo = $13, sent = $14, sent_by = $15, recalled = $16,"
         " recalled_by = $17, recall_reason = $18, revision = $19 WHERE id = $1")),
    [REFERENCES_OFF] = OPEN(FOUND, ("DELETE FROM share_reference WHERE notice = $1")),
    [REFERENCE_ADD] =
        OPEN(FOUND, ("INSERT INTO share_reference (notice, kind, value) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")),
    [BLOB_ADD] = OPEN("known by its hash alone",
                      ("INSERT INTO share_blob (sha256, bytes) VALUES ($1, $2) ON CONFLICT (sha256) DO NOTHING")),
    [ATTACHMENT_ADD] = OPEN(
        FOUND,
        ("INSERT INTO share_attachment (notice, name, sha256, media, size) VALUES ($1, $2, $3, $4, $5)"
         " ON CONFLICT (notice, name) DO UPDATE SET sha256 = excluded.sha256, media = excluded.media,"
         " size = excluded.size")),
    [ATTACHMENT_OFF] = OPEN(FOUND, ("DELETE FROM share_attachment WHERE notice = $1 AND name = $2")),
    [BLOB_OFF] = OPEN(
        "bytes that nobody has any more",
        ("DELETE FROM share_blob WHERE sha256 = $1 AND NOT EXISTS (SELECT 1 FROM share_attachment a"
         " WHERE a.sha256 = $1)")),
    [ATTACHMENTS_COPY] =
        OPEN(FOUND, ("INSERT INTO share_attachment (notice, name, sha256, media, size)"
                     " SELECT CAST($2 AS BIGINT), name, sha256, media, size FROM share_attachment WHERE notice = $1")),
    [ADDRESSED] =
        OPEN(FOUND, ("SELECT d.org, p.org, d.tier FROM share_delivery d LEFT JOIN share_delivery p ON p.id = d.parent"
                     " WHERE d.notice = $1 ORDER BY d.id")),
    [NAMES] = SQL(("SELECT id, name_ja, name_en FROM org ORDER BY lo")),
    /* 5: TOLD_RECALL_DUE */
    [RECALL_DUE] = OPEN(FOUND, ("UPDATE share_delivery SET told = 5 WHERE notice = $1 AND ack >= 2")),
    [NEWER] = OPEN(
        PARTY,
        ("SELECT n.code FROM share_notice n WHERE n.supersedes = $1 AND n.sent IS NOT NULL AND (n.issuer = $2"
         " OR EXISTS ("
         "SELECT 1 FROM share_delivery d WHERE d.notice = n.id AND d.org = $2 AND d.ack >= 2))"
         " ORDER BY n.id DESC LIMIT 1")),
    [CONTACT] = OPEN("whether the acting person is one, and nothing else",
                     ("SELECT count(*) FROM share_contact WHERE org = $1 AND person = $2")),
    [CONTACTS] =
        OPEN("whether addressees of the party's own notice would be reached, by no name or number",
             ("SELECT org, max(coalesce(confirmed, 0)), count(person) FROM share_contact GROUP BY org ORDER BY org")),
    [BELOW] = OPEN(
        FOUND,
        ("SELECT d.id, o.code, o.name_ja, o.name_en, o.kind, d.tier, d.ack FROM share_delivery d"
         " JOIN org o ON o.id = d.org"
         " WHERE d.notice = $1 AND d.parent = $2 ORDER BY o.lo")),
    [LINES] = OPEN_STREAM(
        PARTY,
        ("SELECT n.id, n.code, n.issuer, o.code, o.name_ja, o.name_en, n.drill, n.kind, n.urgency, n.state, n.title,"
         " n.within, n.made,"
         " n.sent, n.recalled, n.revision, coalesce(d.tlp, n.tlp), coalesce(d.pap, n.pap), coalesce(d.sent, n.sent,"
         " n.made) AS at,"
         " d.ack, d.due, d.late, d.confirmed FROM share_notice n JOIN org o ON o.id = n.issuer"
         " LEFT JOIN share_delivery d ON d.notice = n.id AND d.org = $1 AND d.ack >= 2"
         " WHERE ((CAST($2 AS BIGINT) = 1 AND n.issuer = $1) OR (CAST($3 AS BIGINT) = 1 AND d.id IS NOT NULL"
         " AND n.sent IS NOT NULL))"
         " AND (CAST($4 AS BIGINT) = 0 OR n.sent >= $4) AND (CAST($5 AS BIGINT) = 0 OR n.sent < $5)"
         " AND ($6 = '' OR n.kind = $6) AND ($7 = '' OR n.urgency = $7) AND ($8 = '' OR n.state = $8)"
         " AND (CAST($9 AS BIGINT) < 0 OR n.drill = $9)"
         " AND (CAST($10 AS BIGINT) = 0 OR coalesce(d.sent, n.sent, n.made) < $10"
         " OR (coalesce(d.sent, n.sent, n.made) = $10 AND n.id < $11))"
         " ORDER BY coalesce(d.sent, n.sent, n.made) DESC, n.id DESC")),
    [DRAFTS] =
        OPEN("of the party, its issuer", (COLUMNS " WHERE n.issuer = $1 AND n.state = 'draft' ORDER BY n.id DESC")),
};

const struct sql_set notice_sql_set = {"notice", notice_sql, STATEMENTS};

#define RUN(w, statement, args) store_run(w, &notice_sql[statement], args)

/* ---- a notice ---- */

static void take_notice(struct work *w, struct rows *r, void *to)
{
    *(struct notice *)to = (struct notice){.id = rows_int(r, 0),
                                           .issuer = rows_int(r, 1),
                                           .supersedes = rows_int(r, 2),
                                           .report = rows_int(r, 3),
                                           .code = rows_kept(w, r, 4),
                                           .uuid = rows_kept(w, r, 5),
                                           .issuer_code = rows_kept(w, r, 6),
                                           .issuer_ja = rows_kept(w, r, 7),
                                           .issuer_en = rows_kept(w, r, 8),
                                           .drill = rows_int(r, 9) != 0,
                                           .kind = rows_kept(w, r, 10),
                                           .urgency = rows_kept(w, r, 11),
                                           .state = rows_kept(w, r, 12),
                                           .marking = {(enum tlp)rows_int(r, 13), (enum pap)rows_int(r, 14)},
                                           .title = rows_kept(w, r, 15),
                                           .text = rows_kept(w, r, 16),
                                           .measure = rows_kept(w, r, 17),
                                           .to = rows_kept(w, r, 18),
                                           .direct = rows_int(r, 19) != 0,
                                           .within = rows_int(r, 20),
                                           .embargo = rows_int(r, 21),
                                           .made = rows_int(r, 22),
                                           .sent = rows_int(r, 23),
                                           .recalled = rows_int(r, 24),
                                           .made_by = rows_kept(w, r, 25),
                                           .sent_by = rows_kept(w, r, 26),
                                           .recalled_by = rows_kept(w, r, 27),
                                           .recall_reason = rows_kept(w, r, 28),
                                           .revision = rows_int(r, 29)};
}

static enum err one_notice(struct work *w, const struct sql *sql, struct values args, struct notice *out)
{
    struct notice *all;
    size_t n;
    enum err e = STORE_GATHER(w, sql, args, take_notice, &all, &n);
    if (e == OK && n == 0) return NOTFOUND;
    if (e == OK) *out = all[0];
    return e;
}

enum err notice_row(struct work *w, str code, int64_t party, struct notice *out)
{
    return one_notice(w, &notice_sql[FIND], ARGS(TEXT(code), INT(party)), out);
}

enum err notice_row_by_id(struct work *w, int64_t id, struct notice *out)
{
    return one_notice(w, &notice_sql[BY_ID], ARGS(INT(id)), out);
}

static enum err any(struct work *w, int statement, struct values args, bool *out)
{
    int64_t n;
    enum err e = store_int(w, &notice_sql[statement], args, &n);
    if (e == OK) *out = n != 0;
    return e;
}

enum err notice_passes(struct work *w, const struct delivery *own, bool *out)
{
    return any(w, PASSES, ARGS(INT(own->notice), INT(own->id)), out);
}

enum err notice_number(struct work *w, str series, int64_t *out)
{
    return store_int(w, &notice_sql[NUMBER], ARGS(TEXT(series)), out);
}

enum err notice_insert(struct work *w, const struct notice *n, int64_t *id)
{
    return store_int(w, &notice_sql[INSERT],
                     ARGS(TEXT(n->code), TEXT(n->uuid), INT(n->issuer), INT(n->drill), TEXT(n->kind), TEXT(n->urgency),
                          INT(n->marking.tlp), INT(n->marking.pap), TEXT(n->title), TEXT(n->text), TEXT(n->measure),
                          TEXT(n->to), INT(n->direct), INT(n->within), int_or_nil(n->embargo, n->embargo != 0),
                          int_or_nil(n->supersedes, n->supersedes != 0), int_or_nil(n->report, n->report != 0),
                          INT(n->made), TEXT(n->made_by)),
                     id);
}

enum err notice_update(struct work *w, const struct notice *n)
{
    return RUN(w, UPDATE,
               ARGS(INT(n->id), TEXT(n->kind), TEXT(n->urgency), TEXT(n->state), INT(n->marking.tlp),
                    INT(n->marking.pap), TEXT(n->title), TEXT(n->text), TEXT(n->measure), TEXT(n->to), INT(n->direct),
                    INT(n->within), int_or_nil(n->embargo, n->embargo != 0), int_or_nil(n->sent, n->sent != 0),
                    TEXT(n->sent_by), int_or_nil(n->recalled, n->recalled != 0), TEXT(n->recalled_by),
                    TEXT(n->recall_reason), INT(n->revision)));
}

/* ---- what hangs on it ---- */

static void take_added(struct work *w, struct rows *r, void *to)
{
    *(struct added *)to = (struct added){rows_kept(w, r, 0), rows_kept(w, r, 1), rows_kept(w, r, 2), rows_kept(w, r, 3), rows_int(r, 4)};
}

enum err notice_added(struct work *w, const struct delivery *own, struct added **out, size_t *n)
{
    return STORE_GATHER(w, &notice_sql[ADDED], ARGS(INT(own->id)), take_added, out, n);
}

static void take_reference(struct work *w, struct rows *r, void *to)
{
    *(struct notice_reference *)to = (struct notice_reference){rows_kept(w, r, 0), rows_kept(w, r, 1)};
}

enum err notice_references(struct work *w, int64_t notice, struct notice_reference **out, size_t *n)
{
    return STORE_GATHER(w, &notice_sql[REFERENCES], ARGS(INT(notice)), take_reference, out, n);
}

enum err notice_put_references(struct work *w, int64_t notice, const struct notice_reference *all, size_t n)
{
    enum err e = RUN(w, REFERENCES_OFF, ARGS(INT(notice)));
    for (size_t i = 0; e == OK && i < n; i++)
        e = RUN(w, REFERENCE_ADD, ARGS(INT(notice), TEXT(all[i].kind), TEXT(all[i].value)));
    return e;
}

static void take_attachment(struct work *w, struct rows *r, void *to)
{
    *(struct attachment *)to = (struct attachment){rows_kept(w, r, 0), rows_kept(w, r, 1), rows_kept(w, r, 2), rows_int(r, 3)};
}

enum err notice_attachments(struct work *w, int64_t notice, struct attachment **out, size_t *n)
{
    return STORE_GATHER(w, &notice_sql[ATTACHMENTS], ARGS(INT(notice)), take_attachment, out, n);
}

enum err attachment_put(struct work *w, int64_t notice, const struct attachment *a, str bytes)
{
    enum err e = RUN(w, BLOB_ADD, ARGS(TEXT(a->sha256), BYTES(bytes)));
    if (e != OK) return e;
    return RUN(w, ATTACHMENT_ADD, ARGS(INT(notice), TEXT(a->name), TEXT(a->sha256), TEXT(a->media), INT(a->size)));
}

enum err attachment_bytes(struct work *w, int64_t notice, str name, struct attachment *out, str *bytes)
{
    struct rows *r;
    enum err e = store_rows(w, &notice_sql[ATTACHMENT], ARGS(INT(notice), TEXT(name)), &r);
    if (e != OK) return e;
    bool found = rows_next(r);
    if (found) {
        take_attachment(w, r, out);
        *bytes = str_dup(w->a, rows_bytes(r, 4));
    }
    e = rows_done(r);
    return e == OK && !found ? NOTFOUND : e;
}

enum err attachment_take_off(struct work *w, int64_t notice, str name)
{
    struct attachment a;
    str bytes;
    enum err e = attachment_bytes(w, notice, name, &a, &bytes);
    if (e == OK) e = RUN(w, ATTACHMENT_OFF, ARGS(INT(notice), TEXT(name)));
    return e == OK ? RUN(w, BLOB_OFF, ARGS(TEXT(a.sha256))) : e;
}

enum err attachments_copy(struct work *w, int64_t from, int64_t to)
{
    return RUN(w, ATTACHMENTS_COPY, ARGS(INT(from), INT(to)));
}

static void take_addressed(struct work *w, struct rows *r, void *to)
{
    (void)w;
    *(struct addressed *)to = (struct addressed){rows_int(r, 0), rows_int(r, 1), (enum tier)rows_int(r, 2)};
}

enum err notice_addressed(struct work *w, int64_t notice, struct addressed **out, size_t *n)
{
    return STORE_GATHER(w, &notice_sql[ADDRESSED], ARGS(INT(notice)), take_addressed, out, n);
}

/* ---- around a notice ---- */

struct named {
    int64_t id;
    struct org_name name;
};

static void take_name(struct work *w, struct rows *r, void *to)
{
    *(struct named *)to = (struct named){rows_int(r, 0), {rows_kept(w, r, 1), rows_kept(w, r, 2)}};
}

enum err net_names(struct work *w, const struct route_net *net, struct org_name **out)
{
    struct named *all;
    size_t n, at = 0;
    enum err e = STORE_GATHER(w, &notice_sql[NAMES], NOARGS, take_name, &all, &n);
    if (e != OK) return e;
    struct org_name *name = arena_array(w->a, net->n + 1, sizeof *name);
    for (size_t i = 0; i < n && at < net->n; i++) /* both in official order */
        if (all[i].id == net->org[at].id) name[at++] = all[i].name;
    *out = name;
    return OK;
}

enum err notice_recall_due(struct work *w, int64_t notice) { return RUN(w, RECALL_DUE, ARGS(INT(notice))); }

enum err notice_newer(struct work *w, int64_t notice, int64_t party, str *code)
{
    enum err e = store_text(w, &notice_sql[NEWER], ARGS(INT(notice), INT(party)), code);
    if (e == NOTFOUND) *code = (str){"", 0};
    return e == NOTFOUND ? OK : e;
}

enum err notice_contact_is(struct work *w, int64_t org, int64_t person, bool *out)
{
    return any(w, CONTACT, ARGS(INT(org), INT(person)), out);
}

static void take_reached(struct work *w, struct rows *r, void *to)
{
    (void)w;
    *(struct contactable *)to = (struct contactable){rows_int(r, 0), rows_int(r, 1), rows_int(r, 2)};
}

enum err notice_contacts(struct work *w, struct contactable **out, size_t *n)
{
    return STORE_GATHER(w, &notice_sql[CONTACTS], NOARGS, take_reached, out, n);
}

static void take_below(struct work *w, struct rows *r, void *to)
{
    *(struct waits_below *)to = (struct waits_below){rows_int(r, 0), rows_kept(w, r, 1), rows_kept(w, r, 2), rows_kept(w, r, 3), rows_kept(w, r, 4),
                                         (enum tier)rows_int(r, 5), (enum ack)rows_int(r, 6)};
}

enum err notice_below(struct work *w, int64_t notice, int64_t parent, struct waits_below **out, size_t *n)
{
    return STORE_GATHER(w, &notice_sql[BELOW], ARGS(INT(notice), INT(parent)), take_below, out, n);
}

enum err notice_drafts(struct work *w, int64_t party, struct notice **out, size_t *n)
{
    return STORE_GATHER(w, &notice_sql[DRAFTS], ARGS(INT(party)), take_notice, out, n);
}

/* ---- lists ---- */

static struct notice_line line_of(struct rows *r, int64_t party)
{
    struct notice_line l = {.notice = {.id = rows_int(r, 0),
                                       .code = rows_text(r, 1),
                                       .issuer = rows_int(r, 2),
                                       .issuer_code = rows_text(r, 3),
                                       .issuer_ja = rows_text(r, 4),
                                       .issuer_en = rows_text(r, 5),
                                       .drill = rows_int(r, 6) != 0,
                                       .kind = rows_text(r, 7),
                                       .urgency = rows_text(r, 8),
                                       .state = rows_text(r, 9),
                                       .title = rows_text(r, 10),
                                       .within = rows_int(r, 11),
                                       .made = rows_int(r, 12),
                                       .sent = rows_int(r, 13),
                                       .recalled = rows_int(r, 14),
                                       .revision = rows_int(r, 15),
                                       .marking = {(enum tlp)rows_int(r, 16), (enum pap)rows_int(r, 17)}},
                            .at = rows_int(r, 18)};
    l.issued = l.notice.issuer == party;
    l.own = (struct delivery){.id = rows_null(r, 19) ? 0 : 1,
                              .ack = (enum ack)rows_int(r, 19),
                              .due = rows_int(r, 20),
                              .late = rows_int(r, 21) != 0,
                              .confirmed = rows_int(r, 22)};
    return l;
}

static bool has_words(struct arena *a, str title, str words)
{
    struct arena_mark mark = arena_mark(a);
    bool has = str_find(fold_words(a, title), fold_words(a, words)) >= 0;
    arena_back(a, mark);
    return has;
}

enum err notices_each(struct work *w, const struct notice_filter *f, notice_line_fn *fn, void *to)
{
    struct rows *r;
    enum err e =
        store_rows(w, &notice_sql[LINES],
                   ARGS(INT(f->party), INT(f->issued), INT(f->received), INT(f->since), INT(f->until), TEXT(f->kind),
                        TEXT(f->urgency), TEXT(f->state), INT(f->drill), INT(f->before), INT(f->before_id)),
                   &r);
    if (e != OK) return e;
    for (int64_t told = 0; e == OK && (f->most == 0 || told < f->most) && rows_next(r);) {
        struct notice_line l = line_of(r, f->party);
        /* a search must not tell what the list does not */
        bool unseen = !l.issued && l.notice.marking.tlp == TLP_RED && !f->named;
        if (f->words.n != 0 && (unseen || !has_words(w->a, l.notice.title, f->words))) continue;
        e = fn(to, &l);
        told++;
    }
    enum err done = rows_done(r);
    return e != OK ? e : done;
}
