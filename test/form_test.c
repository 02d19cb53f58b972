/* Forms, cookies, languages and JSON bodies: what is read, what is refused and with which words. */
#include "support.h"

#include "format/form.h"
#include "web/json_body.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define BYTES_OF(literal) ((str){literal, sizeof(literal) - 1})

static struct work w;

static int begin(void **state)
{
    (void)state;
    w = (struct work){.a = arena_new(0)};
    return 0;
}

static int finish(void **state)
{
    (void)state;
    arena_free(w.a);
    return 0;
}

/* "name=value|name=value", a file as "name<file name>=bytes". */
static str shown(const struct form_fields *f)
{
    struct buf b = buf_in(w.a);
    for (size_t i = 0; i < f->n; i++) {
        const struct form_field *one = &f->field[i];
        buf_fmt(&b, "%s%.*s", i == 0 ? "" : "|", STR_ARG(one->name));
        if (one->is_file) buf_fmt(&b, "<%.*s>", STR_ARG(one->file_name));
        buf_fmt(&b, "=%.*s", STR_ARG(one->value));
    }
    return buf_str(&b);
}

static str given_shown(const struct given *given, size_t n)
{
    struct buf b = buf_in(w.a);
    for (size_t i = 0; i < n; i++) {
        const struct given *g = &given[i];
        buf_fmt(&b, "%s%.*s=%.*s", i == 0 ? "" : "|", STR_ARG(g->name), STR_ARG(g->text));
        if (g->file != NULL) buf_fmt(&b, "<%.*s>%.*s", STR_ARG(g->file->name), STR_ARG(g->file->bytes));
    }
    return buf_str(&b);
}

/* ---- urlencoded ---- */

static void pairs_are_read(void **state)
{
    (void)state;
    static const struct {
        str bytes;
        const char *wanted;
    } cases[] = {
        {S_INIT(""), ""},
        {S_INIT("&&"), ""},
        {S_INIT("a=1"), "a=1"},
        {S_INIT("a=1&a=2&b="), "a=1|a=2|b="},
        {S_INIT("flag"), "flag="},
        {S_INIT("a=b=c"), "a=b=c"},
        {S_INIT("a+b=c+d%20e%2Bf"), "a b=c d e+f"},
        {S_INIT("answer.q1=done&%61nswer.q2=no"), "answer.q1=done|answer.q2=no"},
        {S_INIT("name=%E8%87%AA%E5%B7%B1%e7%82%b9%e6%a4%9c"), "name=自己点検"},
        {S_INIT("name=自己"), "name=自己"},
        {S_INIT("text=one%0D%0Atwo%0Dthree%0A%0D%0D%0A"), "text=one\ntwo\nthree\n\n\n"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct form_fields f;
        assert_ok(&w, form_fields(&w, cases[i].bytes, &f));
        assert_str(shown(&f), cases[i].wanted);
    }
}

static void damaged_pairs_are_refused(void **state)
{
    (void)state;
    static const struct {
        str bytes;
        const char *said;
    } cases[] = {
        {S_INIT("a=%"), "a % without two"},
        {S_INIT("a=%4"), "a % without two"},
        {S_INIT("a=%zz"), "a % without two"},
        {S_INIT("%g1=x"), "a % without two"},
        {S_INIT("a=%00"), "NUL"},
        {S_INIT("a=%FF"), "not good UTF-8"},
        {S_INIT("a=%ED%A0%80"), "not good UTF-8"},
        {S_INIT("%FF=x"), "name of a field is not good"},
        {S_INIT("=x"), "has no name"},
        {S_INIT("a=1&=%00"), "has no name"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct form_fields f;
        assert_err(&w, form_fields(&w, cases[i].bytes, &f), INVALID);
        assert_fault(&w, cases[i].said);
    }
}

static void limits_hold(void **state)
{
    (void)state;
    struct form_fields f;
    struct buf b = buf_in(w.a);
    for (int i = 0; i < FORM_FIELDS_MAX; i++) buf_add(&b, S("a=1&"));
    assert_ok(&w, form_fields(&w, buf_str(&b), &f));
    assert_int_equal(f.n, FORM_FIELDS_MAX);
    buf_add(&b, S("a=1"));
    assert_err(&w, form_fields(&w, buf_str(&b), &f), INVALID);
    assert_fault(&w, "more than 10000 fields");
    char name[FORM_NAME_MAX + 1];
    memset(name, 'n', sizeof name);
    assert_ok(&w, form_fields(&w, (str){name, FORM_NAME_MAX}, &f));
    assert_err(&w, form_fields(&w, (str){name, FORM_NAME_MAX + 1}, &f), INVALID);
    assert_fault(&w, "longer than 256 bytes");
}

static void what_is_encoded_comes_back(void **state)
{
    (void)state;
    char all[255];
    for (int i = 0; i < 255; i++) all[i] = (char)(i + 1);
    struct buf b = buf_in(w.a);
    form_encode(&b, (str){all, sizeof all});
    str back;
    assert_true(form_decode(w.a, buf_str(&b), &back));
    assert_true(str_eq(back, (str){all, sizeof all}));
    struct buf plain = buf_in(w.a);
    form_encode(&plain, S("a b+c/d&自~_.-"));
    assert_str(buf_str(&plain), "a%20b%2Bc%2Fd%26%E8%87%AA~_.-");
    assert_false(form_decode(w.a, S("%4"), &back));
    assert_true(form_decode(w.a, S("a+b"), &back));
    assert_str(back, "a+b");
}

/* ---- multipart ---- */

#define TYPE S("multipart/form-data; boundary=----x")
#define FIELD(name) "------x\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n"
#define UPLOAD(name, file)                                                                                             \
    "------x\r\nContent-Disposition: form-data; name=\"" name "\"; filename=\"" file                                   \
    "\"\r\nContent-Type: text/csv\r\n\r\n"
#define END "------x--\r\n"

static void parts_are_read(void **state)
{
    (void)state;
    static const struct {
        str body;
        const char *wanted;
    } cases[] = {
        {S_INIT(END), ""},
        {S_INIT(FIELD("a") "1\r\n" FIELD("b") "\r\n" END), "a=1|b="},
        {S_INIT("nobody reads this\r\n" FIELD("a") "1\r\n" END "nor this"), "a=1"},
        {S_INIT(FIELD("a") "one\r\ntwo\r\n" END), "a=one\ntwo"},
        {S_INIT(FIELD("a") "------x\r\n------xy\r\n" END),
         NULL}, /* see below: a delimiter is one wherever a line begins */
        {S_INIT(UPLOAD("f", "x.csv") "a,b\r\n1,2\r\n\r\n" END), "f<x.csv>=a,b\r\n1,2\r\n"},
        {S_INIT(UPLOAD("f", "回答.csv") "x\r\n" END), "f<回答.csv>=x"},
        {S_INIT(UPLOAD("f", "a%22b\\\"c%41.csv") "x\r\n" END), "f<a\"b\"c%41.csv>=x"},
        {S_INIT(UPLOAD("f", "C:\\dir\\x.csv") "x\r\n" END), "f<x.csv>=x"},
        {S_INIT(UPLOAD("f", "../../etc/passwd") "x\r\n" END), "f<passwd>=x"},
        {S_INIT(UPLOAD("f", "") "\r\n" FIELD("a") "1\r\n" END), "a=1"},
        {S_INIT(UPLOAD("f", "empty.csv") "\r\n" END), "f<empty.csv>="},
        {S_INIT("------x\r\ncontent-disposition:form-data; filename*=UTF-8''%E5%9B%9E.csv; name=f\r\n\r\nx\r\n" END),
         "f<回.csv>=x"},
        {S_INIT("------x  \r\nContent-Disposition: form-data; name=\"a;b=\\\"c\"\r\n\r\n1\r\n" END), "a;b=\"c=1"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct form_fields f;
        enum err err = multipart_fields(&w, TYPE, cases[i].body, &f);
        assert_err(&w, err, cases[i].wanted == NULL ? INVALID : OK);
        if (cases[i].wanted != NULL) assert_str(shown(&f), cases[i].wanted);
        w.faults = (struct faults){0};
    }
}

static void bytes_of_files_are_free_and_not_copied(void **state)
{
    (void)state;
    static const char body[] = UPLOAD("f", "b\xFF.bin") "\0\xFF\r\n--\r\n-----x\0\r\n" END;
    struct form_fields f;
    assert_ok(&w, multipart_fields(&w, TYPE, BYTES_OF(body), &f));
    assert_int_equal(f.n, 1);
    assert_true(f.field[0].is_file);
    assert_true(str_eq(f.field[0].value, BYTES_OF("\0\xFF\r\n--\r\n-----x\0")));
    assert_true(f.field[0].value.p > body && f.field[0].value.p < body + sizeof body);
    assert_str(f.field[0].file_name, "b?.bin");
}

static void damaged_parts_are_refused(void **state)
{
    (void)state;
    static const struct {
        str body;
        const char *said;
    } cases[] = {
        {S_INIT(""), "did not arrive whole"},
        {S_INIT("------x"), "did not arrive whole"},
        {S_INIT("------x-"), "did not arrive whole"},
        {S_INIT(FIELD("a")), "did not arrive whole"},
        {S_INIT(FIELD("a") "1"), "did not arrive whole"},
        {S_INIT(FIELD("a") "1\r\n------x"), "did not arrive whole"},
        {S_INIT("------x\r\nContent-Disposition: form-data; name=a\r\n"), "did not arrive whole"},
        {S_INIT(FIELD("a") "1\n" END), "did not arrive whole"},
        {S_INIT("------x\r\n\r\n1\r\n" END), "which field"},
        {S_INIT("------x\r\nContent-Disposition: attachment; name=a\r\n\r\n1\r\n" END), "which field"},
        {S_INIT("------x\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n" END), NULL},
        {S_INIT("------x\r\nContent-Disposition: form-data\r\n\r\n1\r\n" END), "which field"},
        {S_INIT(FIELD("") "1\r\n" END), "has no name"},
        {S_INIT(UPLOAD("", "x") "1\r\n" END), "has no name"},
        {S_INIT(FIELD("a\xFF") "1\r\n" END), "not good UTF-8"},
        {S_INIT(FIELD("a") "\xFF\r\n" END), "not good UTF-8"},
        {S_INIT(FIELD("a") "x\0y\r\n" END), "NUL"},
        {S_INIT("------x\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: "
                "base64\r\n\r\nMQ==\r\n" END),
         "transfer encoding"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct form_fields f;
        enum err err = multipart_fields(&w, TYPE, cases[i].body, &f);
        if (cases[i].said == NULL) continue; /* either way: only that nothing breaks */
        assert_err(&w, err, INVALID);
        assert_fault(&w, cases[i].said);
    }
}

static void boundaries_are_checked(void **state)
{
    (void)state;
    static const struct {
        str type;
        bool good;
    } cases[] = {
        {S_INIT("multipart/form-data; boundary=----x"), true},
        {S_INIT("Multipart/Form-Data;charset=utf-8;BOUNDARY=\"----x\""), true},
        {S_INIT("multipart/form-data"), false},
        {S_INIT("multipart/form-data; boundary="), false},
        {S_INIT("multipart/form-data; boundary=\"\""), false},
        {S_INIT("multipart/form-data; boundary=\"x "), false},
        {S_INIT("multipart/form-data; boundary=a{b"), false},
        {S_INIT("multipart/mixed; boundary=----x"), false},
        {S_INIT("multipart/form-data; boundary="
                "12345678901234567890123456789012345678901234567890123456789012345678901"),
         false},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct form_fields f;
        enum err err = multipart_fields(&w, cases[i].type, S(END), &f);
        assert_err(&w, err, cases[i].good ? OK : INVALID);
        if (!cases[i].good) assert_fault(&w, "boundary");
    }
}

static void long_heads_are_refused(void **state)
{
    (void)state;
    struct buf b = buf_in(w.a);
    buf_add(&b, S("------x\r\n"));
    for (int i = 0; i < 2000; i++) buf_add(&b, S("X: y\r\n"));
    buf_add(&b, S("\r\n1\r\n" END));
    struct form_fields f;
    assert_err(&w, multipart_fields(&w, TYPE, buf_str(&b), &f), INVALID);
}

/* ---- cookies and languages ---- */

static void cookies_are_found(void **state)
{
    (void)state;
    str header = S("a=1; session=abc=; xsession=no; quoted=\"q\"; session=second; bare");
    assert_str(cookie_value(header, S("session")), "abc=");
    assert_str(cookie_value(header, S("a")), "1");
    assert_str(cookie_value(header, S("quoted")), "q");
    assert_null(cookie_value(header, S("bare")).p);
    assert_null(cookie_value(header, S("sess")).p);
    assert_null(cookie_value((str){0}, S("a")).p);
}

static void the_better_liked_language_is_taken(void **state)
{
    (void)state;
    static const struct {
        str header;
        enum lang wanted;
    } cases[] = {
        {S_INIT(""), LANG_JA},
        {S_INIT("en"), LANG_EN},
        {S_INIT("ja,en-US;q=0.9,en;q=0.8"), LANG_JA},
        {S_INIT("en-GB, ja;q=0.9"), LANG_EN},
        {S_INIT("en;q=0.5, ja;q=0.51"), LANG_JA},
        {S_INIT("fr, de;q=0.9"), LANG_JA},
        {S_INIT("fr, *;q=0.1, EN;q=0.2"), LANG_EN},
        {S_INIT("ja;q=0, en;q=0.001"), LANG_EN},
        {S_INIT("jam, enm"), LANG_JA},
        {S_INIT("en;q=;;;,,,;q"), LANG_EN},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        if (lang_wanted(cases[i].header) != cases[i].wanted) fail_msg("%s", cases[i].header.p);
}

/* ---- JSON and the whole ---- */

static const struct entry entry = {
    .name = "x",
    .kind = ENTRY_ACT,
    .params = PARAMS({"round", P_CODE, REQUIRED}, {"org", P_CODE, MANY}, {"answer", P_ENUM, MAP, "done not-done"},
                     {"final", P_FLAG}, {"count", P_INT}, {"table", P_FILE, MANY}),
};

static void json_is_the_same_list(void **state)
{
    (void)state;
    static const struct {
        str body;
        const char *wanted;
    } cases[] = {
        {S_INIT("{}"), ""},
        {S_INIT("{\"round\":\"x\",\"org\":[\"a\",\"b\"],\"answer\":{\"q1\":\"done\",\"q2\":null}}"),
         "round=x|org=a|org=b|answer.q1=done"},
        {S_INIT("{\"final\":true,\"count\":-12}"), "final=1|count=-12"},
        {S_INIT("{\"final\":false,\"count\":1.5,\"org\":[]}"), "final=0|count=1.5"},
        {S_INIT("{\"answer.q1\":\"done\",\"unknown\":\"x\"}"), "answer.q1=done|unknown=x"},
        {S_INIT("{\"table\":{\"name\":\"x.csv\",\"base64\":\"YSxiCg==\"}}"), "table=<x.csv>a,b\n"},
        {S_INIT("{\"table\":[{\"name\":\"1\",\"base64\":\"\"},{\"name\":\"2\",\"base64\":\"YWJj\"}]}"),
         "table=<1>|table=<2>abc"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct given *l;
        size_t n;
        assert_ok(&w, json_body_read(&w, &entry, cases[i].body, &l, &n));
        assert_str(given_shown(l, n), cases[i].wanted);
    }
}

static void other_json_is_refused(void **state)
{
    (void)state;
    static const struct {
        str body;
        const char *said;
    } cases[] = {
        {S_INIT("[]"), "an object of parameters"},
        {S_INIT("{\"round\":"), "ends too early"},
        {S_INIT("{\"round\":{}}"), "a text, a number"},
        {S_INIT("{\"org\":[[\"a\"]]}"), "a text, a number"},
        {S_INIT("{\"answer\":{\"q1\":{\"a\":1}}}"), "a text, a number"},
        {S_INIT("{\"unknown\":{\"a\":1}}"), "a text, a number"},
        {S_INIT("{\"table\":{\"name\":\"x\"}}"), "a file is"},
        {S_INIT("{\"table\":{\"name\":\"x\",\"base64\":\"YQ\"}}"), "base64"},
        {S_INIT("{\"round\":\"a\",\"round\":\"b\"}"), "occurs twice"},
        {S_INIT("{\"round\":\"\\u0000\"}"), "NUL"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct given *l;
        size_t n;
        assert_err(&w, json_body_read(&w, &entry, cases[i].body, &l, &n), INVALID);
        assert_fault(&w, cases[i].said);
    }
}

static void base64_is_strict(void **state)
{
    (void)state;
    static const str bad[] = {S_INIT("Y"),    S_INIT("YQ"),   S_INIT("YQ="),      S_INIT("Y==="),
                              S_INIT("===="), S_INIT("YR=="), S_INIT("YWI=YWI="), S_INIT("YQ==YQ=="),
                              S_INIT("YW_j"), S_INIT("YW j"), S_INIT("YWJ\n")};
    str out;
    for (size_t i = 0; i < COUNT(bad); i++)
        if (base64_decode(w.a, bad[i], &out)) fail_msg("taken: %s", bad[i].p);
    assert_true(base64_decode(w.a, S("AP/+"), &out));
    assert_true(str_eq(out, BYTES_OF("\0\xFF\xFE")));
}

static void forms_are_the_same_list(void **state)
{
    (void)state;
    struct given *l;
    size_t n;
    assert_ok(&w, form_read(&w, S("round=x&final=1"), &l, &n));
    assert_str(given_shown(l, n), "round=x|final=1");
    assert_ok(&w, form_read(&w, S(""), &l, &n));
    assert_int_equal(n, 0);
    assert_ok(&w, multipart_read(&w, TYPE, S(UPLOAD("table", "t.csv") "abc\r\n" FIELD("round") "x\r\n" END), &l, &n));
    assert_str(given_shown(l, n), "table=<t.csv>abc|round=x");
    assert_str(l[0].file->sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void what_json_gives_is_understood(void **state)
{
    (void)state;
    struct given *l;
    size_t n;
    struct args in;
    str body = S("{\"round\":\"x\",\"answer\":{\"q1\":\"done\"},\"final\":true,\"table\":[{\"name\":\"t\",\"base64\":"
                 "\"YQ==\"}]}");
    assert_ok(&w, json_body_read(&w, &entry, body, &l, &n));
    assert_ok(&w, args_parse(&w, &entry, l, n, &in));
    assert_int_equal(in.n, 4);
    assert_int_equal(arg_int(&in, "final"), 1);
    assert_str(arg_file(&in, "table")->bytes, "a");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, finish)
    const struct CMUnitTest tests[] = {
        TEST(pairs_are_read),
        TEST(damaged_pairs_are_refused),
        TEST(limits_hold),
        TEST(what_is_encoded_comes_back),
        TEST(parts_are_read),
        TEST(bytes_of_files_are_free_and_not_copied),
        TEST(damaged_parts_are_refused),
        TEST(boundaries_are_checked),
        TEST(long_heads_are_refused),
        TEST(cookies_are_found),
        TEST(the_better_liked_language_is_taken),
        TEST(json_is_the_same_list),
        TEST(other_json_is_refused),
        TEST(base64_is_strict),
        TEST(forms_are_the_same_list),
        TEST(what_json_gives_is_understood),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
