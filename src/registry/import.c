#include "registry/import.h"

#include "access/fold.h"
#include "base/clock.h"
#include "registry/calendar.h"
#include "registry/codes.h"
#include "registry/registry.h"
#include "registry/registry_store.h"
#include "surface/door.h"

enum { PROGRESS_ROWS = 4096, CIRCLE_SHOWN = 8, DIFFERENCES_ROOM = 64 };

struct difference {
    str action, code, field, old, new;
};

struct import {
    struct work *w;
    const struct file *file;
    enum kind_id id;
    const struct kind *k;
    struct arena *keep;  /* what lives longer than a pass */
    struct buf key;
    ptrdiff_t at[FIELDS_MAX]; /* column of each field in the file, -1 */
    unsigned mask;            /* bit i: the file has field i */
    struct codes *self;       /* the rows, by key */
    struct codes *refs[FIELD_TYPES];
    bool stop;                /* a pass has seen enough */
    int64_t rows, added, changed, unchanged, late, absent, renamed, moved;
    struct batch *batch;
    enum put put;
    struct difference *differences;
    size_t n_differences, room;
};

/* ---- what is stored ---- */

static void keep_stored(void *to, const struct stored *s)
{
    struct import *im = to;
    bool fresh;
    struct code *c = codes_add(im->self, record_key(&im->key, im->k, &s->record), &fresh);
    c->id = s->id;
    c->print = record_print(im->k, im->mask, &s->record);
    c->flags = s->within ? CODE_WITHIN : 0;
    if (im->id != K_ORG || s->record.d[1].text.n == 0) return;
    const struct code *parent = codes_find(im->self, s->record.d[1].text);
    if (parent != NULL) c->parent = parent->place + 1;
}

struct keeping {
    struct import *im;
    struct codes *codes;
};

static void keep_referred(void *to, const struct referred *r)
{
    struct keeping *k = to;
    bool fresh;
    struct code *c = codes_add(k->codes, r->code, &fresh);
    c->id = r->id;
    c->print = r->rights;
    c->flags = r->within ? CODE_WITHIN : 0;
    const struct codes *orgs = k->im->refs[F_ORG]; /* NULL: the kind names none */
    const struct code *org = r->org.n == 0 || orgs == NULL ? NULL : codes_find(orgs, r->org);
    if (org != NULL) c->parent = org->place + 1;
}

static void keep_beyond(void *to, str person)
{
    struct code *c = codes_find(((struct import *)to)->self, person);
    if (c != NULL) c->flags |= CODE_BEYOND;
}

/* Organisations before systems, which name them: the order of enum field_type. */
static enum err load(struct import *im)
{
    im->self = codes_new(im->keep);
    enum err e = stored_each(im->w, im->id, keep_stored, im);
    if (e == OK && im->id == K_PERSON) e = beyond_each(im->w, keep_beyond, im);
    for (enum field_type type = F_ORG; e == OK && type < FIELD_TYPES; type++) {
        bool wanted = false;
        for (size_t i = 0; i < im->k->n; i++) wanted |= im->k->fields[i].type == type;
        if (!wanted) continue;
        if (type == im->k->self) {
            im->refs[type] = im->self;
            continue;
        }
        struct keeping keeping = {im, im->refs[type] = codes_new(im->keep)};
        e = referred_each(im->w, type, keep_referred, &keeping);
    }
    return e;
}

/* ---- a pass over the file ---- */

static enum err open_file(struct import *im, struct csv **out)
{
    const char *required[FIELDS_MAX + 1] = {0}, *optional[FIELDS_MAX + 1] = {0};
    size_t n_required = 0, n_optional = 0;
    for (size_t i = 0; i < im->k->n; i++) {
        const struct field *f = &im->k->fields[i];
        if ((f->flags & F_OPTIONAL) == 0) required[n_required++] = f->name;
        else optional[n_optional++] = f->name;
    }
    const struct csv_shape shape = {required, optional};
    ptrdiff_t at[FIELDS_MAX];
    struct csv *c;
    enum err e = csv_open(im->w, im->file->name, im->file->bytes, CSV_DETECT, &c);
    if (e == OK) e = csv_shape(im->w, c, &shape, at);
    if (e != OK) return e;
    im->mask = 0;
    for (size_t i = 0; i < im->k->n; i++) {
        im->at[i] = csv_column(c, str_of(im->k->fields[i].name));
        if (im->at[i] >= 0) im->mask |= 1U << i;
    }
    *out = c;
    return OK;
}

typedef enum err row_fn(struct import *, const struct csv *);

static enum err each_row(struct import *im, str telling, row_fn *fn)
{
    struct csv *c;
    enum err e = open_file(im, &c);
    int64_t n = 0;
    im->stop = false;
    while (e == OK && !im->stop && csv_next(c)) {
        if (++n % PROGRESS_ROWS == 0) work_progress(im->w, telling, n, csv_rows_likely(c));
        e = fn(im, c);
    }
    if (e == OK && !im->stop) e = csv_err(c);
    work_progress(im->w, telling, n, n);
    return e;
}

/* A pass that leaves nothing in the work's arena but faults. */
static enum err pass(struct import *im, str telling, row_fn *fn)
{
    struct arena_mark mark = arena_mark(im->w->a);
    int64_t faults = im->w->faults.count;
    enum err e = each_row(im, telling, fn);
    if (e == OK && im->w->faults.count == faults) arena_back(im->w->a, mark);
    return e;
}

static struct where cell_at(const struct import *im, const struct csv *c, size_t field)
{
    struct where at = csv_where(c, im->at[field] < 0 ? 0 : (size_t)im->at[field]);
    at.field = str_of(im->k->fields[field].name);
    if (im->at[field] < 0) at.column = 0;
    return at;
}

/* ---- first pass: the keys ---- */

/* The key of a row whose key cells are good in themselves; the next pass tells what is wrong with the others. */
static bool key_of(struct import *im, const struct csv *c, str *key)
{
    struct record r = {0};
    for (size_t i = 0; i < im->k->n; i++) {
        if ((im->k->fields[i].flags & F_KEY) == 0) continue;
        str cell = csv_cell(c, (size_t)im->at[i]);
        r.d[i].text = cell;
        if (im->k->fields[i].type == F_DATE ? !date_parse(cell, &r.d[i].i) : !code_good(cell)) return false;
    }
    *key = record_key(&im->key, im->k, &r);
    return true;
}

static enum err see_key(struct import *im, const struct csv *c)
{
    if (++im->rows > IMPORT_ROWS_MAX) {
        return fault_in(im->w, INVALID, csv_where(c, 0), M("more than %1 rows: import the file in parts"),
                        str_int(im->w->a, IMPORT_ROWS_MAX));
    }
    str key;
    if (!key_of(im, c, &key)) return OK;
    bool fresh;
    struct code *code = codes_add(im->self, key, &fresh);
    if (fresh) code->flags = CODE_ADDED | CODE_WITHIN;
    if (code->row == 0) code->row = (uint32_t)csv_row(c);
    return OK;
}

/* ---- second pass: every row by itself, and what it refers to ---- */

/* A row as the passes after the check read it again: what was good stays good. */
static bool read_row(struct import *im, const struct csv *c, struct record *out)
{
    bool good = true;
    *out = (struct record){0};
    for (size_t i = 0; i < im->k->n; i++) {
        const struct field *f = &im->k->fields[i];
        if (im->at[i] < 0) {
            out->d[i] = (struct datum){.text = S(""), .nil = true, .i = f->type == F_ORDER ? csv_row(c) - 1 : 0};
            continue;
        }
        str cell = csv_cell(c, (size_t)im->at[i]);
        out->d[i].nil = true;
        if (datum_parse(im->w, f, cell, cell_at(im, c, i), &out->d[i]) != OK) good = false;
    }
    return good;
}

static void system_gives_org(struct import *im, struct record *r)
{
    enum { ORG = 2, SYSTEM = 3 };
    if (im->id != K_POST || !r->d[ORG].nil || r->d[SYSTEM].nil) return;
    const struct code *system = codes_find(im->refs[F_SYSTEM], r->d[SYSTEM].text);
    if (system == NULL || system->parent == 0 || (system->flags & CODE_WITHIN) == 0) return;
    r->d[ORG].text = codes_text(im->refs[F_ORG], codes_at(im->refs[F_ORG], system->parent - 1));
    r->d[ORG].nil = false;
}

/* Fills the ids of what a row refers to; false when the field names what there is not, or not within reach. */
static bool refer(struct import *im, size_t i, struct datum *d)
{
    const struct codes *codes = im->refs[im->k->fields[i].type];
    if (codes == NULL || d->nil) return true;
    const struct code *c = codes_find(codes, d->text);
    if (c != NULL) d->i = c->id;
    return c != NULL && (c->flags & CODE_WITHIN) != 0;
}

static const str unknown[FIELD_TYPES] = {
    [F_ORG] = N("no organisation '%1': `meguri registry organisations` lists those you may see"),
    [F_DUTY] = N("no duty '%1': `meguri registry duties` lists them"),
    [F_PERSON] = N("no person '%1': `meguri registry people` lists those you may see"),
    [F_SYSTEM] = N("no system '%1': `meguri registry systems` lists those you may see"),
    [F_POST] = N("no post '%1': `meguri registry posts` lists those you may see"),
    [F_COUNCIL] = N("no council '%1': `meguri registry councils` lists them"),
    [F_MEETING] = N("no meeting '%1': `meguri registry meetings` lists them"),
};

struct checking {
    struct import *im;
    const struct csv *c;
    struct code *code;
    struct record *row;
    struct record was; /* as stored, once asked for */
    bool good; /* every cell by itself */
    bool asked, stored;
};

static enum err ask_stored(struct checking *ch)
{
    if (ch->asked || (ch->code->flags & CODE_ADDED) != 0) return OK;
    ch->asked = true;
    return stored_one(ch->im->w, ch->im->id, ch->row, &ch->stored, &ch->was);
}

/* What a row names may be out of reach when it stood there before: a manager need not see the ministry above. */
static enum err check_reference(struct checking *ch, size_t i)
{
    struct import *im = ch->im;
    const struct field *f = &im->k->fields[i];
    struct datum *d = &ch->row->d[i];
    if (refer(im, i, d)) return OK;
    enum err e = ask_stored(ch);
    if (e != OK) return e;
    if (ch->stored && d->i != 0 && datum_same(f, d, &ch->was.d[i])) return OK;
    (void)fault_in(im->w, NOTFOUND, cell_at(im, ch->c, i), unknown[f->type], d->text);
    return OK;
}

/* A column that is missing counts as stored. */
static enum err check_span(struct checking *ch)
{
    struct import *im = ch->im;
    size_t since = FIELDS_MAX, until = FIELDS_MAX;
    for (size_t i = 0; i < im->k->n; i++) {
        if ((im->k->fields[i].flags & F_SINCE) != 0) since = i;
        if ((im->k->fields[i].flags & F_UNTIL) != 0) until = i;
    }
    if (since == FIELDS_MAX || (im->at[since] < 0 && im->at[until] < 0)) return OK;
    if (im->at[since] < 0 || im->at[until] < 0) {
        enum err e = ask_stored(ch);
        if (e != OK) return e;
    }
    const struct datum *from = im->at[since] < 0 && ch->stored ? &ch->was.d[since] : &ch->row->d[since];
    const struct datum *to = im->at[until] < 0 && ch->stored ? &ch->was.d[until] : &ch->row->d[until];
    if (from->nil || to->nil || from->i <= to->i) return OK;
    size_t at = im->at[until] < 0 ? since : until;
    (void)fault_in(im->w, INVALID, cell_at(im, ch->c, at),
                   M("from %1 to %2 ends before it begins: mend one of the dates"), date_text(im->w->a, from->i),
                   date_text(im->w->a, to->i));
    return OK;
}

/* Beside every other organisation there is nobody's reach but the owner's. */
static enum err check_org(struct checking *ch)
{
    enum { CODE, PARENT };
    struct import *im = ch->im;
    const struct datum *parent = &ch->row->d[PARENT];
    const struct code *above = parent->nil ? NULL : codes_find(im->self, parent->text);
    ch->code->parent = above == NULL ? 0 : above->place + 1;
    if (!parent->nil || actor_unbounded(im->w->actor)) return OK;
    enum err e = ask_stored(ch);
    if (e != OK || (ch->stored && ch->was.d[PARENT].text.n == 0)) return e;
    (void)fault_in(im->w, DENIED, cell_at(im, ch->c, PARENT),
                   M("'%1' would stand at the top: name a parent, or let the owner of the database import it"),
                   ch->row->d[CODE].text);
    return OK;
}

/* Name and address of a person are a way in as that person, in all their posts. */
static enum err check_identity(struct checking *ch)
{
    enum { CODE, NAME_JA = 2, MAIL = 4 };
    struct import *im = ch->im;
    if ((ch->code->flags & CODE_BEYOND) == 0) return OK;
    enum err e = ask_stored(ch);
    for (size_t i = NAME_JA; e == OK && i <= MAIL; i++) {
        if (im->at[i] < 0 || !ch->stored || datum_same(&im->k->fields[i], &ch->row->d[i], &ch->was.d[i])) continue;
        (void)fault_in(im->w, DENIED, cell_at(im, ch->c, i),
                       M("'%1' also holds a post out of your reach, or with rights that you do not hold: name and mail "
                         "address are changed by someone who reaches all of their posts and holds these rights"),
                       ch->row->d[CODE].text);
    }
    return e;
}

/* "PERSON/POST" names who acts and in which post. */
static enum err check_person(struct checking *ch)
{
    enum { CODE };
    str code = ch->row->d[CODE].text;
    if ((ch->code->flags & CODE_ADDED) == 0) return check_identity(ch);
    if (str_find(code, S("/")) < 0) return OK;
    (void)fault_in(ch->im->w, INVALID, cell_at(ch->im, ch->c, CODE),
                   M("the code '%1' of a new person has a stroke (/), which parts person and post: use another mark"),
                   code);
    return OK;
}

/* Nobody gives more than they have of the two rights that reach beyond a subtree's own affairs. */
static void check_post_rights(struct checking *ch)
{
    enum { DUTY = 1 };
    struct import *im = ch->im;
    const struct code *duty = codes_find(im->refs[F_DUTY], ch->row->d[DUTY].text);
    if (duty == NULL) return;
    unsigned given = (unsigned)duty->print & (MAY_CENTRE | MAY_ADMINISTER) & ~im->w->actor->rights;
    if (given == 0) return;
    (void)fault_in(im->w, DENIED, cell_at(im, ch->c, DUTY),
                   M("the duty '%1' carries rights that you do not hold (%2): let someone who holds them give it"),
                   ch->row->d[DUTY].text, rights_text(im->w->a, given));
}

static void check_post_place(struct checking *ch)
{
    enum { CODE, DUTY, ORG, SYSTEM, PERSON, DEPUTY_OF };
    struct import *im = ch->im;
    const struct datum *d = ch->row->d;
    if (d[ORG].nil && d[SYSTEM].nil) {
        (void)fault_in(im->w, INVALID, cell_at(im, ch->c, ORG),
                       M("a post is held at an organisation or for a system: name one"));
    }
    if (!d[DEPUTY_OF].nil && str_eq(d[DEPUTY_OF].text, d[CODE].text)) {
        (void)fault_in(im->w, INVALID, cell_at(im, ch->c, DEPUTY_OF), M("the post '%1' cannot be its own deputy"),
                       d[CODE].text);
    }
    const struct code *system = d[SYSTEM].nil ? NULL : codes_find(im->refs[F_SYSTEM], d[SYSTEM].text);
    if (system == NULL || (system->flags & CODE_WITHIN) == 0 || system->parent == 0 || d[ORG].nil) return;
    str home = codes_text(im->refs[F_ORG], codes_at(im->refs[F_ORG], system->parent - 1));
    if (str_eq(home, d[ORG].text)) return;
    (void)fault_in(im->w, INVALID, cell_at(im, ch->c, ORG),
                   M("the system '%1' belongs to '%2', where its posts are: write that, or leave the cell empty"),
                   d[SYSTEM].text, home);
}

static void check_forbidden(struct checking *ch)
{
    const struct datum *d = ch->row->d;
    if (!str_eq(d[0].text, d[1].text)) return;
    (void)fault_in(ch->im->w, INVALID, cell_at(ch->im, ch->c, 1), M("a duty cannot exclude itself: '%1'"), d[0].text);
}

static void check_tag(struct checking *ch)
{
    enum { VALUE = 2 };
    if (ch->row->d[VALUE].text.n <= TAG_VALUE_MAX) return;
    (void)fault_in(ch->im->w, INVALID, cell_at(ch->im, ch->c, VALUE), M("the value of a tag has %1 bytes at most"),
                   str_int(ch->im->w->a, TAG_VALUE_MAX));
}

/* An entry says by its days whether it recurs; one without an organisation stands in everybody's year. */
static enum err check_calendar(struct checking *ch)
{
    enum { CODE, YEAR, KIND, ORG, FROM = 6, UNTIL };
    struct import *im = ch->im;
    const struct datum *d = ch->row->d;
    struct calendar_rule rule = {d[YEAR].nil ? 0 : d[YEAR].i, d[FROM].text, d[UNTIL].text};
    str wrong = calendar_wrong(&rule);
    if (wrong.n != 0) (void)fault_in(im->w, INVALID, cell_at(im, ch->c, FROM), wrong, d[FROM].text, d[UNTIL].text);
    if ((im->w->actor->rights & (MAY_CENTRE | MAY_ADMINISTER)) != 0) return OK;
    enum err e = ask_stored(ch);
    bool was_all = ch->stored && ch->was.d[ORG].text.n == 0, is_all = d[ORG].nil && (im->at[ORG] >= 0 || !ch->stored);
    if (e == OK && (was_all || is_all))
        (void)fault_in(im->w, DENIED, cell_at(im, ch->c, ORG),
                       M("'%1' is an entry for everybody: the centre enters it, or name an organisation of yours"),
                       d[CODE].text);
    return e;
}

/* Faults are noted and the check goes on; err is for trouble alone. */
static enum err check_changed(struct checking *ch)
{
    struct import *im = ch->im;
    enum err e = OK;
    for (size_t i = 0; e == OK && i < im->k->n; i++) e = check_reference(ch, i);
    if (e != OK || !ch->good) return e;
    e = check_span(ch);
    if (e == OK && im->id == K_ORG) e = check_org(ch);
    if (e == OK && im->id == K_PERSON) e = check_person(ch);
    if (im->id == K_POST) check_post_place(ch);
    if (im->id == K_POST) check_post_rights(ch);
    if (im->id == K_DUTY_FORBIDDEN) check_forbidden(ch);
    if (im->id == K_SYSTEM_TAG) check_tag(ch);
    if (e == OK && im->id == K_CALENDAR) e = check_calendar(ch);
    return e;
}

static bool refers_late(const struct import *im, const struct record *r)
{
    for (size_t i = 0; i < im->k->n; i++) {
        if (im->k->fields[i].type != im->k->self || r->d[i].nil) continue;
        const struct code *c = codes_find(im->self, r->d[i].text);
        if (c != NULL && c->id == 0) return true;
    }
    return false;
}

/* Twice in the file, or out of reach: nothing more is asked of such a row. */
static bool fault_of_key(struct import *im, const struct csv *c, const struct code *code, const struct record *row)
{
    if (code->row != (uint32_t)csv_row(c)) {
        (void)fault_in(im->w, INVALID, cell_at(im, c, 0), M("'%1' stands twice: first in row %2"), row->d[0].text,
                       str_int(im->w->a, code->row));
        return true;
    }
    if ((code->flags & CODE_WITHIN) != 0) return false;
    if (im->id == K_CALENDAR) {
        (void)fault_in(im->w, NOTFOUND, cell_at(im, c, 0), M("no entry '%1' of the calendar that is yours to change"),
                       row->d[0].text);
        return true;
    }
    enum field_type self = im->id == K_SYSTEM_TAG ? F_SYSTEM : im->k->self == FIELD_TYPES ? F_ORG : im->k->self;
    size_t at = im->id == K_LINK ? 1 : 0; /* the organisation that the link comes from */
    (void)fault_in(im->w, NOTFOUND, cell_at(im, c, at), unknown[self], row->d[at].text);
    return true;
}

static void count_row(struct import *im, struct code *code, const struct record *row)
{
    bool added = (code->flags & CODE_ADDED) != 0;
    if (!added) code->flags |= CODE_CHANGED;
    *(added ? &im->added : &im->changed) += 1;
    if (!refers_late(im, row)) return;
    code->flags |= CODE_LATE;
    im->late++;
}

static enum err check_row(struct import *im, const struct csv *c)
{
    struct record row;
    bool good = read_row(im, c, &row);
    str key;
    if (!key_of(im, c, &key)) return OK;
    struct code *code = codes_find(im->self, key);
    if (fault_of_key(im, c, code, &row)) return OK;
    system_gives_org(im, &row);
    if (good && (code->flags & CODE_ADDED) == 0 && record_print(im->k, im->mask, &row) == code->print) {
        im->unchanged++;
        return OK;
    }
    struct arena_mark mark = arena_mark(im->w->a);
    int64_t faults = im->w->faults.count;
    struct checking ch = {.im = im, .c = c, .code = code, .row = &row, .good = good};
    enum err e = check_changed(&ch);
    count_row(im, code, &row);
    if (e == OK && im->w->faults.count == faults) arena_back(im->w->a, mark);
    return e;
}

/* ---- the tree has no circle ---- */

static void note_circle(struct import *im, const struct code *at)
{
    struct buf words = buf_in(im->w->a);
    const struct code *c = at, *in_file = NULL;
    int shown = 0;
    do {
        if ((c->flags & (CODE_ADDED | CODE_CHANGED)) != 0 && in_file == NULL) in_file = c;
        str code = codes_text(im->self, c);
        if (shown++ < CIRCLE_SHOWN) buf_fmt(&words, "%.*s → ", STR_ARG(code));
        c = codes_at(im->self, c->parent - 1);
    } while (c != at);
    if (shown > CIRCLE_SHOWN) buf_add(&words, S("… → "));
    buf_add(&words, codes_text(im->self, at));
    struct where where = {.file = im->file->name, .row = in_file == NULL ? 0 : in_file->row,
                          .column = im->at[1] + 1, .field = S("parent")};
    (void)fault_in(im->w, INVALID, where, M("the parents run in a circle: %1"), buf_str(&words));
}

static void walk_up(struct import *im, struct code *from)
{
    struct code *c = from;
    while ((c->flags & (CODE_PATH | CODE_DONE)) == 0) {
        c->flags |= CODE_PATH;
        if (c->parent == 0) break;
        c = codes_at(im->self, c->parent - 1);
        if ((c->flags & CODE_PATH) != 0) {
            note_circle(im, c);
            break;
        }
    }
    for (c = from; (c->flags & CODE_PATH) != 0; c = codes_at(im->self, c->parent - 1)) {
        c->flags = (c->flags & ~(unsigned)CODE_PATH) | CODE_DONE;
        if (c->parent == 0) return;
    }
}

static void check_circles(struct import *im)
{
    for (uint32_t i = 0; i < codes_count(im->self); i++) walk_up(im, codes_at(im->self, i));
}

/* ---- the preview ---- */

static void differ(struct import *im, struct difference d)
{
    if (im->n_differences == im->room) {
        size_t room = im->room == 0 ? DIFFERENCES_ROOM : im->room * 2;
        im->differences = arena_grow(im->keep, im->differences, im->room * sizeof d, room * sizeof d);
        im->room = room;
    }
    im->differences[im->n_differences++] = d;
}

static str key_words(struct import *im, const struct record *r)
{
    struct buf b = buf_in(im->keep);
    for (size_t i = 0; i < im->k->n; i++) {
        if ((im->k->fields[i].flags & F_KEY) == 0) continue;
        if (b.n != 0) buf_byte(&b, ' ');
        buf_add(&b, datum_text(im->keep, &im->k->fields[i], &r->d[i]));
    }
    return buf_str(&b);
}

/* An added row is told by what stands in it beside the key. */
static str row_words(struct import *im, const struct record *r)
{
    struct buf b = buf_in(im->keep);
    for (size_t i = 0; i < im->k->n; i++) {
        str text = datum_text(im->keep, &im->k->fields[i], &r->d[i]);
        if ((im->k->fields[i].flags & F_KEY) != 0 || im->at[i] < 0 || text.n == 0) continue;
        if (b.n != 0) buf_add(&b, S(", "));
        buf_add(&b, text);
    }
    return buf_str(&b);
}

static enum err compare_fields(struct import *im, str words, const struct record *row)
{
    bool found;
    struct record was;
    enum err e = stored_one(im->w, im->id, row, &found, &was);
    for (size_t i = 0; e == OK && found && i < im->k->n; i++) {
        const struct field *f = &im->k->fields[i];
        if (im->at[i] < 0 || datum_same(f, &was.d[i], &row->d[i])) continue;
        if (im->id == K_ORG && strcmp(f->name, "name_ja") == 0) im->renamed++;
        str old = str_dup(im->keep, datum_text(im->keep, f, &was.d[i]));
        str new = str_dup(im->keep, datum_text(im->keep, f, &row->d[i]));
        differ(im, (struct difference){S("changed"), words, f->label, old, new});
    }
    return e;
}

static enum err compare_row(struct import *im, const struct csv *c)
{
    str key;
    struct record row;
    if (!read_row(im, c, &row) || !key_of(im, c, &key)) return OK;
    const struct code *code = codes_find(im->self, key);
    if ((code->flags & (CODE_ADDED | CODE_CHANGED)) == 0) return OK;
    im->stop = im->n_differences > DIFFERENCES_MAX; /* one more than is listed, to know that there is */
    if (im->stop) return OK;
    system_gives_org(im, &row);
    str words = key_words(im, &row);
    if ((code->flags & CODE_ADDED) == 0) return compare_fields(im, words, &row);
    differ(im, (struct difference){S("added"), words, S(""), S(""), row_words(im, &row)});
    return OK;
}

/* ---- writing ---- */

static enum err write_row(struct import *im, const struct csv *c)
{
    static const unsigned of[] = {[PUT_ADD] = CODE_ADDED, [PUT_CHANGE] = CODE_CHANGED, [PUT_LATE] = CODE_LATE};
    str key;
    if (!key_of(im, c, &key) || (codes_find(im->self, key)->flags & of[im->put]) == 0) return OK;
    struct record row;
    if (!read_row(im, c, &row)) return INVALID;
    system_gives_org(im, &row);
    for (size_t i = 0; i < im->k->n; i++) (void)refer(im, i, &row.d[i]);
    return put_row(im->batch, im->id, im->put, im->mask, &row);
}

static enum err write_all(struct import *im, enum put put, int64_t n)
{
    if (n == 0) return OK;
    im->put = put;
    enum err e = put_begin(im->w, im->id, put, &im->batch);
    if (e != OK) return e;
    e = each_row(im, M("writing"), write_row);
    enum err ended = batch_end(im->batch);
    return e != OK ? e : ended;
}

/* Of two rows that do not go together, the one at fault: the only one of the file, or the later; false when neither
 * is new or changed. */
static bool row_at_fault(struct import *im, const struct collision *c, size_t field, struct where *out)
{
    const struct code *a = codes_find(im->self, c->post), *b = codes_find(im->self, c->other);
    enum { TOUCHED = CODE_ADDED | CODE_CHANGED };
    if (a == NULL || b == NULL || ((a->flags | b->flags) & TOUCHED) == 0) return false;
    bool at_a = (b->flags & TOUCHED) == 0 || ((a->flags & TOUCHED) != 0 && a->row > b->row);
    *out = (struct where){.file = im->file->name, .row = at_a ? a->row : b->row,
                          .column = im->at[field] < 0 ? 0 : im->at[field] + 1,
                          .field = str_of(im->k->fields[field].name)};
    return true;
}

static void note_shared_mail(void *to, const struct collision *c)
{
    enum { MAIL = 4 };
    struct import *im = to;
    struct where where;
    if (!row_at_fault(im, c, MAIL, &where)) return;
    bool second = where.row == codes_find(im->self, c->other)->row;
    bool told = second ? c->within : c->other_within;
    (void)fault_in(im->w, INVALID, where,
                   M("the mail address '%1' is another person's (%2): it says who signs in, so everyone has their own; "
                     "leave it empty, or have the other one changed by who manages that person"),
                   c->person, !told ? S("…") : second ? c->post : c->other);
}

static void note_collision(void *to, const struct collision *c)
{
    enum { PERSON = 4 };
    struct import *im = to;
    struct where where;
    if (!row_at_fault(im, c, PERSON, &where)) return;
    str elsewhere = S("…");
    (void)fault_in(im->w, INVALID, where,
                   M("'%1' cannot hold the posts %2 and %3 at once, for their duties exclude each other: end one, or "
                     "give it to another"),
                   c->person, c->within ? c->post : elsewhere, c->other_within ? c->other : elsewhere);
}

/* The last row of the file that gives the system a tag is the one too many. */
static void note_tags(void *to, str system, int64_t n)
{
    struct import *im = to;
    uint32_t row = 0;
    for (uint32_t i = 0; i < codes_count(im->self); i++) {
        const struct code *c = codes_at(im->self, i);
        str key = codes_text(im->self, c);
        bool of_it = str_starts(key, system) && key.n > system.n && key.p[system.n] == '\x1f';
        if (of_it && (c->flags & (CODE_ADDED | CODE_CHANGED)) != 0 && c->row > row) row = c->row;
    }
    if (row == 0) return;
    struct where where = {.file = im->file->name, .row = row, .column = im->at[0] + 1, .field = S("system")};
    (void)fault_in(im->w, INVALID, where, M("'%1' would have %2 tags: a system has %3 at most"), system,
                   str_int(im->w->a, n), str_int(im->w->a, SYSTEM_TAGS_MAX));
}

/* The later row of the file is the one too many. */
static void note_twice(void *to, const struct twice *t)
{
    enum { NUMBER = 2 };
    struct import *im = to;
    struct where where;
    if (!row_at_fault(im, &(struct collision){.post = t->code, .other = t->other}, NUMBER, &where)) return;
    (void)fault_in(im->w, INVALID, where, M("'%1' and '%2' would both be meeting no. %3 of the same council"), t->code,
                   t->other, str_int(im->w->a, t->number));
}

static int by_id(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

/* Search finds by folded names, which are kept here. */
static enum err fold_written_people(struct import *im, int64_t last)
{
    size_t n = 0;
    int64_t *ids = arena_array(im->keep, (size_t)im->changed + 1, sizeof *ids);
    for (uint32_t i = 0; i < codes_count(im->self); i++) {
        const struct code *c = codes_at(im->self, i);
        if ((c->flags & CODE_CHANGED) != 0) ids[n++] = c->id;
    }
    qsort(ids, n, sizeof *ids, by_id);
    enum err e = fold_people(im->w, ids, n);
    return e == OK && im->added != 0 ? fold_people_after(im->w, last) : e;
}

/* What only the whole store can tell, and what follows from the change. */
static enum err settle(struct import *im, int64_t last_person)
{
    enum err e = OK;
    if (im->id == K_ORG) e = org_renumber(im->w);
    if (e == OK && (im->id == K_ORG || im->id == K_ORG_NAME)) e = fold_orgs(im->w);
    if (im->id == K_PERSON) e = fold_written_people(im, last_person);
    if (e == OK && im->id == K_PERSON) e = shared_mails_each(im->w, note_shared_mail, im);
    if (im->id == K_SYSTEM) e = posts_follow_systems(im->w, &im->moved);
    if (im->id == K_POST) e = collisions_each(im->w, note_collision, im);
    if (im->id == K_SYSTEM_TAG) e = tags_too_many(im->w, note_tags, im);
    if (im->id == K_MEETING) e = meetings_twice_each(im->w, note_twice, im);
    return e != OK ? e : work_err(im->w);
}

static enum err write_file(struct import *im)
{
    if (im->added + im->changed == 0) return OK;
    int64_t last_person = 0;
    enum err e = im->id == K_PERSON ? fold_last_person(im->w, &last_person) : OK;
    if (e == OK) e = write_all(im, PUT_ADD, im->added);
    if (e == OK) e = write_all(im, PUT_CHANGE, im->changed);
    if (e == OK) e = write_all(im, PUT_LATE, im->late);
    return e == OK ? settle(im, last_person) : e;
}

/* ---- telling ---- */

static void count_absent(struct import *im)
{
    for (uint32_t i = 0; i < codes_count(im->self); i++) {
        const struct code *c = codes_at(im->self, i);
        im->absent += c->row == 0 && (c->flags & CODE_WITHIN) != 0;
    }
}

static void tell_differences(const struct import *im, struct doc *out)
{
    static const struct column columns[] = {
        {"action", CELL_ENUM, N("Action")}, {"code", CELL_TEXT, N("Code")}, {"field", CELL_ENUM, N("Field")},
        {"old", CELL_TEXT, N("Before")},    {"new", CELL_TEXT, N("After")},
    };
    if (im->n_differences == 0) return;
    DOC_TABLE(out, "differences", columns);
    size_t n = im->n_differences < DIFFERENCES_MAX ? im->n_differences : DIFFERENCES_MAX;
    for (size_t i = 0; i < n; i++) {
        const struct difference *d = &im->differences[i];
        DOC_ROW(out, C_ENUM(d->action), C_TEXT(d->code), d->field.n == 0 ? C_NONE : C_ENUM(d->field),
                text_cell(d->old), text_cell(d->new));
    }
    doc_table_end(out);
    if (im->n_differences > DIFFERENCES_MAX)
        doc_note(out, M("only the first %1 differences are listed"), str_int(im->w->a, DIFFERENCES_MAX));
}

static void tell(const struct import *im, struct doc *out)
{
    struct arena *a = im->w->a;
    doc_fact(out, "rows", M("Rows"), C_INT(im->rows));
    doc_fact(out, "added", M("Added"), C_INT(im->added));
    doc_fact(out, "changed", M("Changed"), C_INT(im->changed));
    doc_fact(out, "unchanged", M("Unchanged"), C_INT(im->unchanged));
    tell_differences(im, out);
    if (im->added + im->changed == 0) doc_note(out, M("the file changes nothing"));
    if (im->absent != 0) {
        doc_note(out, M("%1 that are stored are not in the file and stay as they are: to end one, give it a last day"),
                 str_int(a, im->absent));
    }
    if (im->renamed != 0) {
        doc_note(out, M("%1 organisations have a new name: to keep the earlier one with its last day, import it with "
                        "--what organisation-names"), str_int(a, im->renamed));
    }
    if (im->moved != 0) doc_note(out, M("%1 posts moved with their systems"), str_int(a, im->moved));
}

static void note_counts(const struct import *im)
{
    act_noted(im->w, S("added"), str_int(im->w->a, im->added));
    act_noted(im->w, S("changed"), str_int(im->w->a, im->changed));
}

/* ---- the act ---- */

/* Duties and days off hold for all: who changes them must reach all. */
static enum err check_right(struct import *im)
{
    struct work *w = im->w;
    if ((w->actor->rights & im->k->right) == 0) {
        return fault(w, DENIED, M("importing %1 needs the right to %2, which your post does not carry"),
                     str_of(im->k->what), rights_text(w->a, im->k->right));
    }
    bool centre = (im->k->right & w->actor->rights & MAY_CENTRE) != 0; /* councils are its own affair */
    if ((im->k->right & MAY_ADMINISTER) == 0 || centre || im->id == K_CALENDAR) return OK;
    bool whole;
    enum err e = reach_is_whole(w, &whole);
    if (e != OK || whole) return e;
    return fault(w, DENIED, M("%1 hold for every organisation: they are imported by someone who reaches them all"),
                 str_of(im->k->what));
}

static enum err check_file(struct import *im)
{
    struct csv *c;
    enum err e = open_file(im, &c); /* the columns come first: they say what of the stored rows is compared */
    if (e == OK) e = load(im);
    if (e == OK) e = pass(im, M("reading"), see_key);
    if (e == OK) e = pass(im, M("checking"), check_row);
    if (e == OK && im->id == K_ORG) check_circles(im);
    return e == OK ? work_err(im->w) : e;
}

static void free_arena(void *arena) { arena_free(arena); }

enum err act_import(struct work *w, const struct args *in, struct doc *out)
{
    const struct kind *k = kind_find(arg_text(in, "what"));
    struct import im = {.w = w, .file = arg_file(in, "file"), .id = (enum kind_id)(k - registry_kinds), .k = k};
    im.keep = arena_new(0);
    im.key = buf_in(im.keep);
    arena_closer(w->a, free_arena, im.keep);
    enum err e = check_right(&im);
    if (e == OK) e = check_file(&im);
    if (e == OK && im.added + im.changed != 0) e = each_row(&im, M("comparing"), compare_row);
    if (e == OK) count_absent(&im);
    if (e == OK) e = write_file(&im);
    if (e != OK) return e;
    tell(&im, out);
    note_counts(&im);
    return OK;
}
