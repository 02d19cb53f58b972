#include "inspect/rollup.h"

#include <stddef.h>
#include <string.h>

#include "base/clock.h"
#include "base/hash.h"
#include "format/json.h"
#include "inspect/round.h"

/* ---- what stands in it, in the order of the keys ---- */

enum kind { TEXT_, COUNT_, YES_NO, ROWS, RULE, UNNAMED, CLAUSE_, DAY_ };
struct field {
    const char *key;
    enum kind kind;
    size_t at;    /* in its struct */
    int64_t most; /* COUNT_ */
};

static const struct field document[] = {{"base", TEXT_, offsetof(struct rollup, base), 0},
                                        {"edition", TEXT_, offsetof(struct rollup, edition), 0},
                                        {"edition_digest", TEXT_, offsetof(struct rollup, edition_digest), 0},
                                        {"format", TEXT_, offsetof(struct rollup, format), 0},
                                        {"instance", TEXT_, offsetof(struct rollup, instance), 0},
                                        {"journal_head", TEXT_, offsetof(struct rollup, journal_head), 0},
                                        {"journal_seq", COUNT_, offsetof(struct rollup, journal_seq), INT64_C(1) << 53},
                                        {"limited_scope", YES_NO, offsetof(struct rollup, limited), 0},
                                        {"made", TEXT_, offsetof(struct rollup, made), 0},
                                        {"organisation", TEXT_, offsetof(struct rollup, organisation), 0},
                                        {"round", TEXT_, offsetof(struct rollup, round), 0},
                                        {"rows", ROWS, 0, 0},
                                        {"rule", RULE, 0, 0},
                                        {"sequence", COUNT_, offsetof(struct rollup, sequence), ROLLUP_SEQUENCE_MAX},
                                        {"unnamed_systems", UNNAMED, 0, 0},
                                        {0}};

static const struct field row_fields[] = {
    {"arisen", COUNT_, offsetof(struct rollup_row, arisen), AGGREGATE_COUNT_MAX},
    {"clause", CLAUSE_, offsetof(struct rollup_row, clause), 0},
    {"done", COUNT_, offsetof(struct rollup_row, done), AGGREGATE_COUNT_MAX},
    {"duty", TEXT_, offsetof(struct rollup_row, duty), 0},
    {"excepted", COUNT_, offsetof(struct rollup_row, excepted), AGGREGATE_COUNT_MAX},
    {"known", COUNT_, offsetof(struct rollup_row, known), AGGREGATE_COUNT_MAX},
    {"own_survey", COUNT_, offsetof(struct rollup_row, own), AGGREGATE_COUNT_MAX},
    {"reported", COUNT_, offsetof(struct rollup_row, reported), AGGREGATE_COUNT_MAX},
    {0}};

static const struct field rule_fields[] = {{"exceptions", TEXT_, offsetof(struct rollup, exceptions), 0},
                                           {"grades", TEXT_, offsetof(struct rollup, grades), 0},
                                           {"rate", TEXT_, offsetof(struct rollup, rate), 0},
                                           {"thresholds", TEXT_, offsetof(struct rollup, thresholds), 0},
                                           {"unknown_out", TEXT_, offsetof(struct rollup, unknown_out), 0},
                                           {0}};

static const struct field unnamed_fields[] = {{"checked", COUNT_, offsetof(struct unnamed, checked), UNNAMED_MAX},
                                              {"on", DAY_, offsetof(struct unnamed, day), 0},
                                              {"systems", COUNT_, offsetof(struct unnamed, systems), UNNAMED_MAX},
                                              {0}};

/* ---- writing ---- */

static void put_fields(struct json_out *j, const struct field *, const void *of);

static void put_rows(struct json_out *j, const struct rollup *r)
{
    json_open(j, '[');
    for (size_t i = 0; i < r->n; i++) put_fields(j, row_fields, &r->rows[i]);
    json_close(j, ']');
}

static void put_field(struct json_out *j, const struct field *f, const void *of)
{
    const char *at = (const char *)of + f->at;
    const struct rollup *r = of;
    str text = f->kind == TEXT_ || f->kind == CLAUSE_ ? *(const str *)(const void *)at : S("");
    switch (f->kind) {
    case TEXT_:
        json_put_str(j, text);
        return;
    case COUNT_:
        json_put_int(j, *(const int64_t *)(const void *)at);
        return;
    case YES_NO:
        json_put_bool(j, *(const bool *)at);
        return;
    case DAY_:
        json_put_str(j, date_text(j->b->a, *(const int64_t *)(const void *)at));
        return;
    case ROWS:
        put_rows(j, r);
        return;
    case RULE:
        put_fields(j, rule_fields, r);
        return;
    case CLAUSE_:
        if (text.n == 0)
            json_put_null(j);
        else
            json_put_str(j, text);
        return;
    case UNNAMED:
        if (!r->has_unnamed)
            json_put_null(j);
        else
            put_fields(j, unnamed_fields, &r->unnamed);
        return;
    }
}

static void put_fields(struct json_out *j, const struct field *f, const void *of)
{
    json_open(j, '{');
    for (; f->key != NULL; f++) {
        json_key(j, str_of(f->key));
        put_field(j, f, of);
    }
    json_close(j, '}');
}

str rollup_write(struct arena *a, const struct rollup *r)
{
    struct buf b = buf_in(a);
    struct json_out j = json_to(&b, 0);
    put_fields(&j, document, r);
    return buf_str(&b);
}

/* ---- reading ---- */

struct reading {
    struct work *w;
    str file;
    struct rollup *r;
    int64_t row; /* 0: not in the rows */
};

static enum err wrong(const struct reading *x, const struct field *f)
{
    static const str ids[] = {
        [TEXT_] = N("roll-up: '%1' is missing or no text of 1 to %2 bytes"),
        [COUNT_] = N("roll-up: '%1' is missing or no whole number from 0 to %2"),
        [YES_NO] = N("roll-up: '%1' is missing or neither true nor false"),
        [ROWS] = N("roll-up: '%1' is missing or no list"),
        [RULE] = N("roll-up: '%1' is missing or no object"),
        [UNNAMED] = N("roll-up: '%1' is missing or neither an object nor null"),
        [CLAUSE_] = N("roll-up: '%1' is missing or neither a clause nor null"),
        [DAY_] = N("roll-up: '%1' is missing or no date"),
    };
    int64_t most = f->kind == COUNT_ ? f->most : ROLLUP_TEXT_MAX;
    struct where where = {x->file, x->row, 0, str_of(f->key)};
    return fault_in(x->w, INVALID, where, ids[f->kind], str_of(f->key), str_int(x->w->a, most));
}

static enum err take_fields(struct reading *x, const struct field *, const struct jv *, void *of);

static enum err take_rows(struct reading *x, const struct jv *v)
{
    struct rollup *r = x->r;
    enum err e = OK;
    r->n = jv_size(v);
    if (r->n > AGGREGATE_ROWS_MAX)
        return fault_in(x->w, INVALID, ((struct where){.file = x->file}), M("roll-up: more than %1 rows"),
                        str_int(x->w->a, AGGREGATE_ROWS_MAX));
    if (r->n == 0)
        return fault_in(x->w, INVALID, ((struct where){.file = x->file}),
                        M("the roll-up tells of nobody: it has no rows"));
    r->rows = arena_array(x->w->a, r->n + 1, sizeof *r->rows);
    for (size_t i = 0; e == OK && i < r->n; i++) {
        x->row = (int64_t)i + 1;
        e = take_fields(x, row_fields, jv_at(v, i), &r->rows[i]);
        if (r->rows[i].clause.n != 0) continue;
        r->reported += r->rows[i].reported;
        r->known += r->rows[i].known;
    }
    x->row = 0;
    return e;
}

/* A text may be empty where the rule leaves nothing out. */
static bool text_fits(const struct field *f, str s)
{
    bool may_be_empty = f->kind == TEXT_ && strcmp(f->key, "unknown_out") == 0;
    return (s.n > 0 || may_be_empty) && s.n <= ROLLUP_TEXT_MAX;
}

static bool take_plain(const struct field *f, const struct jv *v, char *at)
{
    enum jv_type type = jv_type(v);
    switch (f->kind) {
    case CLAUSE_:
        if (v != NULL && type == JV_NULL) return true;
        /* fall through */
    case TEXT_:
        *(str *)(void *)at = jv_str(v);
        return type == JV_STRING && text_fits(f, jv_str(v));
    case COUNT_:
        *(int64_t *)(void *)at = jv_int(v);
        return type == JV_INT && jv_int(v) >= 0 && jv_int(v) <= f->most;
    case YES_NO:
        *(bool *)at = jv_true(v);
        return type == JV_BOOL;
    case DAY_:
        return type == JV_STRING && date_parse(jv_str(v), (int64_t *)(void *)at);
    default:
        return false;
    }
}

static enum err take_field(struct reading *x, const struct field *f, const struct jv *v, void *of)
{
    struct rollup *r = x->r;
    enum jv_type type = jv_type(v);
    if (f->kind == ROWS) return type == JV_ARRAY ? take_rows(x, v) : wrong(x, f);
    if (f->kind == RULE) return type == JV_OBJECT ? take_fields(x, rule_fields, v, r) : wrong(x, f);
    if (f->kind != UNNAMED) return take_plain(f, v, (char *)of + f->at) ? OK : wrong(x, f);
    r->has_unnamed = type == JV_OBJECT;
    if (v == NULL || (type != JV_OBJECT && type != JV_NULL)) return wrong(x, f);
    return r->has_unnamed ? take_fields(x, unnamed_fields, v, &r->unnamed) : OK;
}

static enum err take_fields(struct reading *x, const struct field *f, const struct jv *v, void *of)
{
    enum err e = OK;
    for (; e == OK && f->key != NULL; f++) e = take_field(x, f, jv_get(v, f->key), of);
    return e;
}

enum err rollup_read(struct work *w, str name, str line, struct rollup *out)
{
    const struct jv *v;
    struct rollup r = {0};
    struct reading x = {w, name, &r, 0};
    enum err e = jv_read(w, name, line, &v);
    if (e != OK) return e;
    if (!str_eq(jv_str(jv_get(v, "format")), ROLLUP_FORMAT))
        return fault_in(w, INVALID, ((struct where){.file = name}),
                        M("no roll-up of the format this program knows, '%1'"), ROLLUP_FORMAT);
    if ((e = take_fields(&x, document, v, &r)) != OK) return e;
    int64_t made;
    if (!rollup_made(r.made, &made))
        return fault_in(w, INVALID, ((struct where){.file = name}), M("roll-up: 'made' is no time such as %1"),
                        S("2026-04-30T08:00:00Z"));
    if (!str_eq(rollup_write(w->a, &r), line))
        return fault_in(w, INVALID, ((struct where){.file = name}),
                        M("the roll-up is not in its canonical form: keys sorted, no blanks, nothing besides; hand the "
                          "file on as it was made"));
    *out = r;
    return OK;
}

/* ---- the two lines ---- */

static const str signature_head = S_INIT("meguri-signature ed25519 ");

str rollup_signed(struct arena *a, str line, const struct sign_key *k)
{
    str signature = hex_of(a, sign(a, k, line)), id = key_id(a, k->pub);
    return str_fmt(a, "%.*s\n%.*s%.*s %.*s\n", STR_ARG(line), STR_ARG(signature_head), STR_ARG(id), STR_ARG(signature));
}

static int hex_digit(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; }

static bool hex_all(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (hex_digit(s.p[i]) < 0) return false;
    return true;
}

static bool take_signature(str line, struct rollup_file *out)
{
    if (line.n != signature_head.n + KEY_ID_HEX + 1 + 2 * SIGN_BYTES || !str_starts(line, signature_head)) return false;
    str rest = str_sub(line, signature_head.n, line.n), hex = str_sub(rest, KEY_ID_HEX + 1, rest.n);
    out->key_id = str_sub(rest, 0, KEY_ID_HEX);
    if (rest.p[KEY_ID_HEX] != ' ' || !hex_all(out->key_id) || !hex_all(hex)) return false;
    for (size_t i = 0; i < SIGN_BYTES; i++)
        out->signature[i] = (unsigned char)(hex_digit(hex.p[2 * i]) << 4 | hex_digit(hex.p[2 * i + 1]));
    return true;
}

enum err rollup_open(struct work *w, str name, str bytes, struct rollup_file *out)
{
    const struct where where = {.file = name};
    if (bytes.n > ROLLUP_BYTES_MAX)
        return fault_in(w, INVALID, where, M("a roll-up is no larger than %1 bytes"), str_int(w->a, ROLLUP_BYTES_MAX));
    ptrdiff_t end = str_find(bytes, S("\n"));
    str rest = end < 0 ? S("") : str_sub(bytes, (size_t)end + 1, bytes.n);
    bool whole = rest.n > 0 && rest.p[rest.n - 1] == '\n';
    if (!whole || !take_signature(str_sub(rest, 0, rest.n - 1), out))
        return fault_in(w, INVALID, where,
                        M("no roll-up: it is two lines, the figures and their signature, and nothing after them"));
    out->line = str_sub(bytes, 0, (size_t)end);
    return OK;
}

bool rollup_made(str made, int64_t *seconds)
{
    static const str form = S_INIT("0000-00-00T00:00:00Z");
    int64_t day, h, m, s;
    if (made.n != form.n) return false;
    for (size_t i = 0; i < form.n; i++)
        if (form.p[i] == '0' ? hex_digit(made.p[i]) < 0 || hex_digit(made.p[i]) > 9 : made.p[i] != form.p[i])
            return false;
    if (!date_parse(str_sub(made, 0, DATE_TEXT), &day) || !str_to_int(str_sub(made, 11, 13), &h) ||
        !str_to_int(str_sub(made, 14, 16), &m) || !str_to_int(str_sub(made, 17, 19), &s))
        return false;
    *seconds = day * 86400 + h * 3600 + m * 60 + s;
    return h < 24 && m < 60 && s < 61;
}

/* ---- does it fit? ---- */

str edition_digest(struct arena *a, const struct edition *ed)
{
    struct buf b = buf_in(a);
    for (size_t i = 0; i < ed->n_clauses; i++) {
        const struct clause *c = &ed->clauses[i];
        buf_fmt(&b, "%.*s\t%.*s\t%s\t%.*s\t%d\n", STR_ARG(c->number), STR_ARG(ed->parts[c->part].code),
                c->enhanced ? "enhanced" : "basic", STR_ARG(c->duty), c->no_occasion);
    }
    return sha256_hex(a, buf_str(&b));
}

static enum err fits_rule(struct work *w, const struct round *r, const struct rollup *d)
{
    const struct {
        const char *key;
        str here, there;
    } of[] = {{"rate", r->rate_text, d->rate},
              {"thresholds", r->thresholds, d->thresholds},
              {"grades", r->grades_text, d->grades},
              {"exceptions", r->exceptions_text, d->exceptions},
              {"unknown_out", r->unknown_out, d->unknown_out}};
    for (size_t i = 0; i < sizeof of / sizeof *of; i++)
        if (!str_eq(of[i].here, of[i].there))
            return fault(w, CONFLICT,
                         M("the roll-up is made by another rule: '%1' is '%2' there and '%3' in this round"),
                         str_of(of[i].key), of[i].there, of[i].here);
    return OK;
}

enum err rollup_fits(struct work *w, const struct round *r, const struct rollup *d)
{
    if (!str_eq(r->code, d->round))
        return fault(w, CONFLICT, M("the roll-up is of round '%1', and this is round '%2'"), d->round, r->code);
    if (!r->has_edition)
        return fault(w, CONFLICT, M("round '%1' holds published figures only: it takes no roll-up"), r->code);
    if (!str_eq(r->edition.code, d->edition))
        return fault(w, CONFLICT, M("the roll-up is by edition '%1', and this round asks edition '%2'"), d->edition,
                     r->edition.code);
    if (!str_eq(edition_digest(w->a, &r->edition), d->edition_digest))
        return fault(w, CONFLICT,
                     M("edition '%1' is not the same on both sides: load the centre's edition there, and open the "
                       "round anew"),
                     d->edition);
    str base = date_text(w->a, r->base);
    if (!str_eq(base, d->base))
        return fault(w, CONFLICT, M("the roll-up is as of %1, and the base date of this round is %2"), d->base, base);
    return fits_rule(w, r, d);
}
