/* inspect template: a unit's questions as a workbook, to be filled in away from here and given back by `inspect
 * import`. */
#include "base/clock.h"
#include "format/xlsx_write.h"
#include "inspect/acts.h"
#include "inspect/pages.h"
#include "inspect/sheet_form.h"

#include <string.h>

enum {
    CODE_WIDTH = 9,
    SECTION_WIDTH = 16,
    WORDING_WIDTH = 52,
    ANSWER_WIDTH = 24,
    NOTE_WIDTH = 24,
    COVER_WIDTH = 96,
    HIDDEN_COLUMNS = 5
};

struct form_seat {
    struct seat_row row;
    size_t node;
    const struct binding *binding;
    struct said_sheet said;
};
struct form_sheet { /* of one binding */
    const struct binding *binding;
    struct sheet_plan plan;
    size_t from, n; /* of the seats */
    str tab;        /* its name in the workbook */
};
struct template
{
    struct work *w;
    enum lang lang;
    struct round *r;
    size_t node;
    struct form_seat *seat;
    size_t n;
    int64_t devices; /* that are not asked here */
    struct form_sheet *sheet;
    size_t n_sheets;
    struct question *questions;
    size_t n_questions;
    str instance;
    struct xlsx *book;
    struct buf digest;
};

#define WORDS(t, ...) filled(t, (const str[]){__VA_ARGS__}, sizeof((const str[]){__VA_ARGS__}) / sizeof(str))
static str filled(const struct template *t, const str *words, size_t n)
{
    return tr_fill(t->w->a, t->lang, words[0], words + 1, n - 1);
}

/* ---- who is asked ---- */

static enum err find_unit(struct template *t, const struct args *in)
{
    const struct org *org = arg_org(in, "org");
    struct round *r = t->r;
    ptrdiff_t node = round_node(r, org != NULL ? org->id : t->w->actor->org);
    if (node < 0)
        return fault_in(t->w, INVALID, ((struct where){.field = S("org")}),
                        M("which unit? Give an organisation that round '%1' asked"), r->code);
    if (!str_eq(r->state, S("open")))
        return fault(t->w, CONFLICT, M("round '%1' is closed: there is nothing more to fill in"), r->code);
    t->node = (size_t)node;
    return OK;
}

static enum err add_seat(struct template *t, const struct respondent *x)
{
    ptrdiff_t node = round_node(t->r, x->org);
    if (node < 0 || !may(t->w->actor, MAY_NAMES | MAY_MANAGE, t->r->nodes[node].here)) return OK;
    if (str_eq(x->kind, S("device"))) {
        t->devices++;
        return OK;
    }
    if (t->n == FORM_RESPONDENTS_MAX)
        return fault_in(t->w, INVALID, ((struct where){.field = S("org")}),
                        M("'%1' has more than %2 respondents: take a workbook for each unit below it"),
                        t->r->nodes[t->node].code, str_int(t->w->a, FORM_RESPONDENTS_MAX));
    struct form_seat *s = &t->seat[t->n];
    enum err e = seat_row_get(t->w, t->r->id, x->code, &s->row);
    s->node = (size_t)node;
    s->binding = round_binding(t->r, x->binding);
    t->n += e == OK && s->binding != NULL;
    return e == NOTFOUND ? OK : e;
}

/* By binding in the order of the duties, then as the organisations stand. */
static int seat_order(const void *a, const void *b)
{
    const struct form_seat *x = a, *y = b;
    if (x->binding->duty != y->binding->duty) return x->binding->duty < y->binding->duty ? -1 : 1;
    if (x->binding != y->binding) return x->binding < y->binding ? -1 : 1;
    if (x->node != y->node) return x->node < y->node ? -1 : 1;
    return str_cmp(x->row.code, y->row.code);
}

static enum err load_seats(struct template *t)
{
    const struct node *n = &t->r->nodes[t->node];
    struct respondent *who;
    size_t count;
    enum err e = respondents_in(t->w, t->r->id, n->lo, n->hi, &who, &count);
    t->seat = arena_array(t->w->a, FORM_RESPONDENTS_MAX, sizeof *t->seat);
    for (size_t i = 0; e == OK && i < count; i++) e = add_seat(t, &who[i]);
    if (e != OK) return e;
    if (t->n == 0)
        return fault(t->w, NOTFOUND, M("round '%1' asks nobody in '%2' that you may see"), t->r->code, n->code);
    qsort(t->seat, t->n, sizeof *t->seat, seat_order);
    return OK;
}

static enum err load_sheets(struct template *t)
{
    enum err e = standard_questions(t->w, &t->r->edition, &t->questions, &t->n_questions);
    t->sheet = arena_array(t->w->a, t->n + 1, sizeof *t->sheet);
    for (size_t i = 0; e == OK && i < t->n; i++) {
        struct form_sheet *s = t->n_sheets == 0 ? NULL : &t->sheet[t->n_sheets - 1];
        if (s == NULL || s->binding != t->seat[i].binding) {
            s = &t->sheet[t->n_sheets++];
            *s = (struct form_sheet){.binding = t->seat[i].binding, .from = i};
            plan_make(t->w->a, t->r, s->binding, t->questions, t->n_questions, &s->plan);
        }
        s->n++;
        e = said_load(t->w, &s->plan, &t->seat[i].row, true, &t->seat[i].said);
    }
    return e == OK ? form_instance(t->w, &t->instance) : e;
}

/* ---- the first sheet: how to fill it in ---- */

static void cover_line(struct xlsx_sheet *s, enum xlsx_style style, str text)
{
    if (style == XLSX_TITLE)
        xlsx_tall_row(s, 2);
    else
        xlsx_tall_row(s, xlsx_text_lines(text, COVER_WIDTH));
    if (text.n != 0) xlsx_text(s, style, text);
}

static void add_paper(const struct template *t, struct xlsx_sheet *s)
{
    const struct node *n = &t->r->nodes[t->node];
    struct xlsx_paper paper = {lang_pick(t->lang, n->name_ja, n->name_en),
                               tr(t->lang, M("holds personal data: for those concerned only")),
                               lang_pick(t->lang, t->r->title_ja, t->r->title_en)};
    xlsx_sheet_end(s, &paper);
}

static str day(const struct template *t, int64_t days)
{
    return lang_date(t->w->a, t->lang, days);
}

static void write_cover(struct template *t)
{
    static const int width[] = {COVER_WIDTH};
    const struct node *n = &t->r->nodes[t->node];
    struct xlsx_sheet *s = xlsx_sheet(t->book, tr(t->lang, M("How to fill in")), NULL, 1);
    xlsx_form(s, &(struct xlsx_form){.width = width, .locked = true});
    cover_line(s, XLSX_TITLE, lang_pick(t->lang, t->r->title_ja, t->r->title_en));
    cover_line(s, XLSX_LABEL, WORDS(t, M("Self-inspection sheets of %1"), lang_pick(t->lang, n->name_ja, n->name_en)));
    cover_line(s, XLSX_WRAP, WORDS(t, M("Base date %1"), day(t, t->r->base)));
    if (t->r->has_due) cover_line(s, XLSX_WRAP, WORDS(t, M("due %1"), day(t, t->r->due)));
    cover_line(s, XLSX_WRAP, (str){0});
    static const str steps[] = {
        N("1. Open the sheet of your duty (the tabs below) and find the column with your name."),
        N("2. Choose an answer in each yellow cell: I did, I did not, No occasion arose (only where it is offered), "
          "Answer later. "
          "○, × and － are understood as well."),
        N("3. Beside an answer a remark may be written, of up to 200 letters: why something was not done, which "
          "document shows it."),
        N("4. Save the workbook as .xlsx and give it back to who sent it to you. They see a preview before anything is "
          "taken over."),
    };
    static const str rules[] = {
        N("Answers are those of whoever held the post on the base date. Nobody answers for a predecessor, so names are "
          "not changed."),
        N("An answer that stands already is never taken away by an empty cell, and one that was changed meanwhile is "
          "not "
          "overwritten: both are shown to who imports."),
        N("A sheet with all questions answered is handed in; one with gaps is kept as a draft."),
        N("Do not add, remove, move or merge rows, columns or sheets, and write no formulas: such a workbook is not "
          "taken. "
          "Only this round and base date are; next time take a new one."),
    };
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) cover_line(s, XLSX_WRAP, tr(t->lang, steps[i]));
    cover_line(s, XLSX_WRAP, (str){0});
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        cover_line(s, XLSX_WRAP, WORDS(t, M("Note: %1"), tr(t->lang, rules[i])));
    if (t->devices > 0)
        cover_line(s, XLSX_WRAP,
                   WORDS(t, M("%1 devices of this unit are answered in bulk and do not stand here."),
                         str_int(t->w->a, t->devices)));
    cover_line(s, XLSX_WRAP, (str){0});
    cover_line(s, XLSX_LABEL, tr(t->lang, M("holds personal data: for those concerned only")));
    add_paper(t, s);
}

/* ---- a sheet to fill in ---- */

static str duty_name(const struct template *t, const struct form_sheet *s)
{
    const struct seat_row *row = &t->seat[s->from].row;
    str name = lang_pick(t->lang, row->duty_ja, row->duty_en);
    return name.n != 0 ? name : row->duty;
}

static str person_name(const struct template *t, const struct form_seat *s)
{
    str name = lang_pick(t->lang, s->row.person_ja, s->row.person_en);
    return name.n != 0 ? name : tr(t->lang, M("vacant post"));
}

static void head_row(struct xlsx_sheet *x, enum xlsx_style style, int lines, const str label[FORM_LABELS])
{
    xlsx_tall_row(x, lines);
    for (size_t i = 0; i < FORM_LABELS; i++) xlsx_text(x, style, label[i]);
}

static void write_heads(struct template *t, struct xlsx_sheet *x, const struct form_sheet *s)
{
    const str codes[] = {tr(t->lang, M("Code")), tr(t->lang, M("Section")), tr(t->lang, M("Question"))};
    const str names[] = {{0}, {0}, tr(t->lang, M("Answers of"))}, orgs[] = {{0}, {0}, tr(t->lang, M("Organisation"))};
    head_row(x, XLSX_FORM_CODE, 2, codes);
    for (size_t i = 0; i < s->n; i++) {
        xlsx_text(x, XLSX_FORM_CODE, t->seat[s->from + i].row.code);
        xlsx_text(x, XLSX_FORM_CODE, (str){0});
    }
    head_row(x, XLSX_FORM_HEAD, 1, names);
    for (size_t i = 0; i < s->n; i++) {
        xlsx_text(x, XLSX_FORM_HEAD, person_name(t, &t->seat[s->from + i]));
        xlsx_text(x, XLSX_FORM_HEAD, tr(t->lang, M("Note")));
    }
    head_row(x, XLSX_FORM_HEAD, 2, orgs);
    for (size_t i = 0; i < s->n; i++) {
        const struct node *n = &t->r->nodes[t->seat[s->from + i].node];
        xlsx_text(x, XLSX_FORM_HEAD, lang_pick(t->lang, n->name_ja, n->name_en));
        xlsx_text(x, XLSX_FORM_HEAD, (str){0});
    }
}

static int more(int a, int b) { return a > b ? a : b; }

static void write_question(struct template *t, struct xlsx_sheet *x, const struct form_sheet *s, size_t i)
{
    const struct sheet_item *item = &s->plan.item[i];
    str section = form_section(t->lang, t->r, item),
        wording = form_wording(t->w->a, t->lang, t->r, &s->plan, item, t->questions);
    xlsx_tall_row(x, more(more(2, xlsx_text_lines(section, SECTION_WIDTH)), xlsx_text_lines(wording, WORDING_WIDTH)));
    xlsx_text(x, XLSX_FORM_CODE, item->code);
    xlsx_text(x, XLSX_FORM_TEXT, section);
    xlsx_text(x, XLSX_FORM_TEXT, wording);
    for (size_t k = 0; k < s->n; k++) {
        const struct said_sheet *said = &t->seat[s->from + k].said;
        xlsx_text(x, XLSX_FORM_CHOICE, said_word(t->lang, said->said[i]));
        xlsx_text(x, XLSX_FORM_INPUT, said->note[i]);
    }
}

/* Runs of questions that may, or may not, be answered with "no occasion arose", once for each respondent. */
static void add_runs(struct arena *a, const struct form_sheet *s, bool may_none, struct xlsx_choice *out)
{
    struct xlsx_cells *cells = arena_array(a, s->plan.n * s->n + 1, sizeof *cells);
    size_t n = 0;
    for (size_t from = 0, end; from < s->plan.n; from = end) {
        for (end = from; end < s->plan.n && s->plan.item[end].no_occasion == s->plan.item[from].no_occasion; end++) {
        }
        if (s->plan.item[from].no_occasion != may_none) continue;
        for (size_t k = 0; k < s->n; k++)
            cells[n++] = (struct xlsx_cells){(int64_t)(FORM_HEADS + from + 1), (int64_t)(FORM_HEADS + end),
                                             form_answer_column(k)};
    }
    out->cells = cells;
    out->n = n;
}

static str choice_list(const struct template *t, bool may_none)
{
    static const enum said order[] = {SAID_DONE, SAID_NOT_DONE, SAID_NO_OCCASION, SAID_LATER};
    struct buf b = buf_in(t->w->a);
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        if (order[i] == SAID_NO_OCCASION && !may_none) continue;
        if (b.n != 0) buf_byte(&b, ',');
        buf_add(&b, said_word(t->lang, order[i]));
    }
    return buf_str(&b);
}

static void write_sheet(struct template *t, struct form_sheet *s)
{
    size_t columns = FORM_LABELS + 2 * s->n;
    int *width = arena_array(t->w->a, columns, sizeof *width);
    width[0] = CODE_WIDTH;
    width[1] = SECTION_WIDTH;
    width[2] = WORDING_WIDTH;
    for (size_t i = FORM_LABELS; i < columns; i += 2) {
        width[i] = ANSWER_WIDTH;
        width[i + 1] = NOTE_WIDTH;
    }
    struct xlsx_sheet *x = xlsx_sheet(t->book, duty_name(t, s), NULL, columns);
    xlsx_form(x, &(struct xlsx_form){.width = width, .rows = FORM_HEADS, .columns = FORM_LABELS, .locked = true});
    s->tab = xlsx_name(x);
    write_heads(t, x, s);
    for (size_t i = 0; i < s->plan.n; i++) write_question(t, x, s, i);
    struct xlsx_choice all[2], *choice = all;
    for (int may_none = 0; may_none < 2; may_none++) {
        *choice = (struct xlsx_choice){.list = choice_list(t, may_none != 0),
                                       .title = tr(t->lang, M("Not one of the answers")),
                                       .text = tr(t->lang, M("Choose one of the list, or leave the cell empty."))};
        add_runs(t->w->a, s, may_none != 0, choice);
        choice += choice->n != 0;
    }
    xlsx_choices(x, all, (size_t)(choice - all));
    add_paper(t, x);
}

/* ---- the hidden sheet ---- */

static void hidden_row(struct template *t, struct xlsx_sheet *x, const str *cell, size_t n)
{
    form_digest_row(&t->digest, cell, n);
    xlsx_row(x);
    for (size_t i = 0; i < n; i++) xlsx_text(x, XLSX_TEXT, cell[i]);
}
#define HIDDEN(t, x, ...) hidden_row(t, x, (const str[]){__VA_ARGS__}, sizeof((const str[]){__VA_ARGS__}) / sizeof(str))

static void hide_seat(struct template *t, struct xlsx_sheet *x, const struct form_sheet *s,
                      const struct form_seat *seat)
{
    struct buf said = buf_in(t->w->a);
    for (size_t i = 0; i < s->plan.n; i++) buf_byte(&said, (char)('0' + seat->said.said[i]));
    HIDDEN(t, x, S("respondent"), seat->row.code, person_name(t, seat), str_int(t->w->a, seat->row.submitted),
           buf_str(&said));
    for (size_t i = 0; i < s->plan.n; i++)
        if (seat->said.note[i].n != 0) HIDDEN(t, x, S("note"), s->plan.item[i].code, seat->said.note[i]);
}

static void write_hidden(struct template *t)
{
    struct arena *a = t->w->a;
    struct xlsx_sheet *x = xlsx_sheet(t->book, S(FORM_HIDDEN), NULL, HIDDEN_COLUMNS);
    xlsx_form(x, &(struct xlsx_form){.locked = true, .very_hidden = true});
    HIDDEN(t, x, S("format"), S(FORM_VERSION));
    HIDDEN(t, x, S("round"), t->r->code);
    HIDDEN(t, x, S("edition"), t->r->edition.code);
    HIDDEN(t, x, S("base"), date_text(a, t->r->base));
    HIDDEN(t, x, S("instance"), t->instance);
    HIDDEN(t, x, S("organisation"), t->r->nodes[t->node].code);
    HIDDEN(t, x, S("made"), time_text(a, t->w->now));
    HIDDEN(t, x, S("lang"), t->lang == LANG_JA ? S("ja") : S("en"));
    for (size_t i = 0; i < t->n_sheets; i++) {
        const struct form_sheet *s = &t->sheet[i];
        HIDDEN(t, x, S("sheet"), s->tab, t->seat[s->from].row.duty);
        for (size_t k = 0; k < s->plan.n; k++) HIDDEN(t, x, S("question"), s->plan.item[k].code);
        for (size_t k = 0; k < s->n; k++) hide_seat(t, x, s, &t->seat[s->from + k]);
    }
    const str end[] = {S("end"), form_digest(&t->digest)};
    hidden_row(t, x, end, 2);
    add_paper(t, x);
}

/* ---- on the unit's page ---- */

void workbook_block(struct work *w, const struct round *r, const struct org *unit, struct doc *out)
{
    static const struct column columns[] = {
        {"org", CELL_ORG, N("Workbook of"), 0, "inspect template", "org"},
        {"round", CELL_TEXT, N("Round"), COL_DATA, NULL, "round"},
        {"how", CELL_TEXT, N("How it comes back"), 0, NULL, NULL},
        {"import", CELL_TEXT, N("Import it"), 0, "inspect import", NULL},
    };
    if (!str_eq(r->state, S("open")) || !may(w->actor, MAY_NAMES | MAY_MANAGE, unit->lo)) return;
    str how =
        tr(out->lang,
           M("Filled in, it is imported like any other file of sheets; the preview shows cell by cell what changes."));
    doc_heading(out, M("Answers by workbook (Excel)"));
    DOC_TABLE(out, "workbook", columns);
    DOC_ROW(out, C_ORG(unit->code, unit->name_ja, unit->name_en, 0), C_TEXT(r->code), C_TEXT(how),
            may(w->actor, MAY_FILE | MAY_CONFIRM, unit->lo) ? C_TEXT(tr(out->lang, M("Import it"))) : C_NONE);
    doc_table_end(out);
}

/* ---- the entry ---- */

struct sending {
    struct bytes_out *out;
    enum err err;
};

static void put(void *to, str bytes)
{
    struct sending *s = to;
    if (s->err == OK) s->err = s->out->put(s->out, bytes);
}

enum err inspect_file_template(struct work *w, const struct args *in, struct bytes_out *out)
{
    struct template *t = arena_alloc(w->a, sizeof *t);
    *t = (struct template){.w = w, .lang = out->lang, .r = arena_alloc(w->a, sizeof *t->r), .digest = buf_in(w->a)};
    enum err e = round_load(w, arg_text(in, "round"), ROUND_SEEN, t->r);
    if (e == OK) e = find_unit(t, in);
    if (e == OK) e = load_seats(t);
    if (e == OK) e = load_sheets(t);
    if (e != OK) return e;
    struct sending to = {out, OK};
    struct xlsx_about about = {lang_pick(t->lang, t->r->title_ja, t->r->title_en), w->now};
    t->book = xlsx_begin(w->a, (struct zip_sink){put, &to}, &about);
    write_cover(t);
    for (size_t i = 0; i < t->n_sheets; i++) write_sheet(t, &t->sheet[i]);
    write_hidden(t);
    if (!xlsx_end(t->book) && to.err == OK)
        return fault(w, BUSY, M("the workbook would be larger than the format holds"));
    return to.err;
}
