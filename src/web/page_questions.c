/* A sheet's questions as fields of a form: plain radio buttons, so that a keyboard is enough and no script is needed. */
#include "web/page_parts.h"

struct question {
    str no, code, section, text, example, help, answer, note;
    bool may_none;
};

static str sent(struct page_doc *p, const char *what, str code, str otherwise)
{
    return field_sent(p, str_fmt(p->a, "%s.%.*s", what, STR_ARG(code)), otherwise);
}

static struct question question_of(struct page_doc *p, const struct cell *row)
{
    struct question q = {
        .no = row_words(p, "no", row),
        .code = row_code(p, "question", row),
        .section = row_words(p, "section", row),
        .text = row_words(p, "text", row),
        .example = row_words(p, "example", row),
        .help = row_words(p, "help", row),
        .may_none = str_eq(row_code(p, "may_none", row), S("1")),
    };
    q.answer = row_code(p, "answer", row);
    q.note = row_words(p, "note", row);
    return q;
}

static void help_box(struct page_doc *p, const struct question *q)
{
    struct buf *b = &p->body;
    if (q->example.n == 0 && q->help.n == 0) return;
    RAW(b, "<details><summary>");
    say(p, b, M("Example and explanation"));
    RAW(b, "</summary><div class=\"help-box\">");
    if (q->example.n != 0) {
        RAW(b, "<p><b>");
        say(p, b, M("Example"));
        RAW(b, "</b>　");
        page_escape(b, q->example);
        RAW(b, "</p>");
    }
    if (q->help.n != 0) {
        RAW(b, "<p><b>");
        say(p, b, M("Explanation"));
        RAW(b, "</b>　");
        page_escape(b, q->help);
        RAW(b, "</p>");
    }
    RAW(b, "</div></details>\n");
}

static void choices(struct page_doc *p, const struct question *q)
{
    static const struct {
        const char *value;
        str label;
    } choice[] = {{"done", N("I did")},
                  {"not_done", N("I did not")},
                  {"no_occasion", N("No occasion arose")},
                  {"later", N("Answer later")}};
    struct buf *b = &p->body;
    str name = str_fmt(p->a, "answer.%.*s", STR_ARG(q->code)), now = sent(p, "answer", q->code, q->answer);
    RAW(b, "<div class=\"choices\">");
    for (size_t i = 0; i < sizeof choice / sizeof *choice; i++) {
        str value = str_of(choice[i].value);
        if (i == 2 && !q->may_none && !str_eq(now, value)) continue;
        buf_add(b, i == 3 ? S("<label class=\"choice later\"><input type=\"radio\"") : S("<label class=\"choice\"><input type=\"radio\""));
        attribute(b, "name", name);
        attribute(b, "value", value);
        if (str_eq(now, value)) RAW(b, " checked");
        RAW(b, ">");
        say(p, b, choice[i].label);
        RAW(b, "</label>");
    }
    RAW(b, "</div>\n");
}

static void note(struct page_doc *p, const struct question *q)
{
    struct buf *b = &p->body;
    RAW(b, "<div class=\"more not\"><label class=\"field\"><span class=\"label\">");
    say(p, b, M("Why it was not done (may be left out)"));
    RAW(b, "</span><span class=\"help\">");
    say(p, b, M("No names and no secrets of your work. At most 200 characters."));
    RAW(b, "</span><textarea rows=\"3\" maxlength=\"200\"");
    attribute(b, "name", str_fmt(p->a, "note.%.*s", STR_ARG(q->code)));
    RAW(b, ">");
    page_escape(b, sent(p, "note", q->code, q->note));
    RAW(b, "</textarea></label></div>");
}

static void fieldset(struct page_doc *p, const struct question *q)
{
    struct buf *b = &p->body;
    RAW(b, "<fieldset class=\"q\"");
    attribute(b, "id", str_fmt(p->a, "q-%.*s", STR_ARG(q->code)));
    RAW(b, "><legend><span class=\"no\">");
    SAY(p, b, M("Question %1"), q->no);
    RAW(b, "</span>");
    page_escape(b, q->text);
    RAW(b, "</legend>\n");
    help_box(p, q);
    choices(p, q);
    note(p, q);
    hidden(b, str_fmt(p->a, "was.%.*s", STR_ARG(q->code)), q->answer);
    RAW(b, "</fieldset>\n");
}

void draw_questions(struct page_doc *p)
{
    str section = {"", 0};
    for (size_t r = 0; r < p->table.kept; r++) {
        struct question q = question_of(p, p->table.row[r]);
        if (q.section.n != 0 && !str_eq(q.section, section)) {
            RAW(&p->body, "<h2 class=\"sec\">");
            page_escape(&p->body, q.section);
            RAW(&p->body, "</h2>\n");
            section = q.section;
        }
        fieldset(p, &q);
    }
}
