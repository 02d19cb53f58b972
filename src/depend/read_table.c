#include <string.h>

#include "depend/read.h"

enum err table_open(struct work *w, const struct file *f, const struct csv_shape *shape, struct table *out)
{
    *out = (struct table){.w = w, .from = f->bytes.p, .to = f->bytes.p + f->bytes.n};
    for (size_t i = 0; i < MODEL_COLUMNS; i++) out->at[i] = -1;
    enum err e = csv_open(w, f->name, f->bytes, CSV_DETECT, &out->csv);
    return e != OK ? e : csv_shape(w, out->csv, shape, out->at);
}

static bool blank(char c) { return (unsigned char)c <= ' ' || (unsigned char)c == 0xE3; }

str table_cell(const struct table *t, int column)
{
    if (t->at[column] < 0) return S("");
    str s = csv_cells(t->csv)[t->at[column]];
    return s.n != 0 && (blank(s.p[0]) || blank(s.p[s.n - 1]) || (unsigned char)s.p[s.n - 1] == 0x80) ? str_trim(s) : s;
}

bool table_view(const struct table *t, str cell) { return cell.n == 0 || (cell.p >= t->from && cell.p <= t->to); }

str table_kept(const struct table *t, str cell) { return table_view(t, cell) ? cell : str_dup(t->w->a, cell); }

enum err table_fault(const struct table *t, int column, str id, str more)
{
    size_t at = t->at[column] < 0 ? 0 : (size_t)t->at[column];
    return fault_in(t->w, INVALID, csv_where(t->csv, at), id, str_sub(table_cell(t, column), 0, 80), more);
}

size_t rows_at_most(str bytes)
{
    size_t n = 0;
    for (size_t at = 0; at < bytes.n;) {
        const char *lf = memchr(bytes.p + at, '\n', bytes.n - at);
        size_t end = lf == NULL ? bytes.n : (size_t)(lf - bytes.p);
        n += end - at > (end > at && bytes.p[end - 1] == '\r');
        at = end + 1;
    }
    return n;
}

/* ---- values ---- */

void table_span(const struct table *t, int column, struct span *out)
{
    str s = table_cell(t, column);
    if (s.n != 0 && !model_span(s, out))
        table_fault(t, column, M("'%1' is no time: hours as 6 or 1.5, minutes as 90m, between two as 2..8, on average as ~10; from 0 to %2 hours"),
                    str_int(t->w->a, MODEL_HOURS_MAX));
}

void table_time(const struct table *t, int column, tick *out)
{
    str s = table_cell(t, column);
    if (s.n != 0 && !model_time(s, out))
        table_fault(t, column, M("'%1' is no time: hours as 6 or 1.5, minutes as 90m; from 0 to %2 hours"), str_int(t->w->a, MODEL_HOURS_MAX));
}

void table_share(const struct table *t, int column, uint16_t *out)
{
    str s = table_cell(t, column);
    if (s.n != 0 && !model_share(s, out))
        table_fault(t, column, M("'%1' is no share: per cent from 0 to 100, with at most two decimals"), S(""));
}

void table_number(const struct table *t, int column, int64_t least, int64_t most, int64_t *out)
{
    int64_t x;
    str s = table_cell(t, column);
    if (s.n == 0) return;
    if (str_to_int(s, &x) && x >= least && x <= most) *out = x;
    else
        table_fault(t, column, M("'%1' is none of the whole numbers %2"),
                    str_fmt(t->w->a, "%lld…%lld", (long long)least, (long long)most));
}

void table_yes(const struct table *t, int column, bool *out)
{
    str s = table_cell(t, column);
    if (s.n == 0 || str_eq(s, S("no"))) return;
    if (str_eq(s, S("yes"))) *out = true;
    else table_fault(t, column, M("'%1' is neither yes nor no"), S(""));
}

str table_name(const struct table *t, int column, str fallback, size_t most)
{
    str s = table_cell(t, column);
    if (s.n != 0 && memchr("=+-@", s.p[0], 4) != NULL)
        table_fault(t, column, M("'%1' begins with = + - or @, which spreadsheets take for a formula"), S(""));
    if (s.n > most) table_fault(t, column, M("longer than %2 bytes"), str_int(t->w->a, (int64_t)most));
    return s.n == 0 ? fallback : table_kept(t, s);
}

static bool of_code(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.';
}

bool table_code(const struct table *t, int column, str *out)
{
    str s = table_cell(t, column);
    bool all = s.n != 0 && s.n <= CODE_MAX;
    for (size_t i = 0; all && i < s.n; i++) all = of_code(s.p[i]);
    if (all) *out = s;
    else if (s.n == 0) table_fault(t, column, M("a code is wanted here"), S(""));
    else table_fault(t, column, M("'%1' is no code: letters, digits and - _ . only, at most 64"), S(""));
    return all;
}

/* ---- codes ---- */

struct codes read_codes_new(struct arena *a, size_t n, const str *code)
{
    uint32_t slots = 16;
    while (slots < n * 3 / 2) slots *= 2;
    return (struct codes){arena_array(a, slots, sizeof(uint64_t)), slots, code};
}

static uint32_t tag_of(uint64_t slot) { return (uint32_t)(slot >> 32); }
static uint32_t entry_of(uint64_t slot) { return (uint32_t)slot - 1; }
static uint32_t begin_of(const struct codes *c, uint64_t hash) { return (uint32_t)hash & (c->slots - 1); }

static uint32_t find_from(const struct codes *c, str code, uint64_t hash)
{
    for (uint32_t i = begin_of(c, hash);; i = (i + 1) & (c->slots - 1)) {
        uint64_t slot = c->slot[i];
        if (slot == 0) return NET_NONE;
        if (tag_of(slot) == hash >> 32 && str_eq(c->code[entry_of(slot)], code)) return entry_of(slot);
    }
}

/* str_hash mixes upwards: its lower half is folded in. */
static uint64_t hash_of(str code)
{
    uint64_t h = str_hash(code);
    return h ^ h >> 29;
}

uint32_t read_codes_find(const struct codes *c, str code) { return find_from(c, code, hash_of(code)); }

void read_codes_find_all(const struct codes *c, const str *code, size_t n, uint32_t *out)
{
    uint64_t hash[CODES_AT_ONCE], slot[CODES_AT_ONCE];
    for (size_t k = 0; k < n; k++) {
        hash[k] = hash_of(code[k]);
        __builtin_prefetch(&c->slot[begin_of(c, hash[k])]);
    }
    for (size_t k = 0; k < n; k++) {
        slot[k] = 0;
        for (uint32_t i = begin_of(c, hash[k]); c->slot[i] != 0 && slot[k] == 0; i = (i + 1) & (c->slots - 1))
            if (tag_of(c->slot[i]) == hash[k] >> 32) slot[k] = c->slot[i];
        if (slot[k] != 0) __builtin_prefetch(&c->code[entry_of(slot[k])]);
    }
    for (size_t k = 0; k < n; k++)
        if (slot[k] != 0) __builtin_prefetch(c->code[entry_of(slot[k])].p);
    for (size_t k = 0; k < n; k++) {
        bool is = slot[k] != 0 && str_eq(c->code[entry_of(slot[k])], code[k]);
        out[k] = is ? entry_of(slot[k]) : slot[k] == 0 ? NET_NONE : find_from(c, code[k], hash[k]);
    }
}

uint32_t read_codes_add(struct codes *c, uint32_t which)
{
    uint64_t hash = hash_of(c->code[which]);
    for (uint32_t i = begin_of(c, hash);; i = (i + 1) & (c->slots - 1)) {
        uint64_t slot = c->slot[i];
        if (slot == 0) {
            c->slot[i] = (hash >> 32 << 32) | (which + 1);
            return which;
        }
        if (tag_of(slot) == hash >> 32 && str_eq(c->code[entry_of(slot)], c->code[which])) return entry_of(slot);
    }
}
