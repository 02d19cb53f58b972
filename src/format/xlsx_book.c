/* The parts of a workbook beside its sheets: styles, names, relations. Written last, when all is known. */
#include "format/xlsx_book.h"

#include "base/clock.h"

/* How cells of each style look. Texts have the number format "text" (49), so that an edited one stays a text. */
enum { PLAIN, BOLD, LARGE, GREY };
static const struct look {
    int format, font, fill, border;
    const char *align;
    bool open; /* can be changed where the sheet is protected */
} looks[] = {
    [XLSX_TEXT] = {49, PLAIN, 0, 0, ""},
    [XLSX_WRAP] = {49, PLAIN, 0, 0, " wrapText=\"1\""},
    [XLSX_TITLE] = {49, LARGE, 0, 0, ""},
    [XLSX_LABEL] = {49, BOLD, 0, 0, " wrapText=\"1\""},
    [XLSX_HEAD] = {49, BOLD, 2, 1, " wrapText=\"1\""},
    [XLSX_INT] = {3, PLAIN, 0, 0, ""},
    [XLSX_PERCENT] = {164, PLAIN, 0, 0, ""},
    [XLSX_DATE] = {165, PLAIN, 0, 0, " horizontal=\"left\""},
    [XLSX_TIME] = {166, PLAIN, 0, 0, " horizontal=\"left\""},
    [XLSX_SPAN] = {167, PLAIN, 0, 0, ""},
    [XLSX_INDENT] = {49, PLAIN, 0, 0, " horizontal=\"left\" indent=\"1\""},
    [XLSX_INDENT + 1] = {49, PLAIN, 0, 0, " horizontal=\"left\" indent=\"2\""},
    [XLSX_INDENT + 2] = {49, PLAIN, 0, 0, " horizontal=\"left\" indent=\"3\""},
    [XLSX_INDENT + 3] = {49, PLAIN, 0, 0, " horizontal=\"left\" indent=\"4\""},
    [XLSX_FORM_HEAD] = {49, BOLD, 2, 2, " wrapText=\"1\""},
    [XLSX_FORM_CODE] = {49, GREY, 2, 2, " wrapText=\"1\""},
    [XLSX_FORM_TEXT] = {49, PLAIN, 0, 2, " wrapText=\"1\""},
    [XLSX_FORM_CHOICE] = {49, PLAIN, 3, 2, " horizontal=\"center\" wrapText=\"1\"", true},
    [XLSX_FORM_INPUT] = {49, PLAIN, 3, 2, " wrapText=\"1\"", true},
};
enum { LOOKS = sizeof looks / sizeof looks[0] };

/* Fonts in the order of the enum above; of the fills the first two are fixed by the format (ECMA-376 §18.8.20). */
#define FACE "<name val=\"Yu Gothic\"/><family val=\"2\"/><charset val=\"128\"/></font>"
#define LINE(side) "<" side " style=\"thin\"><color rgb=\"FFB3B3B3\"/></" side ">"
static const char styles_head[] = XML
    "<styleSheet xmlns=\"" MAIN "\"><numFmts count=\"4\"><numFmt numFmtId=\"164\" formatCode=\"0.0%\"/>"
    "<numFmt numFmtId=\"165\" formatCode=\"yyyy\\-mm\\-dd\"/>"
    "<numFmt numFmtId=\"166\" formatCode=\"yyyy\\-mm\\-dd\\ hh:mm:ss\"/>"
    "<numFmt numFmtId=\"167\" formatCode=\"[h]:mm\"/></numFmts><fonts count=\"4\">"
    "<font><sz val=\"11\"/>" FACE "<font><b/><sz val=\"11\"/>" FACE "<font><b/><sz val=\"16\"/>" FACE
    "<font><sz val=\"9\"/><color rgb=\"FF595959\"/>" FACE
    "</fonts><fills count=\"4\"><fill><patternFill patternType=\"none\"/></fill>"
    "<fill><patternFill patternType=\"gray125\"/></fill>"
    "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFE8F1FE\"/><bgColor indexed=\"64\"/></patternFill></fill>"
    "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFFFFBE6\"/><bgColor indexed=\"64\"/></patternFill></fill>"
    "</fills><borders count=\"3\"><border><left/><right/><top/><bottom/><diagonal/></border>"
    "<border><left/><right/><top/><bottom style=\"thin\"><color rgb=\"FF767676\"/></bottom><diagonal/></border>"
    "<border>" LINE("left") LINE("right") LINE("top")
        LINE("bottom") "<diagonal/></border></borders>"
                       "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" "
                       "borderId=\"0\"/></cellStyleXfs>";

static void put_styles(struct xlsx *x, struct buf *b)
{
    zip_member(x->zip, S("xl/styles.xml"));
    buf_add(b, str_of(styles_head));
    buf_fmt(b, "<cellXfs count=\"%d\">", LOOKS);
    for (int i = 0; i < LOOKS; i++)
        buf_fmt(b,
                "<xf numFmtId=\"%d\" fontId=\"%d\" fillId=\"%d\" borderId=\"%d\" xfId=\"0\" applyNumberFormat=\"1\" "
                "applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\"%s><alignment "
                "vertical=\"top\"%s/>%s</xf>",
                looks[i].format, looks[i].font, looks[i].fill, looks[i].border,
                looks[i].open ? " applyProtection=\"1\"" : "", looks[i].align,
                looks[i].open ? "<protection locked=\"0\"/>" : "");
    buf_add(b,
            S("</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>"
              "</styleSheet>"));
}

static void put_root(struct xlsx *x, struct buf *b)
{
    zip_member(x->zip, S("_rels/.rels"));
    buf_add(b, S(XML "<Relationships xmlns=\"" PACKAGE "relationships\">"
                     "<Relationship Id=\"rId1\" Type=\"" RELATIONS "/officeDocument\" Target=\"xl/workbook.xml\"/>"
                     "<Relationship Id=\"rId2\" Type=\"" PACKAGE "relationships/metadata/core-properties\" "
                     "Target=\"docProps/core.xml\"/></Relationships>"));
}

static void put_types(struct xlsx *x, struct buf *b)
{
#define PART(path, type) "<Override PartName=\"" path "\" ContentType=\"application/vnd.openxmlformats-" type "+xml\"/>"
    zip_member(x->zip, S("[Content_Types].xml"));
    buf_add(b,
            S(XML
              "<Types xmlns=\"" PACKAGE "content-types\">"
              "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
              "<Default Extension=\"xml\" ContentType=\"application/xml\"/>" PART(
                  "/xl/workbook.xml", "officedocument.spreadsheetml.sheet.main")
                  PART("/xl/styles.xml", "officedocument.spreadsheetml.styles")
                      PART("/docProps/core.xml", "package.core-properties")));
    for (size_t i = 1; i <= x->n; i++)
        buf_fmt(b, PART("/xl/worksheets/sheet%zu.xml", "officedocument.spreadsheetml.worksheet"), i);
    buf_add(b, S("</Types>"));
}

static void put_core(struct xlsx *x, struct buf *b)
{
    zip_member(x->zip, S("docProps/core.xml"));
    buf_add(b, S(XML "<cp:coreProperties xmlns:cp=\"" PACKAGE "metadata/core-properties\" "
                     "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" "
                     "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>"));
    xlsx_add_xml(b, x->about.title);
    buf_add(b, S("</dc:title><dc:creator>meguri</dc:creator><dcterms:created xsi:type=\"dcterms:W3CDTF\">"));
    buf_add(b, time_text(x->rough, x->about.made));
    buf_add(b, S("</dcterms:created></cp:coreProperties>"));
}

static void put_relations(struct xlsx *x, struct buf *b)
{
    zip_member(x->zip, S("xl/_rels/workbook.xml.rels"));
    buf_add(b, S(XML "<Relationships xmlns=\"" PACKAGE "relationships\">"));
    for (size_t i = 1; i <= x->n; i++)
        buf_fmt(b, "<Relationship Id=\"rId%zu\" Type=\"" RELATIONS "/worksheet\" Target=\"worksheets/sheet%zu.xml\"/>",
                i, i);
    buf_fmt(b, "<Relationship Id=\"rId%zu\" Type=\"" RELATIONS "/styles\" Target=\"styles.xml\"/></Relationships>",
            x->n + 1);
}

static void add_form_titles(struct buf *b, const struct xlsx_sheet *s)
{
    struct buf last = buf_in(b->a), name = buf_in(b->a);
    xlsx_add_xml(&name, s->name);
    xlsx_add_reference(&last, s->form.columns - 1, 1);
    str quoted = buf_str(&name), letters = str_sub(buf_str(&last), 0, last.n - 1);
    buf_fmt(
        b, "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"%zu\">'%.*s'!$A:$%.*s,'%.*s'!$1:$%zu</definedName>",
        s->index, STR_ARG(quoted), STR_ARG(letters), STR_ARG(quoted), s->form.rows);
}

/* What a filter and a repeated row are besides: names of the workbook. */
static void add_defined(struct buf *b, const struct xlsx_sheet *s)
{
    if (s->form.columns != 0) add_form_titles(b, s);
    if (s->heads == NULL) return;
    buf_fmt(b, "<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"%zu\" hidden=\"1\">'", s->index);
    xlsx_add_xml(b, s->name);
    buf_add(b, S("'!"));
    xlsx_add_filter(b, s, "$");
    buf_fmt(b, "</definedName><definedName name=\"_xlnm.Print_Titles\" localSheetId=\"%zu\">'", s->index);
    xlsx_add_xml(b, s->name);
    buf_add(b, S("'!$1:$1</definedName>"));
}

static bool any_heads(const struct xlsx *x)
{
    for (size_t i = 0; i < x->n; i++)
        if (x->sheet[i]->heads != NULL || x->sheet[i]->form.columns != 0) return true;
    return false;
}

static void put_workbook(struct xlsx *x, struct buf *b)
{
    zip_member(x->zip, S("xl/workbook.xml"));
    buf_add(b, S(XML "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" RELATIONS
                     "\"><bookViews><workbookView/></bookViews><sheets>"));
    for (size_t i = 0; i < x->n; i++) {
        buf_add(b, S("<sheet name=\""));
        xlsx_add_xml(b, x->sheet[i]->name);
        buf_fmt(b, "\" sheetId=\"%zu\"%s r:id=\"rId%zu\"/>", i + 1,
                x->sheet[i]->form.very_hidden ? " state=\"veryHidden\"" : "", i + 1);
    }
    buf_add(b, S("</sheets>"));
    if (any_heads(x)) buf_add(b, S("<definedNames>"));
    for (size_t i = 0; i < x->n; i++) add_defined(b, x->sheet[i]);
    buf_add(b, any_heads(x) ? S("</definedNames></workbook>") : S("</workbook>"));
}

bool xlsx_end(struct xlsx *x)
{
    static void (*const put[])(struct xlsx *, struct buf *) = {put_types,     put_root,   put_workbook,
                                                               put_relations, put_styles, put_core};
    for (size_t i = 0; i < sizeof put / sizeof put[0]; i++) {
        struct buf b = buf_in(x->rough);
        put[i](x, &b);
        zip_put(x->zip, buf_str(&b));
    }
    return zip_end(x->zip);
}
