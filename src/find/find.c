/* Search: what is asked is folded like what is stored, parted into words, and all words must be in it. */
#include "find/find.h"

#include "base/utf8.h"
#include "find/find_store.h"
#include "registry/registry.h"

enum { ASKED_MAX = 100, WORDS_MAX = 8, SHOWN = LOOKED_UP, CHECKED_FIRST = 4 * LOOKED_UP, CHECKED_MAX = 20 * LOOKED_UP };

/* How well it fits, best first. */
enum { CODE_FITS, NAME_FITS, SOME_FIT };

struct asked {
    str typed, whole; /* as typed; folded */
    str word[WORDS_MAX];
    size_t n;
    bool any; /* something was found */
};

/* ---- what is asked ---- */

static size_t characters(str s)
{
    size_t n = 0;
    for (size_t at = 0; at < s.n; n++) (void)utf8_next(s, &at);
    return n;
}

static enum err understand(struct work *w, str typed, struct asked *out)
{
    const struct where at = {.field = S("q")};
    if (characters(typed) > ASKED_MAX)
        return fault_in(w, INVALID, at, M("longer than %1 characters: a word or two are enough"),
                        str_int(w->a, ASKED_MAX));
    *out = (struct asked){.typed = typed, .whole = fold_words(w->a, typed)};
    str rest = utf8_fold(w->a, typed), word;
    while (str_cut(&rest, ' ', &word)) {
        if (word.n == 0) continue;
        if (out->n == WORDS_MAX)
            return fault_in(w, INVALID, at, M("more than %1 words: leave some out"), str_int(w->a, WORDS_MAX));
        out->word[out->n++] = word;
    }
    return out->n == 0 ? fault_in(w, INVALID, at, M("type at least one letter of what you look for")) : OK;
}

/* folded: fields, each ended by a line end; the first is the code. */
static bool fits(const struct asked *q, str folded, int *rank)
{
    for (size_t i = 0; i < q->n; i++)
        if (str_find(folded, q->word[i]) < 0) return false;
    int field = 0;
    *rank = SOME_FIT;
    for (str rest = folded, one; *rank == SOME_FIT && str_cut(&rest, '\n', &one); field++)
        if (str_eq(one, q->whole)) *rank = field == 0 ? CODE_FITS : NAME_FITS;
    return true;
}

/* ---- what fits, in order ---- */

struct hit {
    int rank;
    int64_t place, id; /* place: official order */
};
struct hits {
    struct work *w;
    struct hit *v;
    size_t n, room;
};

static void hits_add(struct hits *h, struct hit hit)
{
    if (h->n == h->room) {
        size_t more = h->room == 0 ? 256 : h->room * 2;
        h->v = arena_grow(h->w->a, h->v, h->room * sizeof hit, more * sizeof hit);
        h->room = more;
    }
    h->v[h->n++] = hit;
}

static int by_rank(const void *a, const void *b)
{
    const struct hit *x = a, *y = b;
    if (x->rank != y->rank) return x->rank < y->rank ? -1 : 1;
    if (x->place != y->place) return x->place < y->place ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

static void hits_sort(struct hits *h)
{
    if (h->n != 0) qsort(h->v, h->n, sizeof *h->v, by_rank);
}

static void tell_more(struct work *w, struct doc *out, size_t found, size_t shown, str words)
{
    if (found > shown) doc_note(out, words, str_int(w->a, (int64_t)(found - shown)));
}

/* ---- organisations ---- */

struct org_search {
    const struct asked *q;
    const struct reach *reach;
    struct hits hits;
};

static void see_org(void *to, int64_t id, str folded)
{
    struct org_search *s = to;
    int rank;
    if ((size_t)id >= s->reach->n || s->reach->lo[id] == 0 || !fits(s->q, folded, &rank)) return;
    hits_add(&s->hits, (struct hit){rank, s->reach->lo[id], id});
}

static void tell_org(struct doc *out, const struct found_org *o)
{
    DOC_ROW(out, C_ORG(o->code, o->ja, o->en, 0), C_TEXT(o->code), o->kind.n == 0 ? C_NONE : C_ENUM(o->kind),
            o->parent.n == 0 ? C_NONE : C_ORG(o->parent, o->parent_ja, o->parent_en, 0),
            o->has_until ? C_DATE(o->until) : C_NONE);
}

static enum err tell_orgs(struct work *w, const struct hits *h, struct doc *out)
{
    static const struct column columns[] = {
        {"org", CELL_ORG, N("Organisation"), 0, "registry organisation", "org"},
        {"code", CELL_TEXT, N("Code")},
        {"kind", CELL_ENUM, N("Kind"), COL_DETAIL},
        {"parent", CELL_ORG, N("Parent"), 0, "registry organisation", "org"},
        {"until", CELL_DATE, N("Until"), COL_DETAIL},
    };
    int64_t ids[SHOWN] = {0};
    size_t n = h->n < SHOWN ? h->n : SHOWN, k = 0;
    struct found_org found[SHOWN];
    for (size_t i = 0; i < n; i++) ids[i] = h->v[i].id;
    enum err e = found_orgs(w, ids, n, found, &k);
    if (e != OK) return e;
    DOC_TABLE(out, "organisations", columns);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < k; j++)
            if (found[j].id == ids[i]) tell_org(out, &found[j]);
    doc_table_end(out);
    tell_more(w, out, h->n, n, M("%1 more organisations: add a word"));
    return OK;
}

static enum err find_orgs(struct work *w, struct asked *q, const struct reach *reach, struct doc *out)
{
    struct org_search s = {q, reach, {.w = w}};
    enum err e = folded_orgs_each(w, see_org, &s);
    if (e != OK || s.hits.n == 0) return e;
    hits_sort(&s.hits);
    q->any = true;
    return tell_orgs(w, &s.hits, out);
}

/* ---- people ---- */

struct bits {
    uint64_t *v;
    size_t n; /* words */
};

static bool bits_has(const struct bits *b, int64_t i)
{
    size_t at = (size_t)i / 64;
    return at < b->n && (b->v[at] >> (i % 64) & 1) != 0;
}

static void bits_put(struct arena *a, struct bits *b, int64_t i)
{
    size_t at = (size_t)i / 64;
    if (at >= b->n) {
        size_t more = at * 2 + 64;
        b->v = arena_grow(a, b->v, b->n * sizeof *b->v, more * sizeof *b->v);
        b->n = more;
    }
    b->v[at] |= UINT64_C(1) << (i % 64);
}

struct people_search {
    const struct reach *reach;
    struct bits before, now; /* in all lists so far; in the one that is read */
    bool first;
    struct hits hits; /* of the list that is read, within reach, each once */
};

static void see_person(void *to, int64_t org, int64_t person)
{
    struct people_search *s = to;
    if ((size_t)org >= s->reach->n || s->reach->lo[org] == 0) return;
    if ((!s->first && !bits_has(&s->before, person)) || bits_has(&s->now, person)) return;
    bits_put(s->hits.w->a, &s->now, person);
    hits_add(&s->hits, (struct hit){SOME_FIT, s->reach->lo[org], person});
}

/* What the last list leaves of those before it. A word without keys leaves all: it is looked for in what is found. */
static enum err search_lists(struct work *w, const struct asked *q, struct people_search *s)
{
    enum err e = OK;
    s->first = true;
    for (size_t i = 0; e == OK && i < q->n; i++) {
        struct fold_key keys[FOLD_KEYS];
        size_t n = fold_keys(w->a, q->word[i], keys);
        for (size_t k = 0; e == OK && k < n; k++) {
            s->before = s->now;
            s->now = (struct bits){0};
            s->hits = (struct hits){.w = w};
            e = fold_each(w, &keys[k], see_person, s);
            s->first = false;
        }
    }
    hits_sort(&s->hits);
    return e;
}

struct people {
    struct found_person v[CHECKED_MAX + 3 * CODES_FOUND];
    struct hit order[CHECKED_MAX + 3 * CODES_FOUND]; /* id: index into v */
    size_t n;
};

static void take_person(struct work *w, const struct asked *q, struct people *p, const struct found_person *x)
{
    int rank;
    str folded = str_fmt(w->a, "%.*s\n%.*s\n%.*s\n", STR_ARG(fold_words(w->a, x->code)),
                         STR_ARG(fold_words(w->a, x->ja)), STR_ARG(fold_words(w->a, x->en)));
    if (!fits(q, folded, &rank)) return;
    for (size_t i = 0; i < p->n; i++)
        if (p->v[i].id == x->id) return;
    p->v[p->n] = *x;
    p->order[p->n] = (struct hit){rank, x->lo, (int64_t)p->n};
    p->n++;
}

/* The names as they are now, of the first some hundred: lists may be out of date. */
static enum err check_people(struct work *w, const struct asked *q, const struct hits *h, struct people *p,
                             size_t *checked)
{
    size_t at = 0;
    while (at < h->n && at < CHECKED_MAX && (at < CHECKED_FIRST || p->n < SHOWN)) {
        int64_t ids[LOOKED_UP] = {0};
        size_t n = 0, k = 0;
        struct found_person found[LOOKED_UP];
        for (; n < LOOKED_UP && at < h->n; n++, at++) ids[n] = h->v[at].id;
        enum err e = found_people(w, ids, n, found, &k);
        if (e != OK) return e;
        for (size_t i = 0; i < k; i++) take_person(w, q, p, &found[i]);
    }
    *checked = at;
    return OK;
}

/* Codes are stored as they were given: looked for as typed, in small and in large letters. */
static enum err search_codes(struct work *w, const struct asked *q, struct people *p)
{
    str low = q->word[0];
    char *up = arena_alloc(w->a, low.n + 1);
    for (size_t i = 0; i < low.n; i++) {
        if ((unsigned char)low.p[i] >= 0x80) return OK;
        up[i] = low.p[i] >= 'a' && low.p[i] <= 'z' ? (char)(low.p[i] - ('a' - 'A')) : low.p[i];
    }
    const str all[] = {low, {up, low.n}, str_trim(q->typed)};
    for (size_t i = 0; q->n == 1 && i < sizeof all / sizeof *all; i++) {
        struct found_person found[CODES_FOUND];
        size_t k = 0;
        if (i > 0 && (str_eq(all[i], all[0]) || (i == 2 && str_eq(all[2], all[1])))) continue;
        enum err e = people_by_code(w, all[i], found, &k);
        if (e != OK) return e;
        for (size_t j = 0; j < k; j++) take_person(w, q, p, &found[j]);
    }
    return OK;
}

static void tell_people(const struct people *p, size_t n, struct doc *out)
{
    static const struct column columns[] = {
        {"person", CELL_PERSON, N("Person"), 0, "registry person", "person"},
        {"code", CELL_TEXT, N("Code")},
        {"org", CELL_ORG, N("Organisation"), 0, "registry organisation", "org"},
        {"until", CELL_DATE, N("Until"), COL_DETAIL},
    };
    out->personal = true;
    out->handling = M("holds personal data: for those concerned only");
    DOC_TABLE(out, "people", columns);
    for (size_t i = 0; i < n; i++) {
        const struct found_person *x = &p->v[p->order[i].id];
        DOC_ROW(out, C_PERSON(x->code, x->ja, x->en), C_TEXT(x->code),
                C_ORG(x->org, x->org_ja, x->org_en, 0), x->has_until ? C_DATE(x->until) : C_NONE);
    }
    doc_table_end(out);
}

static enum err find_people(struct work *w, struct asked *q, const struct reach *reach, struct doc *out)
{
    struct people_search s = {.reach = reach, .hits = {.w = w}};
    struct people *p = arena_alloc(w->a, sizeof *p);
    size_t checked = 0;
    enum err e = search_codes(w, q, p);
    if (e == OK) e = search_lists(w, q, &s);
    if (e == OK) e = check_people(w, q, &s.hits, p, &checked);
    if (e != OK || p->n == 0) return e;
    qsort(p->order, p->n, sizeof *p->order, by_rank);
    size_t n = p->n < SHOWN ? p->n : SHOWN;
    q->any = true;
    tell_people(p, n, out);
    tell_more(w, out, p->n + s.hits.n - checked, n, M("%1 more people: add a word"));
    return OK;
}

/* ---- clauses ---- */

struct clause_search {
    struct work *w;
    const struct asked *q;
    struct hits hits; /* id: index into v */
    struct found_clause *v;
    size_t room;
};

static void see_clause(void *to, str folded, const struct found_clause *c)
{
    struct clause_search *s = to;
    int rank;
    if (!fits(s->q, folded, &rank)) return;
    size_t n = s->hits.n;
    if (n == s->room) {
        size_t more = n == 0 ? 64 : n * 2;
        s->v = arena_grow(s->w->a, s->v, n * sizeof *s->v, more * sizeof *s->v);
        s->room = more;
    }
    struct found_clause *x = &s->v[n];
    *x = *c;
    str *const copied[] = {&x->edition,  &x->edition_ja, &x->edition_en, &x->number,
                           &x->title_ja, &x->title_en,   &x->text_ja,    &x->text_en};
    for (size_t i = 0; i < sizeof copied / sizeof *copied; i++) *copied[i] = str_dup(s->w->a, *copied[i]);
    hits_add(&s->hits, (struct hit){rank, (int64_t)n, (int64_t)n});
}

static void tell_clause(struct doc *out, const struct found_clause *c)
{
    struct cell edition = {.type = CELL_TEXT, .text = c->edition, .ja = c->edition_ja, .en = c->edition_en};
    bool titled = c->title_ja.n != 0 || c->title_en.n != 0;
    DOC_ROW(out, C_CLAUSE(c->number), titled ? C_BOTH(c->title_ja, c->title_en) : C_NONE,
            both_cell(c->text_ja, c->text_en), edition);
}

static enum err find_clauses(struct work *w, struct asked *q, struct doc *out)
{
    static const struct column columns[] = {
        {"clause", CELL_CLAUSE, N("Clause"), 0, "standard show", "clause"},
        {"title", CELL_TEXT, N("Title"), COL_DETAIL},
        {"text", CELL_TEXT, N("text")},
        {"edition", CELL_TEXT, N("Edition of the standard"), 0, "standard show", "edition"},
    };
    struct clause_search s = {.w = w, .q = q, .hits = {.w = w}};
    enum err e = clauses_each(w, see_clause, &s);
    if (e != OK || s.hits.n == 0) return e;
    hits_sort(&s.hits);
    q->any = true;
    size_t n = s.hits.n < SHOWN ? s.hits.n : SHOWN;
    DOC_TABLE(out, "clauses", columns);
    for (size_t i = 0; i < n; i++) tell_clause(out, &s.v[s.hits.v[i].id]);
    doc_table_end(out);
    tell_more(w, out, s.hits.n, n, M("%1 more clauses: add a word"));
    return OK;
}

/* ---- meetings of councils ---- */

struct meeting_search {
    struct work *w;
    const struct asked *q;
    struct hits hits; /* id: index into v */
    struct found_meeting {
        str code, ja, en;
        int64_t day;
    } *v;
    size_t room;
};

static str meeting_name(struct arena *a, enum lang lang, const struct meeting *m)
{
    const str two[] = {lang_pick(lang, m->council_ja, m->council_en), str_int(a, m->number)};
    return m->number == 0 ? str_dup(a, two[0]) : tr_fill(a, lang, M("%1, meeting no. %2"), two, 2);
}

static void see_meeting(void *to, const struct meeting *m)
{
    struct meeting_search *s = to;
    struct arena *a = s->w->a;
    int rank;
    str ja = meeting_name(a, LANG_JA, m), en = meeting_name(a, LANG_EN, m);
    str folded = str_fmt(a, "%.*s\n%.*s\n%.*s\n%.*s\n%.*s\n", STR_ARG(fold_words(a, m->code)), STR_ARG(fold_words(a, ja)),
                         STR_ARG(fold_words(a, en)), STR_ARG(fold_words(a, m->title_ja)),
                         STR_ARG(fold_words(a, m->title_en)));
    if (!fits(s->q, folded, &rank)) return;
    int64_t n = (int64_t)s->hits.n;
    s->v = arena_more(a, s->v, s->hits.n, &s->room, sizeof *s->v);
    s->v[n] = (struct found_meeting){str_dup(a, m->code), ja, en, m->day};
    hits_add(&s->hits, (struct hit){rank, -n, n}); /* the latest first */
}

static enum err find_meetings(struct work *w, struct asked *q, struct doc *out)
{
    static const struct column columns[] = {
        {"meeting", CELL_TEXT, N("Meeting"), 0, "registry meeting", "meeting"},
        {"date", CELL_DATE, N("Date")},
    };
    struct meeting_search s = {.w = w, .q = q, .hits = {.w = w}};
    enum err e = meetings_each(w, S(""), see_meeting, &s);
    if (e != OK || s.hits.n == 0) return e;
    hits_sort(&s.hits);
    q->any = true;
    size_t n = s.hits.n < SHOWN ? s.hits.n : SHOWN;
    DOC_TABLE(out, "meetings", columns);
    for (size_t i = 0; i < n; i++) {
        const struct found_meeting *x = &s.v[s.hits.v[i].id];
        struct cell name = {.type = CELL_TEXT, .text = x->code, .ja = x->ja, .en = x->en};
        DOC_ROW(out, name, x->day == NO_DAY ? C_NONE : C_DATE(x->day));
    }
    doc_table_end(out);
    tell_more(w, out, s.hits.n, n, M("%1 more meetings: add a word"));
    return OK;
}

/* ---- the page ---- */

static bool wanted(const struct args *in, str what)
{
    return !arg_given(in, "what") || str_eq(arg_text(in, "what"), what);
}

static enum err view_find(struct work *w, const struct args *in, struct doc *out)
{
    struct asked q;
    struct reach reach = {0};
    bool names = (w->actor->rights & MAY_READ_NAMES) != 0;
    enum err e = understand(w, arg_text(in, "q"), &q);
    if (e == OK) e = reach_load(w, &reach);
    if (e == OK && wanted(in, S("organisations"))) e = find_orgs(w, &q, &reach, out);
    if (e == OK && wanted(in, S("people")) && names) e = find_people(w, &q, &reach, out);
    if (e == OK && wanted(in, S("clauses"))) e = find_clauses(w, &q, out);
    if (e == OK && wanted(in, S("meetings"))) e = find_meetings(w, &q, out);
    if (e != OK) return e;
    if (!q.any) {
        doc_text(out, M("Nothing within your reach has “%1” in it."), utf8_safe(w->a, q.typed));
        doc_text(out, M("Try fewer or shorter words: two characters are enough. Codes and earlier names of "
                        "organisations are found as well."));
    }
    if (!names && !str_eq(arg_text(in, "what"), S("clauses")))
        doc_note(out, M("people are found by those who may see names"));
    return OK;
}

static const struct entry entries[] = {
    VIEW("", N("Search"), MAY_ANYONE, NULL,
         PARAMS({"q", P_TEXT, REQUIRED, NULL, NULL, N("words that must all be in it, or a code")},
                {"what", P_ENUM, 0, "organisations people clauses meetings", NULL, N("only these")}),
         view_find),
};
const struct room find_room = {
    .name = "find",
    .title = N("where is it?"),
    .entries = entries,
    .n_entries = 1,
    .sql = SQL_SETS(&find_sql_set),
    .rebuild = fold_all,
};
