/* Councils and their meetings: what lay before them, what they decided, and what that is in this program. */
#include "registry/council.h"

#include <string.h>

#include "base/clock.h"
#include "registry/council_store.h"
#include "registry/registry_store.h"
#include "surface/door.h"

enum { DECIDES = MAY_CENTRE | MAY_ADMINISTER };

/* ---- references ---- */

size_t registry_refs_columns(const struct reference_table *t, struct column *out)
{
    size_t n = reference_columns(t, 0, out);
    out[n] = (struct column){"ref", CELL_TEXT, N("What it is"), COL_DATA};
    return n + 1;
}

void registry_refs_cells(const struct reference_table *t, str ref, struct cell *out)
{
    size_t n = reference_cells(t, ref, S(""), S(""), out);
    out[n] = text_cell(ref);
}

struct cell council_word_cell(str code)
{
    static const struct coded known[] = {
        {"decided", N("Decided by the council")},  {"accepted", N("Accepted by the council")},
        {"reported", N("Reported to the council")}, {"document", N("Paper")},
        {"reference", N("Paper for reference")},    {"agenda", N("Agenda")},
        {"minutes", N("Summary of proceedings")},   {"consult", N("Consultation")},
        {"decide", N("Decision")},                  {"inspect", N("Inspection or survey")},
        {"progress", N("Progress report")},         {"evaluate", N("Evaluation and publication")},
        {"meeting", N("Meeting")},
    };
    return CODED(known, code);
}

/* ---- councils and meetings ---- */

static struct cell day_cell(int64_t day) { return day == NO_DAY ? C_NONE : C_DATE(day); }
static struct cell number_cell(int64_t number) { return number == 0 ? C_NONE : C_INT(number); }
static struct cell named(str code, str ja, str en)
{
    return (struct cell){.type = CELL_TEXT, .text = code, .ja = ja, .en = en};
}

static void tell_council(void *to, const struct council *c)
{
    struct doc *out = to;
    DOC_ROW(out, named(c->code, c->ja, c->en), C_TEXT(c->code), c->has_since ? C_DATE(c->since) : C_NONE,
            c->has_until ? C_DATE(c->until) : C_NONE, C_INT(c->meetings), day_cell(c->last));
}

enum err registry_view_councils(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {
        {"council", CELL_TEXT, N("Council"), 0, "registry meetings", "council"},
        {"code", CELL_TEXT, N("Code"), COL_DETAIL},
        {"since", CELL_DATE, N("From"), COL_DETAIL},
        {"until", CELL_DATE, N("Until"), COL_DETAIL},
        {"meetings", CELL_INT, N("Meetings")},
        {"last", CELL_DATE, N("Latest meeting")},
    };
    (void)in;
    DOC_TABLE(out, "councils", columns);
    enum err e = councils_each(w, tell_council, out);
    doc_table_end(out);
    doc_note(out, M("Councils are entered by `registry import --what councils`, by the centre."));
    return e;
}

struct listing {
    struct work *w;
    struct doc *out;
    int64_t year, n; /* year: fiscal, 0: all */
};

str meeting_words(struct arena *a, enum lang lang, const struct meeting *m)
{
    const str two[] = {lang_pick(lang, m->council_ja, m->council_en), str_int(a, m->number)};
    return m->number == 0 ? two[0] : tr_fill(a, lang, M("%1, meeting no. %2"), two, 2);
}

static void tell_meeting(void *to, const struct meeting *m)
{
    struct listing *l = to;
    if (l->year != 0 && (m->day == NO_DAY || fiscal_year(m->day) != l->year)) return;
    l->n++;
    str title_ja = m->title_ja.n != 0 ? m->title_ja : meeting_words(l->w->a, LANG_JA, m);
    str title_en = m->title_en.n != 0 ? m->title_en : m->title_ja.n != 0 ? m->title_ja : meeting_words(l->w->a, LANG_EN, m);
    DOC_ROW(l->out, named(m->code, title_ja, title_en), C_TEXT(m->code), day_cell(m->day), number_cell(m->number), C_TEXT(m->council), C_INT(m->decisions), C_INT(m->documents),
            both_cell(m->note_ja, m->note_en));
}

static enum err council_known(struct work *w, str council)
{
    struct record key = {.d[0] = {.text = council}}, was;
    bool found = council.n == 0;
    enum err e = found ? OK : stored_one(w, K_COUNCIL, &key, &found, &was);
    if (e != OK || found) return e;
    return fault_in(w, NOTFOUND, ((struct where){.field = S("council")}),
                    M("no council '%1': `meguri registry councils` lists them"), council);
}

enum err registry_view_meetings(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {
        {"meeting", CELL_TEXT, N("Meeting"), 0, "registry meeting", "meeting"},
        {"code", CELL_TEXT, N("Code"), COL_DETAIL},
        {"date", CELL_DATE, N("Date")},
        {"number", CELL_INT, N("No."), COL_DATA},
        {"council", CELL_TEXT, N("Council"), COL_DATA},
        {"decisions", CELL_INT, N("Decisions")},
        {"documents", CELL_INT, N("Documents")},
        {"note", CELL_TEXT, N("Note"), COL_DATA}, /* stands on the page of the meeting */
    };
    struct listing l = {w, out, arg_int(in, "year"), 0};
    enum err e = council_known(w, arg_text(in, "council"));
    if (e != OK) return e;
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "meeting"});
    DOC_TABLE(out, "meetings", columns);
    e = meetings_each(w, arg_text(in, "council"), tell_meeting, &l);
    doc_table_end(out);
    if (e == OK && l.n == 0)
        doc_note(out, M("No meeting fits. The centre enters them by `registry enter-meeting`, or many at once by `registry "
                        "import --what meetings`."));
    if (e == OK && l.year != 0) doc_note(out, M("Meetings whose day is not known stand in no year."));
    return e;
}

/* ---- one meeting ---- */

static void tell_items(struct work *w, const char *name, str head, str how, const struct meeting_item *item, size_t n,
                       struct doc *out)
{
    enum { FIXED = 3 };
    struct column columns[FIXED + REF_COLUMNS] = {{"no", CELL_TEXT, N("No.")}, {"kind", CELL_ENUM, how},
                                                  {"title", CELL_TEXT, N("Title")}};
    struct cell cells[FIXED + REF_COLUMNS];
    struct reference_table refs = {0};
    for (size_t i = 0; i < n; i++) reference_see(&refs, item[i].ref);
    size_t n_columns = FIXED + registry_refs_columns(&refs, columns + FIXED);
    doc_heading(out, head, str_int(w->a, (int64_t)n));
    if (n == 0) {
        doc_text(out, M("Nothing is entered."));
        return;
    }
    doc_table(out, name, columns, n_columns);
    for (size_t i = 0; i < n; i++) {
        cells[0] = C_TEXT(item[i].no);
        cells[1] = council_word_cell(item[i].kind);
        cells[2] = both_cell(item[i].ja, item[i].en);
        registry_refs_cells(&refs, item[i].ref, cells + FIXED);
        doc_row(out, cells);
    }
    doc_table_end(out);
}

static void form(struct doc *out, const struct meeting *m, const char *act, str title, const char *ask)
{
    doc_form(out, &(struct form){.act = act, .title = title, .given = {{"meeting", m->code}}, .ask = ask, .folded = true});
    doc_form_end(out);
}

static void forms(struct work *w, const struct meeting *m, struct doc *out)
{
    if ((w->actor->rights & DECIDES) == 0) return;
    form(out, m, "registry enter-decision", M("Enter a decision, or mend one"), "what title_ja title_en ref no");
    form(out, m, "registry enter-document", M("Enter a document, or mend one"), "kind no title_ja title_en ref");
    form(out, m, "registry strike", M("Strike out what was entered by mistake"), "decision kind no");
    doc_form(out, &(struct form){.act = "registry enter-meeting",
                                 .title = M("Mend number, day or title of the meeting"),
                                 .given = {{"code", m->code}, {"council", m->council}},
                                 .ask = "number date title_ja title_en note_ja note_en",
                                 .folded = true});
    doc_form_end(out);
}

static enum err meeting_given(struct work *w, const struct args *in, struct meeting *out)
{
    bool found = false;
    str code = arg_text(in, "meeting");
    enum err e = meeting_by_code(w, code, &found, out);
    if (e != OK || found) return e;
    return fault_in(w, NOTFOUND, ((struct where){.field = S("meeting")}),
                    M("no meeting '%1': `meguri registry meetings` lists them"), code);
}

enum err registry_view_meeting(struct work *w, const struct args *in, struct doc *out)
{
    struct meeting m;
    struct meeting_item *document = NULL, *decision = NULL;
    size_t documents = 0, decisions = 0;
    enum err e = meeting_given(w, in, &m);
    if (e == OK) e = meeting_decisions(w, m.code, &decision, &decisions);
    if (e == OK) e = meeting_documents(w, m.code, &document, &documents);
    if (e != OK) return e;
    doc_title(out, M("%1"), meeting_words(w->a, out->lang, &m));
    if (m.title_ja.n != 0) doc_lead(out, M("%1"), lang_pick(out->lang, m.title_ja, m.title_en));
    else if (m.day != NO_DAY) doc_lead(out, M("Held on %1"), lang_date(w->a, out->lang, m.day));
    else doc_lead(out, M("The day is not known"));
    doc_fact(out, "date", M("Date"), day_cell(m.day));
    doc_fact(out, "council", M("Council"), named(m.council, m.council_ja, m.council_en));
    doc_fact(out, "number", M("No."), number_cell(m.number));
    tell_items(w, "decisions", M("Decisions (%1)"), M("How it was taken"), decision, decisions, out);
    tell_items(w, "documents", M("Documents (%1)"), M("Kind"), document, documents, out);
    forms(w, &m, out);
    if (m.note_ja.n != 0) doc_note(out, M("%1"), lang_pick(out->lang, m.note_ja, m.note_en));
    return OK;
}

/* ---- a meeting as it is cited ---- */

enum err registry_meeting_check(struct work *w, str council, int64_t number, int64_t day, struct meeting_check *out)
{
    struct meeting_check c = {.verdict = CITED_UNKNOWN};
    enum err e = number == 0 ? OK : registry_meeting_find(w, council, number, NO_DAY, &c.by_number, &c.numbered);
    if (e == OK && day != NO_DAY) e = registry_meeting_find(w, council, 0, day, &c.by_day, &c.dated);
    if (e != OK) return e;
    bool day_known = c.by_number && c.numbered.day != NO_DAY, number_known = c.by_day && c.dated.number != 0;
    bool both = number != 0 && day != NO_DAY;
    if (both && ((day_known && c.numbered.day != day) || (number_known && c.dated.number != number)))
        c.verdict = CITED_CONTRADICTS;
    else if ((both && day_known && number_known) || (!both && (c.by_number || c.by_day)))
        c.verdict = CITED_AGREES;
    *out = c;
    return OK;
}

static void cited_row(struct doc *out, const struct meeting *m)
{
    struct arena *a = out->w->a;
    DOC_ROW(out, named(m->code, meeting_words(a, LANG_JA, m), meeting_words(a, LANG_EN, m)), day_cell(m->day),
            number_cell(m->number));
}

enum err registry_view_cited(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {
        {"meeting", CELL_TEXT, N("Meeting"), 0, "registry meeting", "meeting"},
        {"date", CELL_DATE, N("Date")},
        {"number", CELL_INT, N("No."), COL_DATA},
    };
    static const str said[] = {
        [CITED_AGREES] = N("The register agrees."),
        [CITED_CONTRADICTS] = N("The register says otherwise: number and day do not belong to one meeting."),
        [CITED_UNKNOWN] = N("The register does not know enough to tell."),
    };
    static const str codes[] = {[CITED_AGREES] = S_INIT("agrees"), [CITED_CONTRADICTS] = S_INIT("contradicts"),
                                [CITED_UNKNOWN] = S_INIT("unknown-meeting")};
    struct meeting_check c;
    int64_t number = arg_int(in, "number"), day = arg_given(in, "date") ? arg_int(in, "date") : NO_DAY;
    if (number == 0 && day == NO_DAY)
        return fault(w, INVALID, M("name the number of the meeting, its day, or both"));
    enum err e = council_known(w, arg_text(in, "council"));
    if (e == OK) e = registry_meeting_check(w, arg_text(in, "council"), number, day, &c);
    if (e != OK) return e;
    doc_fact(out, "verdict", M("Result"), C_ENUM(codes[c.verdict]));
    doc_text(out, said[c.verdict]);
    if (!c.by_number && !c.by_day) return OK;
    DOC_TABLE(out, "register", columns);
    if (c.by_number) cited_row(out, &c.numbered);
    if (c.by_day && !(c.by_number && str_eq(c.dated.code, c.numbered.code))) cited_row(out, &c.dated);
    doc_table_end(out);
    return OK;
}

/* ---- acts: one row, read and checked as a row of a file is ---- */

enum err registry_record_given(struct work *w, enum kind_id kind, const struct args *in, size_t at, str preset,
                      struct record *out, unsigned *mask)
{
    const struct kind *k = &registry_kinds[kind];
    *out = (struct record){0};
    *mask = 0;
    for (size_t i = 0; i < k->n; i++) {
        const struct field *f = &k->fields[i];
        str text = str_trim(arg_text(in, f->name));
        if (i == at && text.n == 0) text = preset;
        out->d[i] = (struct datum){.text = S(""), .nil = true};
        if (text.n == 0 && (f->flags & F_EMPTY) != 0) continue;
        *mask |= 1U << i;
        if (datum_parse(w, f, text, (struct where){.field = str_of(f->name)}, &out->d[i]) != OK) continue; /* all of them are told */
    }
    return work_err(w);
}

/* What is not given stays as it is stored. */
static void fill_in(enum kind_id kind, const struct record *was, unsigned mask, struct record *r)
{
    for (size_t i = 0; i < registry_kinds[kind].n; i++)
        if ((mask & 1U << i) == 0) r->d[i] = was->d[i];
}

static enum err write_record(struct work *w, enum kind_id kind, bool found, const struct record *r)
{
    enum put put = found ? PUT_CHANGE : PUT_ADD;
    struct batch *batch;
    enum err e = put_begin(w, kind, put, &batch);
    if (e != OK) return e;
    e = put_row(batch, kind, put, ~0U >> 1, r);
    enum err ended = batch_end(batch);
    return e != OK ? e : ended;
}

static enum err with_stored(struct work *w, enum kind_id kind, struct record *r, unsigned mask, bool *found)
{
    struct record was;
    enum err e = stored_one(w, kind, r, found, &was);
    if (e == OK && *found) fill_in(kind, &was, mask, r);
    return e;
}

enum err registry_record_enter(struct work *w, enum kind_id kind, struct record *r, unsigned mask)
{
    bool found = false;
    enum err e = with_stored(w, kind, r, mask, &found);
    if (e != OK) return e;
    act_noted(w, found ? S("changed") : S("added"), S("1"));
    return write_record(w, kind, found, r);
}

static void go_to(struct work *w, str meeting, str said)
{
    act_next(w, &(struct going_on){.to = "registry meeting", .given = {{"meeting", meeting}}, .said = said});
}

enum { M_CODE, M_COUNCIL, M_NUMBER, M_DATE };

/* seisaku-14; where there is no number, seisaku-2007-10-03. */
static enum err own_code(struct work *w, struct record *r)
{
    str council = r->d[M_COUNCIL].text;
    bool numbered = !r->d[M_NUMBER].nil, dated = !r->d[M_DATE].nil, found = false;
    struct record was;
    if (!numbered && !dated) return fault(w, INVALID, M("name the number of the meeting, its day, or both"));
    str tail = numbered ? str_int(w->a, r->d[M_NUMBER].i) : date_text(w->a, r->d[M_DATE].i);
    r->d[M_CODE] = (struct datum){.text = str_fmt(w->a, "%.*s-%.*s", STR_ARG(council), STR_ARG(tail))};
    enum err e = stored_one(w, K_MEETING, r, &found, &was);
    if (e != OK || !found) return e;
    return fault(w, CONFLICT, M("the meeting '%1' is entered already: to mend it, give its code"), r->d[M_CODE].text);
}

static enum err number_free(struct work *w, const struct record *r)
{
    struct meeting m;
    bool found = false;
    if (r->d[M_NUMBER].nil) return OK;
    enum err e = registry_meeting_find(w, r->d[M_COUNCIL].text, r->d[M_NUMBER].i, NO_DAY, &found, &m);
    if (e != OK || !found || str_eq(m.code, r->d[M_CODE].text)) return e;
    return fault_in(w, CONFLICT, ((struct where){.field = S("number")}),
                    M("'%1' and '%2' would both be meeting no. %3 of the same council"), m.code, r->d[M_CODE].text,
                    str_int(w->a, m.number));
}

enum err registry_act_meeting(struct work *w, const struct args *in, struct doc *out)
{
    struct record r;
    unsigned mask;
    bool found = false;
    enum err e = registry_record_given(w, K_MEETING, in, M_CODE, S("new"), &r, &mask);
    if (e == OK) e = council_known(w, r.d[M_COUNCIL].text);
    if (e == OK && !arg_given(in, "code")) e = own_code(w, &r);
    if (e == OK) e = with_stored(w, K_MEETING, &r, mask, &found);
    if (e == OK) e = number_free(w, &r);
    if (e == OK) e = registry_record_enter(w, K_MEETING, &r, mask);
    if (e == OK) go_to(w, r.d[M_CODE].text, tr(out->lang, M("The meeting is entered.")));
    return e;
}

enum err registry_act_document(struct work *w, const struct args *in, struct doc *out)
{
    struct record r;
    struct meeting m;
    unsigned mask;
    enum err e = meeting_given(w, in, &m);
    if (e == OK) e = registry_record_given(w, K_MEETING_DOCUMENT, in, FIELDS_MAX, S(""), &r, &mask);
    if (e == OK) e = registry_record_enter(w, K_MEETING_DOCUMENT, &r, mask);
    if (e == OK) go_to(w, m.code, tr(out->lang, M("The document is entered.")));
    return e;
}

static int64_t next_no(const struct meeting_item *item, size_t n)
{
    int64_t most = 0, no;
    for (size_t i = 0; i < n; i++)
        if (str_to_int(item[i].no, &no) && no > most) most = no;
    return most + 1;
}

enum err registry_act_decision(struct work *w, const struct args *in, struct doc *out)
{
    enum { NO = 1 };
    struct record r;
    struct meeting m;
    struct meeting_item *item = NULL;
    size_t n = 0;
    unsigned mask;
    enum err e = meeting_given(w, in, &m);
    if (e == OK) e = meeting_decisions(w, m.code, &item, &n);
    if (e == OK) e = registry_record_given(w, K_DECISION, in, NO, str_int(w->a, next_no(item, n)), &r, &mask);
    if (e == OK) e = registry_record_enter(w, K_DECISION, &r, mask);
    if (e == OK) go_to(w, m.code, tr(out->lang, M("The decision is entered.")));
    return e;
}

enum err registry_act_strike(struct work *w, const struct args *in, struct doc *out)
{
    struct meeting m;
    bool found = false, document = arg_given(in, "kind") && arg_given(in, "no"), decision = arg_given(in, "decision");
    enum err e = meeting_given(w, in, &m);
    if (e != OK) return e;
    if (document == decision)
        return fault(w, INVALID, M("name either the number of a decision, or kind and number of a document"));
    if (decision) e = decision_strike(w, m.code, arg_text(in, "decision"), &found);
    else e = document_strike(w, m.code, arg_text(in, "kind"), arg_text(in, "no"), &found);
    if (e == OK && !found) return fault(w, NOTFOUND, M("the meeting has no such document or decision"));
    if (e == OK) go_to(w, m.code, tr(out->lang, M("It is struck out.")));
    return e;
}
