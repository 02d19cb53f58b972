/* Publishing takes in figures that were frozen elsewhere. */
#include "format/csv.h"
#include "inspect/acts.h"
#include "inspect/showing.h"
#include "store/journal.h"

struct publishing {
    struct work *w;
    const struct round *r;
    struct csv *c;
    ptrdiff_t at[6];
    str only;
    int64_t rows, *counted; /* organisations per grade */
    int64_t *row; /* per node: where it stands in the file, 0 nowhere yet */
};
static const char *const coverage_shape[] = {"org", "coverage_percent", "excluded", NULL};
static const char *const coverage_more[] = {"note_ja", "note_en", "own_survey", NULL};
static const char *const grades_shape[] = {"org", "grade", NULL};
static const char *const grades_more[] = {"note_ja", "note_en", "inspection", NULL};

static str cell(const struct publishing *p, int i)
{
    return p->at[i] < 0 ? (str){0} : str_dup(p->w->a, str_trim(csv_cell(p->c, (size_t)p->at[i])));
}

static void wrong(const struct publishing *p, int i, str id, str a)
{
    fault_note(p->w, INVALID, csv_where(p->c, p->at[i] < 0 ? 0 : (size_t)p->at[i]), (const str[]){id, a}, 2);
}

static bool node_of_row(struct publishing *p, struct cell *out)
{
    str code = cell(p, 0);
    ptrdiff_t node = round_node_by_code(p->r, code);
    if (node < 0) {
        wrong(p, 0, M("no organisation '%1' in the frame on the base date"), code);
        return false;
    }
    if (p->row[node] != 0) {
        const str words[] = {
            M("organisation '%1' stands in row %2 already; --inspection NAME takes the rows of one inspection"), code,
            str_int(p->w->a, p->row[node])};
        fault_note(p->w, INVALID, csv_where(p->c, (size_t)p->at[0]), words, 3);
        return false;
    }
    p->row[node] = csv_row(p->c);
    p->rows++;
    const struct node *n = &p->r->nodes[node];
    *out = C_ORG(n->code, n->name_ja, n->name_en, (int)n->depth);
    return true;
}

static void coverage_row(struct publishing *p, struct doc *d)
{
    struct cell org;
    int32_t tenths;
    if (!node_of_row(p, &org)) return;
    if (!percent_parse(cell(p, 1), &tenths)) {
        wrong(p, 1, M("'%1' is no percentage such as 73.5"), cell(p, 1));
        return;
    }
    str excluded = cell(p, 2);
    if (!str_eq(excluded, S("yes")) && !str_eq(excluded, S("no")))
        wrong(p, 2, M("'%1' is neither yes nor no"), excluded);
    DOC_ROW(d, org, C_RATE(rate_of_tenths(tenths)), C_BOOL(str_eq(cell(p, 5), S("yes"))), C_BOOL(str_eq(excluded, S("yes"))),
            C_BOTH(cell(p, 3), cell(p, 4)));
}

static void grade_row(struct publishing *p, struct doc *d)
{
    struct cell org;
    str grade = cell(p, 1);
    bool known = false;
    if (p->only.n != 0 && !str_eq(cell(p, 4), p->only)) return;
    if (!node_of_row(p, &org)) return;
    for (size_t i = 0; i < p->r->grades.n; i++) {
        bool is = str_eq(p->r->grades.grade[i].name, grade);
        p->counted[i] += is && org.depth == 1;
        known = known || is;
    }
    if (!known) wrong(p, 1, M("'%1' is no grade of this round"), grade);
    DOC_ROW(d, org, C_TEXT(grade), C_BOTH(cell(p, 2), cell(p, 3)));
}

static const struct column published_coverage[] = {
    {"org", CELL_ORG, N("Organisation"), 0, NULL, NULL},
    {"coverage", CELL_RATE, N("Coverage rate"), COL_BAR, NULL, NULL},
    {"own_survey", CELL_BOOL, N("Own survey"), COL_DETAIL, NULL, NULL},
    {"excluded", CELL_BOOL, N("Left out of the analysis"), 0, NULL, NULL},
    {"note", CELL_TEXT, N("Note"), COL_DETAIL, NULL, NULL},
};
static const struct column published_grades[] = {
    {"org", CELL_ORG, N("Organisation"), 0, NULL, NULL},
    {"grade", CELL_TEXT, N("Grade"), 0, NULL, NULL},
    {"note", CELL_TEXT, N("Note"), COL_DETAIL, NULL, NULL},
};

static enum err publish_rows(struct publishing *p, bool grades)
{
    struct work *w = p->w;
    struct freezing *keeping;
    struct doc *d = freezing_doc(w, p->r, grades ? S("grades") : S("rates"), &keeping);
    if (grades) DOC_TABLE(d, "grades", published_grades);
    else DOC_TABLE(d, "coverage", published_coverage);
    while (csv_next(p->c)) (grades ? grade_row : coverage_row)(p, d);
    doc_table_end(d);
    if (grades) grade_counts_table(p->r, p->counted, d);
    enum err e = csv_err(p->c);
    if (e == OK) e = work_err(w);
    if (e == OK && p->rows == 0)
        e = fault(w, INVALID, M("no row to publish: the file is empty, or has no inspection '%1'"), p->only);
    return e == OK ? freezing_store(keeping, 1) : e;
}

static enum err make_round(struct work *w, const struct args *in, struct round *r)
{
    const struct org *frame = arg_org(in, "frame");
    struct round other;
    int64_t ignored;
    *r = (struct round){.code = arg_text(in, "code"),
                        .title_ja = arg_text(in, "title_ja"),
                        .title_en = arg_text(in, "title_en"),
                        .state = S("published"),
                        .frame = frame->id,
                        .base = arg_int(in, "base"),
                        .rate_text = S("mean"),
                        .thresholds = S("100 95 90"),
                        .grades_text = S("A:100 B:80 C:60 D:0"),
                        .exceptions_text = S("apart"),
                        .source_ja = arg_text(in, "source_ja"),
                        .source_en = arg_text(in, "source_en")};
    if (r->title_en.n == 0) r->title_en = r->title_ja;
    if (r->source_en.n == 0) r->source_en = r->source_ja;
    enum err e = round_row(w, r->code, &other, &ignored);
    if (e == OK) return fault(w, CONFLICT, M("there is a round '%1' already"), r->code);
    if (e != NOTFOUND) return e;
    if ((e = grades_parse(w, r->grades_text, &r->grades)) != OK) return e;
    if ((e = frame_orgs(w, frame->lo, frame->hi, r->base, &r->nodes, &r->n_nodes)) != OK) return e;
    round_link(w, r);
    round_depths(r);
    e = round_insert(w, r, 0, false, &r->id);
    return e == OK ? round_insert_nodes(w, r->id, r->nodes, r->n_nodes) : e;
}

enum err inspect_act_publish(struct work *w, const struct args *in, struct doc *out)
{
    struct round *r = arena_alloc(w->a, sizeof *r);
    const struct file *file = arg_file(in, "file");
    struct publishing p = {.w = w, .r = r, .only = arg_text(in, "inspection")};
    enum err e = csv_open(w, file->name, file->bytes, CSV_DETECT, &p.c);
    if (e != OK) return e;
    bool grades = csv_column(p.c, S("grade")) >= 0;
    const struct csv_shape shape =
        grades ? (struct csv_shape){grades_shape, grades_more} : (struct csv_shape){coverage_shape, coverage_more};
    ptrdiff_t at[6];
    if ((e = csv_shape(w, p.c, &shape, at)) != OK) return e;
    for (int i = 0; i < 6; i++) p.at[i] = i < (grades ? 5 : 6) ? at[i] : -1;
    if ((e = make_round(w, in, r)) != OK) return e;
    p.row = arena_array(w->a, r->n_nodes + 1, sizeof *p.row);
    p.counted = arena_array(w->a, r->grades.n + 1, sizeof *p.counted);
    str head;
    if ((e = journal_head(w, &head)) != OK) return e;
    struct frozen f = {.no = 1, .head = head};
    if ((e = frozen_insert(w, r->id, &f)) != OK || (e = publish_rows(&p, grades)) != OK) return e;
    doc_fact(out, "round", M("Round"), C_TEXT(r->code));
    doc_fact(out, "organisations", M("Organisations"), C_INT(p.rows));
    return OK;
}
