#include "format/xlsx_write.h"

#include <assert.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "format/json.h"

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"

enum {
    SPOOL = 64 * 1024, /* bytes of rows gathered before they are packed */
    NARROWEST = 5,
    WIDEST = 60,      /* columns of half-width characters */
    HEAD_LINES = 3,   /* that a heading may take */
    LINE_HEIGHT = 18, /* points */
    PAPER_MAX = 80,   /* characters of one third of a printed head; all three may not go beyond 255 (§18.3.1.46) */
    EPOCH = 25569,    /* 1970-01-01 as spreadsheets count days; right from 1900-03-01 on (a leap day that never was) */
    FIRST_DAY = -25508, /* 1900-03-01 */
    DAY = 86400,
};

struct xlsx_sheet {
    struct xlsx *book;
    size_t index;
    str name;
    const struct xlsx_head *heads;
    size_t columns, column;
    int64_t rows;
    int *width;   /* per column, measured */
    struct buf b; /* rows not yet packed */
    bool begun, row_open, is_form;
    struct xlsx_form form;
    const struct xlsx_choice *choice;
    size_t n_choices;
};
struct xlsx {
    struct arena *a, *rough; /* rough: emptied often */
    struct zip *zip;
    struct xlsx_about about;
    struct xlsx_sheet **sheet;
    size_t n, room;
};

/* ---- XML ---- */

/* What XML 1.0 cannot hold becomes a blank or a question mark; "_x0041_" would be read as "A" (ECMA-376 22.9.2.19). */
static bool is_escape(str s, size_t i)
{
    if (s.n - i < 7 || s.p[i] != '_' || s.p[i + 1] != 'x' || s.p[i + 6] != '_') return false;
    for (size_t k = 2; k < 6; k++)
        if (strchr("0123456789abcdefABCDEF", s.p[i + k]) == NULL) return false;
    return true;
}

static str entity(char c)
{
    return c == '&' ? S("&amp;") : c == '<' ? S("&lt;") : c == '>' ? S("&gt;") : c == '"' ? S("&quot;") : (str){0};
}

static void add_xml(struct buf *b, str s)
{
    size_t from = 0;
    for (size_t i = 0; i < s.n; i++) {
        str instead = entity(s.p[i]);
        unsigned char c = (unsigned char)s.p[i];
        bool nothing = c == 0xEF && i + 2 < s.n &&
                       (memcmp(s.p + i, "\xEF\xBF\xBE", 3) == 0 || memcmp(s.p + i, "\xEF\xBF\xBF", 3) == 0);
        if (c < 0x20 && c != '\n' && c != '\t') instead = S(" ");
        if (nothing) instead = S("?");
        if (is_escape(s, i)) instead = S("_x005F_");
        if (instead.n == 0) continue;
        buf_add(b, str_sub(s, from, i));
        buf_add(b, instead);
        if (nothing) i += 2;
        from = i + 1;
    }
    buf_add(b, str_sub(s, from, s.n));
}

/* At most so many UTF-16 units, as spreadsheets count; what is cut ends in …. */
static str cut(struct arena *a, str s, size_t units)
{
    size_t n = 0, keep = 0;
    for (size_t i = 0; i < s.n;) {
        n += utf8_next(s, &i) > 0xFFFF ? 2 : 1;
        if (n <= units - 1) keep = i;
        if (n > units) return str_fmt(a, "%.*s…", STR_ARG(str_sub(s, 0, keep)));
    }
    return s;
}

static void add_reference(struct buf *b, size_t column, int64_t row)
{
    char letters[8];
    size_t n = sizeof letters;
    for (size_t c = column + 1; c != 0; c = (c - 1) / 26) letters[--n] = (char)('A' + (c - 1) % 26);
    buf_add(b, (str){letters + n, sizeof letters - n});
    buf_int(b, row);
}

static void add_real(struct buf *b, double real)
{
    struct json_out j = json_to(b, 0);
    json_put_real(&j, real);
}

/* ---- names of sheets ---- */

/* Excel takes none of []:*?/\, no ' at either end, and keeps "History" for itself. */
static str fit_name(struct arena *a, str name)
{
    struct buf b = buf_in(a);
    for (size_t i = 0; i < name.n; i++) {
        bool bad = strchr("[]:*?/\\'", name.p[i]) != NULL || (unsigned char)name.p[i] < 0x20;
        buf_byte(&b, bad ? '-' : name.p[i]);
    }
    str fit = cut(a, str_trim(buf_str(&b)), XLSX_NAME_MAX);
    return fit.n == 0 || str_eq(utf8_fold(a, fit), S("history")) ? S("Sheet") : fit;
}

static bool name_taken(struct xlsx *x, str name)
{
    struct arena_mark mark = arena_mark(x->rough);
    str folded = utf8_fold(x->rough, name);
    bool taken = false;
    for (size_t i = 0; i < x->n && !taken; i++) taken = str_eq(utf8_fold(x->rough, x->sheet[i]->name), folded);
    arena_back(x->rough, mark);
    return taken;
}

static str own_name(struct xlsx *x, str wanted)
{
    str fit = fit_name(x->a, wanted), name = fit;
    for (int64_t i = 2; name_taken(x, name); i++) {
        str tail = str_fmt(x->a, " (%d)", (int)i);
        name = str_fmt(x->a, "%.*s%.*s", STR_ARG(cut(x->a, fit, XLSX_NAME_MAX - tail.n)), STR_ARG(tail));
    }
    return name;
}

/* ---- sheets ---- */

static void free_rough(void *a) { arena_free(a); }

struct xlsx *xlsx_begin(struct arena *a, struct zip_sink sink, const struct xlsx_about *about)
{
    struct xlsx *x = arena_alloc(a, sizeof *x);
    *x = (struct xlsx){
        .a = a, .rough = arena_new(0), .zip = zip_begin(a, sink), .about = {str_dup(a, about->title), about->made}};
    arena_closer(a, free_rough, x->rough);
    arena_alloc(x->rough, 1); /* keeps the first block, which else would come and go with every cell */
    return x;
}

struct xlsx_sheet *xlsx_sheet(struct xlsx *x, str name, const struct xlsx_head *heads, size_t columns)
{
    assert(columns != 0 && columns <= XLSX_COLUMNS_MAX);
    if (x->n == x->room) {
        size_t room = x->room == 0 ? 8 : x->room * 2;
        x->sheet = arena_grow(x->a, x->sheet, x->n * sizeof *x->sheet, room * sizeof *x->sheet);
        x->room = room;
    }
    struct xlsx_sheet *s = arena_alloc(x->a, sizeof *s);
    *s =
        (struct xlsx_sheet){.book = x, .index = x->n, .name = own_name(x, name), .columns = columns, .b = buf_in(x->a)};
    s->width = arena_array(x->a, columns, sizeof *s->width);
    s->rows = heads != NULL;
    struct xlsx_head *own = arena_array(x->a, columns, sizeof *own);
    for (size_t i = 0; heads != NULL && i < columns; i++)
        own[i] = (struct xlsx_head){str_dup(x->a, heads[i].text), heads[i].spare};
    s->heads = heads == NULL ? NULL : own;
    x->sheet[x->n++] = s;
    return s;
}

void xlsx_form(struct xlsx_sheet *s, const struct xlsx_form *form)
{
    assert(s->heads == NULL && s->rows == 0);
    s->form = *form;
    s->is_form = true;
}

void xlsx_choices(struct xlsx_sheet *s, const struct xlsx_choice *choice, size_t n)
{
    s->choice = choice;
    s->n_choices = n;
}

str xlsx_name(const struct xlsx_sheet *s) { return s->name; }

static int at_least(int a, int b) { return a > b ? a : b; }

/* A heading may break into lines, so a column is as wide as its cells and a third of its heading. */
static int column_width(const struct xlsx_sheet *s, size_t i)
{
    if (s->form.width != NULL) return s->form.width[i];
    int head = s->heads == NULL
                   ? 0
                   : (utf8_width(s->heads[i].text) + HEAD_LINES - 1) / HEAD_LINES + 3; /* 3: the filter's button */
    int width = at_least(at_least(s->width[i], head), NARROWEST) + 2;
    return width > WIDEST ? WIDEST : width;
}

static int head_height(const struct xlsx_sheet *s)
{
    int lines = 1;
    for (size_t i = 0; i < s->columns; i++) {
        if (s->heads[i].spare && s->width[i] == 0) continue;
        int room = column_width(s, i) - 3;
        lines = at_least(lines, (utf8_width(s->heads[i].text) + room - 1) / room);
    }
    return lines * LINE_HEIGHT + 4;
}

static void add_text_cell(struct buf *b, size_t column, int64_t row, enum xlsx_style style, str text)
{
    buf_add(b, S("<c r=\""));
    add_reference(b, column, row);
    if (text.n == 0 && style >= XLSX_FORM_HEAD) { /* nothing to be found, but there to be typed into */
        buf_fmt(b, "\" s=\"%d\"/>", (int)style);
        return;
    }
    buf_fmt(b, "\" s=\"%d\" t=\"inlineStr\"><is><t xml:space=\"preserve\">", (int)style);
    add_xml(b, text);
    buf_add(b, S("</t></is></c>"));
}

static void add_heads(struct buf *b, const struct xlsx_sheet *s)
{
    buf_fmt(b, "<row r=\"1\" ht=\"%d\" customHeight=\"1\">", head_height(s));
    for (size_t i = 0; i < s->columns; i++) add_text_cell(b, i, 1, XLSX_HEAD, s->heads[i].text);
    buf_add(b, S("</row>"));
}

static str sheet_path(struct arena *a, const struct xlsx_sheet *s)
{
    return str_fmt(a, "xl/worksheets/sheet%zu.xml", s->index + 1);
}

static void add_pane(struct buf *b, const struct xlsx_sheet *s)
{
    buf_fmt(b, "<pane xSplit=\"%zu\" ySplit=\"%zu\" topLeftCell=\"", s->form.columns, s->form.rows);
    add_reference(b, s->form.columns, (int64_t)s->form.rows + 1);
    buf_add(b, S("\" activePane=\"bottomRight\" state=\"frozen\"/>"));
}

static void begin_sheet(struct xlsx_sheet *s)
{
    struct arena *a = s->book->rough;
    struct arena_mark mark = arena_mark(a);
    struct buf b = buf_in(a);
    buf_add(&b, S(XML "<worksheet xmlns=\"" MAIN "\">"));
    if (s->form.columns == 0) buf_add(&b, S("<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>"));
    buf_add(&b, S("<sheetViews>"));
    buf_fmt(&b, "<sheetView%s workbookViewId=\"0\">", s->index == 0 ? " showGridLines=\"0\" tabSelected=\"1\"" : "");
    if (s->form.rows != 0 && s->form.columns != 0) add_pane(&b, s);
    if (s->heads != NULL)
        buf_add(&b, S("<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>"));
    buf_fmt(&b, "</sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"%d\"/><cols>", LINE_HEIGHT);
    for (size_t i = 0; i < s->columns; i++) {
        bool hidden = s->heads != NULL && s->heads[i].spare && s->width[i] == 0;
        buf_fmt(&b, "<col min=\"%zu\" max=\"%zu\" width=\"%d\"%s customWidth=\"1\"/>", i + 1, i + 1, column_width(s, i),
                hidden ? " hidden=\"1\"" : "");
    }
    buf_add(&b, S("</cols><sheetData>"));
    if (s->heads != NULL) add_heads(&b, s);
    zip_member(s->book->zip, sheet_path(a, s));
    zip_put(s->book->zip, buf_str(&b));
    arena_back(a, mark);
    s->begun = true;
}

static void spool(struct xlsx_sheet *s)
{
    if (!s->begun) begin_sheet(s);
    zip_put(s->book->zip, buf_str(&s->b));
    s->b.n = 0;
}

static void end_row(struct xlsx_sheet *s)
{
    if (!s->row_open) return;
    buf_add(&s->b, S("</row>"));
    s->row_open = false;
}

int xlsx_text_lines(str text, int width)
{
    int lines = 0, room = at_least(width - 2, 1);
    str line;
    while (str_cut(&text, '\n', &line)) lines += at_least((utf8_width(line) + room - 1) / room, 1);
    return at_least(lines, 1);
}

static void begin_row(struct xlsx_sheet *s, int lines)
{
    assert(s->rows < XLSX_ROWS_MAX);
    end_row(s);
    bool measured = s->begun || s->rows >= XLSX_MEASURED;
    if (s->heads != NULL && measured && s->b.n >= SPOOL) spool(s);
    s->rows++;
    s->column = 0;
    s->row_open = true;
    buf_add(&s->b, S("<row r=\""));
    buf_int(&s->b, s->rows);
    if (lines > 0) buf_fmt(&s->b, "\" ht=\"%d\" customHeight=\"1", lines * LINE_HEIGHT + 2);
    buf_add(&s->b, S("\">"));
}

void xlsx_row(struct xlsx_sheet *s) { begin_row(s, 0); }
void xlsx_tall_row(struct xlsx_sheet *s, int lines) { begin_row(s, lines); }

int64_t xlsx_rows(const struct xlsx_sheet *s) { return s->rows; }
bool xlsx_kept(const struct xlsx_sheet *s) { return !s->begun; }

/* ---- cells ---- */

static void measure(struct xlsx_sheet *s, int width)
{
    if (s->width[s->column] < width) s->width[s->column] = width;
}

static int text_width(str s)
{
    int widest = 0;
    str line;
    while (str_cut(&s, '\n', &line)) widest = at_least(widest, utf8_width(line));
    return widest;
}

void xlsx_text(struct xlsx_sheet *s, enum xlsx_style style, str text)
{
    struct arena *a = s->book->rough;
    struct arena_mark mark = arena_mark(a);
    if (utf8_bad(text) != text.n) text = utf8_safe(a, text);
    if (text.n > XLSX_TEXT_MAX) text = cut(a, text, XLSX_TEXT_MAX);
    int width = s->begun ? 0 : text_width(text);
    bool lines = style == XLSX_TEXT && !s->is_form && (width > WIDEST || (text.n != 0 && memchr(text.p, '\n', text.n) != NULL));
    if (style != XLSX_TITLE) measure(s, width);
    add_text_cell(&s->b, s->column++, s->rows, lines ? XLSX_WRAP : style, text);
    arena_back(a, mark);
}

static void begin_number(struct xlsx_sheet *s, enum xlsx_style style, int width)
{
    measure(s, width);
    buf_add(&s->b, S("<c r=\""));
    add_reference(&s->b, s->column++, s->rows);
    buf_fmt(&s->b, "\" s=\"%d\"><v>", (int)style);
}

void xlsx_real(struct xlsx_sheet *s, enum xlsx_style style, double real)
{
    begin_number(s, style, 7);
    add_real(&s->b, real);
    buf_add(&s->b, S("</v></c>"));
}

static void put_day(struct xlsx_sheet *s, enum xlsx_style style, int64_t days, int64_t seconds)
{
    begin_number(s, style, style == XLSX_DATE ? 10 : 19);
    if (style == XLSX_DATE)
        buf_int(&s->b, days + EPOCH);
    else
        add_real(&s->b, (double)(days + EPOCH) + (double)seconds / DAY);
    buf_add(&s->b, S("</v></c>"));
}

/* A day before spreadsheets' time, and a number that a double does not hold, are told as text. */
void xlsx_int(struct xlsx_sheet *s, enum xlsx_style style, int64_t i)
{
    struct arena *a = s->book->rough;
    struct arena_mark mark = arena_mark(a);
    int64_t seconds = style == XLSX_TIME ? ((i % DAY) + DAY) % DAY : 0;
    int64_t days = style == XLSX_TIME ? (i - seconds) / DAY : i;
    bool day = style == XLSX_DATE || style == XLSX_TIME;
    str digits = str_int(a, i);
    if (day && days < FIRST_DAY) {
        xlsx_text(s, XLSX_TEXT, date_text(a, days));
    } else if (day) {
        put_day(s, style, days, seconds);
    } else if (i > (INT64_C(1) << 53) || i < -(INT64_C(1) << 53)) {
        xlsx_text(s, XLSX_TEXT, digits);
    } else {
        begin_number(s, style, (int)(digits.n + digits.n / 3));
        buf_add(&s->b, digits);
        buf_add(&s->b, S("</v></c>"));
    }
    arena_back(a, mark);
}

void xlsx_none(struct xlsx_sheet *s) { s->column++; }

/* ---- the end of a sheet ---- */

/* In printed heads & begins a code. */
static void add_paper(struct buf *b, struct arena *a, const char *where, str text)
{
    if (text.n == 0) return;
    if (utf8_bad(text) != text.n) text = utf8_safe(a, text);
    text = cut(a, text, PAPER_MAX);
    struct buf doubled = buf_in(a);
    buf_add(&doubled, str_of(where));
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '&') buf_byte(&doubled, '&');
        buf_byte(&doubled, text.p[i] == '\n' ? ' ' : text.p[i]);
    }
    add_xml(b, buf_str(&doubled));
}

static void add_filter(struct buf *b, const struct xlsx_sheet *s, const char *dollar)
{
    buf_fmt(b, "%sA%s1:", dollar, dollar);
    struct buf last = buf_in(b->a);
    add_reference(&last, s->columns - 1, s->rows);
    str text = buf_str(&last);
    size_t digits = 0;
    while (text.p[digits] > '9') digits++;
    buf_fmt(b, "%s%.*s%s%.*s", dollar, STR_ARG(str_sub(text, 0, digits)), dollar,
            STR_ARG(str_sub(text, digits, text.n)));
}

/* One <dataValidation> a choice (§18.3.1.32), its cells as a list of references. */
static void add_choices(struct buf *b, const struct xlsx_sheet *s)
{
    if (s->n_choices == 0) return;
    buf_fmt(b, "<dataValidations count=\"%zu\">", s->n_choices);
    for (size_t i = 0; i < s->n_choices; i++) {
        const struct xlsx_choice *c = &s->choice[i];
        buf_add(b, S("<dataValidation type=\"list\" allowBlank=\"1\" showErrorMessage=\"1\" errorTitle=\""));
        add_xml(b, c->title);
        buf_add(b, S("\" error=\""));
        add_xml(b, c->text);
        buf_add(b, S("\" sqref=\""));
        for (size_t k = 0; k < c->n; k++) {
            if (k != 0) buf_byte(b, ' ');
            add_reference(b, c->cells[k].column, c->cells[k].from);
            buf_byte(b, ':');
            add_reference(b, c->cells[k].column, c->cells[k].last);
        }
        buf_add(b, S("\"><formula1>&quot;"));
        add_xml(b, c->list);
        buf_add(b, S("&quot;</formula1></dataValidation>"));
    }
    buf_add(b, S("</dataValidations>"));
}

/* Widths of columns and heights of rows may be changed: a remark may be longer than its cell. */
static void add_protection(struct buf *b, const struct xlsx_sheet *s)
{
    if (s->form.locked)
        buf_add(b, S("<sheetProtection sheet=\"1\" objects=\"1\" scenarios=\"1\" formatColumns=\"0\" formatRows=\"0\"/>"));
}

void xlsx_sheet_end(struct xlsx_sheet *s, const struct xlsx_paper *paper)
{
    struct arena *a = s->book->rough;
    end_row(s);
    spool(s);
    struct arena_mark mark = arena_mark(a);
    struct buf b = buf_in(a);
    buf_add(&b, S("</sheetData>"));
    add_protection(&b, s);
    if (s->heads != NULL) {
        buf_add(&b, S("<autoFilter ref=\""));
        add_filter(&b, s, "");
        buf_add(&b, S("\"/>"));
    }
    add_choices(&b, s);
    buf_add(&b, S("<pageMargins left=\"0.5\" right=\"0.5\" top=\"0.8\" bottom=\"0.7\" header=\"0.4\" footer=\"0.3\"/>"
                  "<pageSetup paperSize=\"9\" "));
    buf_add(&b, s->form.columns == 0 ? S("fitToWidth=\"1\" fitToHeight=\"0\" ") : S("scale=\"65\" "));
    buf_add(&b, S("orientation=\"landscape\"/><headerFooter><oddHeader>"));
    add_paper(&b, a, "&L", paper->head_left);
    add_paper(&b, a, "&R", paper->head_right);
    buf_add(&b, S("</oddHeader><oddFooter>"));
    add_paper(&b, a, "&L", paper->foot_left);
    buf_add(&b, S("&amp;C&amp;P / &amp;N</oddFooter></headerFooter>"));
    buf_add(&b, S("<ignoredErrors><ignoredError sqref=\"A1:XFD1048576\" "
                  "numberStoredAsText=\"1\"/></ignoredErrors></worksheet>"));
    zip_put(s->book->zip, buf_str(&b));
    arena_back(a, mark);
    s->b = (struct buf){0};
}

/* ---- the rest of the archive ---- */

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
    "<styleSheet xmlns=\"" MAIN "\"><numFmts count=\"3\"><numFmt numFmtId=\"164\" formatCode=\"0.0%\"/>"
    "<numFmt numFmtId=\"165\" formatCode=\"yyyy\\-mm\\-dd\"/>"
    "<numFmt numFmtId=\"166\" formatCode=\"yyyy\\-mm\\-dd\\ hh:mm:ss\"/></numFmts><fonts count=\"4\">"
    "<font><sz val=\"11\"/>" FACE "<font><b/><sz val=\"11\"/>" FACE "<font><b/><sz val=\"16\"/>" FACE
    "<font><sz val=\"9\"/><color rgb=\"FF595959\"/>" FACE "</fonts><fills count=\"4\"><fill><patternFill patternType=\"none\"/></fill>"
    "<fill><patternFill patternType=\"gray125\"/></fill>"
    "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFE8F1FE\"/><bgColor indexed=\"64\"/></patternFill></fill>"
    "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFFFFBE6\"/><bgColor indexed=\"64\"/></patternFill></fill>"
    "</fills><borders count=\"3\"><border><left/><right/><top/><bottom/><diagonal/></border>"
    "<border><left/><right/><top/><bottom style=\"thin\"><color rgb=\"FF767676\"/></bottom><diagonal/></border>"
    "<border>" LINE("left") LINE("right") LINE("top") LINE("bottom") "<diagonal/></border></borders>"
    "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>";

static void put_styles(struct xlsx *x, struct buf *b)
{
    zip_member(x->zip, S("xl/styles.xml"));
    buf_add(b, str_of(styles_head));
    buf_fmt(b, "<cellXfs count=\"%d\">", LOOKS);
    for (int i = 0; i < LOOKS; i++)
        buf_fmt(b,
                "<xf numFmtId=\"%d\" fontId=\"%d\" fillId=\"%d\" borderId=\"%d\" xfId=\"0\" applyNumberFormat=\"1\" "
                "applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\"%s><alignment vertical=\"top\"%s/>%s</xf>",
                looks[i].format, looks[i].font, looks[i].fill, looks[i].border, looks[i].open ? " applyProtection=\"1\"" : "",
                looks[i].align, looks[i].open ? "<protection locked=\"0\"/>" : "");
    buf_add(b, S("</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>"
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
    add_xml(b, x->about.title);
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
    add_xml(&name, s->name);
    add_reference(&last, s->form.columns - 1, 1);
    str quoted = buf_str(&name), letters = str_sub(buf_str(&last), 0, last.n - 1);
    buf_fmt(b, "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"%zu\">'%.*s'!$A:$%.*s,'%.*s'!$1:$%zu</definedName>", s->index,
            STR_ARG(quoted), STR_ARG(letters), STR_ARG(quoted), s->form.rows);
}

/* What a filter and a repeated row are besides: names of the workbook. */
static void add_defined(struct buf *b, const struct xlsx_sheet *s)
{
    if (s->form.columns != 0) add_form_titles(b, s);
    if (s->heads == NULL) return;
    buf_fmt(b, "<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"%zu\" hidden=\"1\">'", s->index);
    add_xml(b, s->name);
    buf_add(b, S("'!"));
    add_filter(b, s, "$");
    buf_fmt(b, "</definedName><definedName name=\"_xlnm.Print_Titles\" localSheetId=\"%zu\">'", s->index);
    add_xml(b, s->name);
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
        add_xml(b, x->sheet[i]->name);
        buf_fmt(b, "\" sheetId=\"%zu\"%s r:id=\"rId%zu\"/>", i + 1, x->sheet[i]->form.very_hidden ? " state=\"veryHidden\"" : "", i + 1);
    }
    buf_add(b, S("</sheets>"));
    if (any_heads(x)) buf_add(b, S("<definedNames>"));
    for (size_t i = 0; i < x->n; i++) add_defined(b, x->sheet[i]);
    buf_add(b, any_heads(x) ? S("</definedNames></workbook>") : S("</workbook>"));
}

bool xlsx_end(struct xlsx *x)
{
    static void (*const put[])(struct xlsx *, struct buf *) = {put_types, put_root, put_workbook, put_relations,
                                                               put_styles, put_core};
    for (size_t i = 0; i < sizeof put / sizeof put[0]; i++) {
        struct buf b = buf_in(x->rough);
        put[i](x, &b);
        zip_put(x->zip, buf_str(&b));
    }
    return zip_end(x->zip);
}
