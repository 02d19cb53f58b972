#include "inspect/sheets_csv.h"

#include <string.h>

#include "base/utf8.h"

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "planes are little-endian words");

enum { WORDS = TALLY_CLAUSES_MAX / 64 };

/* ---- words ---- */
static const struct {
    str word;
    enum answer answer;
} answer_words[] = {
    {S_INIT("done"), DONE}, {S_INIT("実施した"), DONE}, {S_INIT("○"), DONE}, {S_INIT("1"), DONE},
    {S_INIT("〇"), DONE}, {S_INIT("◯"), DONE}, {S_INIT("１"), DONE},
    {S_INIT("０"), NOT_DONE}, {S_INIT("x"), NOT_DONE}, {S_INIT("X"), NOT_DONE}, {S_INIT("✕"), NOT_DONE},
    {S_INIT("not_done"), NOT_DONE}, {S_INIT("実施していない"), NOT_DONE}, {S_INIT("×"), NOT_DONE},
    {S_INIT("0"), NOT_DONE},
    {S_INIT("ー"), NO_OCCASION}, {S_INIT("no_occasion"), NO_OCCASION}, {S_INIT("該当する場面がなかった"), NO_OCCASION},
    {S_INIT("－"), NO_OCCASION}, {S_INIT("−"), NO_OCCASION}, {S_INIT("-"), NO_OCCASION},
};

bool answer_parse(str text, enum answer *out)
{
    str word = str_trim(text);
    if (word.n == 0) {
        *out = UNANSWERED;
        return true;
    }
    for (size_t i = 0; i < sizeof answer_words / sizeof *answer_words; i++) {
        if (!str_eq(word, answer_words[i].word)) continue;
        *out = answer_words[i].answer;
        return true;
    }
    return false;
}

static const str state_words[][2] = {
    {S_INIT("draft"), S_INIT("一時保存")}, {S_INIT("submitted"), S_INIT("提出")}, {S_INIT("confirmed"), S_INIT("確認")}};

bool sheet_state_parse(str text, int *out)
{
    for (int i = 0; i < 3; i++) {
        if (!str_eq(text, state_words[i][0]) && !str_eq(text, state_words[i][1])) continue;
        *out = i;
        return true;
    }
    return false;
}

str sheet_state_text(int state) { return state < 0 || state > 2 ? (str){0} : state_words[state][0]; }

/* ---- what the file asks of us ---- */
struct reading {
    struct work *w;
    const struct round *r;
    struct seats *seats;
    struct csv *c;
    struct filed *filed;
    int state;
    int64_t row; /* where a fault found after reading belongs; 0 while reading */
    size_t clauses, plane;
    /* columns, -1 absent */
    ptrdiff_t respondent, organisation, duty, state_column, round, clause, question, answer, note;
    uint8_t quick[256]; /* the answer one byte is, nearly always all there is; UNANSWERED: look closer */
    /* wide */
    size_t *column, *position, n_columns;       /* answers by clause */
    size_t *note_column, *note_clause, n_notes;
    ptrdiff_t *question_column;                  /* per question, -1 absent */
    bool by_question;
    struct question *questions;
    size_t n_questions;
    enum answer *given, *serving; /* room for one sheet's questions */
};

static enum err at(const struct reading *x, ptrdiff_t column, str id, str a, str b)
{
    struct where where = csv_where(x->c, column < 0 ? 0 : (size_t)column);
    if (x->row != 0) where.row = x->row;
    return fault_note(x->w, INVALID, where, (const str[]){id, a, b}, 3);
}

/* ---- header ---- */
static ptrdiff_t question_at(const struct reading *x, str code)
{
    for (size_t i = 0; i < x->n_questions; i++)
        if (str_eq(x->questions[i].code, code)) return (ptrdiff_t)i;
    return -1;
}

static bool is_known_column(struct reading *x, size_t i, str name)
{
    static const str names[] = {S_INIT("respondent"), S_INIT("organisation"), S_INIT("duty"), S_INIT("state"),
                                S_INIT("round")};
    ptrdiff_t *to[] = {&x->respondent, &x->organisation, &x->duty, &x->state_column, &x->round};
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        if (!str_eq(name, names[k])) continue;
        *to[k] = (ptrdiff_t)i;
        return true;
    }
    return false;
}

static void header_column(struct reading *x, size_t i)
{
    str name = csv_header(x->c, i);
    if (is_known_column(x, i, name)) return;
    ptrdiff_t clause = standard_clause(&x->r->edition, name), question = question_at(x, name);
    if (clause >= 0) {
        x->column[x->n_columns] = i;
        x->position[x->n_columns++] = (size_t)clause;
    } else if (question >= 0) {
        x->question_column[question] = (ptrdiff_t)i;
        x->by_question = true;
    } else if (str_ends(name, S(" note")) &&
               (clause = standard_clause(&x->r->edition, str_sub(name, 0, name.n - 5))) >= 0) {
        x->note_column[x->n_notes] = i;
        x->note_clause[x->n_notes++] = (size_t)clause;
    } else {
        at(x, (ptrdiff_t)i, M("no clause or question '%1' in edition '%2': is this a file of another round?"), name,
           x->r->edition.code);
    }
}

/* A clause must get its answer from one place: its own column, or all the questions that serve it. */
static void check_questions(struct reading *x)
{
    uint8_t *direct = arena_alloc(x->w->a, x->plane), *served = arena_alloc(x->w->a, x->plane);
    for (size_t i = 0; i < x->n_columns; i++) mask_add(direct, x->position[i]);
    for (size_t q = 0; q < x->n_questions; q++)
        for (size_t k = 0; x->question_column[q] >= 0 && k < x->questions[q].n_clauses; k++)
            mask_add(served, x->questions[q].clauses[k]);
    for (size_t q = 0; q < x->n_questions; q++) {
        for (size_t k = 0; k < x->questions[q].n_clauses; k++) {
            size_t c = x->questions[q].clauses[k];
            if (!mask_has(served, c)) continue;
            if (x->question_column[q] < 0)
                at(x, -1, M("column of question '%1' is missing: it serves clause '%2' with others that are here"),
                   x->questions[q].code, x->r->edition.clauses[c].number);
            else if (mask_has(direct, c))
                at(x, x->question_column[q], M("clause '%2' is answered twice: by its own column and by question '%1'"),
                   x->questions[q].code, x->r->edition.clauses[c].number);
        }
    }
}

static enum err read_header(struct reading *x)
{
    size_t n = csv_columns(x->c);
    x->column = arena_array(x->w->a, n, sizeof *x->column);
    x->position = arena_array(x->w->a, n, sizeof *x->position);
    x->note_column = arena_array(x->w->a, n, sizeof *x->note_column);
    x->note_clause = arena_array(x->w->a, n, sizeof *x->note_clause);
    x->question_column = arena_array(x->w->a, x->n_questions + 1, sizeof *x->question_column);
    for (size_t q = 0; q < x->n_questions; q++) x->question_column[q] = -1;
    for (size_t i = 0; i < n; i++) header_column(x, i);
    if (x->respondent < 0) at(x, 0, M("column '%1' is missing"), S("respondent"), S(""));
    if (x->n_columns == 0 && !x->by_question && work_err(x->w) == OK)
        at(x, 0, M("no column holds answers: expected clause numbers such as '%1'"),
           x->clauses == 0 ? S("") : x->r->edition.clauses[0].number, S(""));
    check_questions(x);
    return work_err(x->w);
}

/* ---- rows ---- */
static struct seat *seat_of(struct reading *x)
{
    str code = str_trim(csv_cell(x->c, (size_t)x->respondent));
    struct seat *seat = NULL;
    enum err e = seats_find(x->seats, code, &seat);
    if (e == NOTFOUND || (e == OK && !may(x->w->actor, MAY_FILE | MAY_CONFIRM, x->r->nodes[seat->node].here))) {
        at(x, x->respondent, M("no respondent '%1' in round '%2' that you may file for"), code, x->r->code);
        return NULL;
    }
    return e == OK ? seat : NULL;
}

/* What the row says of itself has to be so. */
static bool row_agrees(struct reading *x, const struct seat *seat, int *state)
{
    *state = x->state;
    int64_t before = x->w->faults.count;
    if (x->round >= 0) {
        str code = str_trim(csv_cell(x->c, (size_t)x->round));
        if (!str_eq(code, x->r->code))
            at(x, x->round, M("a row of round '%1' in a file for round '%2'"), code, x->r->code);
    }
    if (x->organisation >= 0) {
        str code = str_trim(csv_cell(x->c, (size_t)x->organisation));
        if (code.n != 0 && !str_eq(code, x->r->nodes[seat->node].code))
            at(x, x->organisation, M("the frame has this respondent at '%2', not at '%1'"), code,
               x->r->nodes[seat->node].code);
    }
    if (x->duty >= 0) {
        str code = str_trim(csv_cell(x->c, (size_t)x->duty));
        if (code.n != 0 && !str_eq(code, x->r->duties[seat_binding(x->r, seat)->duty]))
            at(x, x->duty, M("the frame has this respondent as '%2', not as '%1'"), code,
               x->r->duties[seat_binding(x->r, seat)->duty]);
    }
    if (x->state_column >= 0) {
        str word = str_trim(csv_cell(x->c, (size_t)x->state_column));
        if (word.n != 0 && !sheet_state_parse(word, state))
            at(x, x->state_column, M("'%1' is no state of a sheet: draft, submitted or confirmed"), word, S(""));
    }
    return x->w->faults.count == before;
}

static ptrdiff_t column_of_clause(const struct reading *x, size_t clause)
{
    for (size_t i = 0; i < x->n_columns; i++)
        if (x->position[i] == clause) return (ptrdiff_t)x->column[i];
    for (size_t q = 0; q < x->n_questions && x->question_column != NULL; q++)
        for (size_t k = 0; k < x->questions[q].n_clauses; k++)
            if (x->questions[q].clauses[k] == clause && x->question_column[q] >= 0) return x->question_column[q];
    return x->clause >= 0 ? x->clause : x->question;
}

/* Faults of a sheet against what binds its respondent; a word at a time, a clause at a time only where one is found. */
static void check_sheet(struct reading *x, const struct seat *seat, const uint8_t *sheet, int state)
{
    const uint8_t *bound = seat_binding(x->r, seat)->mask;
    size_t first_missing = 0;
    int64_t missing = 0;
    for (size_t i = 0; i < x->plane; i += 8) {
        uint64_t arose, second, mask, allowed;
        memcpy(&arose, sheet + i, 8);
        memcpy(&second, sheet + x->plane + i, 8);
        memcpy(&mask, bound + i, 8);
        memcpy(&allowed, x->r->no_occasion + i, 8);
        uint64_t unbound = (arose | second) & ~mask, not_allowed = second & ~arose & ~allowed & mask;
        uint64_t lacks = state == 0 ? 0 : mask & ~(arose | second);
        if (lacks != 0 && missing == 0) first_missing = i * 8 + (size_t)__builtin_ctzll(lacks);
        missing += __builtin_popcountll(lacks);
        for (uint64_t bad = unbound | not_allowed; bad != 0; bad &= bad - 1) {
            int bit = __builtin_ctzll(bad);
            size_t clause = i * 8 + (size_t)bit;
            str number = x->r->edition.clauses[clause].number, duty = x->r->duties[seat_binding(x->r, seat)->duty];
            ptrdiff_t column = column_of_clause(x, clause);
            if (unbound >> bit & 1) at(x, column, M("clause '%1' does not bind this respondent (%2)"), number, duty);
            else at(x, column, M("'no occasion arose' is no answer to clause '%1'"), number, S(""));
        }
    }
    if (missing == 0) return;
    at(x, column_of_clause(x, first_missing),
       M("%1 of this sheet's answers are missing, the first to clause '%2': a file gives whole sheets; answer them, or "
         "give it as a draft"),
       str_int(x->w->a, missing), x->r->edition.clauses[first_missing].number);
}

static void add_note(struct reading *x, struct seat *seat, size_t clause, str note, ptrdiff_t column)
{
    if (note.n > NOTE_MAX) {
        at(x, column, M("a note longer than %1 bytes"), str_int(x->w->a, NOTE_MAX), S(""));
        return;
    }
    struct answer_note *n = arena_alloc(x->w->a, sizeof *n);
    *n = (struct answer_note){seat, clause, str_dup(x->w->a, note), x->filed->notes};
    x->filed->notes = n;
}

static void fill_quick(struct reading *x)
{
    for (size_t i = 0; i < sizeof answer_words / sizeof *answer_words; i++) {
        str word = answer_words[i].word;
        if (word.n == 1) x->quick[(unsigned char)word.p[0]] = (uint8_t)answer_words[i].answer;
    }
}

/* What one byte says; UNANSWERED: look closer. */
static enum answer quick_answer(const struct reading *x, str cell)
{
    return cell.n == 1 ? (enum answer)x->quick[(unsigned char)cell.p[0]] : UNANSWERED;
}

static bool answer_in(struct reading *x, size_t column, enum answer *out)
{
    str cell = csv_cell(x->c, column);
    if (cell.n == 0) {
        *out = UNANSWERED;
        return true;
    }
    enum answer known = quick_answer(x, cell);
    if (known != UNANSWERED) {
        *out = known;
        return true;
    }
    if (answer_parse(cell, out)) return true;
    at(x, (ptrdiff_t)column, M("'%1' is no answer: done, not_done, no_occasion (実施した, 実施していない, 該当する場面がなかった), or empty"),
       utf8_head(cell, 60), S(""));
    return false;
}

static void roll_up(struct reading *x, uint8_t *sheet)
{
    for (size_t q = 0; q < x->n_questions; q++)
        if (x->question_column[q] >= 0 && !answer_in(x, (size_t)x->question_column[q], &x->given[q])) return;
    for (size_t c = 0; c < x->clauses; c++) {
        size_t n = 0;
        bool any = false;
        for (size_t q = 0; q < x->n_questions; q++) {
            for (size_t k = 0; k < x->questions[q].n_clauses; k++) {
                if (x->question_column[q] < 0 || x->questions[q].clauses[k] != c) continue;
                x->serving[n++] = x->given[q];
                any = x->questions[q].any;
            }
        }
        if (n != 0) sheet_set(sheet, x->clauses, c, question_rollup(any, x->serving, n));
    }
}

/* Clauses mostly stand side by side, so a word of the planes is gathered before it is put down. */
static void wide_answers(struct reading *x, uint8_t *sheet)
{
    uint64_t plane[2][WORDS] = {0}, first = 0, second = 0;
    const str *cells = csv_cells(x->c);
    size_t word = 0;
    for (size_t i = 0; i < x->n_columns; i++) {
        enum answer a = quick_answer(x, cells[x->column[i]]);
        if (a == UNANSWERED && !answer_in(x, x->column[i], &a)) continue;
        size_t p = x->position[i];
        if (p / 64 != word) {
            plane[0][word] |= first;
            plane[1][word] |= second;
            word = p / 64;
            first = second = 0;
        }
        first |= (uint64_t)(a & 1) << (p % 64);
        second |= (uint64_t)(a >> 1) << (p % 64);
    }
    plane[0][word] |= first;
    plane[1][word] |= second;
    memcpy(sheet, plane[0], x->plane);
    memcpy(sheet + x->plane, plane[1], x->plane);
}

static void wide_row(struct reading *x)
{
    struct seat *seat = seat_of(x);
    int state;
    if (seat == NULL || !row_agrees(x, seat, &state)) return;
    if (seat->row != 0) {
        at(x, x->respondent, M("respondent '%1' stands in row %2 already"), csv_cell(x->c, (size_t)x->respondent),
           str_int(x->w->a, seat->row));
        return;
    }
    seat->row = (uint32_t)csv_row(x->c);
    seat->state = (int8_t)state;
    seats_answers(x->seats, seat);
    int64_t faults = x->w->faults.count;
    wide_answers(x, seat->answers);
    if (x->by_question) roll_up(x, seat->answers);
    if (x->w->faults.count == faults) check_sheet(x, seat, seat->answers, state); /* else it would be told twice */
    for (size_t i = 0; i < x->n_notes; i++)
        add_note(x, seat, x->note_clause[i], str_trim(csv_cell(x->c, x->note_column[i])), (ptrdiff_t)x->note_column[i]);
}

/* ",,," at the end of what a spreadsheet wrote. */
static bool all_empty(const struct reading *x)
{
    const str *cells = csv_cells(x->c);
    size_t i = 0, n = csv_columns(x->c);
    while (i < n && cells[i].n == 0) i++;
    return i == n;
}

static bool next_row(struct reading *x)
{
    do {
        if (!csv_next(x->c)) return false;
    } while (all_empty(x));
    if (++x->filed->rows % 1024 == 0) work_progress(x->w, M("reading answers"), x->filed->rows, csv_rows_likely(x->c));
    if (x->filed->rows <= SHEETS_ROWS_MAX) return true;
    at(x, 0, M("more than %1 rows: split the file"), str_int(x->w->a, SHEETS_ROWS_MAX), S(""));
    return false;
}

/* ---- long ---- */
/* In a long file one answer may come through a question: only where that question alone serves its clauses. */
static bool clauses_of_row(struct reading *x, const size_t **clauses, size_t *n, size_t *one)
{
    str name = x->clause >= 0 ? str_trim(csv_cell(x->c, (size_t)x->clause)) : (str){0};
    bool by_clause = x->clause >= 0 && (name.n != 0 || x->question < 0);
    if (!by_clause) name = str_trim(csv_cell(x->c, (size_t)x->question));
    ptrdiff_t c = by_clause ? standard_clause(&x->r->edition, name) : -1;
    if (c >= 0) {
        *one = (size_t)c;
        *clauses = one;
        *n = 1;
        return true;
    }
    ptrdiff_t q = by_clause ? -1 : question_at(x, name);
    if (q < 0) {
        at(x, by_clause ? x->clause : x->question,
           M("no clause or question '%1' in edition '%2': is this a file of another round?"), name, x->r->edition.code);
        return false;
    }
    for (size_t k = 0; k < x->questions[q].n_clauses; k++) {
        for (size_t other = 0; other < x->n_questions; other++) {
            for (size_t m = 0; other != (size_t)q && m < x->questions[other].n_clauses; m++) {
                if (x->questions[other].clauses[m] != x->questions[q].clauses[k]) continue;
                at(x, x->question,
                   M("question '%1' shares a clause with '%2': give such answers in a wide file, side by side"), name,
                   x->questions[other].code);
                return false;
            }
        }
    }
    *clauses = x->questions[q].clauses;
    *n = x->questions[q].n_clauses;
    return true;
}

static void long_row(struct reading *x)
{
    struct seat *seat = seat_of(x);
    int state;
    enum answer answer;
    const size_t *clauses;
    size_t n, one;
    if (seat == NULL || !row_agrees(x, seat, &state) || !clauses_of_row(x, &clauses, &n, &one) ||
        !answer_in(x, (size_t)x->answer, &answer))
        return;
    if (seat->row == 0) {
        seats_answers(x->seats, seat);
        seat->row = (uint32_t)csv_row(x->c);
        seat->state = (int8_t)state;
    }
    if (seat->state != state)
        at(x, x->state_column, M("one sheet in two states: row %1 says otherwise"), str_int(x->w->a, seat->row), S(""));
    for (size_t k = 0; k < n; k++) {
        if (sheet_get(seat->answers, x->clauses, clauses[k]) != UNANSWERED && answer != UNANSWERED)
            at(x, x->answer, M("clause '%1' of this respondent was answered in an earlier row"),
               x->r->edition.clauses[clauses[k]].number, S(""));
        else if (answer != UNANSWERED)
            sheet_set(seat->answers, x->clauses, clauses[k], answer);
    }
    if (x->note >= 0) add_note(x, seat, clauses[0], str_trim(csv_cell(x->c, (size_t)x->note)), x->note);
}

static enum err read_long(struct reading *x)
{
    for (size_t i = 0; i < csv_columns(x->c); i++)
        if (!is_known_column(x, i, csv_header(x->c, i)) && (ptrdiff_t)i != x->clause && (ptrdiff_t)i != x->question &&
            (ptrdiff_t)i != x->answer && (ptrdiff_t)i != x->note)
            at(x, (ptrdiff_t)i, M("no column '%1' in a file of answers, a row each"), csv_header(x->c, i), S(""));
    if (x->respondent < 0) at(x, 0, M("column '%1' is missing"), S("respondent"), S(""));
    if (work_err(x->w) != OK) return work_err(x->w);
    while (next_row(x)) long_row(x);
    for (size_t i = 0; i < seats_n(x->seats); i++) {
        struct seat *seat = seats_at(x->seats, i);
        x->row = seat->row;
        if (seat->row != 0) check_sheet(x, seat, seat->answers, seat->state);
    }
    return OK;
}

enum err sheets_read(struct work *w, const struct round *r, struct seats *seats, struct csv *c, int state,
                     struct filed *out)
{
    struct reading x = {.w = w,
                        .r = r,
                        .seats = seats,
                        .c = c,
                        .filed = out,
                        .state = state,
                        .clauses = r->edition.n_clauses,
                        .plane = plane_bytes(r->edition.n_clauses),
                        .respondent = -1,
                        .organisation = -1,
                        .duty = -1,
                        .state_column = -1,
                        .round = -1,
                        .clause = csv_column(c, S("clause")),
                        .question = csv_column(c, S("question")),
                        .answer = csv_column(c, S("answer")),
                        .note = csv_column(c, S("note"))};
    *out = (struct filed){0};
    fill_quick(&x);
    enum err e = standard_questions(w, &r->edition, &x.questions, &x.n_questions);
    if (e != OK) return e;
    x.given = arena_array(w->a, x.n_questions + 1, sizeof *x.given);
    x.serving = arena_array(w->a, x.n_questions + 1, sizeof *x.serving);
    if (x.answer >= 0 && (x.clause >= 0 || x.question >= 0)) {
        e = read_long(&x);
    } else if ((e = read_header(&x)) == OK) {
        while (next_row(&x)) wide_row(&x);
    }
    if (e == OK) e = csv_err(c);
    return e != OK ? e : work_err(w);
}
