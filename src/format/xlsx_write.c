#include "format/xlsx_book.h"

#include <assert.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "format/json.h"

enum {
    SPOOL = 64 * 1024, /* bytes of rows gathered before they are packed */
    NARROWEST = 5,
    WIDEST = 60,      /* columns of half-width characters */
    HEAD_LINES = 3,   /* that a heading may take */
    LINE_HEIGHT = 18, /* points */
    PAPER_MAX = 80,   /* characters of one third of a printed head; all three may not go beyond 255 (§18.3.1.46) */
    EPOCH = 25569,    /* 1970-01-01 as spreadsheets count days; right from 1900-03-01 on (a leap day that never was) */
    FIRST_DAY = -25508, /* 1900-03-01 */
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

void xlsx_add_xml(struct buf *b, str s)
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

void xlsx_add_reference(struct buf *b, size_t column, int64_t row)
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
    xlsx_add_reference(b, column, row);
    if (text.n == 0 && style >= XLSX_FORM_HEAD) { /* nothing to be found, but there to be typed into */
        buf_fmt(b, "\" s=\"%d\"/>", (int)style);
        return;
    }
    buf_fmt(b, "\" s=\"%d\" t=\"inlineStr\"><is><t xml:space=\"preserve\">", (int)style);
    xlsx_add_xml(b, text);
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
    xlsx_add_reference(b, s->form.columns, (int64_t)s->form.rows + 1);
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
    bool lines =
        style == XLSX_TEXT && !s->is_form && (width > WIDEST || (text.n != 0 && memchr(text.p, '\n', text.n) != NULL));
    if (style != XLSX_TITLE) measure(s, width);
    add_text_cell(&s->b, s->column++, s->rows, lines ? XLSX_WRAP : style, text);
    arena_back(a, mark);
}

static void begin_number(struct xlsx_sheet *s, enum xlsx_style style, int width)
{
    measure(s, width);
    buf_add(&s->b, S("<c r=\""));
    xlsx_add_reference(&s->b, s->column++, s->rows);
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

/* As a part of a day, which is what spreadsheets count lengths of time in. */
static void put_span(struct xlsx_sheet *s, int64_t minutes)
{
    enum { A_DAY = DAY / 60 };
    assert(minutes >= 0 && minutes <= XLSX_SPAN_MAX);
    begin_number(s, XLSX_SPAN, 9);
    if (minutes % A_DAY == 0) buf_int(&s->b, minutes / A_DAY);
    else add_real(&s->b, (double)minutes / A_DAY);
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
    } else if (style == XLSX_SPAN) {
        put_span(s, i);
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
    xlsx_add_xml(b, buf_str(&doubled));
}

void xlsx_add_filter(struct buf *b, const struct xlsx_sheet *s, const char *dollar)
{
    buf_fmt(b, "%sA%s1:", dollar, dollar);
    struct buf last = buf_in(b->a);
    xlsx_add_reference(&last, s->columns - 1, s->rows);
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
        xlsx_add_xml(b, c->title);
        buf_add(b, S("\" error=\""));
        xlsx_add_xml(b, c->text);
        buf_add(b, S("\" sqref=\""));
        for (size_t k = 0; k < c->n; k++) {
            if (k != 0) buf_byte(b, ' ');
            xlsx_add_reference(b, c->cells[k].column, c->cells[k].from);
            buf_byte(b, ':');
            xlsx_add_reference(b, c->cells[k].column, c->cells[k].last);
        }
        buf_add(b, S("\"><formula1>&quot;"));
        xlsx_add_xml(b, c->list);
        buf_add(b, S("&quot;</formula1></dataValidation>"));
    }
    buf_add(b, S("</dataValidations>"));
}

/* Widths of columns and heights of rows may be changed: a remark may be longer than its cell. */
static void add_protection(struct buf *b, const struct xlsx_sheet *s)
{
    if (s->form.locked)
        buf_add(b,
                S("<sheetProtection sheet=\"1\" objects=\"1\" scenarios=\"1\" formatColumns=\"0\" formatRows=\"0\"/>"));
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
        xlsx_add_filter(&b, s, "");
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
