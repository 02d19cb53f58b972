/* inspect frame: the frame stands as of the base date, people do not. Who moved or left since, which posts and systems
 * came or went, what became of their sheets, and what can be done. */
#include "inspect/frame_view.h"

#include "inspect/acts.h"
#include "inspect/frame_store.h"
#include "inspect/showing.h"

enum change { LEFT, TRANSFERRED, OTHER_POST, FILLED, NEW_POST, NEW_SYSTEM, GONE_SYSTEM, CHANGES };
static const struct {
    const char *key;
    str code, label;
} changes[CHANGES] = {
    [LEFT] = {"left", S_INIT("left-service"), N("Left the service")},
    [TRANSFERRED] = {"transferred", S_INIT("to-other-unit"), N("Moved to another organisation")},
    [OTHER_POST] = {"other_post", S_INIT("to-other-post"), N("On another post here")},
    [FILLED] = {"filled", S_INIT("vacant-then"), N("Vacant then, held now")},
    [NEW_POST] = {"new_posts", S_INIT("new-post"), N("New posts, not asked")},
    [NEW_SYSTEM] = {"new_systems", S_INIT("new-system"), N("New systems, not asked")},
    [GONE_SYSTEM] = {"gone_systems", S_INIT("system-gone"), N("Systems gone")},
};

struct line {
    enum change change;
    struct frame_seat seat; /* of a thing: its code, duty, organisation, name as `now` */
    struct line *next;
};
struct framing {
    struct work *w;
    const struct round *r;
    struct line *first, **last;
    int64_t n[CHANGES], open; /* open: of those who left or moved, sheets not handed in */
    enum change thing;        /* which is being read */
};

/* ---- reading ---- */

static void add(struct framing *f, enum change change, const struct frame_seat *seat)
{
    struct line *l = arena_alloc(f->w->a, sizeof *l);
    *l = (struct line){change, *seat, NULL};
    str *texts[] = {&l->seat.code,   &l->seat.duty,      &l->seat.reason,     &l->seat.org.code, &l->seat.org.ja,
                    &l->seat.org.en, &l->seat.then.code, &l->seat.then.ja,    &l->seat.then.en,  &l->seat.now.code,
                    &l->seat.now.ja, &l->seat.now.en,    &l->seat.where.code, &l->seat.where.ja, &l->seat.where.en};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) *texts[i] = str_dup(f->w->a, *texts[i]);
    *f->last = l;
    f->last = &l->next;
    f->n[change]++;
}

static enum change change_of(const struct frame_seat *s)
{
    if (s->then.code.n == 0) return FILLED;
    if (s->left) return LEFT;
    return s->where_id == s->org_id ? OTHER_POST : TRANSFERRED;
}

static void take_seat(void *to, const struct frame_seat *s)
{
    struct framing *f = to;
    enum change change = change_of(s);
    f->open += change != FILLED && s->sheet <= 0;
    add(f, change, s);
}

static void count_seat(void *to, const struct frame_seat *s)
{
    struct framing *f = to;
    enum change change = change_of(s);
    f->open += change != FILLED && s->sheet <= 0;
    f->n[change]++;
}

static void take_thing(void *to, const struct frame_thing *t)
{
    struct framing *f = to;
    const struct frame_seat s = {.code = t->code, .duty = t->kind, .org = t->org, .now = t->name, .sheet = t->sheet};
    add(f, f->thing, &s);
}

static struct frame_span span_of(const struct work *w, const struct round *r, size_t node)
{
    const struct node *n = &r->nodes[node];
    return (struct frame_span){r->id, n->lo, n->hi, today(w)};
}

static enum err read_all(struct framing *f, size_t node)
{
    struct frame_span span = span_of(f->w, f->r, node);
    enum err e = frame_seats(f->w, span, take_seat, f);
    f->thing = NEW_POST;
    if (e == OK) e = frame_new_posts(f->w, span, take_thing, f);
    f->thing = NEW_SYSTEM;
    if (e == OK) e = frame_new_systems(f->w, span, take_thing, f);
    f->thing = GONE_SYSTEM;
    return e == OK ? frame_gone_systems(f->w, span, take_thing, f) : e;
}

/* ---- telling ---- */

static struct cell named(const struct frame_name *n) { return person_cell(n->code, n->ja, n->en); }

/* Where somebody went out of one's reach is not told. */
static struct cell where_cell(const struct framing *f, const struct line *l)
{
    const struct frame_seat *s = &l->seat;
    if (l->change != TRANSFERRED && l->change != OTHER_POST) return C_NONE;
    if (s->where_lo < f->w->lo || s->where_lo >= f->w->hi) {
        static const str elsewhere = N("out of your reach");
        return words_cell(elsewhere);
    }
    return (struct cell){.type = CELL_TEXT, .text = s->where.code, .ja = s->where.ja, .en = s->where.en};
}

static struct cell sheet_cell(const struct line *l)
{
    static const str states[] = {S_INIT("draft"), S_INIT("submitted"), S_INIT("confirmed")};
    if (l->change == NEW_POST || l->change == NEW_SYSTEM) return C_NONE;
    return C_ENUM(l->seat.sheet < 0 ? S("not-begun") : states[l->seat.sheet]);
}

/* The reason that a form for it is filled in with. */
static struct cell likely_reason(const struct line *l)
{
    return l->change == LEFT ? C_TEXT(S("left")) : l->change == TRANSFERRED ? C_TEXT(S("transferred")) : C_NONE;
}

static void tell_person(const struct framing *f, const struct line *l, struct doc *out)
{
    const struct frame_seat *s = &l->seat;
    bool under_way = str_eq(f->r->state, S("open")), open = l->change != FILLED && s->sheet <= 0 && under_way;
    bool in_frame = l->change == TRANSFERRED && round_node(f->r, s->where_id) >= 0;
    struct cell code = C_TEXT(s->code);
    DOC_ROW(out, C_ENUM(changes[l->change].code), C_ENUM(s->duty), C_ORG(s->org.code, s->org.ja, s->org.en, 0), code,
            named(&s->then), where_cell(f, l), named(&s->now), sheet_cell(l),
            s->reason.n == 0 ? C_NONE : C_ENUM(s->reason), likely_reason(l), in_frame ? C_TEXT(s->where.code) : C_NONE,
            open ? code : C_NONE, open && s->mail ? code : C_NONE, in_frame && under_way ? code : C_NONE);
}

static void tell_people(const struct framing *f, struct doc *out)
{
    static const struct column columns[] = {
        {"change", CELL_ENUM, N("Change"), 0, NULL, NULL},
        {"duty", CELL_ENUM, N("Duty"), COL_DETAIL, NULL, NULL},
        {"org", CELL_ORG, N("Organisation"), 0, NULL, NULL},
        {"respondent", CELL_TEXT, N("Sheet or post"), COL_DATA, NULL, NULL},
        {"then", CELL_PERSON, N("Who held it on the base date"), 0, "registry person", "person"},
        {"where", CELL_TEXT, N("Where they are now"), 0, NULL, NULL},
        {"now", CELL_PERSON, N("Who holds it today"), 0, NULL, NULL},
        {"sheet", CELL_ENUM, N("Sheet"), 0, NULL, NULL},
        {"reason", CELL_ENUM, N("Reason recorded"), 0, NULL, NULL},
        {"likely", CELL_TEXT, N("Reason"), COL_DATA, NULL, "reason"},
        {"to", CELL_TEXT, N("Where the respondent belongs"), COL_DATA, NULL, "to"},
        {"record", CELL_TEXT, N("Record a reason"), 0, "inspect reason", "respondent"},
        {"link", CELL_TEXT, N("Send a link"), 0, "account link", "respondent"},
        {"move", CELL_TEXT, N("Move the sheet"), 0, "inspect move", "respondent"},
    };
    if (f->n[LEFT] + f->n[TRANSFERRED] + f->n[OTHER_POST] + f->n[FILLED] == 0) return;
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "then"});
    DOC_TABLE(out, "people_since", columns);
    for (const struct line *l = f->first; l != NULL; l = l->next)
        if (l->change <= FILLED) tell_person(f, l, out);
    doc_table_end(out);
}

static void tell_things(const struct framing *f, struct doc *out)
{
    static const struct column columns[] = {
        {"change", CELL_ENUM, N("Change"), 0, NULL, NULL},
        {"duty", CELL_ENUM, N("Duty"), 0, NULL, NULL},
        {"org", CELL_ORG, N("Organisation"), 0, NULL, NULL},
        {"code", CELL_TEXT, N("Code"), 0, NULL, NULL},
        {"person", CELL_PERSON, N("Who holds it today"), 0, NULL, NULL},
        {"system", CELL_TEXT, N("System"), 0, NULL, NULL},
        {"sheet", CELL_ENUM, N("Sheet"), 0, NULL, NULL},
    };
    if (f->n[NEW_POST] + f->n[NEW_SYSTEM] + f->n[GONE_SYSTEM] == 0) return;
    DOC_TABLE(out, "posts_and_systems", columns);
    for (const struct line *l = f->first; l != NULL; l = l->next) {
        const struct frame_seat *s = &l->seat;
        if (l->change <= FILLED) continue;
        bool post = l->change == NEW_POST;
        DOC_ROW(out, C_ENUM(changes[l->change].code), C_ENUM(s->duty), C_ORG(s->org.code, s->org.ja, s->org.en, 0),
                C_TEXT(s->code), post ? named(&s->now) : C_NONE,
                post || s->now.code.n == 0 ? C_NONE : C_BOTH(s->now.ja, s->now.en), sheet_cell(l));
    }
    doc_table_end(out);
}

enum err inspect_view_frame(struct work *w, const struct args *in, struct doc *out)
{
    struct round *r = arena_alloc(w->a, sizeof *r);
    struct framing f = {.w = w, .r = r, .last = &f.first};
    const struct org *org = arg_org(in, "org");
    enum err e = round_load(w, arg_text(in, "round"), ROUND_SEEN, r);
    if (e != OK) return e;
    ptrdiff_t node = org == NULL ? (r->n_nodes == 0 ? -1 : 0) : round_node(r, org->id);
    if (node < 0)
        return fault_in(w, NOTFOUND, ((struct where){.field = S("org")}), M("'%1' is not in the frame of round '%2'"),
                        org == NULL ? w->actor->org_code : org->code, r->code);
    if ((e = read_all(&f, (size_t)node)) != OK) return e;
    doc_lead(out, M("%1 · base date %2"), lang_pick(out->lang, r->title_ja, r->title_en),
             lang_date(w->a, out->lang, r->base));
    for (size_t i = 0; i < CHANGES; i++) doc_fact(out, changes[i].key, changes[i].label, C_INT(f.n[i]));
    doc_fact(out, "open", M("Of those who left or moved, not handed in"), C_INT(f.open));
    handling_of(r, out);
    if (f.first == NULL) {
        doc_text(out, M("People, posts and systems stand as on the base date."));
        return OK;
    }
    out->personal = true;
    out->handling = M("holds personal data: for those concerned only");
    tell_people(&f, out);
    tell_things(&f, out);
    doc_note(out,
             M("A sheet stays with who held the post on the base date, wherever they are: a successor neither answers "
               "nor sees it. Who has left, or cannot sign in, gets a link by mail to that one sheet."));
    doc_note(out, M("Posts and systems that came since are not asked in this round."));
    return OK;
}

/* ---- for other pages ---- */

enum err frame_call(struct work *w, const struct round *r, size_t node, struct doc *out)
{
    static const struct column columns[] = {{"what", CELL_TEXT, N("What"), 0, NULL, NULL},
                                            {"round", CELL_TEXT, N("Round"), COL_DATA, NULL, "round"},
                                            {"org", CELL_TEXT, N("See who"), COL_DATA, "inspect frame", "org"}};
    static const str see = N("See who");
    struct framing f = {.w = w, .r = r};
    if (node >= r->n_nodes || !may(w->actor, MAY_READ_NAMES, r->nodes[node].here)) return OK;
    enum err e = frame_seats(w, span_of(w, r, node), count_seat, &f);
    int64_t n = f.n[LEFT] + f.n[TRANSFERRED] + f.n[OTHER_POST];
    if (e != OK || n == 0) return e;
    str args[] = {str_int(w->a, n), str_int(w->a, f.open)};
    str words = tr_fill(w->a, out->lang,
                        M("%1 left or moved since the base date; %2 of their sheets are not handed in"), args, 2);
    doc_show(out, &(struct show){.kind = SHOW_CALLS, .label = "what", .alone = true});
    DOC_TABLE(out, "since_base", columns);
    DOC_ROW(out, C_TEXT(words), C_TEXT(r->code),
            ((struct cell){
                .type = CELL_TEXT, .text = r->nodes[node].code, .ja = tr(LANG_JA, see), .en = tr(LANG_EN, see)}));
    doc_table_end(out);
    return OK;
}
