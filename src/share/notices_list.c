/* share notices: all that the party issued or got. */
#include "share/notice_acts.h"
#include "share/told.h"

#include "base/clock.h"

enum { PAGE_ROWS = 100 };

struct listing {
    struct work *w;
    struct doc *out;
    bool named; /* the reader is a contact by name, and sees the subjects of what is TLP:RED */
    int64_t told, last_at, last_id;
};

static const struct column columns[] = {
    {"code", CELL_TEXT, N("Number"), 0, "share notice", "notice"},
    {"title", CELL_TEXT, N("Subject"), 0, "share notice", "notice", "code"},
    {"at", CELL_TIME, N("Sent"), 0, NULL, NULL},
    {"urgency", CELL_ENUM, N("How urgent it is"), 0, NULL, NULL},
    {"kind", CELL_ENUM, N("What it is for"), COL_DETAIL, NULL, NULL},
    {"marking", CELL_TEXT, N("Marking"), 0, NULL, NULL},
    {"issuer", CELL_ORG, N("Issued by"), 0, NULL, NULL},
    {"state", CELL_ENUM, N("State"), 0, NULL, NULL},
    {"ack", CELL_ENUM, N("Our state"), 0, NULL, NULL},
    {"due", CELL_TIME, N("To be confirmed by"), COL_DETAIL, NULL, NULL},
    {"drill", CELL_BOOL, N("Drill"), COL_DETAIL, NULL, NULL},
};

static struct cell subject(const struct listing *l, const struct notice_line *x)
{
    bool seen = x->issued || x->notice.marking.tlp != TLP_RED || l->named;
    return seen ? share_title_cell(l->w, x->notice.drill, x->notice.title) : words_cell(M("(for named persons)"));
}

static enum err one_line(void *to, const struct notice_line *x)
{
    struct listing *l = to;
    struct arena_mark mark = arena_mark(l->w->a);
    const struct notice *n = &x->notice;
    DOC_ROW(l->out, C_TEXT(n->code), subject(l, x), C_TIME(x->at), share_urgency_cell(n->urgency),
            notice_kind_cell(n->kind), marking_cell(l->w->a, n->marking),
            C_ORG(n->issuer_code, n->issuer_ja, n->issuer_en, 0), notice_state_cell(n->state),
            x->issued ? C_NONE : enum_words_cell(ack_word(x->own.ack), ack_label(x->own.ack)),
            x->issued || x->own.due == 0 ? C_NONE : C_TIME(x->own.due), C_BOOL(n->drill));
    arena_back(l->w->a, mark);
    l->told++;
    l->last_at = x->at;
    l->last_id = n->id;
    return OK;
}

static int64_t year_begins(int64_t year)
{
    int64_t day = 0;
    char text[16];
    int n = snprintf(text, sizeof text, "%04d-04-01", (int)year);
    (void)date_parse((str){text, (size_t)n}, &day);
    return day * DAY - JAPAN;
}

static enum err filter_of(struct work *w, const struct args *in, const struct party *p, struct notice_filter *f)
{
    str box = arg_text(in, "box"), drill = arg_text(in, "drill"), from = arg_text(in, "from"), at;
    int64_t year = arg_int(in, "year");
    *f = (struct notice_filter){.party = p->org,
                                .received = !str_eq(box, S("issued")),
                                .issued = !str_eq(box, S("received")),
                                .kind = arg_text(in, "kind"),
                                .urgency = arg_text(in, "urgency"),
                                .state = arg_text(in, "state"),
                                .words = str_trim(arg_text(in, "q")),
                                .drill = drill.n == 0 ? -1 : str_eq(drill, S("only"))};
    if (arg_given(in, "year") && (year < 1990 || year > 2200))
        return fault_in(w, INVALID, notice_where("year"), M("a fiscal year from 1990 to 2200 is wanted"));
    if (arg_given(in, "year")) f->since = year_begins(year), f->until = year_begins(year + 1);
    if (from.n == 0) return OK;
    if (!str_cut(&from, '-', &at) || !str_to_int(at, &f->before) || !str_to_int(from, &f->before_id) || f->before <= 0)
        return fault_in(w, INVALID, notice_where("from"), M("'%1' is no place in this list"), arg_text(in, "from"));
    return OK;
}

static void go_on(const struct listing *l)
{
    static const struct column more[] = {{"from", CELL_TEXT, N("Go on"), 0, "share notices", "from"}};
    str place = str_fmt(l->w->a, "%lld-%lld", (long long)l->last_at, (long long)l->last_id);
    doc_text(l->out, M("There may be more than one page holds: it goes on with earlier ones."));
    DOC_TABLE(l->out, "more", more);
    DOC_ROW(l->out, ((struct cell){.type = CELL_TEXT, .text = place, .ja = tr(LANG_JA, M("Go on")), .en = M("Go on")}));
    doc_table_end(l->out);
}

enum err share_view_notices(struct work *w, const struct args *in, struct doc *out)
{
    struct listing l = {.w = w, .out = out};
    struct notice_filter f;
    struct party p;
    enum err e = party_of(w, in, &p);
    if (e == OK) e = filter_of(w, in, &p, &f);
    if (e == OK) e = notice_named(w, &p, &l.named);
    if (e != OK) return e;
    f.named = l.named;
    f.most = out->paged ? PAGE_ROWS : 0;
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "title"});
    DOC_TABLE(out, "notices", columns);
    e = notices_each(w, &f, one_line, &l);
    doc_table_end(out);
    if (e == OK && l.told == 0)
        doc_text(out, M("There is none that fits. What is sent to you appears here and among what waits for you."));
    if (e == OK && out->paged && l.told == PAGE_ROWS) go_on(&l);
    return e;
}
