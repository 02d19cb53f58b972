/* plan update, plan settle: how far a measure has come, said by an owner or by the plan's organisation. What was said before
 * stays; whoever was slower than another officer sees both texts and sends theirs again. */
#include "plan/say.h"

#include "plan/asked.h"
#include "surface/fields.h"

/* ---- who speaks ---- */

bool owner_spoken_for(const struct work *w, const struct plan *p, const struct owners_org *o)
{
    return may(w->actor, MAY_MANAGE | MAY_APPROVE, o->lo) || plan_mine(w, p);
}

/* The same words for who owns it not, and for who may not speak for its owners. */
static enum err no_owner(const struct saying *s)
{
    return fault_in(s->w, DENIED, ((struct where){.field = S("owner")}),
                    M("measure '%1' of the plan '%2': progress is reported by those who manage or approve for one of its owners, or by "
                      "the plan's organisation for them"),
                    s->item.key, s->p.code);
}

/* Without --owner: the one that is one's own organisation; else the only one that one may speak for. */
static enum err find_owner(struct saying *s, const struct org *given)
{
    const size_t *place;
    size_t n = owners_of(&s->owners, &s->item, s->w->a, &place), fits = 0;
    for (size_t i = 0; i < n; i++) {
        const struct owners_org *o = &s->owners.org[place[i]];
        if (given != NULL ? o->id != given->id : !owner_spoken_for(s->w, &s->p, o)) continue;
        bool own = o->id == s->w->actor->org;
        if (fits == 0 || own) s->org = *o;
        fits = own ? 1 : fits + 1;
        if (own) break;
    }
    if (fits == 0 || !owner_spoken_for(s->w, &s->p, &s->org)) return no_owner(s);
    if (fits == 1) return OK;
    return fault_in(s->w, INVALID, ((struct where){.field = S("owner")}),
                    M("for which of the %1 owners of measure '%2'? Give --owner"), str_int(s->w->a, (int64_t)fits), s->item.key);
}

static enum err find_measure(struct saying *s)
{
    struct where at = {.field = S("no")};
    if (str_eq(s->p.state, S("draft")))
        return fault_in(s->w, CONFLICT, ((struct where){.field = S("plan")}),
                        M("edition %2 of the plan '%1' is a draft: progress is reported once it is sent round or decided"), s->p.code,
                        str_int(s->w->a, s->p.no));
    if (s->item.kind == ITEM_RELISTED)
        return fault_in(s->w, INVALID, at, M("'%1' tells measure %2 again: report on that one"), s->item.key, s->item.relists);
    if (s->item.kind != ITEM_MEASURE) return fault_in(s->w, INVALID, at, M("'%1' is no measure"), s->item.key);
    return OK;
}

static enum err find_before(struct saying *s)
{
    int64_t org = str_eq(s->voice, VOICE_OWNER) ? s->org.id : s->p.org;
    enum err e = said_last(s->w, s->p.id, s->item.key, s->voice, org, &s->was);
    if (e == NOTFOUND) s->was = (struct said){.org = org};
    return e == NOTFOUND ? OK : e;
}

enum err saying_load(struct work *w, const struct args *in, str voice, struct saying *s)
{
    *s = (struct saying){.w = w, .in = in, .voice = voice};
    enum err e = plan_wanted(w, in, &s->p);
    if (e == OK) e = plan_item(w, &s->p, arg_text(in, "no"), &s->item);
    if (e == OK) e = find_measure(s);
    int64_t day = today(w) < s->p.since ? s->p.since : today(w) > s->p.until ? s->p.until : today(w);
    if (e == OK) e = owners_load(w, &s->p, day, &s->owners);
    if (e == OK && str_eq(voice, VOICE_OWNER)) e = find_owner(s, arg_org(in, "owner"));
    return e == OK ? find_before(s) : e;
}

enum err saying_of(struct work *w, const struct plan *p, const struct plan_item *item, str voice, const struct owners_org *o, struct saying *s)
{
    *s = (struct saying){.w = w, .voice = voice, .p = *p, .item = *item};
    if (o != NULL) s->org = *o;
    return find_before(s);
}

/* ---- what is said ---- */

static enum err too_long(struct saying *s, const char *name)
{
    if (arg_text(s->in, name).n <= PLAN_TEXT_MAX) return OK;
    return fault_in(s->w, INVALID, ((struct where){.field = str_of(name)}), M("at most %1 bytes of text"), str_int(s->w->a, PLAN_TEXT_MAX));
}

static enum err take(struct saying *s)
{
    struct where at_text = {.field = S("text")}, at_status = {.field = S("status")};
    str text = str_trim(arg_text(s->in, "text")), text_en = str_trim(arg_text(s->in, "text_en"));
    bool any_text = text.n + text_en.n != 0;
    s->now = (struct said){.key = s->item.key, .voice = s->voice, .org = s->was.org, .text_ja = text, .text_en = text_en,
                           .reason = str_trim(arg_text(s->in, "why"))};
    s->now.status = arg_given(s->in, "status") ? status_read(arg_text(s->in, "status")) : s->was.status;
    if (s->now.status == STATUS_NONE) return fault_in(s->w, INVALID, at_status, M("which status? 1 to 4"));
    if (!any_text)
        return fault_in(s->w, INVALID, at_text,
                        s->was.id == 0 ? M("say in a sentence or two how far it has come: a status alone tells nobody what was done")
                                       : M("the text is empty: write how far it has come, or leave it as it was"));
    enum err e = too_long(s, "text");
    if (e == OK) e = too_long(s, "text_en");
    return e == OK ? too_long(s, "why") : e;
}

static bool same_words(const struct said *a, const struct said *b)
{
    return a->status == b->status && str_eq(a->text_ja, b->text_ja) && str_eq(a->text_en, b->text_en);
}

/* Said again, word for word, when the coming report has it already: nothing to write. */
static enum err has_it(struct saying *s, bool *out)
{
    struct progress_report last = {0};
    enum err e = progress_report_last(s->w, s->p.id, INT64_MAX, &last);
    *out = s->was.id > last.upto && same_words(&s->was, &s->now) && str_eq(s->was.reason, s->now.reason);
    return e == NOTFOUND ? OK : e;
}

/* ---- two officers at one measure ---- */

static bool stale(const struct saying *s) { return arg_given(s->in, "was") && arg_int(s->in, "was") != s->was.no; }

static void tell_both(const struct saying *s, struct doc *out)
{
    const struct said *was = &s->was, *now = &s->now;
    struct arena *a = s->w->a;
    doc_title(out, M("Somebody was quicker: nothing is lost"));
    doc_text(out, M("While you wrote, what %1 reports of measure %2 was changed by another officer. Yours was not written over it. "
                    "Your text stands in the form below: put both together there, and send it again."),
             str_eq(s->voice, VOICE_OWNER) ? lang_pick(out->lang, s->org.name_ja, s->org.name_en) : lang_pick(out->lang, s->p.org_ja, s->p.org_en),
             s->item.key);
    doc_fact(out, "changed", M("Changed"), C_TIME(was->at));
    doc_heading(out, M("Both texts"));
    struct cell status = status_words_cell(a, was->status), given = status_words_cell(a, now->status);
    const struct two_texts two[] = {
        {M("Status"), lang_pick(out->lang, status.ja, status.en), lang_pick(out->lang, given.ja, given.en)},
        {M("Text"), was->text_ja, now->text_ja},
        {M("Text in English"), was->text_en, now->text_en}};
    two_texts_table(out, two, sizeof two / sizeof *two);
    doc_heading(out, M("Put together and send"));
    saying_form(s, &s->now, out);
}

/* A face with forms shows both and goes on; the others refuse, with what stands in the fault. */
static enum err conflict(const struct saying *s, struct doc *out)
{
    if (out->face->form == NULL)
        return fault_in(s->w, CONFLICT, ((struct where){.field = S("was")}),
                        M("measure '%1' was changed since: revision %2 stands, with status %3 and this text: %4"), s->item.key,
                        str_int(s->w->a, s->was.no), str_int(s->w->a, s->was.status), s->was.text_ja.n != 0 ? s->was.text_ja : s->was.text_en);
    tell_both(s, out);
    act_noted(s->w, S("stale"), str_int(s->w->a, s->was.no));
    return OK;
}

/* ---- the form ---- */

/* "① done already. ② under way: …" */
static struct cell legend(struct arena *a)
{
    struct buf ja = buf_in(a), en = buf_in(a);
    for (int64_t i = STATUS_DONE; i <= STATUS_WORST; i++) {
        buf_fmt(&ja, "%.*s %.*s。", STR_ARG(status_mark(i)), STR_ARG(tr(LANG_JA, status_legend(i))));
        buf_fmt(&en, "%s%.*s %.*s.", i == STATUS_DONE ? "" : " ", STR_ARG(status_mark(i)), STR_ARG(tr(LANG_EN, status_legend(i))));
    }
    return C_BOTH(buf_str(&ja), buf_str(&en));
}

static void status_field(struct doc *out, int64_t now)
{
    struct arena *a = out->w->a;
    field_row(out, S("status"), "enum", words_cell(M("Status")), true, legend(a), now == STATUS_NONE ? C_NONE : C_TEXT(str_int(a, now)));
    for (int64_t i = STATUS_DONE; i <= STATUS_WORST; i++)
        field_choice(out, S("status"), str_int(a, i), words_cell(status_word(i)));
}

void saying_form(const struct saying *s, const struct said *filled, struct doc *out)
{
    bool centre = str_eq(s->voice, VOICE_CENTRE);
    doc_form(out, &(struct form){.act = centre ? "plan settle" : "plan update",
                                 .given = {{"plan", s->p.code}, {"no", s->item.key}, {"was", str_int(s->w->a, s->was.no)},
                                           {centre ? NULL : "owner", s->org.code}},
                                 .title = s->title,
                                 .folded = s->folded,
                                 .button = {{NULL, NULL, centre ? M("Settle what is published") : M("Send the report")}}});
    fields_begin(out, "fields");
    status_field(out, filled->status);
    field_row(out, S("text"), "long", words_cell(M("Text")), true, words_cell(M("what was done, and what comes next; it is printed as it stands here")),
          text_cell(filled->text_ja));
    field_row(out, S("text_en"), "long", words_cell(M("Text in English")), false, words_cell(M("may be left out")), text_cell(filled->text_en));
    if (centre)
        field_row(out, S("why"), "long", words_cell(M("Why")), true, words_cell(M("why this is published, and not what the lead owner says")),
              text_cell(filled->reason));
    doc_table_end(out);
    doc_form_end(out);
}

/* ---- the acts ---- */

/* Who reports has more to report; who settles or speaks for another looks at the measure. */
static void go_on(const struct saying *s, bool stands, enum lang lang)
{
    const str no[] = {s->item.key};
    str said = stands ? tr(lang, M("This stands already: nothing was written a second time."))
                      : tr_fill(s->w->a, lang, M("What you say of measure %1 is entered."), no, 1);
    struct going_on own = {.to = "plan mine", .given = {{"owner", s->org.code}}, .said = said};
    struct going_on one = {.to = "plan measure", .given = {{"plan", s->p.code}, {"no", s->item.key}}, .said = said};
    act_next(s->w, str_eq(s->now.voice, VOICE_OWNER) && !s->now.for_it ? &own : &one);
}

static enum err write(struct saying *s, struct doc *out)
{
    bool stands = false;
    enum err e = has_it(s, &stands);
    if (e == OK && !stands) e = said_add(s->w, s->p.id, &s->was, &s->now);
    if (e != OK) return e;
    act_noted(s->w, S("revision"), str_int(s->w->a, s->was.no + !stands));
    doc_fact(out, "revision", M("Revision"), C_INT(s->was.no + !stands));
    doc_fact(out, "status", M("Status"), status_words_cell(s->w->a, s->now.status));
    if (stands) doc_text(out, M("This stands already: nothing was written a second time."));
    go_on(s, stands, out->lang);
    return OK;
}

/* Entered by somebody above the owner, for it. */
static bool from_above(const struct saying *s)
{
    const struct actor *a = s->w->actor;
    return !may(a, MAY_MANAGE | MAY_APPROVE, s->org.lo) || a->lo < s->org.lo || a->hi > s->org.hi;
}

enum err plan_act_update(struct work *w, const struct args *in, struct doc *out)
{
    struct saying s;
    enum err e = saying_load(w, in, VOICE_OWNER, &s);
    if (e == OK) e = take(&s);
    if (e != OK) return e;
    s.now.for_it = from_above(&s);
    if (stale(&s) && !same_words(&s.was, &s.now)) return conflict(&s, out);
    return write(&s, out);
}

enum err plan_act_settle(struct work *w, const struct args *in, struct doc *out)
{
    struct saying s;
    bool back = arg_given(in, "back");
    enum err e = saying_load(w, in, VOICE_CENTRE, &s);
    if (e == OK) e = plan_to_change(w, &s.p, false);
    if (e == OK && back && (s.was.id == 0 || s.was.status == STATUS_NONE))
        e = fault_in(w, CONFLICT, ((struct where){.field = S("back")}), M("nothing is settled for measure '%1' that could be taken back"), s.item.key);
    if (e == OK && !back) e = take(&s);
    if (e != OK) return e;
    if (back) s.now = (struct said){.key = s.item.key, .voice = VOICE_CENTRE, .org = s.p.org, .reason = str_trim(arg_text(in, "why"))};
    if (stale(&s) && !same_words(&s.was, &s.now)) return conflict(&s, out);
    return write(&s, out);
}

static enum err take_same(struct saying *s)
{
    if (s->was.id == 0 || s->was.status == STATUS_NONE)
        return fault_in(s->w, INVALID, ((struct where){.field = S("measure")}), M("measure '%1': nothing was reported yet that could stand: give status and text"), s->item.key);
    s->now = s->was;
    return OK;
}

enum err saying_same(struct work *w, const struct args *in)
{
    struct saying s;
    bool stands = false;
    enum err e = saying_load(w, in, VOICE_OWNER, &s);
    if (e == OK) e = take_same(&s);
    if (e != OK) return e;
    s.now.for_it = from_above(&s);
    e = has_it(&s, &stands);
    return e == OK && !stands ? said_add(w, s.p.id, &s.was, &s.now) : e;
}
