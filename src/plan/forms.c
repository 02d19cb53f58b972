#include "plan/forms.h"

static const struct column field_columns[] = {
    {"name", CELL_TEXT, N("Parameter"), 0, NULL, NULL},   {"choice", CELL_TEXT, N("Choice"), 0, NULL, NULL},
    {"label", CELL_TEXT, N("Name"), 0, NULL, NULL},       {"type", CELL_ENUM, N("Type"), 0, NULL, NULL},
    {"required", CELL_BOOL, N("Required"), 0, NULL, NULL}, {"help", CELL_TEXT, N("Explanation"), COL_DETAIL, NULL, NULL},
    {"value", CELL_TEXT, N("Value"), COL_DETAIL, NULL, NULL},
};

void plan_field_form(struct doc *out, const struct form *form, const char *name, const struct form_field *f, size_t n)
{
    doc_form(out, form);
    doc_show(out, &(struct show){.kind = SHOW_FIELDS, .alone = true});
    DOC_TABLE(out, name, field_columns);
    for (size_t i = 0; i < n; i++) {
        str at = str_of(f[i].name);
        DOC_ROW(out, C_TEXT(at), C_NONE, words_cell(f[i].label), C_ENUM(str_of(f[i].type)), C_BOOL(f[i].required), C_NONE,
                text_cell(f[i].value));
        for (size_t c = 0; f[i].choices != NULL && f[i].choices[c] != NULL; c++)
            DOC_ROW(out, C_TEXT(at), C_TEXT(str_of(f[i].choices[c])), words_cell(f[i].choice_label(c)), C_NONE, C_NONE, C_NONE,
                    C_NONE);
    }
    doc_table_end(out);
    doc_form_end(out);
}

struct cell plan_enum_cell(str code, str label)
{
    return (struct cell){.type = CELL_ENUM, .text = code, .ja = tr(LANG_JA, label), .en = tr(LANG_EN, label)};
}

struct cell plan_named_cell(str code, str ja, str en)
{
    if (code.n == 0) return C_NONE;
    return (struct cell){.type = CELL_ENUM, .text = code, .ja = ja.n == 0 ? en : ja, .en = en.n == 0 ? ja : en};
}

struct coded {
    const char *code;
    str label;
};

static struct cell coded_cell(const struct coded *all, size_t n, str code)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(code, str_of(all[i].code))) return plan_enum_cell(code, all[i].label);
    return C_ENUM(code);
}

struct cell plan_edition_step_cell(str step)
{
    static const struct coded all[] = {{"circulate", N("Sent to the ministries")}, {"consult", N("Public comment begun")},
                                       {"decide", N("Decided")},                   {"revise", N("Revision begun")},
                                       {"keep", N("No change needed")},            {"watch", N("A change around the plan")}};
    return coded_cell(all, sizeof all / sizeof *all, step);
}

void plan_two_texts(struct doc *out, const struct two_texts *t, size_t n)
{
    static const struct column columns[] = {
        {"what", CELL_TEXT, N("What"), 0, NULL, NULL},
        {"stands", CELL_TEXT, N("What stands now"), 0, NULL, NULL},
        {"given", CELL_TEXT, N("What you sent"), 0, NULL, NULL},
    };
    doc_fact(out, "changed", M("Changed"), C_INT(0));
    doc_heading(out, M("Changed by another meanwhile"));
    doc_text(out, M("It was changed by another after your page was shown. Nothing was overwritten and nothing is lost: "
                    "look at both, put them together below, and send it once more."));
    doc_show(out, &(struct show){.kind = SHOW_DIFF, .label = "what", .values = {"stands", "given"}});
    DOC_TABLE(out, "both_texts", columns);
    for (size_t i = 0; i < n; i++)
        DOC_ROW(out, words_cell(t[i].label), text_cell(t[i].stands), text_cell(t[i].given));
    doc_table_end(out);
}
