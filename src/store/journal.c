/* Lines are made and checked here; what they mean is their acts' business. */
#include "store/journal.h"

#include <assert.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/hash.h"
#include "store/engine.h"

#define CHAIN "the chain is one for all; what of it is shown, its readers decide"

enum { HEAD, QUIET, STAMP, ORIGIN, HAS, PUT, PUT_PERSONAL, WALK, N_SQL };
static const struct sql journal_sql[N_SQL] = {
    [HEAD] = SQL("SELECT seq, hash FROM journal_head"),
    [QUIET] = SQL("UPDATE journal_head SET quiet = quiet + 1"),
    [STAMP] = SQL("SELECT CAST(seq AS TEXT) || '.' || CAST(quiet AS TEXT) FROM journal_head"),
    [ORIGIN] = OPEN(CHAIN, "SELECT hash FROM journal WHERE seq = 1"),
    [HAS] = OPEN(CHAIN, "SELECT count(*) FROM journal WHERE act_id = $1"),
    [PUT] = OPEN(CHAIN, "INSERT INTO journal (seq, act_id, line, hash) VALUES ($1, $2, $3, $4)"),
    [PUT_PERSONAL] = OPEN(CHAIN, "INSERT INTO journal_personal (seq, salt, payload) VALUES ($1, $2, $3)"),
    [WALK] = OPEN_STREAM(CHAIN, "SELECT j.seq, j.line, j.hash, p.salt, p.payload FROM journal j"
                                " LEFT JOIN journal_personal p ON p.seq = j.seq ORDER BY j.seq"),
};
const struct sql_set journal_sql_set = {"journal", journal_sql, N_SQL};

enum { SALT_BYTES = 16 };

/* The hash before the first line. */
#define NO_LINE S("0000000000000000000000000000000000000000000000000000000000000000")

/* ---- the canonical line: keys sorted by bytes, no blanks, one way to write every text. It must never change. ---- */

static void add_text(struct buf *b, str s)
{
    buf_byte(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < 0x20) {
            buf_fmt(b, "\\u%04x", c);
        } else {
            if (c == '"' || c == '\\') buf_byte(b, '\\');
            buf_byte(b, s.p[i]);
        }
    }
    buf_byte(b, '"');
}

static void add_member(struct buf *b, str key, str value)
{
    add_text(b, key);
    buf_byte(b, ':');
    add_text(b, value);
}

/* By key; equal keys stay in the order given, which the positions in one array tell. */
static int by_key(const void *a, const void *b)
{
    const struct journal_field *const *x = a, *const *y = b;
    int c = str_cmp((*x)->key, (*y)->key);
    return c != 0 ? c : (*x > *y) - (*x < *y);
}

static size_t run_of(const struct journal_field *const *f, size_t n)
{
    size_t same = 1;
    while (same < n && str_eq(f[same]->key, f[0]->key)) same++;
    return same;
}

static void add_values(struct buf *b, const struct journal_field *const *f, size_t n)
{
    add_text(b, f[0]->key);
    buf_add(b, n > 1 ? S(":[") : S(":"));
    for (size_t i = 0; i < n; i++) {
        if (i > 0) buf_byte(b, ',');
        add_text(b, f[i]->value);
    }
    if (n > 1) buf_byte(b, ']');
}

/* The fields that are personal, or those that are not, as one object; how many there were in *count. */
static str object_of(struct arena *a, const struct journal_field *field, size_t n, bool personal, size_t *count)
{
    const struct journal_field **f = arena_array(a, n + 1, sizeof *f);
    struct buf b = buf_in(a);
    size_t some = 0;
    for (size_t i = 0; i < n; i++)
        if (field[i].personal == personal) f[some++] = &field[i];
    qsort(f, some, sizeof f[0], by_key);
    buf_byte(&b, '{');
    for (size_t i = 0, same; i < some; i += same) {
        same = run_of(f + i, some - i);
        if (i > 0) buf_byte(&b, ',');
        add_values(&b, f + i, same);
    }
    buf_byte(&b, '}');
    *count = some;
    return buf_str(&b);
}

static str hash_of(struct arena *a, str x, str y)
{
    struct buf both = buf_in(a);
    buf_add(&both, x);
    buf_add(&both, y);
    return sha256_hex(a, buf_str(&both));
}

struct line {
    const struct journal_actor *who;
    str act, place, act_id, args, digest; /* digest: empty without personal payload */
    int64_t seq, at;
};

static str line_text(struct arena *a, const struct line *l)
{
    struct buf b = buf_in(a);
    buf_byte(&b, '{');
    add_member(&b, S("act"), l->act);
    buf_byte(&b, ',');
    add_member(&b, S("act_id"), l->act_id);
    buf_add(&b, S(",\"args\":"));
    buf_add(&b, l->args);
    buf_byte(&b, ',');
    add_member(&b, S("at"), time_text(a, l->at));
    buf_add(&b, S(",\"n\":"));
    buf_int(&b, l->seq);
    buf_byte(&b, ',');
    if (l->digest.n != 0) {
        add_member(&b, S("personal"), l->digest);
        buf_byte(&b, ',');
    }
    const str key[] = {S("person"), S("place"), S("post"), S("system_user")};
    const str value[] = {l->who->person, l->place, l->who->post, l->who->system_user};
    for (size_t i = 0; i < sizeof key / sizeof key[0]; i++) {
        if (i > 0) buf_byte(&b, ',');
        add_member(&b, key[i], value[i]);
    }
    buf_byte(&b, '}');
    return buf_str(&b);
}

/* ---- adding ---- */

static enum err head_of(struct work *w, int64_t *seq, str *hash)
{
    struct rows *r;
    const struct head *now = store_head(w);
    if (now != NULL) {
        *seq = now->seq;
        *hash = str_dup(w->a, str_of(now->hash));
        return OK;
    }
    enum err e = store_rows(w, &journal_sql[HEAD], NOARGS, &r);
    if (e != OK) return e;
    bool found = rows_next(r);
    int64_t last = found ? rows_int(r, 0) : 0;
    str text = found ? str_dup(w->a, rows_text(r, 1)) : NO_LINE;
    e = rows_done(r);
    if (e != OK) return e;
    *seq = last;
    *hash = text;
    return OK;
}

enum err journal_quiet(struct work *w) { return store_run(w, &journal_sql[QUIET], NOARGS); }
enum err journal_stamp(struct work *w, str *out) { return store_text(w, &journal_sql[STAMP], NOARGS, out); }

enum err journal_head(struct work *w, str *out)
{
    int64_t seq;
    return head_of(w, &seq, out);
}

enum err journal_origin(struct work *w, str *out)
{
    str hash = NO_LINE;
    enum err e = store_text(w, &journal_sql[ORIGIN], NOARGS, &hash);
    if (e != OK && e != NOTFOUND) return e;
    *out = hash;
    return OK;
}

enum err journal_has(struct work *w, str act_id, bool *out)
{
    int64_t count;
    enum err e = store_int(w, &journal_sql[HAS], ARGS(TEXT(act_id)), &count);
    if (e == OK) *out = count != 0;
    return e;
}

static str new_salt(struct arena *a)
{
    char salt[SALT_BYTES];
    random_bytes(salt, sizeof salt);
    return hex_of(a, (str){salt, sizeof salt});
}

static enum err write_line(struct work *w, const struct line *l, str before, str salt, str payload)
{
    str text = line_text(w->a, l), hash = hash_of(w->a, before, text);
    enum err e = store_run(w, &journal_sql[PUT], ARGS(INT(l->seq), TEXT(l->act_id), TEXT(text), TEXT(hash)));
    if (e == OK && salt.n != 0)
        e = store_run(w, &journal_sql[PUT_PERSONAL], ARGS(INT(l->seq), TEXT(salt), TEXT(payload)));
    if (e != OK) return e;
    struct head *head = store_head(w);
    if (head == NULL) return fault(w, STORE, M("the database refused this: %1"), S("a line outside a transaction"));
    head->seq = l->seq;
    memcpy(head->hash, hash.p, sizeof head->hash - 1);
    head->changed = true;
    return OK;
}

enum err journal_add(struct work *w, const struct journal_actor *who, str act, str place, str act_id,
                     const struct journal_field *field, size_t n)
{
    bool written;
    enum err e = journal_has(w, act_id, &written);
    if (e == OK && written) return fault(w, CONFLICT, M("this was done already (act %1)"), act_id);
    return e == OK ? journal_put(w, who, act, place, act_id, field, n) : e;
}

enum err journal_put(struct work *w, const struct journal_actor *who, str act, str place, str act_id,
                     const struct journal_field *field, size_t n)
{
    struct line l = {.who = who, .act = act, .place = place, .act_id = act_id, .at = w->now};
    size_t open, personal;
    str before, salt = {0};
    enum err e = head_of(w, &l.seq, &before);
    if (e != OK) return e;
    l.seq++;
    l.args = object_of(w->a, field, n, false, &open);
    str payload = object_of(w->a, field, n, true, &personal);
    if (personal > 0) {
        salt = new_salt(w->a);
        l.digest = hash_of(w->a, salt, payload);
    }
    return write_line(w, &l, before, salt, payload);
}

/* ---- verifying ---- */

struct walk {
    struct journal_state state;
    char hash[SHA256_HEX]; /* of the line before */
    str wanted;
    bool seen; /* the wanted head */
};

static str walk_hash(const struct walk *k) { return (str){k->hash, sizeof k->hash}; }

static void broken(struct walk *k, int64_t at, str why)
{
    k->state.broken_at = at;
    k->state.trouble = why;
}

/* What follows the arguments in a line: cannot occur inside them, where every value is a text. */
static str after_number(struct arena *a, str line, int64_t seq)
{
    str mark = str_fmt(a, ",\"n\":%lld,", (long long)seq);
    ptrdiff_t at = str_find(line, mark);
    return at < 0 ? (str){0} : str_sub(line, (size_t)at + mark.n, line.n);
}

static bool digest_fits(struct arena *a, str rest, str salt, str payload)
{
    str digest = hash_of(a, salt, payload), mark = S("\"personal\":\"");
    return str_starts(rest, mark) && str_eq(str_sub(rest, mark.n, mark.n + SHA256_HEX), digest);
}

/* What is wrong with the row, and at which number; empty when all is well. */
static str wrong_with(const struct walk *k, struct arena *a, struct rows *r, str hash, int64_t *at)
{
    int64_t due = k->state.lines + 1, seq = rows_int(r, 0);
    str rest = after_number(a, rows_text(r, 1), seq);
    *at = seq < due ? seq : due;
    if (seq > due) return M("the line is missing");
    if (seq < due || rest.n == 0) return M("another line stands in its place");
    if (!str_eq(hash, rows_text(r, 2))) return M("the line, or the one before it, was changed");
    if (!rows_null(r, 3) && !digest_fits(a, rest, rows_text(r, 3), rows_text(r, 4)))
        return M("its personal part was changed");
    return S("");
}

static void check_line(struct walk *k, struct arena *a, struct rows *r)
{
    int64_t at;
    str hash = hash_of(a, walk_hash(k), rows_text(r, 1)), wrong = wrong_with(k, a, r, hash, &at);
    if (wrong.n != 0) {
        broken(k, at, wrong);
        return;
    }
    memcpy(k->hash, hash.p, sizeof k->hash);
    k->state.lines = at;
    k->seen = k->seen || str_eq(hash, k->wanted);
}

enum { TELL_EVERY = 10000 };

static enum err walk_lines(struct work *w, struct walk *k, int64_t total)
{
    struct rows *r;
    enum err e = store_rows(w, &journal_sql[WALK], NOARGS, &r);
    if (e != OK) return e;
    struct arena *a = arena_new(0); /* for one line at a time */
    struct arena_mark mark = arena_mark(a);
    while (k->state.broken_at == 0 && rows_next(r)) {
        check_line(k, a, r);
        arena_back(a, mark);
        if (k->state.lines % TELL_EVERY == 0) work_progress(w, M("journal"), k->state.lines, total);
    }
    arena_free(a);
    return rows_done(r);
}

enum err journal_verify(struct work *w, str head, struct journal_state *out)
{
    struct walk k = {.wanted = head, .seen = head.n == 0 || str_eq(head, NO_LINE)};
    int64_t last;
    str stored;
    memcpy(k.hash, NO_LINE.p, sizeof k.hash);
    enum err e = head_of(w, &last, &stored);
    if (e == OK) e = walk_lines(w, &k, last);
    if (e != OK) return e;
    int64_t after = k.state.lines + 1;
    if (k.state.broken_at == 0 && last > k.state.lines) broken(&k, after, M("the line is missing"));
    else if (k.state.broken_at == 0 && !str_eq(stored, walk_hash(&k)))
        broken(&k, k.state.lines, M("the end of the journal is not the one that was written last"));
    else if (k.state.broken_at == 0 && !k.seen)
        broken(&k, after, M("the head given does not occur: the end was cut off"));
    k.state.head = str_dup(w->a, walk_hash(&k));
    *out = k.state;
    return OK;
}
