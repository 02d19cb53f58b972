/* plan fields, and the same inside a form: what is asked of an item, told as rows (SHOW_FIELDS). */
#include "plan/acts.h"
#include "plan/items.h"
#include "surface/fields.h"

/* ---- words of this room ---- */

struct cell plan_state_cell(str state)
{
    static const struct coded words[] = {{"draft", N("Draft")}, {"consultation", N("Out with the ministries")},
                                         {"comment", N("Out for public comment")}, {"decided", N("Decided plan")}};
    return CODED(words, state);
}

struct cell plan_kind_cell(str kind)
{
    static const struct coded words[] = {{"basic", N("Basic plan")}, {"annual", N("Annual plan")}, {"strategy", N("Strategy")}};
    return CODED(words, kind);
}

struct cell item_kind_cell(enum item_kind kind)
{
    static const str words[ITEM_KINDS] = {
        [ITEM_HEADING] = N("Heading"), [ITEM_MEASURE] = N("Measure"), [ITEM_RELISTED] = N("Told again"),
        [ITEM_DIRECTION] = N("Direction for next year"), [ITEM_POLICY] = N("Policy"), [ITEM_AREA] = N("Area"), [ITEM_GOAL] = N("Goal"),
        [ITEM_PICTURE] = N("Picture of the last year"), [ITEM_TEXT] = N("Text")};
    return enum_words_cell(str_of(item_kinds[kind]), words[kind]);
}

/* ---- fields ---- */

enum { OF_HEADING = 1 << ITEM_HEADING, OF_MEASURE = 1 << ITEM_MEASURE, OF_RELISTED = 1 << ITEM_RELISTED, OF_ALL = (1 << ITEM_KINDS) - 1,
       OF_OTHERS = OF_ALL & ~(OF_HEADING | OF_RELISTED) };

static const struct {
    enum plan_column column;
    const char *type;
    str label, help;
    int of; /* bits of the kinds of item that have it */
} fields[] = {
    {COL_LEVEL, "int", N("Level of heading"), N("1 for a chapter, 2 for what is below"), OF_HEADING},
    {COL_RELISTS, "text", N("First told as"), N("the number of the measure that is told again"), OF_RELISTED},
    {COL_CODE, "text", N("Printed code"), N("as it is printed, such as ア)a)"), OF_ALL},
    {COL_TITLE_JA, "text", N("Title in Japanese"), {0}, OF_ALL},
    {COL_TITLE_EN, "text", N("Title in English"), {0}, OF_ALL},
    {COL_TEXT_JA, "long", N("Text in Japanese"), {0}, OF_ALL},
    {COL_TEXT_EN, "long", N("Text in English"), {0}, OF_ALL},
    {COL_OWNERS, "long", N("Owners"), N("organisations and groups, by code or name, parted by blanks or one in a line"), OF_ALL & ~OF_HEADING},
    {COL_LEAD, "text", N("Lead"), N("the one of them that leads; if none is named, the first"), OF_ALL & ~OF_HEADING},
    {COL_MILESTONES, "long", N("Milestones"), N("one in a line: 2007-09-30: what, or 2007-04-01~2007-09-30: what / in English"), OF_OTHERS},
    {COL_LINKS, "long", N("Links"), N("one in a line, such as: see measure:sj2006/12"), OF_OTHERS},
    {COL_AREA, "text", N("Area of the basic plan"), {0}, OF_OTHERS},
    {COL_FLAG, "text", N("Flag"), N("a defect of the source that is kept, in words"), OF_ALL},
};

void plan_item_fields(struct doc *out, const struct plan_item *x)
{
    struct plan_cells c;
    struct arena *a = out->w->a;
    cells_of_item(a, x, 0, &c);
    c.cell[COL_MILESTONES] = milestones_text(a, x, S("\n"));
    c.cell[COL_LINKS] = links_text(a, x, S("\n"));
    if (x->level == 0) c.cell[COL_LEVEL] = S("");
    fields_begin(out, "fields");
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if ((fields[i].of & (1 << x->kind)) != 0)
            field_row(out, str_fmt(a, "field.%s", plan_columns[fields[i].column]), fields[i].type, words_cell(fields[i].label), false,
                      fields[i].help.n == 0 ? C_NONE : words_cell(fields[i].help), text_cell(c.cell[fields[i].column]));
    doc_table_end(out);
}

/* Of one item as it stands; without --no, of a new one of --kind. */
enum err plan_view_fields(struct work *w, const struct args *in, struct doc *out)
{
    struct plan p;
    struct plan_item x = {.kind = ITEM_MEASURE};
    (void)item_kind_named(arg_text(in, "kind"), &x.kind);
    enum err e = arg_given(in, "no") ? plan_wanted(w, in, &p) : OK;
    if (e == OK && arg_given(in, "no")) e = plan_item(w, &p, arg_text(in, "no"), &x);
    if (e != OK) return e;
    plan_item_fields(out, &x);
    return OK;
}
