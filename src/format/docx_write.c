#include <assert.h>
#include <string.h>

#include "base/utf8.h"
#include "format/docx_inside.h"

enum {
    SPOOL = 64 * 1024, /* bytes gathered before they are packed */
    MEASURED = 200,    /* rows of a table that are held back to measure its columns */
    LETTER = 110,      /* width of a digit of a table, in twentieths of a point: 9 pt, in the widest of its fonts */
    LETTER_SMALL = 92, /* 7.5 pt */
    PADDING = 2,       /* letters, of the margins of a cell */
    WORD_MAX = 24,     /* letters of a word that is not broken, if it can be helped */
    TEXT_LEAST = 8,    /* letters a column of texts gets at least */
    TEXT_WANTED = 30,  /* and should have, before the paper is laid across */
    HEAD_LINES = 3,    /* that a head may take */
    STEP = 180,        /* of an indented cell */
    FIRST_LINES = 30,  /* a section with no more than so many lines lies across together with its first table */
    LINE_LETTERS = 90,
};

struct table {
    const struct docx_column *columns;
    size_t n;
    int64_t rows;
    int *width, *word; /* per column, measured in letters: widest line, longest word */
    size_t *opening, n_openings,
        room; /* while it is measured: where in d->b it begins, and begins again after headings */
    bool heads, small, begun, open;
    bool turns; /* its section may lie across with it */
};
struct docx {
    struct arena *a, *rough; /* rough: emptied often */
    struct zip *zip;
    struct docx_about about;
    struct buf b;    /* not yet packed; while a table is measured, its rows */
    struct buf held; /* headings that go with what follows */
    struct table table;
    int lines;    /* of the section so far, about */
    bool decided; /* how the paper of this section lies */
    bool across;
    bool gap; /* is due before what comes: two tables without a paragraph between them would be one */
};

/* ---- texts ---- */

/* U+FFFE and U+FFFF are good UTF-8 and no XML (XML 1.0 §2.2). */
static bool is_nothing(str s, size_t i)
{
    return (unsigned char)s.p[i] == 0xEF && s.n - i >= 3 &&
           (memcmp(s.p + i, "\xEF\xBF\xBE", 3) == 0 || memcmp(s.p + i, "\xEF\xBF\xBF", 3) == 0);
}

static str entity(char c)
{
    return c == '&' ? S("&amp;") : c == '<' ? S("&lt;") : c == '>' ? S("&gt;") : c == '"' ? S("&quot;") : (str){0};
}

static void add_safe(struct buf *b, str s, str line_end)
{
    for (size_t i = 0; i < s.n; i++) {
        str instead = entity(s.p[i]);
        if (s.p[i] == '\n') instead = line_end;
        if (is_nothing(s, i)) {
            buf_byte(b, '?');
            i += 2;
        } else if (instead.n != 0) {
            buf_add(b, instead);
        } else {
            buf_byte(b, s.p[i]);
        }
    }
}

void docx_add_escaped(struct buf *b, struct arena *rough, str text)
{
    struct arena_mark mark = arena_mark(rough);
    add_safe(b, utf8_safe(rough, text), S(" "));
    arena_back(rough, mark);
}

void docx_add_text(struct buf *b, struct arena *rough, str text)
{
    struct arena_mark mark = arena_mark(rough);
    buf_add(b, S("<w:t xml:space=\"preserve\">"));
    add_safe(b, utf8_safe(rough, text), S("</w:t><w:br/><w:t xml:space=\"preserve\">"));
    buf_add(b, S("</w:t>"));
    arena_back(rough, mark);
}

static void add_paragraph(struct docx *d, struct buf *b, const char *style, str properties, str text)
{
    buf_fmt(b, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/>%.*s</w:pPr><w:r>", style, STR_ARG(properties));
    docx_add_text(b, d->rough, text);
    buf_add(b, S("</w:r></w:p>"));
}

/* Bytes of strangers may be measured only when they are good. */
static str good(struct docx *d, str s) { return utf8_bad(s) == s.n ? s : utf8_safe(d->rough, s); }

/* ---- sections ---- */

static void spool(struct docx *d)
{
    zip_put(d->zip, buf_str(&d->b));
    d->b.n = 0;
}

static void add_section(struct docx *d, struct buf *b)
{
    int kind = d->across ? 2 : 1; /* heads and feet have their tabulators where the paper ends */
    buf_fmt(b,
            "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rIdHead%d\"/><w:footerReference w:type=\"default\" "
            "r:id=\"rIdFoot%d\"/>",
            kind, kind);
    if (d->across)
        buf_fmt(b, "<w:pgSz w:w=\"%d\" w:h=\"%d\" w:orient=\"landscape\"/>", DOCX_A4_LONG, DOCX_A4_SHORT);
    else
        buf_fmt(b, "<w:pgSz w:w=\"%d\" w:h=\"%d\"/>", DOCX_A4_SHORT, DOCX_A4_LONG);
    buf_fmt(b,
            "<w:pgMar w:top=\"1304\" w:right=\"%d\" w:bottom=\"1134\" w:left=\"%d\" w:header=\"624\" w:footer=\"567\" "
            "w:gutter=\"0\"/><w:docGrid w:linePitch=\"360\"/></w:sectPr>",
            DOCX_MARGIN, DOCX_MARGIN);
}

/* The properties of a section stand in its last paragraph (§17.6.18), so the first pages may still lie as their first
 * table wants. */
static void lie_across(struct docx *d, struct buf *b)
{
    if (!d->table.turns) {
        buf_add(b, S("<w:p><w:pPr><w:pStyle w:val=\"Spacer\"/>"));
        add_section(d, b);
        buf_add(b, S("</w:pPr></w:p>"));
        d->gap = false;
    }
    d->across = d->decided = true;
}

static void add_gap(struct docx *d, struct buf *b)
{
    if (d->gap) buf_add(b, S("<w:p><w:pPr><w:pStyle w:val=\"Spacer\"/></w:pPr></w:p>"));
    d->gap = false;
}

static void add_held(struct docx *d, struct buf *b)
{
    buf_add(b, buf_str(&d->held));
    d->held.n = 0;
}

/* ---- paragraphs ---- */

static void free_rough(void *a) { arena_free(a); }

struct docx *docx_begin(struct arena *a, struct zip_sink sink, const struct docx_about *about)
{
    struct docx *d = arena_alloc(a, sizeof *d);
    *d = (struct docx){.a = a, .rough = arena_new(0), .zip = zip_begin(a, sink)};
    d->about = (struct docx_about){str_dup(a, about->title), about->made, about->japanese};
    d->b = buf_in(a);
    d->held = buf_in(a);
    arena_closer(a, free_rough, d->rough);
    arena_alloc(d->rough, 1); /* keeps the first block, which else would come and go with every cell */
    zip_member(d->zip, S("word/document.xml"));
    buf_add(&d->b, S(DOCX_XML "<w:document " DOCX_W " xmlns:r=\"" DOCX_RELATIONS "\"><w:body>"));
    return d;
}

static const char *const style_id[] = {
    [DOCX_TITLE] = "Title",        [DOCX_LEAD] = "Subtitle",      [DOCX_META] = "Meta",
    [DOCX_HEADING_1] = "Heading1", [DOCX_HEADING_2] = "Heading2", [DOCX_HEADING_3] = "Heading3",
    [DOCX_HEADING_4] = "Heading4", [DOCX_CAPTION] = "Caption",    [DOCX_TEXT] = "Normal",
    [DOCX_NOTE] = "Note",
};

static bool is_heading(enum docx_style style) { return style >= DOCX_HEADING_1 && style <= DOCX_CAPTION; }

void docx_paragraph(struct docx *d, enum docx_style style, str text)
{
    assert(d->table.n == 0);
    struct arena_mark mark = arena_mark(d->rough);
    d->lines += 1 + utf8_width(good(d, text)) / LINE_LETTERS;
    arena_back(d->rough, mark);
    if (is_heading(style)) {
        add_paragraph(d, &d->held, style_id[style], S(""), text);
        return;
    }
    if (style != DOCX_META) add_gap(d, &d->b);
    add_held(d, &d->b);
    add_paragraph(d, &d->b, style_id[style], S(""), text);
    d->gap = style == DOCX_META;
    if (d->b.n >= SPOOL) spool(d);
}

/* ---- widths of columns ---- */

static int at_least(int a, int b) { return a > b ? a : b; }
static int at_most(int a, int b) { return a < b ? a : b; }

static int widest_line(str s)
{
    int widest = 0;
    for (str line; str_cut(&s, '\n', &line);) widest = at_least(widest, utf8_width(line));
    return widest;
}

/* Japanese breaks anywhere, a word of Latin letters nowhere. */
static int longest_word(str s)
{
    int longest = 0, n = 0;
    for (size_t i = 0; i < s.n; i++) {
        n = s.p[i] > ' ' ? n + 1 : 0;
        longest = at_least(longest, n);
    }
    return at_most(longest, WORD_MAX);
}

static int natural(const struct table *t, size_t i)
{
    str head = t->columns[i].head;
    int lines = (utf8_width(head) + HEAD_LINES - 1) / HEAD_LINES + 1;
    int cell = t->width[i] + t->columns[i].right; /* a sign of percent is as wide as two digits */
    return at_least(cell, at_least(at_most(lines, utf8_width(head)), longest_word(head)));
}

static int least(const struct table *t, size_t i)
{
    int wants = natural(t, i);
    if (t->columns[i].right) return wants; /* a figure is not broken */
    return at_most(wants, at_least(at_least(t->word[i], longest_word(t->columns[i].head)), TEXT_LEAST));
}

static int letters_across(const struct table *t, int twips)
{
    return twips / (t->small ? LETTER_SMALL : LETTER) - PADDING * (int)t->n;
}

static bool wants_across(const struct table *t)
{
    int sum = 0;
    for (size_t i = 0; i < t->n; i++) sum += at_least(least(t, i), at_most(natural(t, i), TEXT_WANTED));
    return sum > letters_across(t, DOCX_UPRIGHT_WIDTH);
}

static int width_at(const struct table *t, size_t i, int level)
{
    return at_most(natural(t, i), at_least(least(t, i), level));
}

static int sum_at(const struct table *t, int level)
{
    int sum = 0;
    for (size_t i = 0; i < t->n; i++) sum += width_at(t, i, level);
    return sum;
}

/* Every column what its contents want; where that is too much the wide ones give, down to one and the same width. */
static void add_grid(struct docx *d, struct buf *b)
{
    const struct table *t = &d->table;
    int letter = t->small ? LETTER_SMALL : LETTER;
    int room = letters_across(t, d->across ? DOCX_ACROSS_WIDTH : DOCX_UPRIGHT_WIDTH), level = 0, whole = 0;
    while (level < room && sum_at(t, level + 1) <= room) level++;
    int sum = at_least(sum_at(t, level), 1);
    struct buf grid = buf_in(d->rough);
    for (size_t i = 0; i < t->n; i++) {
        int wide = width_at(t, i, level);
        int twips = ((sum > room ? wide * room / sum : wide) + PADDING) * letter;
        whole += twips;
        buf_fmt(&grid, "<w:gridCol w:w=\"%d\"/>", twips);
    }
    buf_fmt(b,
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/><w:tblW w:w=\"%d\" w:type=\"dxa\"/><w:tblLayout "
            "w:type=\"fixed\"/><w:tblLook w:val=\"0020\"/></w:tblPr><w:tblGrid>%.*s</w:tblGrid>",
            whole, STR_ARG(buf_str(&grid)));
}

/* ---- tables ---- */

void docx_table(struct docx *d, const struct docx_column *columns, size_t n)
{
    assert(d->table.n == 0 && n != 0 && n <= DOCX_COLUMNS_MAX);
    add_gap(d, &d->b);
    spool(d);
    struct docx_column *own = arena_array(d->a, n, sizeof *own);
    d->table = (struct table){.columns = own, .n = n, .small = n >= DOCX_SMALL_FROM};
    d->table.turns = !d->decided && d->lines <= FIRST_LINES;
    d->table.width = arena_array(d->a, n, sizeof(int));
    d->table.word = arena_array(d->a, n, sizeof(int));
    for (size_t i = 0; i < n; i++) {
        own[i] = (struct docx_column){utf8_safe(d->a, columns[i].head), columns[i].right};
        if (columns[i].head.n != 0) d->table.heads = true;
    }
}

bool docx_full(const struct docx *d)
{
    const struct table *t = &d->table;
    return t->rows >= DOCX_ROWS_MAX || (t->rows + 1) * (int64_t)t->n > DOCX_CELLS_MAX;
}

static void measure(struct docx *d, size_t i, const struct docx_cell *c)
{
    enum { STEP_LETTERS = STEP / LETTER };
    struct table *t = &d->table;
    int in = c->indent * STEP_LETTERS, width = at_least(widest_line(good(d, c->text)), widest_line(good(d, c->below)));
    t->width[i] = at_least(t->width[i], width + in);
    t->word[i] = at_least(t->word[i], longest_word(c->text) + in);
}

static void add_cell(struct docx *d, struct buf *b, const struct docx_column *column, const struct docx_cell *c)
{
    const struct table *t = &d->table;
    str in = c->indent > 0 ? str_fmt(d->rough, "<w:ind w:left=\"%d\"/>", c->indent * STEP) : S("");
    const char *style = c->label ? "TableHead" : column->right ? "TableFigure" : "TableText";
    struct buf id = buf_in(d->rough);
    buf_fmt(&id, "%s%s", style, t->small ? "Small" : "");
    buf_byte(&id, '\0');
    buf_add(b, c->label ? S("<w:tc><w:tcPr><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"E8F1FE\"/></w:tcPr>")
                        : S("<w:tc>"));
    add_paragraph(d, b, id.p, in, c->text);
    if (c->below.n != 0) add_paragraph(d, b, "TableBase", column->right ? S("<w:jc w:val=\"right\"/>") : in, c->below);
    buf_add(b, S("</w:tc>"));
}

static void add_heads(struct docx *d, struct buf *b)
{
    const struct table *t = &d->table;
    if (!t->heads) return;
    buf_add(b, S("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"));
    for (size_t i = 0; i < t->n; i++)
        add_cell(d, b, &t->columns[i], &(struct docx_cell){.text = t->columns[i].head, .label = true});
    buf_add(b, S("</w:tr>"));
}

static void add_opening(struct docx *d, struct buf *b)
{
    struct arena_mark mark = arena_mark(d->rough);
    add_grid(d, b);
    add_heads(d, b);
    arena_back(d->rough, mark);
}

/* The rows measured wait in d->b: what stands before them goes out first. */
static void begin_table(struct docx *d)
{
    struct table *t = &d->table;
    struct buf b = buf_in(d->a); /* not in rough, which texts empty */
    str rows = buf_str(&d->b);
    size_t from = 0;
    if (t->heads && !d->across && wants_across(t)) lie_across(d, &b);
    if (t->heads) d->decided = true;
    add_held(d, &b);
    for (size_t i = 0; i < t->n_openings; i++) {
        buf_add(&b, str_sub(rows, from, t->opening[i]));
        add_opening(d, &b);
        from = t->opening[i];
    }
    buf_add(&b, str_sub(rows, from, rows.n));
    zip_put(d->zip, buf_str(&b));
    d->b.n = 0;
    t->begun = true;
}

static void open_table(struct docx *d)
{
    struct table *t = &d->table;
    if (t->open) return;
    t->open = true;
    if (t->begun) {
        add_opening(d, &d->b);
        return;
    }
    t->opening = arena_more(d->a, t->opening, t->n_openings, &t->room, sizeof *t->opening);
    t->opening[t->n_openings++] = d->b.n;
}

static void close_table(struct docx *d)
{
    if (d->table.open) buf_add(&d->b, S("</w:tbl>"));
    d->table.open = false;
}

static void count_row(struct docx *d)
{
    struct table *t = &d->table;
    assert(!docx_full(d));
    if (!t->begun && t->rows == MEASURED) begin_table(d);
    t->rows++;
    d->lines++;
}

void docx_row(struct docx *d, const struct docx_cell *cells)
{
    struct table *t = &d->table;
    count_row(d);
    open_table(d);
    struct arena_mark mark = arena_mark(d->rough);
    buf_add(&d->b, S("<w:tr><w:trPr><w:cantSplit/></w:trPr>"));
    for (size_t i = 0; i < t->n; i++) {
        if (!t->begun) measure(d, i, &cells[i]);
        add_cell(d, &d->b, &t->columns[i], &cells[i]);
    }
    buf_add(&d->b, S("</w:tr>"));
    arena_back(d->rough, mark);
    if (t->begun && d->b.n >= SPOOL) spool(d);
}

void docx_row_heading(struct docx *d, enum docx_style style, str text)
{
    assert(is_heading(style));
    count_row(d);
    close_table(d);
    add_paragraph(d, &d->b, style_id[style], S(""), text);
}

void docx_table_end(struct docx *d)
{
    struct table *t = &d->table;
    if (t->rows != 0) {
        if (!t->begun) begin_table(d);
        d->gap = t->open;
        close_table(d);
    }
    d->table = (struct table){0};
}

bool docx_end(struct docx *d, const struct docx_paper *paper)
{
    assert(d->table.n == 0);
    add_gap(d, &d->b);
    add_held(d, &d->b);
    add_section(d, &d->b);
    buf_add(&d->b, S("</w:body></w:document>"));
    spool(d);
    docx_put_parts(d->zip, d->a, d->rough, &d->about, paper);
    return zip_end(d->zip);
}
