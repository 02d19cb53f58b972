/* The file of a staff list: read once, every fault told with row and column. */
#include "registry/staff.h"

#include "access/access.h"
#include "base/utf8.h"
#include "format/csv.h"
#include "registry/registry.h"

enum { PERSON, NAME_JA, NAME_EN, ORG, DUTY, MAIL, CONCURRENT, SYSTEM, COLUMNS, PROGRESS = 4096 };
static const char *const names[COLUMNS] = {"person", "name_ja", "name_en",    "org",
                                           "duty",   "mail",    "concurrent", "system"};

struct reading {
    struct staff_work *s;
    struct csv *c;
    struct staff_row row;
    bool good;
};

struct where staff_cell(const struct staff_work *s, int64_t row, const char *field)
{
    struct where at = {.file = s->file->name, .row = row, .field = str_of(field)};
    for (size_t i = 0; i < COLUMNS; i++)
        if (strcmp(names[i], field) == 0 && s->at[i] >= 0) at.column = s->at[i] + 1;
    return at;
}

static str cell(const struct reading *r, size_t field)
{
    return r->s->at[field] < 0 ? S("") : str_trim(csv_cell(r->c, (size_t)r->s->at[field]));
}

static struct where at_cell(const struct reading *r, size_t field)
{
    return staff_cell(r->s, csv_row(r->c), names[field]);
}

static void wrong(struct reading *r, size_t field, enum err err, str id, str arg)
{
    r->good = false;
    (void)fault_note(r->s->w, err, at_cell(r, field), (const str[]){id, utf8_head(arg, 64)}, 2);
}

/* ---- cells ---- */

static enum err read_person(struct reading *r)
{
    str code = cell(r, PERSON);
    if (code.n == 0) {
        wrong(r, PERSON, INVALID, M("'%1' is empty: every row needs it"), S("person"));
        return OK;
    }
    if (!code_good(code)) {
        wrong(r, PERSON, INVALID, M("'%1' is no code: use letters, digits and - _ . / : only, 64 at most"), code);
        return OK;
    }
    enum err e = staff_person_of(r->s, code, &r->row.person);
    if (e != OK) return e;
    if (r->s->facts[r->row.person].id != 0 || str_find(code, S("/")) < 0) return OK;
    wrong(r, PERSON, INVALID,
          M("the code '%1' of a new person has a stroke (/), which parts person and post: use another mark"), code);
    return OK;
}

static str read_text(struct reading *r, size_t field)
{
    str text = cell(r, field);
    if (text.n > NAME_MAX_BYTES) wrong(r, field, INVALID, M("the text '%1'… is too long: 4096 bytes at most"), text);
    return str_dup(r->s->w->a, text);
}

static void read_further(struct reading *r)
{
    static const str yes[] = {S_INIT("yes"), S_INIT("○"), S_INIT("〇"), S_INIT("併任"), S_INIT("1")};
    str text = cell(r, CONCURRENT);
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) r->row.further = r->row.further || str_eq(text, yes[i]);
    if (r->row.further || text.n == 0 || str_eq(text, S("no")) || str_eq(text, S("0"))) return;
    wrong(r, CONCURRENT, INVALID,
          M("'%1' does not say whether it is a concurrent post: write yes or ○, or leave it empty"), text);
}

/* Of the list's organisation; or, in the row that says where they belong, where they already do (people lent here). */
static void read_org(struct reading *r)
{
    struct staff_work *s = r->s;
    str code = cell(r, ORG);
    if (code.n == 0) {
        wrong(r, ORG, INVALID, M("'%1' is empty: every row needs it"), S("org"));
        return;
    }
    const struct code *c = codes_find(s->orgs, code);
    const struct staff_org *o = c == NULL ? NULL : &s->org[c->place];
    if (o == NULL || !o->current) {
        wrong(r, ORG, NOTFOUND,
              M("no organisation '%1' on the day of the list: `meguri registry organisations` lists those you may see"),
              code);
        return;
    }
    r->row.seat.org = c->place + 1;
    if (o->inside) return;
    const struct staff_person *was = r->good ? &s->person[r->row.person] : NULL;
    if (was != NULL && !r->row.further && was->stands && was->org == r->row.seat.org && cell(r, DUTY).n == 0) return;
    wrong(r, ORG, INVALID,
          M("'%1' is not of the organisation of this list: leave the row to that office's list; of people lent from "
            "there, a row without a duty may say where they belong"),
          code);
}

static void read_duty(struct reading *r)
{
    struct staff_work *s = r->s;
    str text = cell(r, DUTY);
    if (text.n == 0) {
        if (r->row.further || cell(r, SYSTEM).n != 0)
            wrong(r, DUTY, INVALID, M("a concurrent post, or one for a system, needs its duty"), S(""));
        return;
    }
    const struct code *c = codes_find(s->duties, text);
    const struct code *named = c == NULL && text.n <= CODE_TEXT_MAX ? codes_find(s->titles, text) : NULL;
    if (c != NULL)
        r->row.seat.duty = c->place + 1;
    else if (named != NULL && named->id != 0)
        r->row.seat.duty = (uint32_t)named->id;
    else if (named != NULL)
        wrong(r, DUTY, INVALID, M("several duties are called '%1': write the code of the one that is meant"), text);
    else
        wrong(r, DUTY, NOTFOUND, M("no duty '%1': `meguri registry duties` lists codes and names"), text);
}

static void read_system(struct reading *r)
{
    struct staff_work *s = r->s;
    str text = cell(r, SYSTEM);
    if (text.n == 0) return;
    const struct code *c = text.n <= CODE_TEXT_MAX ? codes_find(s->systems, text) : NULL;
    if (c == NULL)
        wrong(r, SYSTEM, NOTFOUND, M("no system '%1' of the organisation: `meguri registry systems` lists them"), text);
    else if (r->row.seat.org != 0 && s->system[c->place].org != r->row.seat.org)
        wrong(r, SYSTEM, INVALID, M("the system '%1' belongs to another organisation: its posts are held there"), text);
    else
        r->row.seat.system = c->place + 1;
}

/* Nobody gives more than they have of the two rights that reach beyond a subtree's own affairs. */
static void check_rights(struct reading *r)
{
    if (r->row.seat.duty == 0) return;
    struct work *w = r->s->w;
    unsigned given = r->s->duty[r->row.seat.duty - 1].rights & (MAY_CENTRE | MAY_ADMINISTER) & ~w->actor->rights;
    if (given == 0) return;
    r->good = false;
    (void)fault_in(w, DENIED, at_cell(r, DUTY),
                   M("the duty '%1' carries rights that you do not hold (%2): let someone who holds them give it"),
                   cell(r, DUTY), rights_text(w->a, given));
}

/* ---- a person's rows together ---- */

/* Someone on the list of another office comes here when that one has let them go. */
static void check_person(struct reading *r)
{
    const struct staff_facts *f = &r->s->facts[r->row.person];
    if (f->from_elsewhere && r->row.mail.n != 0)
        wrong(r, MAIL, DENIED,
              M("'%1' comes from an office out of your reach, and an address is a way in as them, also to what they answered "
                "there: leave it empty; whoever reaches both offices sets it"),
              cell(r, PERSON));
    if (!f->elsewhere) return;
    wrong(r, PERSON, CONFLICT,
          M("'%1' stands on the list of another office, out of your reach: first have that office import its list, on "
            "which they leave; then this one"),
          cell(r, PERSON));
}

static void check_main(struct reading *r)
{
    struct staff_facts *f = &r->s->facts[r->row.person];
    if (f->row == 0) f->row = csv_row(r->c);
    if (r->row.further) return;
    if (f->main_row != 0) {
        r->good = false;
        (void)fault_in(r->s->w, INVALID, at_cell(r, CONCURRENT),
                       M("'%1' has a row that says where they belong already (row %2): mark further posts with yes in "
                         "'concurrent'"),
                       cell(r, PERSON), str_int(r->s->w->a, f->main_row));
        return;
    }
    f->main_row = csv_row(r->c);
    if (r->row.name_ja.n == 0) wrong(r, NAME_JA, INVALID, M("'%1' is empty: every row needs it"), S("name_ja"));
}

static enum err read_row(struct reading *r)
{
    struct staff_work *s = r->s;
    r->row = (struct staff_row){0};
    r->good = true;
    enum err e = read_person(r);
    if (e != OK) return e;
    bool known = r->good;
    r->row.name_ja = read_text(r, NAME_JA);
    r->row.name_en = read_text(r, NAME_EN);
    r->row.mail = read_text(r, MAIL);
    read_further(r);
    read_org(r);
    read_duty(r);
    read_system(r);
    check_rights(r);
    if (known) check_person(r);
    if (known) check_main(r);
    if (!r->good) return OK;
    size_t room = s->rows_room;
    s->row = arena_more(s->w->a, s->row, s->n_rows, &s->rows_room, sizeof *s->row);
    s->line = arena_more(s->w->a, s->line, s->n_rows, &room, sizeof *s->line);
    s->line[s->n_rows].row = csv_row(r->c);
    s->row[s->n_rows++] = r->row;
    return OK;
}

static void check_without_main(struct staff_work *s)
{
    for (size_t i = 0; i < s->n_people; i++) {
        if (s->facts[i].row == 0 || s->facts[i].main_row != 0) continue;
        (void)fault_in(s->w, INVALID, staff_cell(s, s->facts[i].row, "concurrent"),
                       M("'%1' has only concurrent posts here: add the row that says where they belong"),
                       codes_text(s->people, codes_at(s->people, (uint32_t)i)));
    }
}

static int row_order(const void *x, const void *y)
{
    const struct staff_row *a = *(const struct staff_row *const *)x, *b = *(const struct staff_row *const *)y;
    if (a->person != b->person) return a->person < b->person ? -1 : 1;
    if (a->seat.org != b->seat.org) return a->seat.org < b->seat.org ? -1 : 1;
    if (a->seat.duty != b->seat.duty) return a->seat.duty < b->seat.duty ? -1 : 1;
    if (a->seat.system != b->seat.system) return a->seat.system < b->seat.system ? -1 : 1;
    return a < b ? -1 : a > b;
}

/* The same person, duty and place in two rows is a slip, not two posts. */
static void check_twice(struct staff_work *s)
{
    const struct staff_row **sorted = arena_array(s->w->a, s->n_rows + 1, sizeof *sorted);
    for (size_t i = 0; i < s->n_rows; i++) sorted[i] = &s->row[i];
    if (s->n_rows != 0) qsort(sorted, s->n_rows, sizeof *sorted, row_order);
    for (size_t i = 1; i < s->n_rows; i++) {
        const struct staff_row *a = sorted[i - 1], *b = sorted[i];
        bool same = a->person == b->person && a->seat.org == b->seat.org && a->seat.duty == b->seat.duty &&
                    a->seat.system == b->seat.system;
        if (!same) continue;
        (void)fault_in(
            s->w, INVALID, staff_cell(s, s->line[b - s->row].row, "person"), M("'%1' stands twice: first in row %2"),
            codes_text(s->people, codes_at(s->people, (uint32_t)b->person)), str_int(s->w->a, s->line[a - s->row].row));
    }
}

static enum err open_list(struct staff_work *s, struct csv **out)
{
    static const char *const required[] = {"person", "name_ja", "org", "duty", NULL};
    static const char *const optional[] = {"name_en", "mail", "concurrent", "system", NULL};
    const struct csv_shape shape = {required, optional};
    ptrdiff_t at[COLUMNS];
    enum err e = csv_open(s->w, s->file->name, s->file->bytes, CSV_DETECT, out);
    if (e == OK) e = csv_shape(s->w, *out, &shape, at);
    for (size_t i = 0; e == OK && i < COLUMNS; i++) s->at[i] = csv_column(*out, str_of(names[i]));
    return e;
}

enum err staff_read(struct staff_work *s)
{
    struct reading r = {.s = s};
    enum err e = open_list(s, &r.c);
    int64_t n = 0;
    while (e == OK && csv_next(r.c)) {
        if (++n > IMPORT_ROWS_MAX)
            return fault_in(s->w, INVALID, csv_where(r.c, 0), M("more than %1 rows: import the file in parts"),
                            str_int(s->w->a, IMPORT_ROWS_MAX));
        if (n % PROGRESS == 0) work_progress(s->w, M("reading"), n, csv_rows_likely(r.c));
        e = read_row(&r);
    }
    if (e == OK) e = csv_err(r.c);
    if (e != OK) return e;
    check_without_main(s);
    check_twice(s);
    return OK;
}
