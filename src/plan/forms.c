#include "plan/forms.h"

void plan_field_form(struct doc *out, const struct form *form, const char *name, const struct form_field *f, size_t n)
{
    doc_form(out, form);
    fields_begin(out, name);
    for (size_t i = 0; i < n; i++) {
        str at = str_of(f[i].name);
        field_row(out, at, f[i].type, words_cell(f[i].label), f[i].required, f[i].help.n == 0 ? C_NONE : words_cell(f[i].help),
                  text_cell(f[i].value));
        for (size_t c = 0; f[i].choices != NULL && f[i].choices[c] != NULL; c++)
            field_choice(out, at, str_of(f[i].choices[c]), words_cell(f[i].choice_label(c)));
    }
    doc_table_end(out);
    doc_form_end(out);
}

struct cell plan_edition_step_cell(str step)
{
    static const struct coded all[] = {{"circulate", N("Sent to the ministries")}, {"consult", N("Public comment begun")},
                                       {"decide", N("Decided")},                   {"revise", N("Revision begun")},
                                       {"keep", N("No change needed")},            {"watch", N("A change around the plan")}};
    return CODED(all, step);
}
