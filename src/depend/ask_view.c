/* depend elicitations, depend answers: what was asked, and what is known from it, sector by sector. */
#include "depend/ask.h"
#include "depend/model.h"


struct answers {
    struct work *w;
    struct doc *out;
    struct voices v;
    struct ask_group *group; /* [parts] */
    int64_t hours;           /* that the matrix is of */
    size_t withheld;         /* sectors that have answers and show none */
};

static struct cell part_cell(const struct voice_part *p) { return (struct cell){.type = CELL_TEXT, .text = p->code, .ja = p->ja, .en = p->en}; }

static struct cell question_cell(const struct answers *x, const struct voice_question *q)
{
    for (size_t i = 0; i < x->v.n_parts && q->about.n != 0; i++)
        if (str_eq(x->v.part[i].code, q->about)) return part_cell(&x->v.part[i]);
    return (struct cell){.type = CELL_TEXT, .text = q->about.n != 0 ? q->about : q->key, .ja = q->ja, .en = q->en};
}

/* ---- who has answered ---- */

static void parts_table(const struct answers *x)
{
    static const struct column columns[] = {
        {"sector", CELL_TEXT, N("Sector"), 0, NULL, NULL},
        {"asked", CELL_INT, N("Organisations asked"), 0, NULL, NULL},
        {"complete", CELL_INT, N("Complete"), 0, NULL, NULL},
        {"begun", CELL_INT, N("Begun"), COL_DETAIL, NULL, NULL},
        {"silent", CELL_INT, N("Nothing yet"), 0, NULL, NULL},
        {"shown", CELL_BOOL, N("Figures are shown"), 0, NULL, NULL},
    };
    doc_heading(x->out, M("Who has answered"));
    doc_show(x->out, &(struct show){.kind = SHOW_CARDS, .label = "sector"});
    DOC_TABLE(x->out, "sectors", columns);
    for (size_t i = 0; i < x->v.n_parts; i++) {
        const struct voice_part *p = &x->v.part[i];
        bool shown = x->v.all && ask_may_tell(&x->group[i], ask_operators(x->w->a, &x->group[i], 0, false));
        DOC_ROW(x->out, part_cell(p), C_INT(p->asked), C_INT(p->complete), C_INT(p->begun), C_INT(p->asked - p->complete - p->begun), C_BOOL(shown));
    }
    doc_table_end(x->out);
}

/* ---- levels: one time as a matrix ---- */

static ptrdiff_t time_of(const struct voice_question *q, int64_t hours)
{
    for (size_t i = 0; q->kind == VOICE_LEVELS && q->about.n != 0 && i < q->n; i++)
        if (q->hours[i] == hours) return (ptrdiff_t)i;
    return -1;
}

static bool told_part(const struct answers *x, size_t part)
{
    return ask_may_tell(&x->group[part], ask_operators(x->w->a, &x->group[part], 0, false));
}

static size_t matrix_columns(const struct answers *x, struct column *k)
{
    size_t n = 0;
    k[n++] = (struct column){"fails", CELL_TEXT, M("If this stops"), 0, NULL, NULL};
    for (size_t i = 0; i < x->v.n_parts; i++)
        if (told_part(x, i))
            k[n++] = (struct column){.key = str_c(x->w->a, x->v.part[i].code), .type = CELL_RATE, .flags = COL_HEAT,
                                     .label = lang_pick(x->out->lang, x->v.part[i].ja, x->v.part[i].en)};
    return n;
}

static void matrix(const struct answers *x)
{
    struct column *k = arena_array(x->w->a, x->v.n_parts + 1, sizeof *k);
    size_t n = matrix_columns(x, k);
    if (n == 1) return;
    doc_heading(x->out, M("Level after %1 hours, in the middle (per cent)"), str_int(x->w->a, x->hours));
    doc_show(x->out, &(struct show){.kind = SHOW_TABLE, .goal = 1000});
    doc_table(x->out, "matrix", k, n);
    for (size_t q = 0; q < x->v.n_questions; q++) {
        ptrdiff_t at = time_of(&x->v.question[q], x->hours);
        struct cell *c = arena_array(x->w->a, n, sizeof *c);
        size_t col = 1;
        if (at < 0) continue;
        c[0] = question_cell(x, &x->v.question[q]);
        for (size_t i = 0; i < x->v.n_parts; i++) {
            if (!told_part(x, i)) continue;
            struct ask_figure f = ask_figure(x->w->a, &x->v, &x->group[i], q, (size_t)at);
            c[col++] = model_share_cell((f.middle_low + f.middle_high + 1) / 2);
        }
        doc_row(x->out, c);
    }
    doc_table_end(x->out);
    doc_note(x->out, M("In the matrix stands the middle between the medians of lower and upper bounds."));
}

static void times_table(const struct answers *x)
{
    static const struct column columns[] = {{"hours", CELL_TEXT, N("The same at another time"), 0, "depend answers", "hours"},
                                            {"survey", CELL_TEXT, N("Survey"), COL_DATA, NULL, "survey"}};
    const struct voice_question *q = x->v.question;
    while (q->kind != VOICE_LEVELS || q->about.n == 0) q++;
    DOC_TABLE(x->out, "times", columns);
    for (size_t i = 0; i < q->n; i++) {
        const str h[] = {str_int(x->w->a, q->hours[i])};
        DOC_ROW(x->out, ((struct cell){.type = CELL_TEXT, .text = h[0], .ja = tr_fill(x->w->a, LANG_JA, M("%1 h later"), h, 1),
                                       .en = tr_fill(x->w->a, LANG_EN, M("%1 h later"), h, 1)}), C_TEXT(x->v.code));
    }
    doc_table_end(x->out);
}

/* ---- levels: minimum, median, maximum at all times ---- */

static str bound(struct arena *a, enum lang lang, int32_t low, int32_t high)
{
    int32_t v[] = {low, high};
    struct buf b = buf_in(a);
    for (size_t i = 0; i < (low == high ? 1 : 2); i++) {
        if (i == 1) buf_add(&b, lang == LANG_JA ? S("〜") : S("-"));
        buf_int(&b, v[i] / 100);
        if (v[i] % 100 != 0) buf_fmt(&b, v[i] % 10 == 0 ? ".%d" : ".%02d", (int)(v[i] % 10 == 0 ? v[i] % 100 / 10 : v[i] % 100));
    }
    return buf_str(&b);
}

/* "20/60-70/100": short enough to stay on one line */
static str figure_text(struct arena *a, enum lang lang, const struct ask_figure *f)
{
    str least = bound(a, lang, f->least, f->least), middle = bound(a, lang, f->middle_low, f->middle_high), most = bound(a, lang, f->most, f->most);
    return str_fmt(a, "%.*s/%.*s/%.*s", STR_ARG(least), STR_ARG(middle), STR_ARG(most));
}

enum { LEVEL_FIXED = 4, LEVEL_EACH = 5, LEVEL_COLUMNS = LEVEL_FIXED + LEVEL_EACH * VOICE_TIMES };

static size_t level_columns(const struct answers *x, const struct voice_question *q, struct column *k)
{
    static const char *const keys[] = {"min", "median_low", "median_high", "max"};
    const str labels[] = {M("Minimum"), M("Median, lower"), M("Median, upper"), M("Maximum")};
    struct arena *a = x->w->a;
    size_t n = 0;
    k[n++] = (struct column){"fails", CELL_TEXT, M("If this stops"), 0, NULL, NULL};
    k[n++] = (struct column){"sector", CELL_TEXT, M("this sector goes on at"), 0, NULL, NULL};
    k[n++] = (struct column){"operators", CELL_INT, M("Answers of organisations"), COL_DETAIL, NULL, NULL};
    k[n++] = (struct column){"need", CELL_INT, M("Services that need it"), COL_DETAIL, NULL, NULL};
    for (size_t t = 0; t < q->n; t++) {
        const str h[] = {str_int(a, q->hours[t])};
        k[n++] = (struct column){.key = str_c(a, str_fmt(a, "h%d", (int)q->hours[t])), .type = CELL_TEXT,
                                 .label = tr_fill(a, x->out->lang, M("%1 h later"), h, 1)};
        for (size_t i = 0; i < 4; i++)
            k[n++] = (struct column){.key = str_c(a, str_fmt(a, "h%d_%s", (int)q->hours[t], keys[i])), .type = CELL_RATE, .label = labels[i],
                                     .flags = COL_DATA};
    }
    return n;
}

static void level_row(const struct answers *x, size_t q, size_t part)
{
    struct cell c[LEVEL_COLUMNS];
    const struct voice_question *question = &x->v.question[q];
    size_t n = 0;
    c[n++] = question_cell(x, question);
    c[n++] = part_cell(&x->v.part[part]);
    for (size_t t = 0; t < question->n; t++) {
        struct ask_figure f = ask_figure(x->w->a, &x->v, &x->group[part], q, t);
        if (t == 0) c[n++] = C_INT((int64_t)f.operators);
        if (t == 0) c[n++] = C_INT((int64_t)f.need);
        c[n++] = C_TEXT(figure_text(x->w->a, x->out->lang, &f));
        c[n++] = model_share_cell(f.least);
        c[n++] = model_share_cell(f.middle_low);
        c[n++] = model_share_cell(f.middle_high);
        c[n++] = model_share_cell(f.most);
    }
    doc_row(x->out, c);
}

static bool needed(const struct answers *x, size_t q, size_t part)
{
    return ask_figure(x->w->a, &x->v, &x->group[part], q, 0).need != 0;
}

/* A grid of the same times as the one before needs no head of its own. */
static void levels_tables(const struct answers *x)
{
    struct column *k = arena_array(x->w->a, LEVEL_COLUMNS, sizeof *k);
    const struct voice_question *head = NULL;
    int64_t left_out = 0;
    for (size_t q = 0; q < x->v.n_questions; q++) {
        const struct voice_question *question = &x->v.question[q];
        if (question->kind != VOICE_LEVELS || question->about.n == 0) continue;
        if (head == NULL) {
            doc_heading(x->out, M("Minimum / median / maximum (per cent)"));
            doc_show(x->out, &(struct show){.kind = SHOW_CARDS, .label = "fails"});
            doc_table(x->out, "levels", k, level_columns(x, question, k));
            head = question;
        }
        for (size_t i = 0; i < x->v.n_parts && str_eq(head->choices, question->choices); i++) {
            if (!told_part(x, i)) continue;
            if (needed(x, q, i)) level_row(x, q, i);
            else left_out++;
        }
    }
    if (head == NULL) return;
    doc_table_end(x->out);
    doc_note(x->out, M("%1 pairs of sectors in which no service needs the other are in the matrix alone."), str_int(x->w->a, left_out));
}

/* ---- the other questions ---- */

static void hours_table(const struct answers *x)
{
    static const struct column columns[] = {
        {"question", CELL_TEXT, N("Question"), 0, NULL, NULL},       {"sector", CELL_TEXT, N("Sector"), 0, NULL, NULL},
        {"operators", CELL_INT, N("Answers of organisations"), COL_DETAIL, NULL, NULL}, {"least", CELL_MINUTES, N("Minimum"), 0, NULL, NULL},
        {"median_low", CELL_MINUTES, N("Median, lower"), 0, NULL, NULL}, {"median_high", CELL_MINUTES, N("Median, upper"), 0, NULL, NULL},
        {"most", CELL_MINUTES, N("Maximum"), 0, NULL, NULL},
    };
    doc_heading(x->out, M("On own power, and by hand"));
    doc_show(x->out, &(struct show){.kind = SHOW_CARDS, .label = "question"});
    DOC_TABLE(x->out, "hours", columns);
    for (size_t q = 0; q < x->v.n_questions; q++)
        for (size_t i = 0; x->v.question[q].kind == VOICE_HOURS && i < x->v.n_parts; i++) {
            struct ask_figure f = ask_figure(x->w->a, &x->v, &x->group[i], q, 0);
            if (f.told)
                DOC_ROW(x->out, question_cell(x, &x->v.question[q]), part_cell(&x->v.part[i]), C_INT((int64_t)f.operators), C_MINUTES(f.least),
                        C_MINUTES(f.middle_low), C_MINUTES(f.middle_high), C_MINUTES(f.most));
        }
    doc_table_end(x->out);
}

static struct cell choice_cell(str code)
{
    static const struct coded known[] = {{"none", N("not possible")}, {"part", N("possible in part")}, {"full", N("possible in full")},
                                         {"yes", N("Yes")},           {"no", N("No")}};
    return CODED(known, code);
}

static void choices_table(const struct answers *x)
{
    static const struct column columns[] = {
        {"question", CELL_TEXT, N("Question"), 0, NULL, NULL}, {"sector", CELL_TEXT, N("Sector"), 0, NULL, NULL},
        {"answer", CELL_ENUM, N("Answer"), 0, NULL, NULL},     {"services", CELL_INT, N("Essential services"), 0, NULL, NULL},
    };
    doc_show(x->out, &(struct show){.kind = SHOW_CARDS, .label = "question"});
    DOC_TABLE(x->out, "choices", columns);
    for (size_t q = 0; q < x->v.n_questions; q++) {
        const struct voice_question *question = &x->v.question[q];
        bool asks = question->kind == VOICE_CHOICE || question->kind == VOICE_YES_NO;
        for (size_t i = 0; asks && i < x->v.n_parts; i++) {
            str rest = question->kind == VOICE_CHOICE ? question->choices : S("yes/no"), one;
            size_t n;
            while (str_cut(&rest, '/', &one))
                if (ask_choices(x->w->a, &x->v, &x->group[i], q, one, &n))
                    DOC_ROW(x->out, question_cell(x, question), part_cell(&x->v.part[i]), choice_cell(one), C_INT((int64_t)n));
        }
    }
    doc_table_end(x->out);
}

/* ---- one's own ---- */

static void own_row(const struct answers *x, const struct voice *v, size_t q)
{
    const struct voice_answer *answer = &v->answer[q];
    const struct voice_question *question = &x->v.question[q];
    bool coded = question->kind == VOICE_CHOICE || question->kind == VOICE_YES_NO;
    struct cell service = (struct cell){.type = CELL_TEXT, .text = v->service, .ja = v->ja, .en = v->en};
    if (!answer->given) return;
    DOC_ROW(x->out, service, (struct cell){.type = CELL_TEXT, .text = question->key, .ja = question->ja, .en = question->en},
            coded ? choice_cell(answer->text) : C_NONE, coded ? C_NONE : C_TEXT(answer->text));
}

static void own_table(const struct answers *x)
{
    static const struct column columns[] = {
        {"service", CELL_TEXT, N("Essential service"), 0, NULL, NULL}, {"question", CELL_TEXT, N("Question"), 0, NULL, NULL},
        {"choice", CELL_ENUM, N("Answer"), 0, NULL, NULL},             {"value", CELL_TEXT, N("Figures"), 0, NULL, NULL}};
    size_t mine = 0;
    for (size_t i = 0; i < x->v.n; i++) mine += x->v.voice[i].mine;
    if (mine == 0) return;
    doc_heading(x->out, M("What your organisation answered"));
    doc_show(x->out, &(struct show){.kind = SHOW_CARDS, .label = "question"});
    DOC_TABLE(x->out, "own", columns);
    for (size_t i = 0; i < x->v.n; i++)
        for (size_t q = 0; x->v.voice[i].mine && q < x->v.n_questions; q++) own_row(x, &x->v.voice[i], q);
    doc_table_end(x->out);
}

/* ---- what can be done from here ---- */

static void build_form(const struct answers *x)
{
    struct form f = {.act = "depend build", .title = M("Build a model of the answers"), .given = {{"survey", x->v.code}}, .ask = "model level note",
                     .folded = true};
    if (!x->v.holds || !x->v.all) return;
    doc_form(x->out, &f);
    doc_form_end(x->out);
}

/* ---- the view ---- */

static enum err hours_given(struct answers *x, const struct args *in)
{
    const struct voice_question *first = NULL;
    struct buf all = buf_in(x->w->a);
    x->hours = arg_int(in, "hours");
    for (size_t q = 0; q < x->v.n_questions && first == NULL; q++)
        if (x->v.question[q].kind == VOICE_LEVELS && x->v.question[q].about.n != 0) first = &x->v.question[q];
    if (first == NULL)
        return fault_in(x->w, INVALID, ((struct where){.field = S("survey")}),
                        M("survey '%1' does not ask for levels: `meguri depend elicitations` lists those that do"), x->v.code);
    if (!arg_given(in, "hours")) x->hours = first->hours[first->n > 2 ? 2 : first->n - 1];
    for (size_t i = 0; i < first->n; i++) {
        if (first->hours[i] == x->hours) return OK;
        buf_fmt(&all, "%s%lld", i == 0 ? "" : ", ", (long long)first->hours[i]);
    }
    return fault_in(x->w, INVALID, ((struct where){.field = S("hours")}), M("levels were asked after %1 hours"), buf_str(&all));
}

static void facts(struct answers *x)
{
    int64_t asked = 0, complete = 0;
    for (size_t i = 0; i < x->v.n_parts; i++) {
        asked += x->v.part[i].asked;
        complete += x->v.part[i].complete;
        x->withheld += x->v.all && x->group[i].n != 0 && !told_part(x, i);
    }
    doc_fact_of(x->out, "complete", M("Organisations complete"), C_INT(complete), M("of %1 asked"), str_int(x->w->a, asked));
    doc_fact(x->out, "state", M("State"), C_ENUM(str_fmt(x->w->a, "survey-%.*s", STR_ARG(x->v.state))));
    doc_fact(x->out, "withheld", M("Sectors withheld"), C_INT((int64_t)x->withheld));
}

static void figures(const struct answers *x)
{
    if (!x->v.all) {
        doc_text(x->out, str_eq(x->v.state, S("open"))
                             ? M("Figures are shown when the survey is closed: looked at after each new answer, the difference would be that answer.")
                             : M("Figures are shown when they are published by who asked."));
        return;
    }
    matrix(x);
    times_table(x);
    levels_tables(x);
    hours_table(x);
    choices_table(x);
    if (x->withheld != 0)
        doc_note(x->out, M("Of a sector in which fewer than five organisations have answered nothing is shown."));
    doc_note(x->out, M("A row left empty says that a service does not need it, and counts as 100 per cent."));
}

enum err depend_view_answers(struct work *w, const struct args *in, struct doc *out)
{
    struct answers x = {.w = w, .out = out};
    enum err e = inspect_voices(w, arg_text(in, "survey"), &x.v);
    if (e == OK) e = hours_given(&x, in);
    if (e != OK) return e;
    x.group = arena_array(w->a, x.v.n_parts + 1, sizeof *x.group);
    for (size_t i = 0; i < x.v.n_parts; i++) x.group[i] = ask_sector(w->a, &x.v, i);
    doc_title(out, M("%1"), lang_pick(out->lang, x.v.title_ja, x.v.title_en));
    doc_lead(out, M("What was answered, by sector"));
    facts(&x);
    figures(&x);
    own_table(&x);
    parts_table(&x);
    build_form(&x);
    doc_note(out, M("What an organisation answers is seen by it alone; a figure of others stands on answers of five organisations or more."));
    return OK;
}

/* ---- which there are ---- */

enum err depend_view_elicitations(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {
        {"survey", CELL_TEXT, N("Survey"), COL_DATA, NULL, "survey"},
        {"title", CELL_TEXT, N("Title"), 0, "depend answers", "survey"},
        {"state", CELL_ENUM, N("State"), 0, NULL, NULL},
        {"asked", CELL_INT, N("Organisations asked"), 0, NULL, NULL},
        {"complete", CELL_INT, N("Complete"), 0, NULL, NULL},
        {"board", CELL_TEXT, N("The survey"), 0, "inspect survey", "survey"},
    };
    str *code;
    size_t n;
    (void)in;
    enum err e = inspect_elicitations(w, &code, &n);
    if (e != OK) return e;
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "title"});
    DOC_TABLE(out, "surveys", columns);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct voices v;
        int64_t asked = 0, complete = 0;
        if ((e = inspect_voices(w, code[i], &v)) != OK) return e;
        for (size_t k = 0; k < v.n_parts; k++) asked += v.part[k].asked, complete += v.part[k].complete;
        DOC_ROW(out, C_TEXT(v.code), ((struct cell){.type = CELL_TEXT, .text = v.code, .ja = v.title_ja, .en = v.title_en}),
                C_ENUM(str_fmt(w->a, "survey-%.*s", STR_ARG(v.state))), C_INT(asked), C_INT(complete),
                ((struct cell){.type = CELL_TEXT, .text = v.code, .ja = tr(LANG_JA, M("Open it")), .en = tr(LANG_EN, M("Open it"))}));
    }
    doc_table_end(out);
    if (n == 0) doc_note(out, M("No elicitation yet: 'depend ask' puts a short sheet to the operators of each sector."));
    return OK;
}
