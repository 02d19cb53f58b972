#include "series/counted.h"

#include "base/clock.h"
#include "inspect/inspect.h"
#include "tally/rates.h"

#define PREFIX "inspection-"

enum figure { COVERAGE, IMPLEMENTATION, ATTAINMENT, GRADES };
struct counting {
    struct work *w;
    struct past_round *rounds;
    size_t n_rounds;
    enum figure figure;
    int32_t threshold; /* of ATTAINMENT */
    str kind;          /* of GRADES: "terminals" */
    str frame;         /* code of the organisation whose rounds these are: two governments are not one line */
    struct indicator s;
    size_t parts_room, definitions_room;
    const struct past_round *before; /* the round told last */
};

bool counted_code(str code) { return str_starts(code, S(PREFIX)); }

/* "terminals" of terminals-2006: the priority inspection that the rounds of several years are of. */
static str round_kind(struct arena *a, str code)
{
    struct buf b = buf_in(a);
    str rest = code, piece;
    while (str_cut(&rest, '-', &piece)) {
        int64_t number;
        str digits = str_starts(piece, S("fy")) ? str_sub(piece, 2, piece.n) : piece;
        if (digits.n != 0 && str_to_int(digits, &number)) continue;
        if (b.n != 0) buf_byte(&b, '-');
        buf_add(&b, piece);
    }
    return buf_str(&b);
}

/* ---- one figure of one organisation ---- */

static struct rate figure_of(const struct counting *x, const struct past_round *r, const struct past_org *o)
{
    struct rate none = {0};
    if (x->figure == COVERAGE) return o->coverage;
    if (x->figure == IMPLEMENTATION) return o->overall;
    for (size_t t = 0; x->figure == ATTAINMENT && t < r->n_thresholds; t++)
        if (r->threshold[t] == x->threshold && o->clauses[t] != 0)
            return rate_of_counts(o->attained[t], o->clauses[t], NULL);
    return none;
}

static bool any_figure(const struct counting *x, const struct past_round *r)
{
    bool any = false;
    if (!str_eq(r->frame, x->frame)) return false;
    if (x->figure == GRADES && (!r->whole || r->withheld || !str_eq(round_kind(x->w->a, r->code), x->kind)))
        return false;
    for (size_t i = 0; i < r->n_orgs; i++)
        any = any || (x->figure == GRADES ? r->orgs[i].grade.n != 0 : figure_of(x, r, &r->orgs[i]).defined);
    return any;
}

/* ---- definitions: where the population or the method changed ---- */

/* Clauses that are not the same as in the round before; an edition that nothing maps compares in none. */
static enum err editions_alike(struct work *w, int64_t from, int64_t to, bool *out)
{
    struct edition a, b;
    ptrdiff_t *same;
    bool mapped;
    *out = from == to;
    if (*out || from == 0 || to == 0) return OK;
    enum err e = standard_edition_by_id(w, from, &a);
    if (e == OK) e = standard_edition_by_id(w, to, &b);
    if (e == OK) e = standard_continues(w, &a, &b, &same, &mapped);
    if (e != OK) return e;
    *out = mapped && a.n_clauses == b.n_clauses;
    for (size_t i = 0; *out && i < b.n_clauses; i++) *out = same[i] >= 0;
    return OK;
}

static enum err goes_on(const struct counting *x, const struct past_round *r, bool *out)
{
    const struct past_round *was = x->before;
    bool alike = true;
    *out = was != NULL && was->frame_id == r->frame_id && str_eq(was->rule, r->rule) &&
           (was->edition == 0) == (r->edition == 0);
    if (!*out || x->figure == COVERAGE) return OK;
    enum err e = editions_alike(x->w, was->edition, r->edition, &alike);
    *out = alike;
    return e;
}

static str filled(struct work *w, enum lang lang, str id, str a, str b)
{
    return tr_fill(w->a, lang, id, (const str[]){a, b}, 2);
}

static str counted_words(const struct counting *x, enum lang lang, const struct past_round *r)
{
    static const str words[] = {
        [COVERAGE] = N("Coverage: those whose state is known, of those reported on. Frame: %1. %2"),
        [IMPLEMENTATION] = N("Implementation over all clauses or items, as the round's rule makes it. Frame: %1. %2"),
        [ATTAINMENT] = N("Attainment: clauses that at least so many of those whose duty arose carry out, of all "
                         "clauses counted. Frame: %1. %2"),
        [GRADES] = N("Organisations by the grade they were given. Frame: %1. %2")};
    str how = r->edition == 0
                  ? tr(lang, M("As published."))
                  : filled(x->w, lang, M("Counted over edition %1 of the standard."), r->edition_code, S(""));
    return filled(x->w, lang, words[x->figure], lang_pick(lang, r->frame_ja, r->frame_en), how);
}

static void add_definition(struct counting *x, const struct past_round *r)
{
    struct indicator *s = &x->s;
    s->definitions =
        arena_more(x->w->a, s->definitions, s->n_definitions, &x->definitions_room, sizeof *s->definitions);
    s->definitions[s->n_definitions++] =
        (struct definition){.since = date_text(x->w->a, r->base),
                            .first = r->base,
                            .counted_ja = counted_words(x, LANG_JA, r),
                            .counted_en = counted_words(x, LANG_EN, r),
                            .source_ja = r->source_ja.n == 0 ? r->title_ja : r->source_ja,
                            .source_en = r->source_en.n == 0 ? r->title_en : r->source_en};
}

/* ---- points ---- */

static void add_part(struct counting *x, str code, str ja, str en, const char *role)
{
    struct indicator *s = &x->s;
    for (size_t i = 0; i < s->n_parts; i++)
        if (str_eq(s->parts[i].code, code)) return;
    s->parts = arena_more(x->w->a, s->parts, s->n_parts, &x->parts_room, sizeof *s->parts);
    s->parts[s->n_parts++] = (struct series_part){.code = code, .ja = ja, .en = en, .role = str_of(role)};
}

static void add_point(struct counting *x, const struct past_round *r, struct point p)
{
    struct indicator *s = &x->s;
    p.period = date_text(x->w->a, r->base);
    p.key = period_of_day(r->base).key;
    p.text = decimal_text(x->w->a, p.value);
    s->points = arena_more(x->w->a, s->points, s->n_points, &s->points_room, sizeof p);
    s->points[s->n_points++] = p;
}

static void add_org(struct counting *x, const struct past_round *r, const struct past_org *o)
{
    struct rate rate = figure_of(x, r, o);
    if (!rate.defined) return;
    add_part(x, o->org, o->ja, o->en, "apart");
    add_point(x, r,
              (struct point){.part = o->org,
                             .value = {rate.tenths, 1},
                             .has_n = rate.d != 0,
                             .has_d = rate.d != 0,
                             .n = rate.n,
                             .d = rate.d,
                             .note_ja = o->excluded ? tr(LANG_JA, M("left out of the analysis")) : (str){0},
                             .note_en = o->excluded ? M("left out of the analysis") : (str){0}});
}

/* Ours, of the figures as they are shown, over those in the analysis; told only where all of them are seen. Half up,
 * but never up to 100. */
static void add_mean(struct counting *x, const struct past_round *r)
{
    int64_t sum = 0, over = 0, all = 0;
    for (size_t i = 0; i < r->n_orgs; i++) {
        struct rate rate = figure_of(x, r, &r->orgs[i]);
        if (!r->orgs[i].next_below) continue;
        all++;
        if (r->orgs[i].excluded || !rate.defined) continue;
        sum += rate.tenths;
        over++;
    }
    if (!r->whole || r->withheld || over < 2) return;
    int64_t hundredths = (sum * 20 + over) / (2 * over);
    if (hundredths == 10000 && sum < 1000 * over) hundredths = 9999;
    str of[] = {str_int(x->w->a, over), str_int(x->w->a, all)};
    add_part(x, S("mean"), tr(LANG_JA, M("Mean over organisations")), M("Mean over organisations"), "total");
    add_point(x, r,
              (struct point){.part = S("mean"),
                             .value = {hundredths, 2},
                             .has_d = true,
                             .d = over,
                             .flag = S("derived"),
                             .note_ja = tr_fill(x->w->a, LANG_JA, M("ours: over %1 of %2 organisations"), of, 2),
                             .note_en = tr_fill(x->w->a, LANG_EN, M("ours: over %1 of %2 organisations"), of, 2)});
}

static void add_grades(struct counting *x, const struct past_round *r)
{
    int64_t all = 0;
    for (size_t i = 0; i < r->n_orgs; i++)
        all += r->orgs[i].next_below && !r->orgs[i].excluded && r->orgs[i].grade.n != 0;
    for (size_t g = 0; g < r->n_grades && all != 0; g++) {
        struct buf ja = buf_in(x->w->a), en = buf_in(x->w->a);
        int64_t n = 0;
        for (size_t i = 0; i < r->n_orgs; i++) {
            const struct past_org *o = &r->orgs[i];
            if (!o->next_below || o->excluded || !str_eq(o->grade, r->grades[g])) continue;
            buf_add(&ja, n == 0 ? (str){0} : S("、"));
            buf_add(&ja, o->ja);
            buf_add(&en, n++ == 0 ? (str){0} : S(", "));
            buf_add(&en, lang_pick(LANG_EN, o->ja, o->en));
        }
        add_part(x, r->grades[g], r->grades[g], r->grades[g], "part");
        add_point(x, r,
                  (struct point){.part = r->grades[g],
                                 .value = {n, 0},
                                 .has_d = true,
                                 .d = all,
                                 .note_ja = buf_str(&ja),
                                 .note_en = buf_str(&en)});
    }
}

/* ---- a series ---- */

/* The newest round of the frame, NULL where there is none. */
static const struct past_round *of_frame(const struct counting *x)
{
    for (size_t i = x->n_rounds; i-- > 0;)
        if (str_eq(x->rounds[i].frame, x->frame)) return &x->rounds[i];
    return NULL;
}

static void name_it(struct counting *x, str code)
{
    struct work *w = x->w;
    const struct past_round *one = of_frame(x);
    static const str names[] = {[COVERAGE] = N("Inspection of %2: coverage rate"),
                                [IMPLEMENTATION] = N("Inspection of %2: implementation rate"),
                                [ATTAINMENT] = N("Inspection of %2: attainment rate (%1 %)"),
                                [GRADES] = N("Inspection of %2: grades (%1)")};
    str of = x->figure == GRADES ? x->kind : rate_text(w->a, rate_of_tenths(x->threshold));
    bool grades = x->figure == GRADES;
    if (x->figure == ATTAINMENT && str_ends(of, S(".0"))) of = str_sub(of, 0, of.n - 2);
    str known = str_eq(of, S("terminals")) ? M("terminals") : M("web servers"), of_ja = of;
    if (str_eq(of, S("terminals")) || str_eq(of, S("web"))) {
        of_ja = tr(LANG_JA, known);
        of = known;
    }
    x->s = (struct indicator){.code = code,
                              .counted = true,
                              .open = true,
                              .area = S("government"),
                              .direction = grades ? S("neither") : S("higher"),
                              .kind = grades ? S("stock") : S("share"),
                              .ja = filled(w, LANG_JA, names[x->figure], of_ja, one->frame_ja),
                              .en = filled(w, LANG_EN, names[x->figure], of, lang_pick(LANG_EN, one->frame_ja, one->frame_en)),
                              .unit_ja = grades ? tr(LANG_JA, M("number of organisations")) : S("%"),
                              .unit_en = grades ? M("number of organisations") : S("%"),
                              .owner_ja = tr(LANG_JA, M("from the rounds of the inspection")),
                              .owner_en = M("from the rounds of the inspection")};
}

static enum err count(struct counting *x, str code, struct indicator *out)
{
    if (of_frame(x) == NULL) return NOTFOUND;
    name_it(x, code);
    for (size_t i = 0; i < x->n_rounds; i++) {
        const struct past_round *r = &x->rounds[i];
        bool on;
        if (!any_figure(x, r) || (x->before != NULL && x->before->base == r->base)) continue; /* one a day */
        enum err e = goes_on(x, r, &on);
        if (e != OK) return e;
        if (!on) add_definition(x, r);
        if (x->figure == GRADES) add_grades(x, r);
        if (x->figure != GRADES) add_mean(x, r);
        for (size_t k = 0; x->figure != GRADES && k < r->n_orgs; k++) add_org(x, r, &r->orgs[k]);
        x->before = r;
        x->s.open = x->s.open && r->edition == 0; /* what a round of sheets tells is for those concerned */
    }
    if (x->s.n_points == 0) return NOTFOUND;
    *out = x->s;
    return OK;
}

static bool threshold_of(str text, int32_t *out)
{
    struct decimal d;
    if (!decimal_parse(text, &d) || d.scale > 1 || d.i < 0 || d.i > 1000) return false;
    *out = (int32_t)(d.scale == 0 ? d.i * 10 : d.i);
    return *out <= 1000;
}

/* "terminals-demo": both parts may have hyphens, so that the rounds say which is which. */
static bool kind_in(struct counting *x, str rest)
{
    for (size_t i = 0; i < x->n_rounds; i++) {
        const struct past_round *r = &x->rounds[i];
        str kind = round_kind(x->w->a, r->code);
        if (!str_eq(rest, str_fmt(x->w->a, "%.*s-%.*s", STR_ARG(kind), STR_ARG(r->frame)))) continue;
        x->kind = kind;
        x->frame = r->frame;
        return true;
    }
    return false;
}

/* inspection-FIGURE-FRAME, with the threshold or the kind of round between them. */
static bool figure_in(struct counting *x, str code)
{
    static const char *const begins[] = {[COVERAGE] = PREFIX "coverage-", [IMPLEMENTATION] = PREFIX "implementation-",
                                         [ATTAINMENT] = PREFIX "attainment-", [GRADES] = PREFIX "grades-"};
    size_t f = 0;
    while (f < sizeof begins / sizeof *begins && !str_starts(code, str_of(begins[f]))) f++;
    if (f == sizeof begins / sizeof *begins) return false;
    str rest = str_sub(code, str_of(begins[f]).n, code.n), threshold;
    x->figure = (enum figure)f;
    if (x->figure == GRADES) return kind_in(x, rest);
    if (x->figure == ATTAINMENT && (!str_cut(&rest, '-', &threshold) || !threshold_of(threshold, &x->threshold))) return false;
    x->frame = rest;
    return rest.n != 0;
}

static enum err load(struct work *w, struct past_round *rounds, size_t n, str code, struct indicator *out)
{
    struct counting x = {.w = w, .rounds = rounds, .n_rounds = n};
    return figure_in(&x, code) ? count(&x, code, out) : NOTFOUND;
}

enum err counted_load(struct work *w, str code, struct indicator *out)
{
    struct past_round *rounds;
    size_t n;
    enum err e = inspect_past_rounds(w, &rounds, &n);
    return e == OK ? load(w, rounds, n, code, out) : e;
}

/* ---- all of them ---- */

enum { CODES_MAX = 256 };
struct codes {
    str all[CODES_MAX];
    size_t n;
};

static void add_code(struct codes *c, str code)
{
    for (size_t i = 0; i < c->n; i++)
        if (str_eq(c->all[i], code)) return;
    if (c->n < CODES_MAX) c->all[c->n++] = code;
}

static void codes_of(struct work *w, const struct past_round *r, struct codes *c)
{
    add_code(c, str_fmt(w->a, PREFIX "coverage-%.*s", STR_ARG(r->frame)));
    add_code(c, str_fmt(w->a, PREFIX "implementation-%.*s", STR_ARG(r->frame)));
    for (size_t t = 0; t < r->n_thresholds; t++) {
        str at = rate_text(w->a, rate_of_tenths(r->threshold[t]));
        if (str_ends(at, S(".0"))) at = str_sub(at, 0, at.n - 2);
        add_code(c, str_fmt(w->a, PREFIX "attainment-%.*s-%.*s", STR_ARG(at), STR_ARG(r->frame)));
    }
    str kind = round_kind(w->a, r->code);
    if (kind.n != 0) add_code(c, str_fmt(w->a, PREFIX "grades-%.*s-%.*s", STR_ARG(kind), STR_ARG(r->frame)));
}

enum err counted_all(struct work *w, str area, struct indicator **out, size_t *n)
{
    struct past_round *rounds;
    struct codes codes = {0};
    size_t n_rounds, k = 0;
    *out = arena_array(w->a, CODES_MAX + 1, sizeof **out);
    *n = 0;
    if (area.n != 0 && !str_eq(area, S("government"))) return OK;
    enum err e = inspect_past_rounds(w, &rounds, &n_rounds);
    for (size_t i = 0; e == OK && i < n_rounds; i++) codes_of(w, &rounds[i], &codes);
    for (size_t i = 0; e == OK && i < codes.n; i++) {
        e = load(w, rounds, n_rounds, codes.all[i], &(*out)[k]);
        k += e == OK;
        if (e == NOTFOUND) e = OK;
    }
    *n = k;
    return e;
}
