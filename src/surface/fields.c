#include "surface/fields.h"

static const struct column field_columns[] = {
    {"name", CELL_TEXT, N("Parameter"), 0, NULL, NULL},
    {"choice", CELL_TEXT, N("Choice"), 0, NULL, NULL},
    {"label", CELL_TEXT, N("Name"), 0, NULL, NULL},
    {"type", CELL_ENUM, N("Type"), 0, NULL, NULL},
    {"required", CELL_BOOL, N("Required"), 0, NULL, NULL},
    {"help", CELL_TEXT, N("Explanation"), COL_DETAIL, NULL, NULL},
    {"value", CELL_TEXT, N("Value"), COL_DETAIL, NULL, NULL},
};

void fields_table(struct doc *out, const char *name) { DOC_TABLE(out, name, field_columns); }

void fields_begin(struct doc *out, const char *name)
{
    doc_show(out, &(struct show){.kind = SHOW_FIELDS, .alone = true});
    fields_table(out, name);
}

void field_row(struct doc *out, str name, const char *type, struct cell label, bool required, struct cell help, struct cell value)
{
    DOC_ROW(out, C_TEXT(name), C_NONE, label, C_ENUM(str_of(type)), C_BOOL(required), help, value);
}

void field_choice(struct doc *out, str name, str code, struct cell label)
{
    DOC_ROW(out, C_TEXT(name), C_TEXT(code), label, C_NONE, C_NONE, C_NONE, C_NONE);
}

void field_fold(struct doc *out, struct cell label)
{
    DOC_ROW(out, C_NONE, C_NONE, label, C_ENUM(S("fold")), C_NONE, C_NONE, C_NONE);
}

void two_texts_table(struct doc *out, const struct two_texts *t, size_t n)
{
    static const struct column columns[] = {
        {"what", CELL_TEXT, N("What"), 0, NULL, NULL},
        {"stands", CELL_TEXT, N("What stands now"), 0, NULL, NULL},
        {"given", CELL_TEXT, N("What you sent"), 0, NULL, NULL},
    };
    doc_show(out, &(struct show){.kind = SHOW_DIFF, .label = "what", .values = {"stands", "given"}, .alone = true});
    DOC_TABLE(out, "both_texts", columns);
    for (size_t i = 0; i < n; i++)
        if (!str_eq(t[i].stands, t[i].given)) DOC_ROW(out, words_cell(t[i].label), text_cell(t[i].stands), text_cell(t[i].given));
    doc_table_end(out);
}

void two_texts_told(struct doc *out, const struct two_texts *t, size_t n)
{
    doc_heading(out, M("Changed by another meanwhile"));
    doc_text(out, M("It was changed by another after your page was shown. Nothing was overwritten and nothing is lost: "
                    "look at both, put them together below, and send it once more."));
    two_texts_table(out, t, n);
}
