/* Forms: of an act inside a view, of an act on a page of its own, of a view's parameters; and faults on top. */
#include <string.h>

#include "base/hash.h"
#include "face/told.h"
#include "web/page_parts.h"

/* ---- keys ---- */

/* csrf: only pages of ours know it. once: the same form sent twice acts once;
 * each form of a page has another one, made of one draw. */
void form_keys(struct page_doc *p, struct buf *b)
{
    unsigned char once[sizeof p->once];
    if (p->n_once == 0) random_bytes(p->once, sizeof p->once);
    memcpy(once, p->once, sizeof once);
    for (size_t i = 0; i < sizeof p->n_once; i++) once[i] ^= (unsigned char)(p->n_once >> (8 * i));
    p->n_once++;
    hidden(b, S("csrf"), p->frame->csrf);
    hidden(b, S("once"), hex_of(p->a, (str){(const char *)once, sizeof once}));
}

bool has_file(const struct entry *e)
{
    for (const struct param *q = e->params; q != NULL && q->name != NULL; q++)
        if (q->type == P_FILE) return true;
    return false;
}

/* What the script says that keeps a draft as it is typed (static/meguri.js), and the fact by which a new one is known. */
static void typed_words(struct page_doc *p, struct buf *b)
{
    attribute(b, "data-key", str_of(p->form.typed));
    attribute(b, "data-kept", tr(p->doc.lang, M("Kept as it stands, at %1. Nobody else sees it yet.")));
    attribute(b, "data-lost", tr(p->doc.lang, M("Not kept this time. What you typed is still here: the button below keeps it, or says what is wrong.")));
}

/* lang stays with the page; nothing else of the address is the form's. */
static void form_tag(struct page_doc *p, struct buf *b, const struct room *room, const struct entry *e, const char *class)
{
    RAW(b, "<form method=\"post\"");
    attribute(b, "class", str_of(class));
    attribute(b, "action", page_url(p->a, room, e, NULL));
    if (p->form.typed != NULL && !p->act_page) typed_words(p, b);
    if (has_file(e)) RAW(b, " enctype=\"multipart/form-data\"");
    RAW(b, ">");
    form_keys(p, b);
}

static void button(struct page_doc *p, struct buf *b, const struct form_button *k, bool first)
{
    buf_add(b, first ? S("<button class=\"btn\"") : S("<button class=\"btn alt\""));
    if (k->name != NULL) attribute(b, "name", str_of(k->name));
    if (k->name != NULL && k->value != NULL) attribute(b, "value", str_of(k->value));
    RAW(b, ">");
    say(p, b, k->label);
    RAW(b, "</button>");
}

/* ---- a form inside a view ---- */

void form_begin(struct page_doc *p, const struct form *form)
{
    const struct room *room;
    const struct entry *e;
    struct buf *b = &p->body;
    facts_end(p);
    p->form_left_out = !entry_by_words(form->act, &room, &e) || !allowed(p, e);
    if (p->form_left_out) return;
    section_need(p);
    p->form = *form;
    if (form->folded) {
        RAW(b, "<details class=\"fold\"><summary>");
        say(p, b, form->title.n != 0 ? form->title : e->title);
        RAW(b, "</summary>");
    } else if (form->title.n != 0) {
        buf_add(b, p->titled ? S("<h3>") : S("<h2>"));
        say(p, b, form->title);
        buf_add(b, p->titled ? S("</h3>\n") : S("</h2>\n"));
    }
    form_tag(p, b, room, e, "form open stack sheet");
    for (size_t i = 0; i < FORM_GIVEN && form->given[i].name != NULL; i++)
        hidden(b, str_of(form->given[i].name), form->given[i].value);
    RAW(b, "\n");
    p->form_open = true;
    p->titled = false;
}

static void asked_fields(struct page_doc *p, const struct entry *e)
{
    str rest = str_of(p->form.ask), name;
    while (str_cut(&rest, ' ', &name)) {
        const struct param *q = param_find(e, name);
        if (q != NULL && !(q->flags & (HIDDEN | MAP))) field(p, &p->body, q, true);
    }
}

static void form_buttons(struct page_doc *p, const struct form *form, const struct entry *e)
{
    struct buf *b = &p->body;
    RAW(b, "<p class=\"acts\">");
    for (int i = 0; i < FORM_BUTTONS && form->button[i].label.n != 0; i++) button(p, b, &form->button[i], i == 0);
    if (form->button[0].label.n == 0) button(p, b, &(struct form_button){.label = e->title}, true);
    RAW(b, "</p></form>\n");
    if (form->folded) RAW(b, "</details>\n");
}

void form_finish(struct page_doc *p)
{
    const struct room *room;
    const struct entry *e;
    if (!p->form_open || !entry_by_words(p->form.act, &room, &e)) return;
    facts_end(p);
    asked_fields(p, e);
    form_buttons(p, &p->form, e);
    p->form_open = false;
    buf_add(&p->body, buf_str(&p->late)); /* buttons of rows that stood in the form */
    p->late.n = 0;
}

/* ---- the page of an act ---- */

static bool drawn(const struct param *q) { return !(q->flags & (HIDDEN | MAP)); }

static bool of_map(const struct param *q) { return (q->flags & MAP) && !(q->flags & (HIDDEN | SECRET)) && !(q->flags & LONG_TEXT); }

/* What was given by key and refused (value.until) can be corrected where it is told. */
static void map_fields(struct page_doc *p, const struct entry *e)
{
    const struct page_frame *f = p->frame;
    struct buf *b = &p->body;
    const struct page_field *asked;
    if (asked_rows(p, e, &asked) != 0) return; /* they are drawn by what data says */
    for (size_t i = 0; i < f->n_given; i++) {
        const struct param *q = param_find(e, f->given[i].name);
        if (q == NULL || !of_map(q)) continue;
        RAW(b, "<label class=\"field\"><span class=\"label\">");
        page_escape(b, param_label(p, q));
        RAW(b, " (");
        page_escape(b, str_sub(f->given[i].name, strlen(q->name) + 1, f->given[i].name.n));
        RAW(b, ")</span><input type=\"text\"");
        attribute(b, "name", f->given[i].name);
        attribute(b, "value", f->given[i].text);
        RAW(b, "></label>\n");
    }
}

/* What a link filled in and no field is drawn for goes along unseen: answer.q11, a revision. */
static void carried(struct page_doc *p, const struct entry *e)
{
    const struct page_frame *f = p->frame;
    const struct page_field *asked;
    size_t n = asked_rows(p, e, &asked);
    for (size_t i = 0; i < f->n_given; i++) {
        const struct param *q = param_find(e, f->given[i].name);
        if (q == NULL || drawn(q) || (q->flags & SECRET) || asked_for(asked, n, f->given[i].name) || (n == 0 && of_map(q))) continue;
        hidden(&p->body, f->given[i].name, f->given[i].text);
    }
}

static bool given(struct page_doc *p, const struct param *q)
{
    for (size_t i = 0; i < p->frame->n_given; i++)
        if (str_eq(p->frame->given[i].name, str_of(q->name))) return true;
    return false;
}

/* The fields that data asks for stand where their MAP stands among the parameters. */
static void act_fields(struct page_doc *p, const struct entry *e)
{
    const struct page_field *asked;
    size_t n = asked_rows(p, e, &asked);
    for (const struct param *q = e->params; q != NULL && q->name != NULL; q++) {
        if (n != 0 && (q->flags & MAP) && q->choices != NULL) asked_draw(p, asked, n);
        else if (n != 0 && drawn(q) && given(p, q) && asked_by(q, e)) asked_settled(p, q);
        else if (drawn(q) && !(q->flags & RARE)) field(p, &p->body, q, true);
    }
}

/* ---- what is seldom asked for ---- */

static bool asked_of_view(const struct param *q) { return !(q->flags & (HIDDEN | SECRET | MAP)) && q->type != P_FILE; }

static bool seldom(const struct entry *e, const struct param *q)
{
    return (q->flags & RARE) && (e->kind == ENTRY_ACT ? drawn(q) : asked_of_view(q));
}

static bool any_seldom(const struct entry *e)
{
    for (const struct param *q = e->params; q != NULL && q->name != NULL; q++)
        if (seldom(e, q)) return true;
    return false;
}

/* Behind a line to open them; open where one of them is wrong. */
static void seldom_fields(struct page_doc *p, const struct entry *e)
{
    struct buf *b = &p->body;
    const bool act = e->kind == ENTRY_ACT, asked = act || p->frame->in == NULL || p->refused;
    bool wrong = false;
    if (!any_seldom(e)) return;
    for (const struct param *q = e->params; q->name != NULL; q++) wrong = wrong || (seldom(e, q) && field_fault(p, str_of(q->name)) != NULL);
    buf_add(b, wrong ? S("<details class=\"seldom\" open><summary>") : S("<details class=\"seldom\"><summary>"));
    say(p, b, M("More conditions"));
    buf_add(b, act ? S("</summary><div class=\"stack\">") : S("</summary><div class=\"row\">"));
    for (const struct param *q = e->params; q->name != NULL; q++)
        if (seldom(e, q)) field(p, b, q, asked);
    RAW(b, "</div></details>\n");
}

static bool rehearsable(const struct entry *e) { return !(e->flags & (NO_DRY_RUN | QUIET | STATELESS)); }

void page_act_form(struct doc *d, const struct room *room, const struct entry *e)
{
    struct page_doc *p = page_of(d);
    struct buf *b = &p->body;
    p->act_page = true;
    section_end(p);
    section_need(p);
    form_tag(p, b, room, e, "form open stack sheet");
    RAW(b, "\n");
    carried(p, e);
    act_fields(p, e);
    map_fields(p, e);
    seldom_fields(p, e);
    RAW(b, "<p class=\"acts\">");
    bool first = (e->flags & TRY_FIRST) != 0; /* done by a button of the page that shows it */
    if (first) button(p, b, &(struct form_button){"rehearse", "1", M("Show what would change")}, true);
    else button(p, b, &(struct form_button){.label = e->title}, true);
    if (!first && rehearsable(e)) button(p, b, &(struct form_button){"rehearse", "1", M("Try it out (changes nothing)")}, false);
    RAW(b, "<a class=\"btn plain\"");
    attribute(b, "href", page_url(p->a, room, NULL, NULL));
    RAW(b, ">");
    say(p, b, M("Leave it"));
    RAW(b, "</a></p></form>\n");
}

/* ---- faults ---- */

static const struct page_field *data_field(struct page_doc *p, const struct where *at)
{
    const struct page_field *all;
    size_t n = p->frame->entry == NULL || at->row != 0 ? 0 : asked_rows(p, p->frame->entry, &all);
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].name, at->field)) return &all[i];
    return NULL;
}

static void fault_place(struct page_doc *p, const struct where *at)
{
    struct buf *b = &p->body;
    RAW(b, "<th scope=\"row\">");
    size_t begun = b->n;
    page_escape(b, at->file);
    if (at->row != 0) {
        if (at->file.n != 0) RAW(b, " ");
        SAY(p, b, M("row %1"), number_text(p->a, at->row));
    }
    const struct param *q = p->frame->entry == NULL || at->field.n == 0 ? NULL : param_find(p->frame->entry, at->field);
    if (q != NULL && at->row == 0 && drawn(q)) {
        RAW(b, "<a");
        attribute(b, "href", str_fmt(p->a, "#p-%s", q->name));
        RAW(b, ">");
        page_escape(b, param_label(p, q));
        RAW(b, "</a>");
    }
    const struct page_field *asked = data_field(p, at);
    if (asked != NULL) page_escape(b, asked->label);
    if (b->n == begun) page_escape(b, at->field.n != 0 ? at->field : S("–")); /* a field that no form here draws */
    RAW(b, "</th><td class=\"col\">");
    if (at->column != 0) SAY(p, b, M("column %1"), number_text(p->a, at->column));
    if (at->column != 0 && at->row != 0 && at->field.n != 0) RAW(b, " ");
    if (asked == NULL && (q == NULL || at->row != 0)) page_escape(b, at->field);
    RAW(b, "</td>");
}

static bool placed(const struct faults *all)
{
    for (int64_t i = 0; i < all->count && i < FAULTS_SHOWN; i++)
        if (all->first[i].where.row != 0 || all->first[i].where.field.n != 0 || all->first[i].where.file.n != 0) return true;
    return false;
}

static void faults_table(struct page_doc *p, const struct faults *all)
{
    struct buf *b = &p->body;
    RAW(b, "<div class=\"table\" role=\"group\" tabindex=\"0\"");
    attribute(b, "aria-label", tr(p->doc.lang, M("What is wrong")));
    RAW(b, "><table class=\"cards\"><thead><tr><th scope=\"col\">");
    say(p, b, M("Where"));
    RAW(b, "</th><th scope=\"col\">");
    say(p, b, M("Column"));
    RAW(b, "</th><th scope=\"col\">");
    say(p, b, M("What is wrong"));
    RAW(b, "</th></tr></thead><tbody>");
    for (int64_t i = 0; i < all->count && i < FAULTS_SHOWN; i++) {
        RAW(b, "<tr>");
        fault_place(p, &all->first[i].where);
        RAW(b, "<td>");
        page_escape(b, fault_sentence(p->a, p->doc.lang, &all->first[i]));
        RAW(b, "</td></tr>");
    }
    RAW(b, "</tbody></table></div>");
}

/* What to do, by the kind of refusal. */
static const str faults_head[] = {
    [NOTFOUND] = N("There is no such thing, or not for you"),
    [CONFLICT] = N("This cannot be done as things stand"),
    [INVALID] = N("Not done: please correct what is marked"),
    [DENIED] = N("You may not do this here"),
    [BUSY] = N("Too much to do at the moment: please try again in a while"),
    [STORE] = N("The database failed; nothing was changed"),
};
static const str faults_below[] = {
    [NOTFOUND] = N("Go back and choose from the list, or ask whoever sent you the address."),
    [CONFLICT] = N("Nothing was changed. Look at what stands there now, then decide."),
    [INVALID] = N("Nothing was changed. What you entered is still there."),
    [DENIED] = N("Your post does not include this right. If you hold several posts, switch to the one it belongs to."),
    [BUSY] = N("Nothing was changed."),
    [STORE] = N("Please tell whoever runs this site."),
};

static void faults_words(struct page_doc *p, enum err err)
{
    struct buf *b = &p->body;
    const struct entry *e = p->frame->entry;
    bool looked = err == INVALID && e != NULL && e->kind != ENTRY_ACT; /* nobody wanted to change anything */
    bool nobody = err == DENIED && !p->frame->signed_in;               /* no post is in the way yet */
    say(p, b, looked ? M("This cannot be shown yet") : nobody ? M("You are not signed in") : faults_head[err]);
    RAW(b, "</h2><p>");
    say(p, b, looked ? M("Please correct the conditions above.")
              : nobody ? M("Please check what you entered, or ask whoever runs this site.")
                       : faults_below[err]);
}

void page_faults(struct doc *d, enum err err)
{
    struct page_doc *p = page_of(d);
    struct buf *b = &p->body;
    const struct faults *all = &d->w->faults;
    if (err == OK || (size_t)err >= sizeof faults_head / sizeof *faults_head) err = INVALID;
    section_end(p);
    p->refused = err == INVALID || err == NOTFOUND;
    p->parameters_off = !p->refused; /* other parameters would not help */
    p->exports_shown = true;
    RAW(b, "<div class=\"faults\" role=\"alert\" tabindex=\"-1\" id=\"faults\"><h2>");
    faults_words(p, err);
    if (all->count > 1) {
        RAW(b, " ");
        SAY(p, b, M("%1 faults."), number_text(p->a, all->count));
    }
    RAW(b, "</p>");
    if (placed(all)) faults_table(p, all);
    else
        for (int64_t i = 0; i < all->count && i < FAULTS_SHOWN; i++) {
            RAW(b, "<p><b>");
            page_escape(b, fault_sentence(p->a, p->doc.lang, &all->first[i]));
            RAW(b, "</b></p>");
        }
    if (all->count > FAULTS_SHOWN) {
        RAW(b, "<p>");
        SAY(p, b, M("and %1 more"), number_text(p->a, all->count - FAULTS_SHOWN));
        RAW(b, "</p>");
    }
    RAW(b, "</div>\n");
}

/* ---- a view's parameters ---- */

/* How a table is looked at stays as it is; pages begin anew. */
static void looks(struct page_doc *p)
{
    for (size_t i = 0; i < p->n_own; i++)
        if (str_eq(p->own[i].name, S("sort")) || str_starts(p->own[i].name, S("find.")))
            hidden(&p->body, p->own[i].name, p->own[i].value);
}

static bool rare_given(struct page_doc *p, const struct entry *e)
{
    for (const struct param *q = e->params; q != NULL && q->name != NULL; q++)
        if (seldom(e, q) && given(p, q)) return true;
    return false;
}

/* Where there are but conditions that are seldom asked for, and none was given, a post has nothing to choose: no box. */
void parameter_form(struct page_doc *p)
{
    const struct page_frame *f = p->frame;
    struct buf *b = &p->body;
    size_t n = 0, plain = 0;
    if (f->entry == NULL || f->room == NULL || f->entry->kind == ENTRY_ACT || p->parameters_off) return;
    if ((f->entry->flags & UNLISTED) && !p->refused) return;
    for (const struct param *q = f->entry->params; q != NULL && q->name != NULL; q++) {
        n += asked_of_view(q);
        plain += asked_of_view(q) && !seldom(f->entry, q);
    }
    if (n == 0 || (plain == 0 && f->post.n != 0 && !p->refused && !rare_given(p, f->entry))) return;
    const bool few = plain != 0 && any_seldom(f->entry); /* what is left is what everybody asks for: it stands open */
    buf_add(b, few ? S("<details class=\"params few\"") : S("<details class=\"params\""));
    if (few || f->in == NULL || p->refused) RAW(b, " open");
    RAW(b, "><summary>");
    say(p, b, M("Change what is shown"));
    RAW(b, "</summary><form class=\"form\" method=\"get\"");
    attribute(b, "action", page_url(p->a, f->room, f->entry, NULL));
    RAW(b, "><div class=\"row\">");
    looks(p);
    for (const struct param *q = f->entry->params; q != NULL && q->name != NULL; q++)
        if (asked_of_view(q) && !seldom(f->entry, q)) field(p, b, q, f->in == NULL || p->refused);
    if (any_seldom(f->entry)) {
        RAW(b, "</div>");
        seldom_fields(p, f->entry);
        RAW(b, "<div class=\"row\">");
    }
    RAW(b, "<span class=\"acts\"><button class=\"btn\">");
    say(p, b, M("Show"));
    RAW(b, "</button><a class=\"btn plain\"");
    attribute(b, "href", page_url(p->a, f->room, f->entry, NULL));
    RAW(b, ">");
    say(p, b, M("Clear"));
    RAW(b, "</a></span></div></form></details>\n");
}
