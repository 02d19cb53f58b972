/* A report as it is typed: few fields first, the others folded away, kept as it stands without anything being demanded
 * yet. */
#include <string.h>

#include "base/uuid.h"
#include "share/report_acts.h"
#include "share/report_way.h"

enum { CAUSES_ASKED = 3 }; /* several causes are chosen one by one; more by the command line */

/* ---- the form ---- */

static str field_name(struct work *w, const struct report_field *f, int64_t which)
{
    return which == 0 ? str_fmt(w->a, "field.%s", f->key) : str_fmt(w->a, "field.%s.%d", f->key, (int)which);
}

/* As it is typed again: times of Japan, in the form that the field of a browser takes. */
static str value_typed(struct work *w, const struct report_field *f, str value)
{
    int64_t t;
    if (f->sort != FIELD_TIME || !report_moment(value, &t)) return value;
    return str_sub(time_text(w->a, t + JAPAN), 0, sizeof "2026-04-01T09:30" - 1);
}

static void choice_rows(struct doc *out, const struct report_field *f, str name)
{
    str rest = str_of(f->words), word;
    while (str_cut(&rest, ' ', &word)) field_choice(out, name, word, words_cell(report_choice_label(f, word)));
}

static void several_rows(struct doc *out, const struct report_field *f, str value)
{
    struct work *w = out->w;
    str rest = value, word;
    for (int64_t i = 1; i <= CAUSES_ASKED || rest.n != 0; i++) {
        str name = field_name(w, f, i), no = str_int(w->a, i);
        if (!str_cut(&rest, ' ', &word)) word = (str){"", 0};
        const str args[] = {no};
        field_row(out, name, "enum",
                  C_BOTH(str_fmt(w->a, "%.*s（%.*s）", STR_ARG(tr(LANG_JA, f->label)), STR_ARG(args[0])),
                         str_fmt(w->a, "%.*s (%.*s)", STR_ARG(tr(LANG_EN, f->label)), STR_ARG(args[0]))),
                  false, i == 1 ? words_cell(f->help) : C_NONE, text_cell(word));
        choice_rows(out, f, name);
    }
}

static void one_row(struct doc *out, const struct report_field *f, str value)
{
    static const char *const types[] = {
        [FIELD_TEXT] = "text", [FIELD_LONG] = "long", [FIELD_CHOICE] = "enum", [FIELD_CHOICES] = "enum",
        [FIELD_FLAG] = "enum", [FIELD_TIME] = "time", [FIELD_INT] = "int",     [FIELD_LEVEL] = "text"};
    struct work *w = out->w;
    str name = field_name(w, f, 0), typed = value_typed(w, f, value);
    if (f->sort == FIELD_CHOICES) {
        several_rows(out, f, value);
        return;
    }
    field_row(out, name, types[f->sort], words_cell(f->label), f->needed, f->help.n == 0 ? C_NONE : words_cell(f->help),
              text_cell(typed));
    if (f->sort == FIELD_CHOICE) choice_rows(out, f, name);
    if (f->sort == FIELD_FLAG) field_choice(out, name, S("1"), words_cell(M("Yes: not for supervision")));
}

/* A new report begins with what protects who reports: AMBER, and not for supervision. */
static str value_of(const struct report_typed *t, const struct report_field *f)
{
    if (t->r->id != 0) return share_report_said_of(t->said, t->n, f->key);
    return strcmp(f->key, "tlp") == 0               ? tlp_word(TLP_AMBER)
           : strcmp(f->key, "not_supervision") == 0 ? S("1")
                                                    : (str){"", 0};
}

/* SHOW_FIELDS rows, inside a form or a table of fields. */
static void report_field_rows(struct doc *out, const struct report_typed *t)
{
    for (size_t i = 0; i < n_report_fields; i++)
        if (report_fields[i].first) one_row(out, &report_fields[i], value_of(t, &report_fields[i]));
    field_fold(out, words_cell(M("More, as far as it is known; all of this may follow")));
    for (size_t i = 0; i < n_report_fields; i++)
        if (!report_fields[i].first) one_row(out, &report_fields[i], value_of(t, &report_fields[i]));
}

void report_typing_form(struct doc *out, const struct report_typed *t, bool drill)
{
    struct arena *a = out->w->a;
    struct form form = {
        .act = "share report-save", .typed = "report", .button = {{.label = M("Keep it and look it over")}}};
    size_t n = 0;
    if (t->r->id != 0) {
        form.given[n++] = (struct form_given){"report", t->r->code};
        form.given[n++] = (struct form_given){"revision", str_int(a, t->r->revision)};
    } else if (drill) {
        form.given[n++] = (struct form_given){"drill", S("1")};
    }
    doc_form(out, &form);
    fields_begin(out, "fields");
    report_field_rows(out, t);
    doc_table_end(out);
    doc_form_end(out);
}

const struct param share_report_fields_params[] = {
    {"report", P_CODE, 0, NULL, NULL, N("a report that is being typed; without it, a new one")}, PARTY_PARAM, {0}};

/* What report-save asks, as data: for programs, and where what was sent was refused. */
enum err share_view_report_fields(struct work *w, const struct args *in, struct doc *out)
{
    struct report_held h = {0};
    struct report_said *said = NULL;
    size_t n = 0;
    enum err e = arg_given(in, "report") ? report_held(w, in, &h) : party_of(w, in, &h.p);
    if (e == OK && h.r.id != 0) e = report_only(w, &h, "operator");
    if (e == OK && h.r.id != 0) e = share_report_said(w, h.r.id, 0, &said, &n);
    if (e != OK) return e;
    fields_table(out, "fields");
    report_field_rows(out, &(struct report_typed){&h.r, said, n});
    doc_table_end(out);
    if (h.r.id != 0) report_marks(out, &h.r, h.r.tlp);
    return OK;
}

/* ---- what was given ---- */

struct typing {
    struct work *w;
    const struct args *in;
    struct party p;
    struct report_row r;
    struct report_said stands[REPORT_FIELDS_MAX]; /* by field: what stands, */
    struct report_said given[REPORT_FIELDS_MAX];  /* and what is to stand */
    bool touched[REPORT_FIELDS_MAX];
};

/* "causes.2" is one of the several that a form asks one by one. */
static const struct report_field *field_given(const struct arg *a, bool *one_of)
{
    str key = a->key, head;
    const struct report_field *f = report_field_of(key);
    *one_of = false;
    if (f != NULL || !str_cut(&key, '.', &head) || (f = report_field_of(head)) == NULL || f->sort != FIELD_CHOICES)
        return f;
    *one_of = true;
    return f;
}

static void take(struct typing *t, const struct arg *a)
{
    bool one_of;
    const struct report_field *f = field_given(a, &one_of);
    struct where at = {.field = str_fmt(t->w->a, "field.%.*s", STR_ARG(a->key))};
    if (f == NULL) {
        fault_in(t->w, INVALID, at, M("a report has no field '%1'"), a->key);
        return;
    }
    size_t i = (size_t)(f - report_fields);
    str v = a->text;
    if (one_of && t->touched[i]) v = str_fmt(t->w->a, "%.*s %.*s", STR_ARG(t->given[i].value), STR_ARG(a->text));
    t->touched[i] = true;
    if (report_value_at(t->w, f, v, at, &v) == OK) t->given[i].value = v;
}

static enum err take_all(struct typing *t)
{
    const struct arg **all = arena_array(t->w->a, t->in->n + 1, sizeof *all);
    size_t n = arg_all(t->in, "field", all, t->in->n);
    int64_t before = t->w->faults.count;
    for (size_t i = 0; i < n_report_fields; i++) t->given[i] = t->stands[i];
    for (size_t i = 0; i < n; i++) take(t, all[i]);
    if (t->w->faults.count != before) return INVALID;
    return n == 0 ? fault_in(
                        t->w, INVALID, report_at("field"),
                        M("give what the report says: --field.title …; `meguri share report-fields` lists the fields"))
                  : OK;
}

static enum err what_stands(struct typing *t)
{
    struct report_said *said = NULL;
    size_t n = 0;
    enum err e = t->r.id == 0 ? OK : share_report_said(t->w, t->r.id, 0, &said, &n);
    if (e != OK) return e;
    const struct report_typed now = {&t->r, said, n};
    for (size_t i = 0; i < n_report_fields; i++)
        t->stands[i] = (struct report_said){str_of(report_fields[i].key), value_of(&now, &report_fields[i])};
    if (t->r.id != 0 && n == 0 && t->r.editions != 0)
        return fault(t->w, CONFLICT,
                     M("'%1' was sent: begin a follow-up (share report-follow), and type there what is new"),
                     t->r.code);
    return OK;
}

/* ---- keeping it ---- */

static bool changed(const struct typing *t)
{
    for (size_t i = 0; i < n_report_fields; i++)
        if (!str_eq(t->stands[i].value, t->given[i].value)) return true;
    return false;
}

/* Another typed meanwhile: nothing is written, both are shown, and the form once more with what was sent. */
static void both_shown(const struct typing *t, struct doc *out)
{
    struct two_texts *two = arena_array(t->w->a, n_report_fields, sizeof *two);
    for (size_t i = 0; i < n_report_fields; i++) {
        const struct report_field *f = &report_fields[i];
        struct cell a = report_value_cell(t->w, f, t->stands[i].value),
                    b = report_value_cell(t->w, f, t->given[i].value);
        two[i] = (struct two_texts){f->label, doc_cell_words(t->w->a, out->lang, &a),
                                    doc_cell_words(t->w->a, out->lang, &b)};
    }
    doc_fact(out, "report", M("Report of a failure"), C_TEXT(t->r.code));
    doc_fact(out, "changed", M("Changed"), C_INT(0));
    doc_fact(out, "revision", M("Revision"), C_INT(t->r.revision));
    two_texts_told(out, two, n_report_fields);
    report_typing_form(out, &(struct report_typed){&t->r, t->given, n_report_fields}, false);
    report_marks(out, &t->r, t->r.tlp);
}

static enum err begin(struct typing *t)
{
    struct work *w = t->w;
    struct route_net net;
    if (!report_may_report(t->p.kind))
        return fault(w, DENIED,
                     M("failures are reported by operators, ministries and agencies; '%1' reads what they report"),
                     t->p.code);
    enum err e = route_load(w, &net);
    if (e == OK) e = share_report_code_next(w, arg_int(t->in, "drill") != 0, w->now, &t->r.code);
    if (e != OK) return e;
    int32_t self = route_find(&net, t->p.org), sector = self < 0 ? -1 : route_sector(&net, self);
    t->r.uuid = uuid_new(w);
    t->r.org = t->p.org;
    t->r.drill = arg_int(t->in, "drill") != 0;
    t->r.state = S("draft");
    t->r.government = t->p.tier == TIER_MINISTRY;
    t->r.sector = t->r.government || sector < 0 ? (str){"", 0} : net.org[sector].code;
    report_columns_of(t->given, n_report_fields, &t->r);
    return share_report_insert(w, &t->r, &t->r.id);
}

static enum err keep(struct typing *t)
{
    enum err e = OK;
    bool first = t->r.id == 0;
    t->r.revision++;
    if (first) e = begin(t);
    if (e == OK && !first) {
        if (str_eq(t->r.state, S("draft"))) report_columns_of(t->given, n_report_fields, &t->r);
        e = share_report_update(t->w, &t->r);
    }
    return e == OK ? share_report_say(t->w, t->r.id, 0, t->given, n_report_fields) : e;
}

static enum err found(struct typing *t)
{
    struct report_held h;
    enum err e;
    if (!arg_given(t->in, "report")) {
        t->r = (struct report_row){.continuity = -1, .safety = -1, .trust = -1};
        return party_of(t->w, t->in, &t->p);
    }
    if ((e = report_held(t->w, t->in, &h)) != OK || (e = report_only(t->w, &h, "operator")) != OK) return e;
    t->p = h.p;
    t->r = h.r;
    return str_eq(h.r.state, S("closed")) ? fault(t->w, CONFLICT, M("'%1' is closed"), h.r.code) : OK;
}

const struct param share_report_save_params[] = {
    {"report", P_CODE, HIDDEN, NULL, NULL, N("the report, by its code; without it, a new one begins")},
    {"field", P_TEXT, MAP | PERSONAL | LONG_TEXT, NULL, NULL,
     N("what the report says, field by field; `meguri share report-fields` lists them"), "share report-fields"},
    {"revision", P_INT, HIDDEN, NULL, NULL,
     N("the revision you saw: where another stands by now, both texts are shown")},
    {"drill", P_FLAG, RARE, NULL, NULL, N("the new report is of a drill")},
    PARTY_PARAM,
    {0}};

enum err share_act_report_save(struct work *w, const struct args *in, struct doc *out)
{
    struct typing t = {.w = w, .in = in};
    enum err e = found(&t);
    if (e == OK) e = what_stands(&t);
    if (e == OK) e = take_all(&t);
    if (e != OK) return e;
    bool differs = changed(&t) || t.r.id == 0;
    if (differs && t.r.id != 0 && arg_given(in, "revision") && arg_int(in, "revision") != t.r.revision) {
        both_shown(&t, out);
        return OK;
    }
    if (differs && (e = keep(&t)) != OK) return e;
    doc_fact(out, "report", M("Report of a failure"), C_TEXT(t.r.code));
    doc_fact(out, "changed", M("Changed"), C_INT(differs));
    doc_fact(out, "revision", M("Revision"), C_INT(t.r.revision));
    report_marks(out, &t.r, t.r.tlp);
    report_go_on(w, &t.r, tr(out->lang, M("Kept. Nobody else sees it before it is sent.")));
    return OK;
}
