/* One parameter as a field: its label, its help, the control that fits its type, what was sent, what was wrong. */
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "face/told.h"
#include "web/page_parts.h"

static const struct {
    const char *name;
    str label;
} labels[] = {
    {"round", N("Round")},           {"org", N("Organisation")},        {"part", N("Part")},
    {"depth", N("Levels below")},    {"edition", N("Edition")},         {"against", N("Compared with")},
    {"duty", N("Duty")},             {"code", N("Code")},               {"title_ja", N("Title in Japanese")},
    {"title_en", N("Title in English")}, {"file", N("File")},           {"base", N("Base date")},
    {"due", N("Due date")},          {"respondent", N("Respondent")},   {"why", N("Reason")},
    {"reason", N("Reason")},         {"correction", N("Reason of the correction")}, {"person", N("Person")},
    {"post", N("Post")},             {"state", N("State")},             {"from", N("From")},
    {"to", N("To")},                 {"what", N("Kind")},               {"names", N("Show names")},
    {"outliers", N("Only outliers")}, {"clause", N("Clause")},          {"q", N("Words")},
    {"password", N("Password")},     {"note", N("Note")},               {"kind", N("Kind")},
    {"frame", N("Organisation of the frame")}, {"rate", N("Rate of a part")}, {"grades", N("Grades")},
    {"thresholds", N("Thresholds of attainment")}, {"exceptions", N("Exceptions")}, {"catalogue", N("Standard")},
    {"version", N("Version")},       {"effective", N("In force from")}, {"encoding", N("Encoding")},
    {"replace", N("Replace what is there")}, {"undo", N("Undo")},       {"all", N("All")},
    {"user", N("User")},             {"at", N("As of")},                {"question", N("Question")},
    {"title", N("Subject")},         {"text", N("What and why")},               {"step", N("Step of the case")},
    {"case", N("Case")},             {"year", N("Fiscal year")},         {"status", N("Status")},
    {"level", N("Level")},           {"head", N("Head of the journal")},
    {"sequence", N("Number")},       {"fingerprint", N("Fingerprint")}, {"way", N("Way")},
};

/* The beginning and end of a time, and its day; of anything else the help says more ("from" an edition, "to" an organisation, "at" an hour). */
static bool of_time(const char *name) { return strcmp(name, "from") == 0 || strcmp(name, "to") == 0 || strcmp(name, "at") == 0; }

static ptrdiff_t known(const struct param *q)
{
    if (of_time(q->name) && q->type != P_DATE) return -1;
    if (strcmp(q->name, "level") == 0 && q->type == P_TEXT) return -1; /* a share, not one of the levels of a clause */
    if ((q->flags & (LONG_TEXT | MANY)) == LONG_TEXT) return -1; /* what is written at length is asked for in a sentence */
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (strcmp(labels[i].name, q->name) == 0) return (ptrdiff_t)i;
    return -1;
}

/* "its version; without it, the newest" is a label and a hint. */
static str help_head(str help, str *rest)
{
    static const char *const marks[] = {"; ", "；"};
    ptrdiff_t first = -1;
    *rest = (str){"", 0};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        ptrdiff_t at = str_find(help, str_of(marks[i]));
        if (at < 0 || (first >= 0 && at > first)) continue;
        first = at;
        *rest = str_sub(help, (size_t)at + strlen(marks[i]), help.n);
    }
    return first < 0 ? help : str_sub(help, 0, (size_t)first);
}

/* Where no short word is known the help is the label: it says more than the name would. */
str param_label(struct page_doc *p, const struct param *q)
{
    ptrdiff_t at = known(q);
    str rest, head = help_head(tr(p->doc.lang, q->help), &rest);
    if (at >= 0) return tr(p->doc.lang, labels[at].label);
    return head.n != 0 ? head : str_of(q->name);
}

/* What is said beside the label. Help that only says it again is left out, and how several values are written where they
 * are chosen from a list. */
static str hint_of(struct page_doc *p, const struct param *q, bool listed)
{
    str rest, help = tr(p->doc.lang, q->help), label = param_label(p, q), head = help_head(help, &rest);
    if (known(q) < 0) return listed && (q->flags & MANY) ? (str){"", 0} : rest;
    bool again = head.n == label.n && strncasecmp(head.p, label.p, head.n) == 0;
    return again ? rest : help;
}

static size_t choices_of(struct page_doc *p, const struct param *q, const struct page_choice **out)
{
    if (p->frame->choices == NULL || (q->choices == NULL && q->type != P_ORG)) return 0;
    return p->frame->choices(p->frame->with, q, out);
}

/* As a choice a word may mean something else than as a state or the heading of a table: "reason: none" stands before
 * "none", and "depend by: area" before "by: area". */
static str choice_words(struct page_doc *p, const struct param *q, str word)
{
    const char *room = p->frame->room == NULL ? "" : p->frame->room->name;
    str own = str_fmt(p->a, "%s %s: %.*s", room, q->name, STR_ARG(word)), words = tr(p->doc.lang, own);
    if (!str_eq(words, own)) return words;
    str id = str_fmt(p->a, "%s: %.*s", q->name, STR_ARG(word));
    words = tr(p->doc.lang, id);
    return str_eq(words, id) ? tr(p->doc.lang, word) : words;
}

str param_words(struct page_doc *p, const struct param *q, str value)
{
    const struct page_choice *choice;
    size_t n = choices_of(p, q, &choice);
    int64_t days;
    for (size_t i = 0; i < n; i++)
        if (str_eq(choice[i].value, value)) return choice[i].label;
    if (q->type == P_ENUM) return choice_words(p, q, value);
    return q->type == P_DATE && date_parse(value, &days) ? date_words(p, days, false) : value;
}

/* ---- what was sent, and what was wrong with it ---- */

static str value_of(struct page_doc *p, const struct param *q, size_t which)
{
    const struct page_frame *f = p->frame;
    str name = str_of(q->name);
    if (q->flags & SECRET) return (str){"", 0};
    for (size_t i = 0; i < f->n_given; i++)
        if (str_eq(f->given[i].name, name) && which-- == 0) return f->given[i].text;
    if (f->n_given == 0 && which == 0 && own_value(p, name).n != 0) return own_value(p, name);
    return which == 0 && q->fallback != NULL && own_value(p, name).n == 0 && f->n_given == 0 ? str_of(q->fallback)
                                                                                           : (str){"", 0};
}

static bool has_value(struct page_doc *p, const struct param *q, str value)
{
    for (size_t i = 0; i < PAIRS_MAX; i++) {
        str v = value_of(p, q, i);
        if (v.n == 0) return false;
        if (str_eq(v, value)) return true;
        if (!(q->flags & MANY)) return false;
    }
    return false;
}

str field_sent(struct page_doc *p, str name, str otherwise)
{
    for (size_t i = 0; i < p->frame->n_given; i++)
        if (str_eq(p->frame->given[i].name, name)) return p->frame->given[i].text;
    return otherwise;
}

const struct fault *field_fault(struct page_doc *p, str name)
{
    const struct faults *all = &p->doc.w->faults;
    for (int64_t i = 0; i < all->count && i < FAULTS_SHOWN; i++) {
        const struct where *at = &all->first[i].where;
        if (str_eq(at->field, name) && at->row == 0) return &all->first[i];
    }
    return NULL;
}

/* ---- controls ---- */

static void named(struct page_doc *p, struct buf *b, const struct param *q, bool bad)
{
    attribute(b, "name", str_of(q->name));
    if (!p->form_open) attribute(b, "id", str_fmt(p->a, "p-%s", q->name)); /* a view asks in several forms */
    if (q->flags & REQUIRED) RAW(b, " required");
    if (bad) buf_fmt(b, " aria-invalid=\"true\" aria-describedby=\"e-%s\"", q->name);
}

void option(struct buf *b, str value, str label, bool chosen)
{
    RAW(b, "<option");
    attribute(b, "value", value);
    if (chosen) RAW(b, " selected");
    RAW(b, ">");
    page_escape(b, label);
    RAW(b, "</option>");
}

/* One of the list with something behind it ("power:24"): said by its name. */
static str listed_words(struct page_doc *p, const struct page_choice *c, size_t n, str value)
{
    ptrdiff_t colon = str_find(value, S(":"));
    for (size_t i = 0; colon > 0 && i < n; i++)
        if (str_eq(c[i].value, str_sub(value, 0, (size_t)colon)))
            return str_fmt(p->a, "%.*s%s%.*s", STR_ARG(c[i].label), p->doc.lang == LANG_JA ? "：" : ": ",
                           STR_ARG(str_sub(value, (size_t)colon + 1, value.n)));
    return value;
}

static void select_begin(struct page_doc *p, struct buf *b, const struct param *q, bool bad)
{
    RAW(b, "<select");
    named(p, b, q, bad);
    if (q->flags & MANY) RAW(b, " multiple size=\"6\"");
    RAW(b, ">");
    bool must = (q->flags & REQUIRED) != 0;
    if (q->flags & MANY) return;
    if (!must || value_of(p, q, 0).n == 0) option(b, S(""), tr(p->doc.lang, must ? M("Choose") : M("(any)")), false);
}

static void select_words(struct page_doc *p, struct buf *b, const struct param *q, bool bad)
{
    str rest = str_of(q->words), word;
    select_begin(p, b, q, bad);
    while (str_cut(&rest, ' ', &word)) option(b, word, choice_words(p, q, word), has_value(p, q, word));
    RAW(b, "</select>");
}

static void select_choices(struct page_doc *p, struct buf *b, const struct param *q, const struct page_choice *c, size_t n, bool bad)
{
    bool listed = false;
    str now = value_of(p, q, 0);
    select_begin(p, b, q, bad);
    for (size_t i = 0; i < n; i++) {
        listed = listed || str_eq(c[i].value, now);
        option(b, c[i].value, c[i].label, has_value(p, q, c[i].value));
    }
    if (!listed && now.n != 0) option(b, now, listed_words(p, c, n, now), true);
    RAW(b, "</select>");
}

/* Of a view: a list for each that was chosen, and one more when there is one. Several in one list need a keyboard. */
static void selects(struct page_doc *p, struct buf *b, const struct param *q, const struct page_choice *c, size_t n, bool bad)
{
    for (size_t k = 0; k < PAIRS_MAX; k++) {
        str now = value_of(p, q, k);
        bool listed = false;
        if (k > 1 && value_of(p, q, k - 1).n == 0) return;
        if (k == 1 && value_of(p, q, 0).n == 0) return;
        RAW(b, "<select");
        if (k == 0) named(p, b, q, bad);
        else {
            attribute(b, "name", str_of(q->name));
            attribute(b, "aria-label", FILLED(p, M("%1, another"), param_label(p, q)));
        }
        RAW(b, ">");
        option(b, S(""), tr(p->doc.lang, k == 0 ? M("(none)") : M("(one more)")), false);
        for (size_t i = 0; i < n; i++) {
            bool chosen = str_eq(c[i].value, now);
            listed = listed || chosen;
            option(b, c[i].value, c[i].label, chosen);
        }
        if (!listed && now.n != 0) option(b, now, listed_words(p, c, n, now), true);
        RAW(b, "</select>");
    }
}

static void input(struct page_doc *p, struct buf *b, const struct param *q, bool bad, size_t which)
{
    static const char *const kind[] = {[P_TEXT] = "text", [P_INT] = "text", [P_DATE] = "date", [P_CODE] = "text",
                                       [P_ORG] = "text",  [P_FILE] = "file", [P_ENUM] = "text", [P_FLAG] = "checkbox"};
    RAW(b, "<input");
    attribute(b, "type", q->flags & SECRET ? S("password") : str_of(kind[q->type]));
    if (which == 0) named(p, b, q, bad);
    else attribute(b, "name", str_of(q->name));
    if (q->type == P_INT) RAW(b, " inputmode=\"numeric\" size=\"8\"");
    if (q->type == P_CODE || q->type == P_ORG) RAW(b, " autocapitalize=\"none\" spellcheck=\"false\" maxlength=\"64\"");
    if (q->flags & SECRET) RAW(b, " autocomplete=\"off\"");
    else if (q->type != P_FILE) attribute(b, "value", value_of(p, q, which));
    RAW(b, ">");
}

/* As many lines as were sent, and two to go on with. */
static void inputs(struct page_doc *p, struct buf *b, const struct param *q, bool bad)
{
    size_t n = 0;
    if (q->flags & MANY)
        while (n < PAIRS_MAX && value_of(p, q, n).n != 0) n++;
    input(p, b, q, bad, 0);
    for (size_t i = 1; (q->flags & MANY) && i < n + 2; i++) input(p, b, q, false, i);
}

static void area(struct page_doc *p, struct buf *b, const struct param *q, bool bad)
{
    RAW(b, "<textarea rows=\"4\"");
    named(p, b, q, bad);
    RAW(b, ">");
    page_escape(b, value_of(p, q, 0));
    RAW(b, "</textarea>");
}

static bool of_view(struct page_doc *p) { return p->frame->entry != NULL && p->frame->entry->kind == ENTRY_VIEW && !p->form_open; }

static void control(struct page_doc *p, struct buf *b, const struct param *q, const struct page_choice *choice, size_t n, bool bad)
{
    if (q->flags & LONG_TEXT) area(p, b, q, bad);
    else if (q->type == P_ENUM) select_words(p, b, q, bad);
    else if (n != 0 && (q->flags & MANY) && of_view(p)) selects(p, b, q, choice, n, bad);
    else if (n != 0 && q->type != P_FILE) select_choices(p, b, q, choice, n, bad);
    else inputs(p, b, q, bad);
}

/* ---- the field ---- */

static void help_line(struct buf *b, str hint)
{
    if (hint.n == 0) return;
    RAW(b, "<span class=\"help\">");
    page_escape(b, hint);
    RAW(b, "</span>");
}

static void check(struct page_doc *p, struct buf *b, const struct param *q)
{
    str v = value_of(p, q, 0);
    RAW(b, "<label class=\"check\"><input type=\"checkbox\" value=\"1\"");
    attribute(b, "name", str_of(q->name));
    if (v.n != 0 && !str_eq(v, S("0"))) RAW(b, " checked");
    RAW(b, "><span>");
    page_escape(b, param_label(p, q));
    str hint = hint_of(p, q, false);
    if (p->act_page) help_line(b, hint);
    RAW(b, "</span></label>\n");
}

void field(struct page_doc *p, struct buf *b, const struct param *q, bool asked)
{
    const struct fault *f = asked ? field_fault(p, str_of(q->name)) : NULL;
    const struct page_choice *choice = NULL;
    if (q->type == P_FLAG) {
        check(p, b, q);
        return;
    }
    buf_add(b, f != NULL ? S("<label class=\"field bad\"><span class=\"label\">") : S("<label class=\"field\"><span class=\"label\">"));
    page_escape(b, param_label(p, q));
    if (asked && (q->flags & REQUIRED)) {
        RAW(b, "<span class=\"tag must\">");
        say(p, b, M("required"));
        RAW(b, "</span>");
    }
    RAW(b, "</span>");
    const size_t n = choices_of(p, q, &choice);
    str hint = hint_of(p, q, n != 0);
    const bool below = of_view(p); /* fields side by side: their controls stand in one line */
    if (!asked && known(q) >= 0) hint.n = 0;
    if (!below) help_line(b, hint);
    control(p, b, q, choice, n, f != NULL);
    if (below) help_line(b, hint);
    if (f != NULL) {
        buf_fmt(b, "<span class=\"err\" id=\"e-%s\">", q->name);
        page_escape(b, fault_sentence(p->a, p->doc.lang, f));
        RAW(b, "</span>");
    }
    RAW(b, "</label>\n");
}
