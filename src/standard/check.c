/* What rows must satisfy. Every fault is noted with the row it stands in; nothing is read or written here. */
#include "standard/items.h"

#include "base/clock.h"

static enum err ended(const struct work *w, int64_t before) { return w->faults.count == before ? OK : work_err(w); }

static bool among(str s, const char *const *words)
{
    for (; *words != NULL; words++) {
        if (str_eq(s, str_of(*words))) return true;
    }
    return false;
}

static bool has_blank(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if ((unsigned char)s.p[i] <= ' ') return true;
    }
    return str_find(s, S("\xE3\x80\x80")) >= 0;
}

/* Clause numbers and codes: short, and without blanks, since lists of them are parted by blanks. */
static void check_key(struct work *w, const struct items *list, const struct item *x, size_t field)
{
    struct where at = item_where(list, x, field);
    str key = x->f[field];
    if (key.n == 0) (void)fault_in(w, INVALID, at, M("'%1' must not be empty"), str_of(list->what->field[field].name));
    if (key.n > NUMBER_MAX)
        (void)fault_in(w, INVALID, at, M("'%1' is longer than 64 bytes"), str_sub(key, 0, NUMBER_MAX));
    else if (has_blank(key))
        (void)fault_in(w, INVALID, at, M("'%1' must not hold a blank"), key);
}

static void check_lengths(struct work *w, const struct items *list, const struct item *x)
{
    for (size_t i = 0; list->what->field[i].name != NULL; i++) {
        if ((list->what->field[i].flags & FIELD_HIDDEN) != 0 || x->f[i].n <= TEXT_MAX) continue;
        (void)fault_in(w, INVALID, item_where(list, x, i), M("the text is longer than 64 kB"));
    }
}

enum err check_keys(struct work *w, const struct items *list)
{
    int64_t before = w->faults.count;
    struct index index = items_index(w->a, list);
    for (size_t i = 0; i < list->n; i++) {
        const struct item *x = &list->v[i];
        check_lengths(w, list, x);
        if (list->what->keys == 1) check_key(w, list, x, 0);
        const struct item *first = index_find(&index, x->f);
        if (first == x) continue;
        str name = item_name(w->a, list->what, x);
        if (x->path.n != 0)
            (void)fault_in(w, INVALID, item_where(list, x, 0), M("'%1' occurs twice"), name);
        else {
            (void)fault_in(w, INVALID, item_where(list, x, 0), M("'%1' occurs twice, first in row %2"), name,
                           str_int(w->a, first->row));
        }
    }
    return ended(w, before);
}

/* The parent must stand earlier, so no circle can arise and one pass from the front sees each parent first. */
static void check_parent(struct work *w, const struct items *list, const struct index *index, size_t i, size_t field)
{
    const struct item *x = &list->v[i];
    str parent = x->f[field];
    if (parent.n == 0) return;
    const struct item *above = index_find1(index, parent);
    if (above == NULL)
        (void)fault_in(w, INVALID, item_where(list, x, field), M("unknown parent '%1'"), parent);
    else if (above >= x)
        (void)fault_in(w, INVALID, item_where(list, x, field), M("the parent '%1' must come before"), parent);
}

enum err check_sections(struct work *w, const struct items *list)
{
    int64_t before = w->faults.count;
    struct index index = items_index(w->a, list);
    for (size_t i = 0; i < list->n; i++) {
        const struct item *x = &list->v[i];
        check_parent(w, list, &index, i, SECTION_PARENT);
        if (x->f[SECTION_TITLE_JA].n != 0 || x->f[SECTION_TITLE_EN].n != 0) continue;
        (void)fault_in(w, INVALID, item_where(list, x, SECTION_TITLE_JA), M("section '%1' needs a title"), x->f[0]);
    }
    return ended(w, before);
}

static bool duty_known(const struct duties *duties, str code)
{
    for (size_t i = 0; i < duties->n; i++) {
        if (str_eq(duties->code[i], code)) return true;
    }
    return false;
}

static void check_word(struct work *w, const struct items *list, const struct item *x, size_t field,
                       const char *const *words, str listed)
{
    if (among(x->f[field], words)) return;
    (void)fault_in(w, INVALID, item_where(list, x, field), M("'%1' is none of: %2"), x->f[field], listed);
}

static void check_duty(struct work *w, const struct items *list, const struct item *x, size_t field,
                       const struct duties *duties)
{
    if (x->f[field].n == 0 || duty_known(duties, x->f[field])) return;
    (void)fault_in(w, INVALID, item_where(list, x, field), M("unknown duty '%1': `meguri registry duties` lists them"),
                   x->f[field]);
}

static void check_clause(struct work *w, const struct items *list, const struct item *x, const struct duties *duties)
{
    static const char *const levels[] = {"basic", "enhanced", NULL}, *const yes_no[] = {"yes", "no", NULL};
    check_word(w, list, x, CLAUSE_LEVEL, levels, S("basic enhanced"));
    check_word(w, list, x, CLAUSE_NO_OCCASION, yes_no, S("yes no"));
    check_duty(w, list, x, CLAUSE_DUTY, duties);
    for (size_t i = CLAUSE_TEXT_JA; i <= CLAUSE_TITLE_EN; i++) {
        if (x->f[i].n != 0) return;
    }
    (void)fault_in(w, INVALID, item_where(list, x, CLAUSE_TEXT_JA), M("clause '%1' needs a text or a title"), x->f[0]);
}

enum err check_clauses(struct work *w, const struct items *list, const struct items *sections,
                       const struct duties *duties)
{
    int64_t before = w->faults.count;
    struct index index = items_index(w->a, list), section = items_index(w->a, sections);
    for (size_t i = 0; i < list->n; i++) {
        const struct item *x = &list->v[i];
        check_clause(w, list, x, duties);
        check_parent(w, list, &index, i, CLAUSE_PARENT);
        if (index_find1(&section, x->f[CLAUSE_SECTION]) == NULL) {
            (void)fault_in(w, INVALID, item_where(list, x, CLAUSE_SECTION),
                           M("unknown section '%1': import the sections first"), x->f[CLAUSE_SECTION]);
        }
        const struct item *above = x->f[CLAUSE_PARENT].n == 0 ? NULL : index_find1(&index, x->f[CLAUSE_PARENT]);
        if (above != NULL && !str_eq(above->f[CLAUSE_SECTION], x->f[CLAUSE_SECTION])) {
            (void)fault_in(w, INVALID, item_where(list, x, CLAUSE_PARENT),
                           M("the parent '%1' stands in another section"), x->f[CLAUSE_PARENT]);
        }
    }
    if (list->n > TALLY_CLAUSES_MAX) {
        (void)fault_in(w, INVALID, (struct where){.file = list->file}, M("an edition holds at most %1 clauses, not %2"),
                       str_int(w->a, TALLY_CLAUSES_MAX), str_int(w->a, (int64_t)list->n));
    }
    return ended(w, before);
}

/* ---- questions ---- */
static int by_place(const void *a, const void *b)
{
    const struct item *x = *(struct item *const *)a, *y = *(struct item *const *)b;
    return (x > y) - (x < y);
}

void questions_order(struct work *w, struct items *questions, const struct items *clauses)
{
    struct index index = items_index(w->a, clauses);
    for (size_t i = 0; i < questions->n; i++) {
        str *names = &questions->v[i].f[QUESTION_CLAUSES], number;
        const struct item **hit = arena_array(w->a, names->n / 2 + 1, sizeof *hit);
        size_t n = 0;
        bool known = true;
        for (str rest = *names; known && words_next(&rest, &number);) {
            hit[n] = index_find1(&index, number);
            known = hit[n++] != NULL;
        }
        if (!known || n == 0) continue; /* told by check_questions, with the words as they were given */
        qsort(hit, n, sizeof(const struct item *), by_place);
        struct buf b = buf_in(w->a);
        for (size_t k = 0; k < n; k++) {
            if (k != 0) buf_byte(&b, ' ');
            buf_add(&b, hit[k]->f[CLAUSE_NUMBER]);
        }
        *names = buf_str(&b);
    }
}

struct served { /* which question served a clause first, and which one last */
    const struct item *first, *last;
};

static void check_served(struct work *w, const struct items *list, const struct item *q, const struct item *clause,
                         struct served *served)
{
    struct where at = item_where(list, q, QUESTION_CLAUSES);
    str number = clause->f[CLAUSE_NUMBER];
    if (served->last == q) (void)fault_in(w, INVALID, at, M("clause '%1' is named twice"), number);
    if (!str_eq(clause->f[CLAUSE_DUTY], q->f[QUESTION_DUTY])) {
        (void)fault_in(w, INVALID, at, M("clause '%1' binds '%2', but the question is put to '%3'"), number,
                       clause->f[CLAUSE_DUTY], q->f[QUESTION_DUTY]);
    }
    if (served->first != NULL && !str_eq(served->first->f[QUESTION_RULE], q->f[QUESTION_RULE])) {
        (void)fault_in(w, INVALID, item_where(list, q, QUESTION_RULE),
                       M("questions '%1' and '%2' serve clause '%3' by different rules"), served->first->f[0], q->f[0],
                       number);
    }
    if (served->first == NULL) served->first = q;
    served->last = q;
}

static void check_question(struct work *w, const struct items *list, const struct item *q, const struct duties *duties)
{
    static const char *const rules[] = {"all", "any", NULL};
    check_word(w, list, q, QUESTION_RULE, rules, S("all any"));
    check_duty(w, list, q, QUESTION_DUTY, duties);
    if (q->f[QUESTION_DUTY].n == 0) {
        (void)fault_in(w, INVALID, item_where(list, q, QUESTION_DUTY), M("'%1' must not be empty"), S("duty"));
    }
    if (q->f[QUESTION_TEXT_JA].n == 0 && q->f[QUESTION_TEXT_EN].n == 0) {
        (void)fault_in(w, INVALID, item_where(list, q, QUESTION_TEXT_JA), M("question '%1' needs a text"), q->f[0]);
    }
}

enum err check_questions(struct work *w, const struct items *list, const struct items *clauses,
                         const struct duties *duties)
{
    int64_t before = w->faults.count;
    struct index index = items_index(w->a, clauses);
    struct served *served = arena_array(w->a, clauses->n, sizeof *served);
    for (size_t i = 0; i < list->n; i++) {
        const struct item *q = &list->v[i];
        check_question(w, list, q, duties);
        str number;
        size_t n = 0;
        for (str rest = q->f[QUESTION_CLAUSES]; words_next(&rest, &number); n++) {
            const struct item *clause = index_find1(&index, number);
            if (clause != NULL)
                check_served(w, list, q, clause, &served[clause - clauses->v]);
            else
                (void)fault_in(w, INVALID, item_where(list, q, QUESTION_CLAUSES), M("unknown clause '%1'"), number);
        }
        if (n == 0)
            (void)fault_in(w, INVALID, item_where(list, q, QUESTION_CLAUSES), M("question '%1' serves no clause"),
                           q->f[0]);
    }
    return ended(w, before);
}

/* ---- mappings ---- */
struct side { /* how often a clause stands on a side, and how */
    int rows, same;
};

static const struct item *side_find(struct work *w, const struct items *list, const struct item *m, size_t field,
                                    const struct index *index)
{
    if (m->f[field].n == 0) return NULL;
    const struct item *hit = index_find1(index, m->f[field]);
    if (hit == NULL) (void)fault_in(w, INVALID, item_where(list, m, field), M("unknown clause '%1'"), m->f[field]);
    return hit;
}

/* Texts differ when they do in a language that both editions have. */
static bool wording_same(const struct item *a, const struct item *b)
{
    for (size_t i = CLAUSE_TEXT_JA; i <= CLAUSE_TEXT_EN; i++) {
        if (a->f[i].n != 0 && b->f[i].n != 0 && !str_eq(a->f[i], b->f[i])) return false;
    }
    return true;
}

static bool sides_fit(const struct item *m)
{
    str kind = m->f[MAPPING_KIND];
    bool from = m->f[MAPPING_FROM].n != 0, to = m->f[MAPPING_TO].n != 0;
    if (str_eq(kind, S("new"))) return !from && to;
    if (str_eq(kind, S("dropped"))) return from && !to;
    return from && to;
}

/* Within one catalogue 'same' is to the letter; an organisation's own standard has its own words for it. */
static void check_row(struct work *w, const struct items *list, const struct item *m, const struct item *from,
                      const struct item *to, bool to_the_letter)
{
    static const char *const kinds[] = {"same", "moved", "changed", "split", "new", "dropped", NULL};
    check_word(w, list, m, MAPPING_KIND, kinds, S("same moved changed split new dropped"));
    struct where at = item_where(list, m, MAPPING_KIND);
    if (!sides_fit(m)) {
        (void)fault_in(w, INVALID, at,
                       M("kind '%1' does not fit: 'new' has only 'to', 'dropped' only 'from', every other kind both"),
                       m->f[MAPPING_KIND]);
    }
    if (from == NULL || to == NULL || !str_eq(m->f[MAPPING_KIND], S("same"))) return;
    if (!to_the_letter || (clause_same(from, to) && wording_same(from, to))) return;
    (void)fault_in(w, INVALID, at,
                   M("'%1' and '%2' differ in wording, level, duty or no-occasion: the kind must be 'changed'"),
                   m->f[MAPPING_FROM], m->f[MAPPING_TO]);
}

static void check_counts(struct work *w, const struct items *list, const struct item *m, const struct side *from,
                         const struct side *to)
{
    str kind = m->f[MAPPING_KIND];
    struct where at = item_where(list, m, MAPPING_KIND);
    if (from != NULL && from->same > 1 && str_eq(kind, S("same"))) {
        (void)fault_in(w, INVALID, at, M("'%1' is mapped more than once as 'same'"), m->f[MAPPING_FROM]);
    }
    if (from != NULL && from->rows > 1 && str_eq(kind, S("dropped"))) {
        (void)fault_in(w, INVALID, at, M("'%1' is dropped here and continued in another row"), m->f[MAPPING_FROM]);
    }
    if (to != NULL && to->rows > 1 && str_eq(kind, S("new"))) {
        (void)fault_in(w, INVALID, at, M("'%1' is new here and continues another clause in another row"),
                       m->f[MAPPING_TO]);
    }
}

static struct side *side_count(struct side *side, const struct item *m)
{
    side->rows++;
    side->same += str_eq(m->f[MAPPING_KIND], S("same"));
    return side;
}

enum err check_mapping(struct work *w, const struct items *list, const struct items *from, const struct items *to,
                       bool to_the_letter)
{
    int64_t before = w->faults.count;
    struct index from_index = items_index(w->a, from), to_index = items_index(w->a, to);
    struct side *from_side = arena_array(w->a, from->n, sizeof *from_side);
    struct side *to_side = arena_array(w->a, to->n, sizeof *to_side);
    struct side **f = arena_array(w->a, list->n, sizeof(struct side *)),
                **t = arena_array(w->a, list->n, sizeof(struct side *));
    for (size_t i = 0; i < list->n; i++) {
        const struct item *m = &list->v[i];
        const struct item *a = side_find(w, list, m, MAPPING_FROM, &from_index);
        const struct item *b = side_find(w, list, m, MAPPING_TO, &to_index);
        f[i] = a == NULL ? NULL : side_count(&from_side[a - from->v], m);
        t[i] = b == NULL ? NULL : side_count(&to_side[b - to->v], m);
        check_row(w, list, m, a, b, to_the_letter);
    }
    for (size_t i = 0; i < list->n; i++) check_counts(w, list, &list->v[i], f[i], t[i]);
    return ended(w, before);
}

/* ---- adoptions ---- */
enum err check_adoptions(struct work *w, const struct items *list, const struct items *clauses)
{
    static const char *const yes_no[] = {"yes", "no", NULL};
    int64_t before = w->faults.count;
    struct index index = items_index(w->a, clauses);
    for (size_t i = 0; i < list->n; i++) {
        const struct item *x = &list->v[i];
        const struct item *clause = index_find1(&index, x->f[ADOPTION_CLAUSE]);
        struct where at = item_where(list, x, ADOPTION_CLAUSE);
        int64_t days;
        check_word(w, list, x, ADOPTION_ADOPTED, yes_no, S("yes no"));
        if (clause == NULL)
            (void)fault_in(w, INVALID, at, M("unknown clause '%1'"), x->f[ADOPTION_CLAUSE]);
        else if (str_eq(clause->f[CLAUSE_LEVEL], S("basic"))) {
            (void)fault_in(w, INVALID, at, M("clause '%1' is basic: it holds everywhere and is not adopted"),
                           x->f[ADOPTION_CLAUSE]);
        }
        if (x->f[ADOPTION_DATE].n != 0 && !date_parse(x->f[ADOPTION_DATE], &days)) {
            (void)fault_in(w, INVALID, item_where(list, x, ADOPTION_DATE), M("'%1' is not a date such as 2007-04-23"),
                           x->f[ADOPTION_DATE]);
        }
    }
    return ended(w, before);
}

enum err check_checks(struct work *w, const struct items *list, const struct items *clauses)
{
    int64_t before = w->faults.count;
    struct index index = items_index(w->a, clauses);
    for (size_t i = 0; i < list->n; i++) {
        const struct item *x = &list->v[i];
        if (index_find1(&index, x->f[CHECK_CLAUSE]) == NULL)
            (void)fault_in(w, INVALID, item_where(list, x, CHECK_CLAUSE), M("unknown clause '%1'"), x->f[CHECK_CLAUSE]);
        str name = x->f[CHECK_NAME];
        struct where at = item_where(list, x, CHECK_NAME);
        if (name.n == 0) (void)fault_in(w, INVALID, at, M("'%1' must not be empty"), S("check"));
        else if (name.n > CHECK_MAX)
            (void)fault_in(w, INVALID, at, M("'%1' is longer than %2 bytes"), str_sub(name, 0, NUMBER_MAX),
                           str_int(w->a, CHECK_MAX));
        else if (has_blank(name))
            (void)fault_in(w, INVALID, at, M("'%1' must not hold a blank"), name);
    }
    return ended(w, before);
}
