#include "base/utf8.h"
#include "registry/registry_csv.h"

#include "access/access.h"
#include "base/clock.h"

/* ---- the kinds ---- */

#define LABEL_FROM N("From")
#define LABEL_TO N("Until")
#define LABEL_JA N("Name (Japanese)")
#define LABEL_EN N("Name (English)")
#define CODE_FIELD {"code", F_CODE, F_KEY, N("Code"), NULL}
#define NAMES_FIELDS                                                                                                   \
    {"name_ja", F_TEXT, 0, LABEL_JA, NULL}, {"name_en", F_TEXT, F_OPTIONAL | F_EMPTY, LABEL_EN, NULL}
#define SPAN_FIELDS(since, until)                                                                                      \
    {since, F_DATE, F_OPTIONAL | F_EMPTY | F_SINCE, LABEL_FROM, NULL},                                                 \
        {until, F_DATE, F_OPTIONAL | F_EMPTY | F_UNTIL, LABEL_TO, NULL}

static const struct field org_fields[] = {
    CODE_FIELD,
    {"parent", F_ORG, F_EMPTY, N("Parent"), NULL},
    {"kind", F_CODE, 0, N("Kind"), NULL},
    {"order", F_ORDER, F_OPTIONAL, N("Order"), NULL},
    NAMES_FIELDS,
    SPAN_FIELDS("from", "to"),
};
static const struct field org_name_fields[] = {
    {"code", F_ORG, F_KEY, N("Organisation"), NULL},
    NAMES_FIELDS,
    {"from", F_DATE, F_OPTIONAL | F_EMPTY | F_SINCE, LABEL_FROM, NULL},
    {"to", F_DATE, F_KEY | F_UNTIL, LABEL_TO, NULL},
};
static const struct field link_fields[] = {
    {"kind", F_CODE, F_KEY, N("Kind"), NULL},
    {"from", F_ORG, F_KEY, N("Organisation"), NULL},
    {"to", F_ORG, F_KEY, N("Linked to"), NULL},
    SPAN_FIELDS("valid_from", "valid_to"),
};
static const struct field duty_fields[] = {
    CODE_FIELD,
    NAMES_FIELDS,
    {"rights", F_RIGHTS, F_EMPTY, N("Rights"), NULL},
    {"order", F_ORDER, F_OPTIONAL, N("Order"), NULL},
};
static const struct field duty_title_fields[] = {
    {"duty", F_DUTY, F_KEY, N("Duty"), NULL},
    {"edition", F_CODE, F_KEY, N("Edition"), NULL},
    {"title_ja", F_TEXT, 0, N("Title (Japanese)"), NULL},
    {"title_en", F_TEXT, F_OPTIONAL | F_EMPTY, N("Title (English)"), NULL},
};
static const struct field duty_forbidden_fields[] = {
    {"duty", F_DUTY, F_KEY, N("Duty"), NULL},
    {"other", F_DUTY, F_KEY, N("Other duty"), NULL},
    {"reason_ja", F_TEXT, 0, N("Reason (Japanese)"), NULL},
    {"reason_en", F_TEXT, F_OPTIONAL | F_EMPTY, N("Reason (English)"), NULL},
};
static const struct field person_fields[] = {
    CODE_FIELD,
    {"org", F_ORG, 0, N("Organisation"), NULL},
    NAMES_FIELDS,
    {"mail", F_TEXT, F_OPTIONAL | F_EMPTY, N("Mail"), NULL},
    SPAN_FIELDS("from", "to"),
    {"language", F_CODE, F_OPTIONAL | F_EMPTY, N("Language of letters"), "ja en"},
};
static const struct field post_fields[] = {
    CODE_FIELD,
    {"duty", F_DUTY, 0, N("Duty"), NULL},
    {"org", F_ORG, F_EMPTY, N("Organisation"), NULL}, /* empty: that of the system */
    {"system", F_SYSTEM, F_OPTIONAL | F_EMPTY, N("System"), NULL},
    {"person", F_PERSON, F_OPTIONAL | F_EMPTY, N("Person"), NULL},
    {"deputy_of", F_POST, F_OPTIONAL | F_EMPTY, N("Deputy of"), NULL},
    SPAN_FIELDS("from", "to"),
};
static const struct field system_fields[] = {
    CODE_FIELD,
    {"org", F_ORG, 0, N("Organisation"), NULL},
    {"kind", F_CODE, 0, N("Kind"), "system device service"}, /* service: essential, of an operator */
    NAMES_FIELDS,
    SPAN_FIELDS("from", "to"),
};

static const struct field day_off_fields[] = {
    {"day", F_DATE, F_KEY, N("Day"), NULL},
    NAMES_FIELDS,
};

static const struct field system_tag_fields[] = {
    {"system", F_SYSTEM, F_KEY, N("System"), NULL},
    {"key", F_CODE, F_KEY, N("Tag"), NULL},
    {"value", F_TEXT, F_EMPTY, N("Value"), NULL}, /* empty: the tag is taken away */
};

/* A council's own papers count apart from those laid before it for reference. */
#define REF_FIELD {"ref", F_REF, F_OPTIONAL | F_EMPTY, N("What it is"), NULL}
#define TITLE_FIELDS(empty)                                                                                            \
    {"title_ja", F_TEXT, empty, N("Title (Japanese)"), NULL},                                                          \
        {"title_en", F_TEXT, F_OPTIONAL | F_EMPTY, N("Title (English)"), NULL}

static const struct field council_fields[] = {
    CODE_FIELD,
    NAMES_FIELDS,
    {"order", F_ORDER, F_OPTIONAL, N("Order"), NULL},
    SPAN_FIELDS("from", "to"),
};
static const struct field meeting_fields[] = {
    CODE_FIELD,
    {"council", F_COUNCIL, 0, N("Council"), NULL},
    {"number", F_NUMBER, F_EMPTY, N("Number"), NULL},
    {"date", F_DATE, F_EMPTY, N("Date"), NULL},
    TITLE_FIELDS(F_OPTIONAL | F_EMPTY),
    {"note_ja", F_TEXT, F_OPTIONAL | F_EMPTY, N("Note (Japanese)"), NULL},
    {"note_en", F_TEXT, F_OPTIONAL | F_EMPTY, N("Note (English)"), NULL},
};
static const struct field meeting_document_fields[] = {
    {"meeting", F_MEETING, F_KEY, N("Meeting"), NULL},
    {"kind", F_CODE, F_KEY, N("Kind"), "document reference agenda minutes"},
    {"no", F_CODE, F_KEY, N("Number"), NULL},
    TITLE_FIELDS(0),
    REF_FIELD,
};
static const struct field decision_fields[] = {
    {"meeting", F_MEETING, F_KEY, N("Meeting"), NULL},
    {"no", F_CODE, F_KEY, N("Number"), NULL},
    {"what", F_CODE, 0, N("How"), "decided accepted reported"},
    TITLE_FIELDS(0),
    REF_FIELD,
};
static const struct field calendar_fields[] = {
    CODE_FIELD,
    {"year", F_NUMBER, F_OPTIONAL | F_EMPTY, N("Fiscal year"), NULL},
    {"kind", F_CODE, 0, N("Kind"), "consult decide inspect progress evaluate meeting"},
    {"org", F_ORG, F_OPTIONAL | F_EMPTY, N("Organisation"), NULL},
    NAMES_FIELDS,
    {"from", F_DAY, 0, LABEL_FROM, NULL},
    {"until", F_DAY, F_OPTIONAL | F_EMPTY, LABEL_TO, NULL},
    REF_FIELD,
};

#define KIND(what, fields, right, read, self) {what, fields, sizeof(fields) / sizeof((fields)[0]), right, read, self}
const struct kind registry_kinds[KINDS] = {
    [K_ORG] = KIND("organisations", org_fields, MAY_MANAGE, MAY_ANYONE, F_ORG),
    [K_ORG_NAME] = KIND("organisation-names", org_name_fields, MAY_MANAGE, MAY_ANYONE, FIELD_TYPES),
    [K_LINK] = KIND("links", link_fields, MAY_MANAGE, MAY_ANYONE, FIELD_TYPES),
    [K_DUTY] = KIND("duties", duty_fields, MAY_ADMINISTER, MAY_ANYONE, F_DUTY),
    [K_DUTY_TITLE] = KIND("duty-titles", duty_title_fields, MAY_ADMINISTER, MAY_ANYONE, FIELD_TYPES),
    [K_DUTY_FORBIDDEN] = KIND("duty-forbidden", duty_forbidden_fields, MAY_ADMINISTER, MAY_ANYONE, FIELD_TYPES),
    [K_PERSON] = KIND("people", person_fields, MAY_MANAGE, MAY_READ_NAMES, F_PERSON),
    [K_POST] = KIND("posts", post_fields, MAY_MANAGE, MAY_READ_NAMES, F_POST),
    [K_SYSTEM] = KIND("systems", system_fields, MAY_MANAGE, MAY_ANYONE, F_SYSTEM),
    [K_DAY_OFF] = KIND("days-off", day_off_fields, MAY_ADMINISTER | MAY_MANAGE, MAY_ANYONE, FIELD_TYPES),
    [K_SYSTEM_TAG] = KIND("system-tags", system_tag_fields, MAY_MANAGE, MAY_ANYONE, FIELD_TYPES),
    [K_COUNCIL] = KIND("councils", council_fields, MAY_CENTRE | MAY_ADMINISTER, MAY_ANYONE, F_COUNCIL),
    [K_MEETING] = KIND("meetings", meeting_fields, MAY_CENTRE | MAY_ADMINISTER, MAY_ANYONE, F_MEETING),
    [K_MEETING_DOCUMENT] =
        KIND("meeting-documents", meeting_document_fields, MAY_CENTRE | MAY_ADMINISTER, MAY_ANYONE, FIELD_TYPES),
    [K_DECISION] = KIND("decisions", decision_fields, MAY_CENTRE | MAY_ADMINISTER, MAY_ANYONE, FIELD_TYPES),
    [K_CALENDAR] =
        KIND("calendar", calendar_fields, MAY_MANAGE | MAY_CENTRE | MAY_ADMINISTER, MAY_ANYONE, FIELD_TYPES),
};

const struct kind *kind_find(str what)
{
    for (size_t i = 0; i < KINDS; i++)
        if (str_eq(what, str_of(registry_kinds[i].what))) return &registry_kinds[i];
    return NULL;
}

/* ---- cells ---- */

bool code_good(str code)
{
    static const char marks[] = "-_./:";
    if (code.n == 0 || code.n > 64) return false;
    for (size_t i = 0; i < code.n; i++) {
        char c = code.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && (c == 0 || strchr(marks, c) == NULL)) return false;
    }
    return true;
}

static bool word_allowed(const char *words, str word)
{
    str rest = str_of(words), one;
    while (str_cut(&rest, ' ', &one))
        if (str_eq(one, word)) return true;
    return false;
}

/* A fault names the field by itself; a long cell is cut, since a fault is read by people. */
static enum err cell_fault(struct work *w, struct where at, str id, str cell)
{
    return fault_note(w, INVALID, at, (const str[]){id, utf8_head(cell, 64)}, 2);
}

static enum err code_parse(struct work *w, const struct field *f, str cell, struct where at)
{
    if (!code_good(cell))
        return cell_fault(w, at, M("'%1' is no code: use letters, digits and - _ . / : only, 64 at most"), cell);
    if (f->words == NULL || word_allowed(f->words, cell)) return OK;
    return fault_in(w, INVALID, at, M("'%1' is not known here: use one of %2"), cell, str_of(f->words));
}

static enum err date_cell(struct work *w, str cell, struct where at, int64_t *out)
{
    if (date_parse(cell, out)) return OK;
    return cell_fault(w, at, M("'%1' is no date: write it as 2007-01-09, from 1868 on"), cell);
}

static enum err order_cell(struct work *w, str cell, struct where at, int64_t *out)
{
    if (str_to_int(cell, out) && *out >= 0 && *out <= ORDER_MAX) return OK;
    return cell_fault(w, at, M("'%1' is no order: write a whole number from 0 to 1000000000"), cell);
}

static enum err number_cell(struct work *w, str cell, struct where at, int64_t *out)
{
    if (str_to_int(cell, out) && *out >= 1 && *out <= NUMBER_MAX) return OK;
    return cell_fault(w, at, M("'%1' is no number: write a whole number from 1 to 100000, or nothing"), cell);
}

/* 02-29 is a day of every fourth year only, so it is no day of every year. */
bool day_good(str cell)
{
    int64_t day;
    char full[] = "2007-MM-DD";
    if (cell.n == DATE_TEXT) return date_parse(cell, &day) && cell.p[4] == '-';
    if (cell.n != 5 || cell.p[2] != '-') return false;
    memcpy(full + 5, cell.p, 5);
    return date_parse((str){full, DATE_TEXT}, &day);
}

static enum err day_cell(struct work *w, str cell, struct where at)
{
    if (day_good(cell)) return OK;
    return cell_fault(w, at, M("'%1' is no day: write 06-30 for every year, or 2007-06-30 for once"), cell);
}

static enum err ref_cell(struct work *w, str cell, struct where at)
{
    ptrdiff_t colon = str_find(cell, S(":"));
    if (colon > 0 && (size_t)colon + 1 < cell.n && cell.n <= REF_MAX && code_good(str_sub(cell, 0, (size_t)colon)) &&
        utf8_safe(w->a, cell).n == cell.n && str_find(cell, S("\n")) < 0)
        return OK;
    return cell_fault(w, at, M("'%1' refers to nothing: write its kind and its code, as in standard:baseline-2"), cell);
}

static enum err rights_cell(struct work *w, str cell, struct where at, int64_t *out)
{
    unsigned rights;
    if (!rights_parse(cell, &rights)) {
        return cell_fault(w, at, M("'%1' does not name rights: use answer, confirm, names, rates, manage, audit, "
                                   "centre, administer, approve, share, each once, with a blank between"), cell);
    }
    *out = rights;
    return OK;
}

enum err datum_parse(struct work *w, const struct field *f, str cell, struct where at, struct datum *out)
{
    struct datum d = {.text = cell, .nil = cell.n == 0};
    enum err e = OK;
    bool blank = f->type == F_TEXT && str_trim(cell).n == 0;
    if ((d.nil || blank) && (f->flags & F_EMPTY) == 0)
        return fault_in(w, INVALID, at, M("'%1' is empty: every row needs it"), str_of(f->name));
    if (d.nil) {
        *out = d;
        return OK;
    }
    switch (f->type) {
    case F_TEXT:
        if (cell.n > NAME_MAX_BYTES) e = cell_fault(w, at, M("the text '%1'… is too long: 4096 bytes at most"), cell);
        break;
    case F_DATE: e = date_cell(w, cell, at, &d.i); break;
    case F_ORDER: e = order_cell(w, cell, at, &d.i); break;
    case F_RIGHTS: e = rights_cell(w, cell, at, &d.i); break;
    case F_NUMBER: e = number_cell(w, cell, at, &d.i); break;
    case F_DAY: e = day_cell(w, cell, at); break;
    case F_REF: e = ref_cell(w, cell, at); break;
    default: e = code_parse(w, f, cell, at); break;
    }
    if (e == OK) *out = d;
    return e;
}

static bool is_number(enum field_type type)
{
    return type == F_DATE || type == F_ORDER || type == F_RIGHTS || type == F_NUMBER;
}

/* Numbers that may be unknown: nil is not nought. */
static bool may_be_nil(enum field_type type) { return type == F_DATE || type == F_NUMBER; }

bool datum_same(const struct field *f, const struct datum *a, const struct datum *b)
{
    if (!is_number(f->type)) return str_eq(a->text, b->text);
    bool a_nil = a->nil && may_be_nil(f->type), b_nil = b->nil && may_be_nil(f->type);
    return a_nil == b_nil && (a_nil || a->i == b->i);
}

str datum_text(struct arena *a, const struct field *f, const struct datum *d)
{
    switch (f->type) {
    case F_DATE: return d->nil ? S("") : date_text(a, d->i);
    case F_ORDER: return str_int(a, d->i);
    case F_NUMBER: return d->nil ? S("") : str_int(a, d->i);
    case F_RIGHTS: return rights_text(a, (unsigned)d->i);
    default: return d->text;
    }
}

/* ---- rows ---- */

/* Codes hold no byte 0x1f, so that joined keys stay apart. */
str record_key(struct buf *scratch, const struct kind *k, const struct record *r)
{
    scratch->n = 0;
    for (size_t i = 0; i < k->n; i++) {
        if ((k->fields[i].flags & F_KEY) == 0) continue;
        if (scratch->n != 0) buf_byte(scratch, '\x1f');
        if (k->fields[i].type == F_DATE) buf_int(scratch, r->d[i].i);
        else buf_add(scratch, r->d[i].text);
    }
    return buf_str(scratch);
}

static uint64_t datum_print(const struct field *f, const struct datum *d)
{
    if (!is_number(f->type)) return str_hash(d->text);
    if (d->nil && may_be_nil(f->type)) return UINT64_MAX;
    return str_hash((str){(const char *)&d->i, sizeof d->i});
}

uint64_t record_print(const struct kind *k, unsigned mask, const struct record *r)
{
    uint64_t print = 0;
    for (size_t i = 0; i < k->n; i++) {
        if ((mask & 1U << i) == 0) continue;
        print = ((print << 7 | print >> 57) ^ datum_print(&k->fields[i], &r->d[i])) * 0x9E3779B97F4A7C15U + i;
    }
    return print;
}

void header_write(struct buf *b, const struct kind *k)
{
    for (size_t i = 0; i < k->n; i++) csv_put_raw(b, str_of(k->fields[i].name), i == 0);
    csv_end_row(b);
}

/* Without the guard against formulas: what is written here has to come back as it was. */
void record_write(struct buf *b, const struct kind *k, const struct record *r)
{
    for (size_t i = 0; i < k->n; i++) csv_put_raw(b, datum_text(b->a, &k->fields[i], &r->d[i]), i == 0);
    csv_end_row(b);
}
