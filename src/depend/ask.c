/* depend ask: the sheet of the elicitation is put to the operators of all sectors, in one act. */
#include "depend/ask.h"

#include "base/embed.h"
#include "surface/shipped.h"

enum err depend_act_ask(struct work *w, const struct args *in, struct doc *out)
{
    struct survey_asking x = {.code = arg_text(in, "code"), .title_ja = str_trim(arg_text(in, "title_ja")),
                              .title_en = str_trim(arg_text(in, "title_en")), .frame = arg_org(in, "frame"), .due = arg_int(in, "due"),
                              .hour = arg_int(in, "hour"), .levels = arg_int(in, "levels")};
    const struct file *file = arg_file(in, "file");
    if (file != NULL) {
        x.set_name = file->name;
        x.set = file->bytes;
    } else {
        x.set_name = str_fmt(w->a, "data/survey/%.*s.csv", STR_ARG(arg_text(in, "questions")));
        if (!embedded_find(x.set_name, &x.set))
            return fault_in(w, NOTFOUND, ((struct where){.field = S("questions")}), 
                            M("no set of questions '%1' ships with the program; there are: %2"), arg_text(in, "questions"), shipped_codes(w->a, S("data/survey/")));
    }
    return inspect_survey_of_set(w, &x, out);
}
