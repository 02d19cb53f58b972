/* The parts of a document beside its body: styles, heads and feet of pages, settings, relations. Written last, when all
 * is known. */
#include "format/docx_inside.h"

#include "base/clock.h"

#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define OFFICE_TYPE "application/vnd.openxmlformats-officedocument.wordprocessingml."

struct parts {
    struct zip *zip;
    struct arena *rough;
    struct buf b; /* of the part being made; not in rough */
    const struct docx_about *about;
    const struct docx_paper *paper;
};

static void begin_part(struct parts *p, const char *name) { zip_member(p->zip, str_of(name)); }

static void end_part(struct parts *p)
{
    zip_put(p->zip, buf_str(&p->b));
    p->b.n = 0;
}

static void add(struct parts *p, const char *xml) { buf_add(&p->b, str_of(xml)); }

/* ---- styles ---- */

/* Body in Mincho, headings and tables in Gothic, as official papers are set; named for every script, so that no theme
 * decides (§17.3.2.26). */
#define FONTS(name)                                                                                                    \
    "<w:rFonts w:ascii=\"" name "\" w:hAnsi=\"" name "\" w:eastAsia=\"" name "\" w:cs=\"Times New Roman\"/>"
#define GOTHIC FONTS("Yu Gothic")
#define SIZE(half_points) "<w:sz w:val=\"" half_points "\"/><w:szCs w:val=\"" half_points "\"/>"
#define GREY "<w:color w:val=\"595959\"/>"

/* In a table the width of a text has to be known: no space is added between kanji and figures. */
#define CLOSE "<w:autoSpaceDE w:val=\"0\"/><w:autoSpaceDN w:val=\"0\"/>"

static const struct style {
    const char *id, *name, *next, *paragraph, *run;
} styles[] = {
    {"Title", "Title", "Normal", "<w:keepNext/><w:spacing w:before=\"0\" w:after=\"120\"/>",
     GOTHIC "<w:b/><w:bCs/>" SIZE("32")},
    {"Subtitle", "Subtitle", "Normal", "<w:spacing w:before=\"0\" w:after=\"120\"/>", GOTHIC SIZE("22")},
    {"Meta", "Meta", "Meta", "<w:spacing w:before=\"0\" w:after=\"0\"/>", GOTHIC GREY SIZE("18")},
    {"Heading1", "heading 1", "Normal",
     "<w:keepNext/><w:spacing w:before=\"280\" w:after=\"100\"/><w:outlineLvl w:val=\"0\"/>",
     GOTHIC "<w:b/><w:bCs/>" SIZE("28")},
    {"Heading2", "heading 2", "Normal",
     "<w:keepNext/><w:spacing w:before=\"300\" w:after=\"100\"/><w:outlineLvl w:val=\"1\"/>",
     GOTHIC "<w:b/><w:bCs/>" SIZE("24")},
    {"Heading3", "heading 3", "Normal",
     "<w:keepNext/><w:spacing w:before=\"240\" w:after=\"80\"/><w:outlineLvl w:val=\"2\"/>",
     GOTHIC "<w:b/><w:bCs/>" SIZE("22")},
    {"Heading4", "heading 4", "Normal",
     "<w:keepNext/><w:spacing w:before=\"200\" w:after=\"60\"/><w:outlineLvl w:val=\"3\"/>", GOTHIC SIZE("21")},
    {"Caption", "caption", "Normal", "<w:keepNext/><w:spacing w:before=\"240\" w:after=\"80\"/>",
     GOTHIC "<w:b/><w:bCs/>" SIZE("20")},
    {"Note", "Note", "Note", "<w:spacing w:before=\"40\" w:after=\"0\"/><w:ind w:left=\"315\" w:hanging=\"315\"/>",
     SIZE("19")},
    {"Spacer", "Spacer", "Normal", "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"160\" w:lineRule=\"exact\"/>",
     SIZE("12")},
    {"TableText", "Table Text", "TableText", CLOSE "<w:spacing w:before=\"20\" w:after=\"20\"/>", GOTHIC SIZE("18")},
    {"TableFigure", "Table Figure", "TableFigure",
     CLOSE "<w:spacing w:before=\"20\" w:after=\"20\"/><w:jc w:val=\"right\"/>", GOTHIC SIZE("18")},
    {"TableHead", "Table Head", "TableHead", "<w:keepNext/>" CLOSE "<w:spacing w:before=\"20\" w:after=\"20\"/>",
     GOTHIC "<w:b/><w:bCs/>" SIZE("18")},
    {"TableTextSmall", "Table Text Small", "TableTextSmall", CLOSE "<w:spacing w:before=\"10\" w:after=\"10\"/>",
     GOTHIC SIZE("15")},
    {"TableFigureSmall", "Table Figure Small", "TableFigureSmall",
     CLOSE "<w:spacing w:before=\"10\" w:after=\"10\"/><w:jc w:val=\"right\"/>", GOTHIC SIZE("15")},
    {"TableHeadSmall", "Table Head Small", "TableHeadSmall",
     "<w:keepNext/>" CLOSE "<w:spacing w:before=\"10\" w:after=\"10\"/>", GOTHIC "<w:b/><w:bCs/>" SIZE("15")},
    {"TableBase", "Table Base", "TableBase", CLOSE "<w:spacing w:before=\"0\" w:after=\"20\"/>",
     GOTHIC GREY SIZE("15")},
    {"Header", "header", "Header", "<w:spacing w:before=\"0\" w:after=\"0\"/>", GOTHIC SIZE("17")},
    {"Footer", "footer", "Footer", "<w:spacing w:before=\"0\" w:after=\"0\"/>", GOTHIC SIZE("17")},
};

/* Kinsoku and hanging punctuation for all paragraphs (§17.3.1.16, .21); Latin letters keep their distance from kanji.
 */
static const char styles_head[] =
    DOCX_XML "<w:styles " DOCX_W "><w:docDefaults><w:rPrDefault><w:rPr>" FONTS("Yu Mincho") SIZE(
        "21") "<w:lang w:val=\"en-US\" w:eastAsia=\"ja-JP\" "
              "w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
              "<w:widowControl/><w:kinsoku/><w:overflowPunct/><w:autoSpaceDE/><w:autoSpaceDN/>"
              "<w:spacing w:before=\"0\" w:after=\"100\" w:line=\"276\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault>"
              "</w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name "
              "w:val=\"Normal\"/>"
              "<w:qFormat/></w:style><w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\">"
              "<w:name w:val=\"Default Paragraph Font\"/><w:uiPriority w:val=\"1\"/><w:semiHidden/></w:style>"
              "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/>"
              "<w:uiPriority w:val=\"99\"/><w:semiHidden/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar>"
              "<w:left w:w=\"70\" w:type=\"dxa\"/><w:right w:w=\"70\" "
              "w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>";

#define LINE(side) "<w:" side " w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"8C8C8C\"/>"
static const char styles_table[] =
    "<w:style w:type=\"table\" w:styleId=\"TableGrid\"><w:name w:val=\"Table Grid\"/><w:basedOn w:val=\"TableNormal\"/>"
    "<w:uiPriority w:val=\"39\"/><w:tblPr><w:tblBorders>" LINE("top") LINE("left") LINE("bottom") LINE("right")
        LINE("insideH") LINE("insideV") "</w:tblBorders></w:tblPr></w:style></w:styles>";

static void put_styles(struct parts *p)
{
    begin_part(p, "word/styles.xml");
    add(p, styles_head);
    for (size_t i = 0; i < sizeof styles / sizeof *styles; i++)
        buf_fmt(&p->b,
                "<w:style w:type=\"paragraph\" w:styleId=\"%s\"><w:name w:val=\"%s\"/><w:basedOn w:val=\"Normal\"/>"
                "<w:next w:val=\"%s\"/><w:qFormat/><w:pPr>%s</w:pPr><w:rPr>%s</w:rPr></w:style>",
                styles[i].id, styles[i].name, styles[i].next, styles[i].paragraph, styles[i].run);
    add(p, styles_table);
    end_part(p);
}

/* What stands in where Yu Mincho is missing (§17.8.3.1). */
static void put_fonts(struct parts *p)
{
    begin_part(p, "word/fontTable.xml");
    add(p, DOCX_XML
        "<w:fonts " DOCX_W "><w:font w:name=\"Yu Mincho\"><w:altName w:val=\"游明朝,MS Mincho,ＭＳ 明朝\"/>"
        "<w:charset w:val=\"80\"/><w:family w:val=\"roman\"/><w:pitch w:val=\"variable\"/></w:font>"
        "<w:font w:name=\"Yu Gothic\"><w:altName w:val=\"游ゴシック,MS Gothic,ＭＳ ゴシック\"/>"
        "<w:charset w:val=\"80\"/><w:family w:val=\"modern\"/><w:pitch w:val=\"variable\"/></w:font></w:fonts>");
    end_part(p);
}

static void put_settings(struct parts *p)
{
    begin_part(p, "word/settings.xml");
    add(p,
        DOCX_XML "<w:settings " DOCX_W
                 "><w:zoom w:percent=\"100\"/><w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/>"
                 "<w:defaultTabStop w:val=\"840\"/><w:characterSpacingControl w:val=\"compressPunctuation\"/><w:compat>"
                 "<w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" "
                 "w:val=\"15\"/>"
                 "</w:compat><w:themeFontLang w:val=\"en-US\" w:eastAsia=\"ja-JP\"/><w:decimalSymbol w:val=\".\"/>"
                 "<w:listSeparator w:val=\",\"/></w:settings>");
    end_part(p);
}

/* ---- heads and feet ---- */

static void add_run(struct parts *p, str text)
{
    add(p, "<w:r>");
    docx_add_text(&p->b, p->rough, text);
    add(p, "</w:r>");
}

static void add_field(struct parts *p, const char *what)
{
    buf_fmt(&p->b, "<w:fldSimple w:instr=\" %s \"><w:r><w:t>1</w:t></w:r></w:fldSimple>", what);
}

static int width_of(int kind) { return kind == 2 ? DOCX_ACROSS_WIDTH : DOCX_UPRIGHT_WIDTH; }

static void put_head(struct parts *p, int kind)
{
    begin_part(p, kind == 2 ? "word/header2.xml" : "word/header1.xml");
    buf_fmt(&p->b,
            DOCX_XML "<w:hdr " DOCX_W "><w:p><w:pPr><w:pStyle w:val=\"Header\"/><w:pBdr><w:bottom w:val=\"single\" "
                     "w:sz=\"4\" w:space=\"2\" w:color=\"8C8C8C\"/></w:pBdr><w:tabs><w:tab w:val=\"right\" "
                     "w:pos=\"%d\"/></w:tabs></w:pPr>",
            width_of(kind));
    add_run(p, p->paper->head_left);
    if (p->paper->head_right.n != 0) {
        add(p, "<w:r><w:tab/></w:r>");
        add_run(p, p->paper->head_right);
    }
    add(p, "</w:p></w:hdr>");
    end_part(p);
}

static void put_foot(struct parts *p, int kind)
{
    begin_part(p, kind == 2 ? "word/footer2.xml" : "word/footer1.xml");
    buf_fmt(&p->b,
            DOCX_XML "<w:ftr " DOCX_W "><w:p><w:pPr><w:pStyle w:val=\"Footer\"/><w:tabs><w:tab w:val=\"center\" "
                     "w:pos=\"%d\"/></w:tabs></w:pPr>",
            width_of(kind) / 2);
    add_run(p, p->paper->foot_left);
    add(p, "<w:r><w:tab/></w:r>");
    add_field(p, "PAGE");
    add_run(p, p->about->japanese ? S("／") : S(" / "));
    add_field(p, "NUMPAGES");
    if (p->about->japanese) add_run(p, S("頁"));
    add(p, "</w:p></w:ftr>");
    end_part(p);
}

static void put_paper(struct parts *p)
{
    for (int kind = 1; kind <= 2; kind++) {
        put_head(p, kind);
        put_foot(p, kind);
    }
}

/* ---- relations, properties ---- */

static const struct part {
    const char *id, *name, *type; /* type: the end of its relation's and of its content's */
    const char *content;
} parts_of[] = {
    {"rIdStyles", "styles.xml", "styles", "styles"},         {"rIdSettings", "settings.xml", "settings", "settings"},
    {"rIdFonts", "fontTable.xml", "fontTable", "fontTable"}, {"rIdHead1", "header1.xml", "header", "header"},
    {"rIdHead2", "header2.xml", "header", "header"},         {"rIdFoot1", "footer1.xml", "footer", "footer"},
    {"rIdFoot2", "footer2.xml", "footer", "footer"},
};
enum { PARTS = sizeof parts_of / sizeof *parts_of };

static void put_relations(struct parts *p)
{
    begin_part(p, "word/_rels/document.xml.rels");
    add(p, DOCX_XML "<Relationships xmlns=\"" PACKAGE "relationships\">");
    for (size_t i = 0; i < PARTS; i++)
        buf_fmt(&p->b, "<Relationship Id=\"%s\" Type=\"" DOCX_RELATIONS "/%s\" Target=\"%s\"/>", parts_of[i].id,
                parts_of[i].type, parts_of[i].name);
    add(p, "</Relationships>");
    end_part(p);
    begin_part(p, "_rels/.rels");
    add(p, DOCX_XML "<Relationships xmlns=\"" PACKAGE "relationships\"><Relationship Id=\"rId1\" Type=\"" DOCX_RELATIONS
                    "/officeDocument\" Target=\"word/document.xml\"/><Relationship Id=\"rId2\" Type=\"" PACKAGE
                    "relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/></Relationships>");
    end_part(p);
}

static void put_types(struct parts *p)
{
    begin_part(p, "[Content_Types].xml");
    add(p,
        DOCX_XML "<Types xmlns=\"" PACKAGE "content-types\"><Default Extension=\"rels\" "
                 "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" "
                 "ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"" OFFICE_TYPE
                 "document.main+xml\"/>");
    for (size_t i = 0; i < PARTS; i++)
        buf_fmt(&p->b, "<Override PartName=\"/word/%s\" ContentType=\"" OFFICE_TYPE "%s+xml\"/>", parts_of[i].name,
                parts_of[i].content);
    add(p, "<Override PartName=\"/docProps/core.xml\" "
           "ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>");
    end_part(p);
}

static void put_core(struct parts *p)
{
    begin_part(p, "docProps/core.xml");
    add(p, DOCX_XML "<cp:coreProperties xmlns:cp=\"" PACKAGE "metadata/core-properties\" "
                    "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" "
                    "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>");
    docx_add_escaped(&p->b, p->rough, p->about->title);
    add(p, "</dc:title><dc:creator>meguri</dc:creator><dcterms:created xsi:type=\"dcterms:W3CDTF\">");
    buf_add(&p->b, time_text(p->rough, p->about->made));
    buf_fmt(&p->b, "</dcterms:created><dc:language>%s</dc:language></cp:coreProperties>",
            p->about->japanese ? "ja-JP" : "en-US");
    end_part(p);
}

void docx_put_parts(struct zip *zip, struct arena *a, struct arena *rough, const struct docx_about *about,
                    const struct docx_paper *paper)
{
    static void (*const put[])(struct parts *) = {put_types,    put_relations, put_styles, put_fonts,
                                                  put_settings, put_paper,     put_core};
    struct parts p = {zip, rough, buf_in(a), about, paper};
    for (size_t i = 0; i < sizeof put / sizeof *put; i++) put[i](&p);
}
