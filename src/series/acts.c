/* The acts of the room. A form gives one line, a file many: both are taken in alike (take.c). */
#include "series/acts.h"

#include "surface/door.h"

static void go_on(struct work *w, str code, str said, const struct doc *out)
{
    act_next(w, &(struct going_on){.to = "series show",
                                   .given = {{"series", code}},
                                   .said = tr_fill(w->a, out->lang, said, &code, 1)});
}

enum err series_act_import(struct work *w, const struct args *in, struct doc *out)
{
    struct lines t;
    enum err e = series_lines_read(w, arg_file(in, "file"), &t);
    if (e == OK) e = series_lines_take(w, &t, arg_text(in, "reason"), out);
    if (e == OK)
        act_next(w, &(struct going_on){.to = "series list", .said = tr(out->lang, M("The file was taken in."))});
    return e;
}

struct named {
    const char *param;
    enum line_column at;
};

/* A line made of arguments; where a parameter has another name than the column, faults name the column: said so in its
 * help. */
static struct line line_of(const struct args *in, enum line_what what, const struct named *of, size_t n)
{
    struct line l = {.what = what};
    for (size_t i = 0; i < n; i++) l.cell[of[i].at] = str_trim(arg_text(in, of[i].param));
    return l;
}
#define LINE_OF(in, what, of) line_of(in, what, of, sizeof(of) / sizeof *(of))

static enum err take_lines(struct work *w, struct line *all, size_t n, str reason, struct doc *out)
{
    struct lines t = {.all = all, .n = n};
    for (size_t i = 0; i < n; i++) series_line_check(w, &t, &all[i]);
    enum err e = work_err(w);
    return e == OK ? series_lines_take(w, &t, reason, out) : e;
}

static const struct named of_definition[] = {{"series", IN_SERIES},       {"since", IN_PERIOD},
                                             {"counted_ja", IN_JA},       {"counted_en", IN_EN},
                                             {"source_ja", IN_SOURCE_JA}, {"source_en", IN_SOURCE_EN}};

enum err series_act_define(struct work *w, const struct args *in, struct doc *out)
{
    static const struct named of[] = {{"series", IN_SERIES},
                                      {"org", IN_ORG},
                                      {"ja", IN_JA},
                                      {"en", IN_EN},
                                      {"unit_ja", IN_UNIT_JA},
                                      {"unit_en", IN_UNIT_EN},
                                      {"kind", IN_KIND},
                                      {"direction", IN_DIRECTION},
                                      {"area", IN_AREA},
                                      {"owner_ja", IN_OWNER_JA},
                                      {"owner_en", IN_OWNER_EN}};
    bool defines = arg_given(in, "since") || arg_given(in, "counted_ja");
    struct indicator stands;
    enum err e = indicator_head(w, arg_text(in, "series"), &stands);
    if (e != OK && e != NOTFOUND) return e;
    if (e == NOTFOUND && !defines)
        return fault_in(w, INVALID, ((struct where){.field = S("since")}),
                        M("a new series says what it counts: give since, counted_ja and source_ja"));
    struct line l[2] = {LINE_OF(in, LINE_SERIES, of), LINE_OF(in, LINE_DEFINITION, of_definition)};
    l[0].cell[IN_PUBLIC] = arg_given(in, "public") ? S("yes") : S("no");
    e = take_lines(w, l, defines ? 2 : 1, S(""), out);
    if (e == OK) go_on(w, l[0].cell[IN_SERIES], M("Defined: %1"), out);
    return e;
}

enum err series_act_definition(struct work *w, const struct args *in, struct doc *out)
{
    struct line l = LINE_OF(in, LINE_DEFINITION, of_definition);
    enum err e = take_lines(w, &l, 1, arg_text(in, "reason"), out);
    if (e == OK) go_on(w, l.cell[IN_SERIES], M("What %1 counts was recorded."), out);
    return e;
}

enum err series_act_put(struct work *w, const struct args *in, struct doc *out)
{
    static const struct named of[] = {{"series", IN_SERIES}, {"period", IN_PERIOD}, {"dimension", IN_PART},
                                      {"value", IN_VALUE},   {"n", IN_N},           {"d", IN_D},
                                      {"flag", IN_FLAG},     {"note_ja", IN_JA},    {"note_en", IN_EN}};
    struct line l = LINE_OF(in, LINE_VALUE, of);
    enum err e = take_lines(w, &l, 1, arg_text(in, "reason"), out);
    if (e == OK) go_on(w, l.cell[IN_SERIES], M("The value of %1 was recorded."), out);
    return e;
}

enum err series_act_target(struct work *w, const struct args *in, struct doc *out)
{
    static const struct named of[] = {{"series", IN_SERIES}, {"period", IN_PERIOD}, {"dimension", IN_PART},
                                      {"value", IN_VALUE},   {"source", IN_REF},    {"note_ja", IN_JA},
                                      {"note_en", IN_EN}};
    struct line l = LINE_OF(in, LINE_TARGET, of);
    enum err e = take_lines(w, &l, 1, arg_text(in, "reason"), out);
    if (e == OK) go_on(w, l.cell[IN_SERIES], M("The target of %1 was recorded."), out);
    return e;
}
