/* CSV as ministries send it: their bytes, and every way a file can be wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/lang.h"
#include "format/csv.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct arena *a;

static int begin(void **state)
{
    (void)state;
    a = arena_new(0);
    return 0;
}

static int finish(void **state)
{
    (void)state;
    arena_free(a);
    return 0;
}

static void same(str got, str wanted)
{
    assert_string_equal(str_c(a, got), str_c(a, wanted));
    assert_int_equal(got.n, wanted.n);
}

/* All cells as one text: | between cells, / after a row, the row's number in front. */
static str told(struct work *w, str bytes, enum csv_encoding encoding)
{
    struct buf b = buf_in(a);
    struct csv *c = NULL;
    if (csv_open(w, S("f.csv"), bytes, encoding, &c) != OK) return S("");
    for (size_t i = 0; i < csv_columns(c); i++) buf_fmt(&b, "%s%.*s", i == 0 ? "" : "|", STR_ARG(csv_header(c, i)));
    buf_byte(&b, '/');
    while (csv_next(c)) {
        buf_fmt(&b, "%lld:", (long long)csv_row(c));
        for (size_t i = 0; i < csv_columns(c); i++) buf_fmt(&b, "%s%.*s", i == 0 ? "" : "|", STR_ARG(csv_cell(c, i)));
        buf_byte(&b, '/');
    }
    assert_int_equal(csv_err(c), work_err(w));
    assert_int_equal(csv_rows_likely(c), csv_row(c)); /* all of it was read */
    return buf_str(&b);
}

/* file:row:column:field: sentence */
static str said(const struct work *w)
{
    struct buf b = buf_in(a);
    for (int64_t i = 0; i < w->faults.count && i < FAULTS_SHOWN; i++) {
        const struct fault *f = &w->faults.first[i];
        buf_fmt(&b, "%s%.*s:%lld:%lld:%.*s: ", i == 0 ? "" : "\n", STR_ARG(f->where.file), (long long)f->where.row,
            (long long)f->where.column, STR_ARG(f->where.field));
        buf_add(&b, tr_fill(a, LANG_EN, f->id, f->arg, FAULT_ARGS));
    }
    return buf_str(&b);
}

struct file {
    str bytes, wanted;
    enum csv_encoding encoding;
};

static void files_are_read(void **state)
{
    (void)state;
    static const struct file files[] = {
        {S_INIT("org,q1,q2\r\nenv,done,\r\nmof,,not_done\r\n"), S_INIT("org|q1|q2/2:env|done|/3:mof||not_done/")},
        {S_INIT("a,b\nthe last line,has no end"), S_INIT("a|b/2:the last line|has no end/")},
        {S_INIT("a,b\r\n1,2\r"), S_INIT("a|b/2:1|2/")},
        {S_INIT("a"), S_INIT("a/")},
        {S_INIT(" a　,\tb \n 1 , 2\n"), S_INIT("a|b/2: 1 | 2/")},
        {S_INIT("a\tb,c\td\n1\t2,3\t4\n"), S_INIT("a|b,c|d/2:1|2,3|4/")},
        {S_INIT("\"a,1,2\"\tb\n1\t2\n"), S_INIT("a,1,2|b/2:1|2/")},
        {S_INIT("a,b\n\n\r\n1,2\n\n3,4\n\n"), S_INIT("a|b/4:1|2/6:3|4/")},
        {S_INIT("\n\r\na,b\n1,2\n"), S_INIT("a|b/4:1|2/")},
        {S_INIT("a,b\n,\n"), S_INIT("a|b/2:|/")},
        {S_INIT("a\n\"\"\n"), S_INIT("a/2:/")},
        {S_INIT("a,b\n\"x, y\",\"say \"\"no\"\"\"\n"), S_INIT("a|b/2:x, y|say \"no\"/")},
        {S_INIT("a,b\n\"\"\"\",\"\"\"\"\"\"\n"), S_INIT("a|b/2:\"|\"\"/")},
        {S_INIT("a,b\r\n\"two\r\nlines\",2\r\n3,\"4\"\r\n"), S_INIT("a|b/2:two\r\nlines|2/3:3|4/")},
        {S_INIT("a,b\n1,\"2\""), S_INIT("a|b/2:1|2/")},
        {S_INIT("a,b\n1,\"2\"\r"), S_INIT("a|b/2:1|2/")},
        {S_INIT("a,b\n5\" disk,2\"\n"), S_INIT("a|b/2:5\" disk|2\"/")},
        {S_INIT("a,b,c,d,e,f,g,h,i\n1,,333333333333,4,5,,,8,9999999\n"),
            S_INIT("a|b|c|d|e|f|g|h|i/2:1||333333333333|4|5|||8|9999999/")},
        {S_INIT("\xEF\xBB\xBF\"機関\",b\n環境省,2\n"), S_INIT("機関|b/2:環境省|2/")},
        {S_INIT("\xEF\xBB\xBF機関\n環境省\n"), S_INIT("機関/2:環境省/"), CSV_UTF8},
        {S_INIT("\xEF\xBB\xBF機関\n環境省\n"), S_INIT("機関/2:環境省/"), CSV_CP932}, /* the mark outweighs the word */
        {S_INIT("機関\n環境省\n"), S_INIT("機関/2:環境省/"), CSV_UTF8},
    };
    for (size_t i = 0; i < COUNT(files); i++) {
        struct work w = {.a = a};
        same(told(&w, files[i].bytes, files[i].encoding), files[i].wanted);
        same(said(&w), S(""));
    }
}

/* 髙﨑①㈱～ and more with the bytes spreadsheets write, among them trail bytes 5C and 7C (ソ 表 ポ), IBM's second code
 * of 﨑, half-width katakana and a backslash. */
static void cp932_is_read(void **state)
{
    (void)state;
    static const struct file files[] = {
        {S_INIT("\x8E\x81\x96\xBC,\x8B\x40\x8A\xD6\n\xFB\xFC\xED\x95\x87\x40,\x87\x8A\x81\x60\n"),
            S_INIT("氏名|機関/2:髙﨑①|㈱～/")},
        {S_INIT("a,b\r\n\x83\x5C\x95\x5C,\x83\x7C\r\n\xEE\xE0\xFA\xB1,\xB1\\\r\n"), S_INIT("a|b/2:ソ表|ポ/3:髙﨑|ｱ\\/")},
        {S_INIT("a,b\n\x87\x56,\x81\x7C\n"), S_INIT("a|b/2:Ⅲ|－/")},
        {S_INIT("a,b\n\"\x83\x5C\"\"\x95\x5C\",\"\x83\x7C\n,\"\n"), S_INIT("a|b/2:ソ\"表|ポ\n,/")},
        {S_INIT("a\tb\n\x83\x5C\t\x95\x5C\n"), S_INIT("a|b/2:ソ|表/")},
        {S_INIT("a,b\nplain,text\n"), S_INIT("a|b/2:plain|text/"), CSV_CP932},
    };
    for (size_t i = 0; i < COUNT(files); i++)
        for (int forced = 0; forced < 2; forced++) {
            struct work w = {.a = a};
            same(told(&w, files[i].bytes, forced ? CSV_CP932 : CSV_DETECT), files[i].wanted);
            same(said(&w), S(""));
        }
}

static void wrong_files_are_refused_where_they_are_wrong(void **state)
{
    (void)state;
    static const struct file files[] = {
        {S_INIT(""), S_INIT("f.csv:1:0:: the file is empty: expected a header row")},
        {S_INIT("\xEF\xBB\xBF"), S_INIT("f.csv:1:0:: the file is empty: expected a header row")},
        {S_INIT("\r\n\n"), S_INIT("f.csv:1:0:: the file is empty: expected a header row")},
        {S_INIT("a,b,a\n"), S_INIT("f.csv:1:3:a: column 'a' occurs twice")},
        {S_INIT("a,,c\n"), S_INIT("f.csv:1:2:: this column has no name: name it or delete it")},
        {S_INIT("a,b\n1\n2,2\n3,3,3\n"),
            S_INIT("f.csv:2:0:: 1 cells where the header has 2\nf.csv:4:0:: 3 cells where the header has 2")},
        {S_INIT("a,b\n1,2\n3,\"4\n5,6\n"), S_INIT("f.csv:3:2:b: quote opened here is never closed")},
        {S_INIT("a,\"b\n1,2\n"), S_INIT("f.csv:1:2:: quote opened here is never closed")},
        {S_INIT("a,b\n1,\"2\" x\n3,4\n"),
            S_INIT("f.csv:2:2:b: text after the closing quote: double a quote that belongs to the cell")},
        {S_INIT("a,b\n1,\"2\"\rx\n"),
            S_INIT("f.csv:2:2:b: text after the closing quote: double a quote that belongs to the cell")},
        {S_INIT("a,b\n1,2\n3,x\0y\n4,5\n"), S_INIT("f.csv:3:2:b: a NUL byte: this is no text")},
        {S_INIT("a,b\n1,2\n3,x\0y\n4,5\n"), S_INIT("f.csv:3:2:b: a NUL byte: this is no text"), CSV_CP932},
        {S_INIT("a,b\n\x87\x40,\x87\x40\x00\n"), S_INIT("f.csv:2:2:b: a NUL byte: this is no text")},
        {S_INIT("a,b\n環境省,\xE7\x9C\n\"\xFF\",財務省\n"),
            S_INIT("f.csv:2:2:b: byte 0xE7 is not good UTF-8\nf.csv:3:1:a: byte 0xFF is not good UTF-8"), CSV_UTF8},
        {S_INIT("a,b\n\x87\x40\x87,\x87\x40\n\x87\x40,\x85\x40\n"),
            S_INIT("f.csv:2:1:a: byte 0x87 is no character of CP932 (Shift_JIS)\n"
                   "f.csv:3:2:b: byte 0x85 is no character of CP932 (Shift_JIS)")},
        {S_INIT("\xE7\x9C,b\n1,2\n"), S_INIT("f.csv:1:1:: byte 0xE7 is not good UTF-8"), CSV_UTF8},
        {S_INIT("\xFF\xFE" "a\0,\0b\0"), S_INIT("f.csv:0:0:: the file is UTF-16: save it as CSV in UTF-8")},
        {S_INIT("\xEF\xBB\xBF" "a,b\n\x87\x40,1\n"), S_INIT("f.csv:2:1:a: byte 0x87 is not good UTF-8")},
    };
    for (size_t i = 0; i < COUNT(files); i++) {
        struct work w = {.a = a};
        told(&w, files[i].bytes, files[i].encoding);
        same(said(&w), files[i].wanted);
        assert_int_equal(work_err(&w), INVALID);
    }
}

static void an_empty_file_may_have_no_address(void **state)
{
    (void)state;
    struct work w = {.a = a};
    struct csv *c = NULL;
    assert_int_equal(csv_open(&w, S("f.csv"), (str){NULL, 0}, CSV_DETECT, &c), INVALID);
    assert_null(c);
}

/* Read as CP932 it would convert whole, into 迺ｰ蠅.. */
static void damaged_utf8_is_not_taken_for_cp932(void **state)
{
    (void)state;
    struct work w = {.a = a};
    told(&w, S("機関,b\n環境省,内閣官房\n財務\xE7\x9C,1\n"), CSV_DETECT);
    same(said(&w), S("f.csv:3:1:機関: byte 0xE7 is not good UTF-8"));
}

static str many(str head, char of, size_t n, str tail)
{
    struct buf b = buf_in(a);
    buf_add(&b, head);
    char *p = arena_alloc(a, n);
    memset(p, of, n);
    buf_add(&b, (str){p, n});
    buf_add(&b, tail);
    return buf_str(&b);
}

static void limits_hold(void **state)
{
    (void)state;
    const struct {
        str bytes, wanted;
    } files[] = {
        {many(S("a\n"), 'x', CSV_ROW_MAX, S("\n")), S("")},
        {many(S("a\n"), 'x', CSV_ROW_MAX + 1, S("\n1\n")), S("f.csv:2:0:: row longer than 1048576 bytes")},
        {many(S("a\n"), 'x', 10 << 20, S("")), S("f.csv:2:0:: row longer than 1048576 bytes")},
        {many(S("a\n\""), 'x', CSV_ROW_MAX - 2, S("\"\n")), S("")},
        {many(S("a\n\""), 'x', CSV_ROW_MAX - 1, S("\"\n1\n")), S("f.csv:2:0:: row longer than 1048576 bytes")},
        {many(S("a,b\n1,\""), 'x', 10 << 20, S("\"\n")),
            S("f.csv:2:2:b: quote opened here is not closed within 1048576 bytes")},
        {many(S("a\n\""), '\n', 10 << 20, S("\"\n")),
            S("f.csv:2:1:a: quote opened here is not closed within 1048576 bytes")},
        {many(S("a"), ',', CSV_COLUMNS_MAX, S("b\n")), S("f.csv:1:0:: 4201 columns: at most 4200 are read")},
        {many(S("a,b\n"), ',', 100000, S("\n")), S("f.csv:2:0:: 100001 cells where the header has 2")},
    };
    for (size_t i = 0; i < COUNT(files); i++) {
        struct work w = {.a = a};
        told(&w, files[i].bytes, CSV_DETECT);
        same(said(&w), files[i].wanted);
    }
}

static void as_many_columns_as_allowed(void **state)
{
    (void)state;
    struct buf b = buf_in(a);
    for (int row = 0; row < 2; row++) {
        for (int i = 0; i < CSV_COLUMNS_MAX; i++) csv_put(&b, str_int(a, i), i == 0);
        csv_end_row(&b);
    }
    struct work w = {.a = a};
    struct csv *c = NULL;
    assert_int_equal(csv_open(&w, S("f.csv"), buf_str(&b), CSV_DETECT, &c), OK);
    assert_true(csv_next(c));
    same(csv_cell(c, CSV_COLUMNS_MAX - 1), S("4199"));
    assert_int_equal(csv_column(c, S("4199")), CSV_COLUMNS_MAX - 1);
    assert_int_equal(csv_column(c, S("4200")), -1);
    same(csv_where(c, 7).field, S("7"));
    assert_int_equal(csv_where(c, 7).column, 8);
    assert_int_equal(csv_where(c, 7).row, 2);
}

static void columns_are_asked_for_by_name(void **state)
{
    (void)state;
    static const char *const required[] = {"code", "name", NULL}, *const optional[] = {"note", "kind", NULL};
    static const struct csv_shape shape = {required, optional};
    static const struct {
        str header, wanted;
    } cases[] = {
        {S_INIT("kind,name,code\n"), S_INIT("")},
        {S_INIT("name,nom,x\n"), S_INIT("f.csv:1:0:: column 'code' is missing: expected code, name, [note], [kind]\n"
            "f.csv:1:2:nom: unknown column 'nom': expected code, name, [note], [kind]\n"
            "f.csv:1:3:x: unknown column 'x': expected code, name, [note], [kind]")},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct work w = {.a = a};
        struct csv *c = NULL;
        ptrdiff_t at[4] = {-7, -7, -7, -7};
        assert_int_equal(csv_open(&w, S("f.csv"), cases[i].header, CSV_DETECT, &c), OK);
        assert_int_equal(csv_shape(&w, c, &shape, at), i == 0 ? OK : INVALID);
        same(said(&w), cases[i].wanted);
        static const ptrdiff_t wanted[][4] = {{2, 1, -1, 0}, {-7, -7, -7, -7}};
        assert_memory_equal(at, wanted[i], sizeof at);
    }
}

static void cells_are_written(void **state)
{
    (void)state;
    static const struct {
        str cell, guarded, raw;
    } cases[] = {
        {S_INIT("環境省"), S_INIT("環境省"), S_INIT("環境省")},
        {S_INIT("a,b"), S_INIT("\"a,b\""), S_INIT("\"a,b\"")},
        {S_INIT("say \"no\""), S_INIT("\"say \"\"no\"\"\""), S_INIT("\"say \"\"no\"\"\"")},
        {S_INIT("two\nlines"), S_INIT("\"two\nlines\""), S_INIT("\"two\nlines\"")},
        {S_INIT("=1+1"), S_INIT("'=1+1"), S_INIT("=1+1")},
        {S_INIT("=\"x\",1"), S_INIT("\"'=\"\"x\"\",1\""), S_INIT("\"=\"\"x\"\",1\"")},
        {S_INIT("@SUM(1)"), S_INIT("'@SUM(1)"), S_INIT("@SUM(1)")},
        {S_INIT("-5"), S_INIT("-5"), S_INIT("-5")},
        {S_INIT("+1.5e-3"), S_INIT("+1.5e-3"), S_INIT("+1.5e-3")},
        {S_INIT("-5-3"), S_INIT("'-5-3"), S_INIT("-5-3")},
        {S_INIT("-"), S_INIT("'-"), S_INIT("-")},
        {S_INIT("-1e"), S_INIT("'-1e"), S_INIT("-1e")},
        {S_INIT("\tx"), S_INIT("\"'\tx\""), S_INIT("\"\tx\"")},
        {S_INIT("\rx"), S_INIT("\"'\rx\""), S_INIT("\"\rx\"")},
        {S_INIT(""), S_INIT(""), S_INIT("")},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buf guarded = buf_in(a), raw = buf_in(a);
        csv_put(&guarded, cases[i].cell, true);
        csv_put_raw(&raw, cases[i].cell, true);
        same(buf_str(&guarded), cases[i].guarded);
        same(buf_str(&raw), cases[i].raw);
    }
    struct buf b = buf_in(a);
    csv_put(&b, S("a"), true);
    csv_put(&b, S(""), false);
    csv_end_row(&b);
    csv_put(&b, S(""), true);
    csv_end_row(&b);
    same(buf_str(&b), S("a,\r\n\"\"\r\n"));
}

static uint64_t seed;
static uint32_t chance(uint32_t below)
{
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    return (uint32_t)(seed >> 33) % below;
}

static str random_text(const str *pieces, size_t n, uint32_t most)
{
    struct buf b = buf_in(a);
    for (uint32_t k = chance(most + 1); k > 0; k--) buf_add(&b, pieces[chance((uint32_t)n)]);
    return buf_str(&b);
}

static void what_is_written_is_read(void **state)
{
    (void)state;
    static const str pieces[] = {S_INIT("\""), S_INIT(","), S_INIT("\n"), S_INIT("\r"), S_INIT("\r\n"),
        S_INIT("\t"), S_INIT("="), S_INIT("-"), S_INIT("+"), S_INIT("7"), S_INIT("."), S_INIT(" "), S_INIT("'"),
        S_INIT("髙﨑"), S_INIT("long enough text")};
    seed = 20070423;
    for (int round = 0; round < 3000; round++) {
        struct arena_mark mark = arena_mark(a);
        struct buf b = buf_in(a);
        size_t columns = 1 + chance(4), n = columns * (1 + chance(4));
        str *cells = arena_array(a, n, sizeof *cells);
        bool guard = chance(2) == 0;
        for (size_t i = 0; i < columns; i++) csv_put(&b, str_fmt(a, "column %zu", i), i == 0);
        csv_end_row(&b);
        for (size_t i = 0; i < n; i++) {
            cells[i] = random_text(pieces, COUNT(pieces), 6);
            (guard ? csv_put : csv_put_raw)(&b, cells[i], i % columns == 0);
            if ((i + 1) % columns == 0) csv_end_row(&b);
        }
        struct work w = {.a = a};
        struct csv *c = NULL;
        assert_int_equal(csv_open(&w, S("f.csv"), buf_str(&b), CSV_DETECT, &c), OK);
        for (size_t i = 0; i < n; i++) {
            if (i % columns == 0) assert_true(csv_next(c));
            str got = csv_cell(c, i % columns);
            bool guarded = guard && got.n == cells[i].n + 1 && got.p[0] == '\'';
            if (guarded) assert_non_null(memchr("=+-@\t\r", cells[i].p[0], 6));
            same(str_sub(got, guarded, got.n), cells[i]);
        }
        assert_false(csv_next(c));
        assert_int_equal(csv_err(c), OK);
        arena_back(a, mark);
    }
}

/* The slow oracle: one byte after the other. Gives what told() gives, or the empty text where a quote is wrong. */
static str slowly(str s)
{
    enum { START, PLAIN, QUOTED, CLOSED } at = START;
    struct buf all = buf_in(a), row = buf_in(a);
    int64_t number = 1, from = 0;
    size_t cells = 1, columns = 0;
    for (size_t i = 0; i <= s.n; i++) {
        bool end = i == s.n, lf = !end && s.p[i] == '\n';
        bool cr = !end && s.p[i] == '\r' && (i + 1 == s.n || s.p[i + 1] == '\n');
        if (at == QUOTED) {
            if (end) return S("");
            if (s.p[i] != '"') buf_byte(&row, s.p[i]);
            else if (i + 1 < s.n && s.p[i + 1] == '"') buf_byte(&row, s.p[i++]);
            else at = CLOSED;
        } else if (end || lf) {
            size_t blank = i - (size_t)from;
            bool nothing = blank == 0 || (blank == 1 && s.p[from] == '\r');
            if (!nothing && columns == 0) columns = cells;
            else if (!nothing && columns != cells) return S("");
            else if (!nothing) buf_fmt(&all, "%lld:", (long long)number);
            if (!nothing) buf_fmt(&all, "%.*s/", STR_ARG(buf_str(&row)));
            row = buf_in(a);
            cells = 1;
            number++;
            from = (int64_t)i + 1;
            at = START;
        } else if (s.p[i] == ',') {
            buf_byte(&row, '|');
            cells++;
            at = START;
        } else if (at == CLOSED && !cr) {
            return S("");
        } else if (at == START && s.p[i] == '"') {
            at = QUOTED;
        } else if (!cr) {
            buf_byte(&row, s.p[i]);
            at = PLAIN;
        }
    }
    return buf_str(&all);
}

static void rows_are_found_as_the_slow_way_finds_them(void **state)
{
    (void)state;
    static const str pieces[] = {S_INIT("\""), S_INIT("\""), S_INIT(","), S_INIT(","), S_INIT("\n"), S_INIT("\r"),
        S_INIT("\r\n"), S_INIT("x"), S_INIT("yes,"), S_INIT("\",\""), S_INIT("\"\n")};
    int read = 0, refused = 0;
    seed = 2006;
    for (int round = 0; round < 60000; round++) {
        struct arena_mark mark = arena_mark(a);
        struct buf b = buf_in(a);
        buf_add(&b, chance(2) == 0 ? S("a,b\n") : S("a\n"));
        buf_add(&b, random_text(pieces, COUNT(pieces), 10));
        struct work w = {.a = a};
        str wanted = slowly(buf_str(&b)), got = told(&w, buf_str(&b), CSV_UTF8);
        if (w.faults.count != 0) got = S("");
        if (!str_eq(got, wanted))
            fail_msg("[%s] read as [%s], not [%s]", str_c(a, buf_str(&b)), str_c(a, got), str_c(a, wanted));
        read += wanted.n != 0;
        refused += wanted.n == 0;
        arena_back(a, mark);
    }
    assert_true(read > 5000 && refused > 5000);
}

/* What a caller makes in the work's arena between two rows is its own. */
static void copies_are_the_readers_own(void **state)
{
    (void)state;
    struct work w = {.a = a};
    struct csv *c = NULL;
    assert_int_equal(csv_open(&w, S("f.csv"), S("a\n\"x\"\"1\"\n\"y\"\"2\"\n"), CSV_DETECT, &c), OK);
    assert_true(csv_next(c));
    str kept = str_dup(a, csv_cell(c, 0));
    assert_true(csv_next(c));
    str mine = str_dup(a, csv_cell(c, 0));
    assert_false(csv_next(c));
    same(kept, S("x\"1"));
    same(mine, S("y\"2"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_are_read),
        cmocka_unit_test(cp932_is_read),
        cmocka_unit_test(wrong_files_are_refused_where_they_are_wrong),
        cmocka_unit_test(an_empty_file_may_have_no_address),
        cmocka_unit_test(damaged_utf8_is_not_taken_for_cp932),
        cmocka_unit_test(limits_hold),
        cmocka_unit_test(as_many_columns_as_allowed),
        cmocka_unit_test(columns_are_asked_for_by_name),
        cmocka_unit_test(cells_are_written),
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(rows_are_found_as_the_slow_way_finds_them),
        cmocka_unit_test(copies_are_the_readers_own),
    };
    return cmocka_run_group_tests(tests, begin, finish);
}
