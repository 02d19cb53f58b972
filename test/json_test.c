/* JSON: what is read, what is refused and where, and that figures survive. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "base/lang.h"
#include "base/trouble.h"
#include "format/json.h"

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

static const struct jv *parsed(str text)
{
    struct work w = {.a = a};
    const struct jv *v = NULL;
    if (jv_read(&w, S("f.json"), text, &v) != OK) fail_msg("refused: %s", str_c(a, text));
    return v;
}

static str copied(const struct jv *v)
{
    struct buf b = buf_in(a);
    jv_copy(&b, v);
    return buf_str(&b);
}

static void texts_are_read(void **state)
{
    (void)state;
    static const struct {
        str text, wanted;
    } cases[] = {
        {S_INIT("null"), S_INIT("null")},
        {S_INIT(" \t\r\n[ true , false,null ] \n"), S_INIT("[true,false,null]")},
        {S_INIT("{\"b\":1,\"a\":{},\"c\":[]}"), S_INIT("{\"b\":1,\"a\":{},\"c\":[]}")},
        {S_INIT("[0,-0,-1,9223372036854775807,-9223372036854775808]"),
            S_INIT("[0,0,-1,9223372036854775807,-9223372036854775808]")},
        {S_INIT("[1.5,-0.25,1e2,1E+2,1.0e-2,0.7881773399014779]"),
            S_INIT("[1.5,-0.25,100,100,0.01,0.7881773399014779]")},
        {S_INIT("[1.10,1e5,-0.0,12345678901234567890.0]"), S_INIT("[1.1,100000,0,1.2345678901234567e+19]")},
        {S_INIT("[1e300,5e-324,1e-400]"), S_INIT("[1e+300,5e-324,0]")},
        {S_INIT("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\""), S_INIT("\"\\\"\\\\/\\b\\f\\n\\r\\t\"")},
        {S_INIT("\"\\u0041\\u00e9\\u7701\\ud842\\uDFB7\""), S_INIT("\"Aé省\xF0\xA0\xAE\xB7\"")},
        {S_INIT("\"\\u0001\\u007f\""), S_INIT("\"\\u0001\\u007f\"")},
        {S_INIT("\"環境省\""), S_INIT("\"環境省\"")},
        {S_INIT("{\"\":\"\",\"\\u0061\":1}"), S_INIT("{\"\":\"\",\"a\":1}")},
        {S_INIT("\xEF\xBB\xBF[1]"), S_INIT("[1]")},
    };
    for (size_t i = 0; i < COUNT(cases); i++) same(copied(parsed(cases[i].text)), cases[i].wanted);
}

static void wrong_texts_are_refused_where_they_are_wrong(void **state)
{
    (void)state;
    static const struct {
        str text;
        int row, column;
        str said;
    } cases[] = {
        {S_INIT(""), 1, 1, S_INIT("JSON: the text ends too early")},
        {S_INIT("\xEF\xBB\xBF"), 1, 1, S_INIT("JSON: the text ends too early")},
        {S_INIT("[1,\n 2"), 2, 2, S_INIT("JSON: the text ends too early")},
        {S_INIT("[1,\n"), 2, 1, S_INIT("JSON: the text ends too early")},
        {S_INIT("{\"省\":"), 1, 5, S_INIT("JSON: the text ends too early")},
        {S_INIT("[\"abc]"), 1, 6, S_INIT("JSON: the text ends too early")},
        {S_INIT("-"), 1, 1, S_INIT("JSON: not well formed here (invalid token)")},
        {S_INIT("[1 2]"), 1, 4, S_INIT("JSON: not well formed here (']' expected)")},
        {S_INIT("{\"a\":1 \"b\":2}"), 1, 10, S_INIT("JSON: not well formed here ('}' expected)")},
        {S_INIT("{\"a\" 1}"), 1, 6, S_INIT("JSON: not well formed here (':' expected)")},
        {S_INIT("{a:1}"), 1, 2, S_INIT("JSON: not well formed here (string or '}' expected)")},
        {S_INIT("{\"a\":1,}"), 1, 8, S_INIT("JSON: not well formed here (string or '}' expected)")},
        {S_INIT("[1,]"), 1, 4, S_INIT("JSON: not well formed here (unexpected token)")},
        {S_INIT("[nul]"), 1, 4, S_INIT("JSON: not well formed here (invalid token)")},
        {S_INIT("[NaN]"), 1, 4, S_INIT("JSON: not well formed here (invalid token)")},
        {S_INIT("[+1]"), 1, 2, S_INIT("JSON: not well formed here (invalid token)")},
        {S_INIT("[01]"), 1, 2, S_INIT("JSON: not well formed here (invalid token)")},
        {S_INIT("[.5]"), 1, 2, S_INIT("JSON: not well formed here (invalid token)")},
        {S_INIT("[1.]"), 1, 3, S_INIT("JSON: not well formed here (invalid token)")},
        {S_INIT("[1e]"), 1, 3, S_INIT("JSON: not well formed here (invalid token)")},
        {S_INIT("[9223372036854775808]"), 1, 20, S_INIT("JSON: the number here is out of range")},
        {S_INIT("[-9223372036854775809]"), 1, 21, S_INIT("JSON: the number here is out of range")},
        {S_INIT("[1e400]"), 1, 6, S_INIT("JSON: the number here is out of range")},
        {S_INIT("[-1e400]"), 1, 7, S_INIT("JSON: the number here is out of range")},
        {S_INIT("{\"a\":1,\n\"b\":2,\n  \"\\u0061\":3}"), 3, 10, S_INIT("JSON: this name occurs twice in its object")},
        {S_INIT("[{\"a\":{},\"a\":{}}]"), 1, 12, S_INIT("JSON: this name occurs twice in its object")},
        {S_INIT("{} x"), 1, 4, S_INIT("JSON: something stands after the end of the value")},
        {S_INIT("[] []"), 1, 4, S_INIT("JSON: something stands after the end of the value")},
        {S_INIT("[\"abc\\"), 1, 6, S_INIT("JSON: not well formed here (invalid escape)")},
        {S_INIT("[\"省\n\"]"), 1, 3, S_INIT("JSON: not well formed here (unexpected newline)")},
        {S_INIT("[\"省\x1F\"]"), 1, 3, S_INIT("JSON: not well formed here (control character 0x1f)")},
        {S_INIT("\"\\x\""), 1, 3, S_INIT("JSON: not well formed here (invalid escape)")},
        {S_INIT("\"\\u00g0\""), 1, 6, S_INIT("JSON: not well formed here (invalid escape)")},
        {S_INIT("\"\\u00\""), 1, 6, S_INIT("JSON: not well formed here (invalid escape)")},
        {S_INIT("[\x01]"), 1, 2, S_INIT("JSON: not well formed here (invalid token)")},
        {S_INIT("\"a\\u0000\""), 1, 9, S_INIT("JSON: a NUL in a string is refused")},
        {S_INIT("{\"a\\u0000\":1}"), 1, 10, S_INIT("JSON: a NUL in a string is refused")},
        {S_INIT("\"\\ud842\""), 1, 8, S_INIT("JSON: not well formed here (invalid Unicode '\\uD842')")},
        {S_INIT("\"\\ud842\\u0041\""), 1, 14, S_INIT("JSON: not well formed here (invalid Unicode '\\uD842\\u0041')")},
        {S_INIT("\"\\udfb7\""), 1, 8, S_INIT("JSON: not well formed here (invalid Unicode '\\uDFB7')")},
        {S_INIT("[\"省\xE7\x9C\"]"), 1, 4, S_INIT("JSON: the bytes here are not good UTF-8")},
        {S_INIT("[1\0]"), 1, 3, S_INIT("JSON: the bytes here are not good UTF-8")},
        {S_INIT("[\n\"\xED\xA0\x80\"]"), 2, 2, S_INIT("JSON: the bytes here are not good UTF-8")},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct work w = {.a = a};
        const struct jv *untouched = NULL;
        assert_int_equal(jv_read(&w, S("f.json"), cases[i].text, &untouched), INVALID);
        assert_null(untouched);
        assert_int_equal(w.faults.count, 1);
        const struct fault *f = &w.faults.first[0];
        same(tr_fill(a, LANG_EN, f->id, f->arg, FAULT_ARGS), cases[i].said);
        same(f->where.file, S("f.json"));
        if (f->where.row != cases[i].row || f->where.column != cases[i].column)
            fail_msg("%s: %lld:%lld", str_c(a, cases[i].text), (long long)f->where.row, (long long)f->where.column);
    }
}

/* n times `head`, then `tail`, then n times `end`. */
static str nested(size_t n, str head, str tail, str end)
{
    struct buf b = buf_in(a);
    for (size_t i = 0; i < n; i++) buf_add(&b, head);
    buf_add(&b, tail);
    for (size_t i = 0; i < n; i++) buf_add(&b, end);
    return buf_str(&b);
}

static void limits_hold(void **state)
{
    (void)state;
    parsed(nested(JSON_DEPTH_MAX / 2, S("[{\"a\":"), S("1"), S("}]")));
    struct buf flat = buf_in(a), most = buf_in(a);
    buf_byte(&flat, '[');
    buf_add(&flat, nested(JSON_VALUES_MAX, S("0,"), S("0]"), S("")));
    buf_byte(&most, '[');
    buf_add(&most, nested(JSON_VALUES_MAX - 1, S("0,"), S("0]"), S("")));
    assert_int_equal(jv_size(parsed(buf_str(&most))), JSON_VALUES_MAX);
    const struct {
        str text;
        int row, column;
        str said;
    } cases[] = {
        {nested(JSON_DEPTH_MAX + 1, S("["), S(""), S("]")), 1, JSON_DEPTH_MAX + 1, S("JSON: nested deeper than 200")},
        {nested(1000000, S("[\n"), S(""), S("")), JSON_DEPTH_MAX + 1, 1, S("JSON: nested deeper than 200")},
        {nested(1000000, S("{\"\":"), S(""), S("")), 1, JSON_DEPTH_MAX * 4 + 1, S("JSON: nested deeper than 200")},
        {buf_str(&flat), 1, JSON_VALUES_MAX * 2 + 1, S("JSON: more than 2097152 values")},
        {{"", (size_t)JSON_BYTES_MAX + 1}, 0, 0, S("JSON: larger than 268435456 bytes")}, /* bytes never looked at */
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct work w = {.a = a};
        const struct jv *v = NULL;
        assert_int_equal(jv_read(&w, S("f.json"), cases[i].text, &v), INVALID);
        const struct fault *f = &w.faults.first[0];
        same(tr_fill(a, LANG_EN, f->id, f->arg, FAULT_ARGS), cases[i].said);
        assert_int_equal(f->where.row, cases[i].row);
        assert_int_equal(f->where.column, cases[i].column);
    }
}

/* Brackets, commas and quotes inside strings are text. */
static void only_real_brackets_are_counted(void **state)
{
    (void)state;
    str text = nested(JSON_DEPTH_MAX + 1, S("[{,\\\"\\\\"), S(""), S(""));
    const struct jv *v = parsed(str_fmt(a, "[\"%.*s\",[]]", STR_ARG(text)));
    assert_int_equal(jv_str(jv_at(v, 0)).n, (JSON_DEPTH_MAX + 1) * 5);
    parsed(str_fmt(a, "[%.*s0]", STR_ARG(nested(JSON_DEPTH_MAX + 1, S("[],{},"), S(""), S("")))));
}

/* What the library allocates can fail on purpose, and be waited for, like all else. */
static void its_memory_is_asked_for_as_ours_is(void **state)
{
    (void)state;
    trouble_at(0);
    parsed(S("[1,2,3,4,5,6,7,8,9]"));
    assert_true(trouble_questions() >= 10);
}

static void trees_outlive_the_bytes_and_go_with_the_arena(void **state)
{
    (void)state;
    char bytes[] = "{\"name\":\"省庁\"}";
    const struct jv *v = parsed((str){bytes, sizeof bytes - 1});
    memset(bytes, 'x', sizeof bytes);
    same(jv_str(jv_get(v, "name")), S("省庁"));
}

static void values_are_looked_up(void **state)
{
    (void)state;
    const struct jv *v = parsed(S("{\"view\":\"inspect rates\",\"n\":[1,2.5,\"x\",true,3.0],\"none\":null}")), *value;
    same(jv_str(jv_get(v, "view")), S("inspect rates"));
    const struct jv *n = jv_get(v, "n");
    assert_int_equal(jv_size(n), 5);
    assert_int_equal(jv_int(jv_at(n, 0)), 1);
    assert_int_equal(jv_int(jv_at(n, 1)), 0);
    assert_int_equal(jv_int(jv_at(n, 4)), 3);
    assert_true(jv_real(jv_at(n, 1)) == 2.5 && jv_real(jv_at(n, 0)) == 1);
    assert_true(jv_true(jv_at(n, 3)));
    assert_false(jv_true(jv_at(n, 0)));
    assert_null(jv_at(n, 5));
    assert_null(jv_get(n, "view"));
    assert_null(jv_at(v, 0));
    assert_int_equal(jv_type(jv_get(jv_get(jv_get(v, "no"), "such"), "path")), JV_NULL);
    assert_int_equal(jv_type(jv_get(v, "none")), JV_NULL);
    same(jv_str(jv_at(n, 0)), S(""));
    static const str keys[] = {S_INIT("view"), S_INIT("n"), S_INIT("none")};
    str key = S("");
    void *at = NULL, *none = NULL;
    for (size_t i = 0; i < COUNT(keys); i++) {
        assert_true(jv_member(v, &at, &key, &value));
        same(key, keys[i]);
    }
    assert_false(jv_member(v, &at, &key, &value));
    same(key, keys[2]);
    assert_false(jv_member(n, &none, &key, &value));
    assert_false(jv_member(NULL, &none, &key, &value));
}

static void large_objects_are_searched(void **state)
{
    (void)state;
    struct buf b = buf_in(a);
    enum { MANY = 5000 };
    buf_byte(&b, '{');
    for (int i = 0; i < MANY; i++) buf_fmt(&b, "%s\"k%d\":%d", i == 0 ? "" : ",", i * 7919 % MANY, i);
    buf_byte(&b, '}');
    const struct jv *v = parsed(buf_str(&b)), *value;
    void *at = NULL;
    for (int i = 0; i < MANY; i++) {
        str key;
        assert_int_equal(jv_int(jv_get(v, str_fmt(a, "k%d", i * 7919 % MANY).p)), i);
        assert_true(jv_member(v, &at, &key, &value)); /* in the file's order */
        same(key, str_fmt(a, "k%d", i * 7919 % MANY));
        assert_int_equal(jv_int(value), i);
    }
    assert_null(jv_get(v, "k5000"));
    b.n--;
    buf_add(&b, S(",\n\"k77\":0}"));
    struct work w = {.a = a};
    assert_int_equal(jv_read(&w, S("f.json"), buf_str(&b), &value), INVALID);
    same(w.faults.first[0].id, S("JSON: this name occurs twice in its object"));
    assert_int_equal(w.faults.first[0].where.row, 2);
    assert_int_equal(w.faults.first[0].where.column, 5);
}

static void write_sample(struct json_out *o)
{
    json_open(o, '{');
    json_key(o, S("view"));
    json_put_str(o, S("a \"b\"\n\x01"));
    json_key(o, S("rows"));
    json_open(o, '[');
    json_open(o, '{');
    json_key(o, S("n"));
    json_put_int(o, INT64_MIN);
    json_key(o, S("rate"));
    json_put_real(o, 640.0 / 812.0);
    json_close(o, '}');
    json_open(o, '[');
    json_close(o, ']');
    json_put_null(o);
    json_put_bool(o, true);
    json_put_raw(o, S("{\"x\":1}"));
    json_close(o, ']');
    json_key(o, S("none"));
    json_open(o, '{');
    json_close(o, '}');
    json_close(o, '}');
}

static void values_are_written(void **state)
{
    (void)state;
    struct buf compact = buf_in(a), indented = buf_in(a);
    struct json_out one = json_to(&compact, 0), two = json_to(&indented, 2);
    write_sample(&one);
    write_sample(&two);
    str wanted = S("{\"view\":\"a \\\"b\\\"\\n\\u0001\",\"rows\":[{\"n\":-9223372036854775808,\"rate\":"
        "0.7881773399014779},[],null,true,{\"x\":1}],\"none\":{}}");
    same(buf_str(&compact), wanted);
    same(buf_str(&indented), S("{\n  \"view\": \"a \\\"b\\\"\\n\\u0001\",\n  \"rows\": [\n    {\n"
        "      \"n\": -9223372036854775808,\n      \"rate\": 0.7881773399014779\n    },\n    [],\n    null,\n"
        "    true,\n    {\"x\":1}\n  ],\n  \"none\": {}\n}"));
    same(copied(parsed(buf_str(&compact))), wanted);
    same(copied(parsed(buf_str(&indented))), wanted);
}

static str written(double real)
{
    struct buf b = buf_in(a);
    struct json_out o = json_to(&b, 0);
    json_put_real(&o, real);
    return buf_str(&b);
}

static void reals_come_back(void **state)
{
    (void)state;
    static const struct {
        double real;
        str text;
    } cases[] = {
        {0.1, S_INIT("0.1")}, {1.0 / 3, S_INIT("0.3333333333333333")}, {2.0 / 3, S_INIT("0.6666666666666666")},
        {100, S_INIT("100")}, {-3, S_INIT("-3")}, {0.75, S_INIT("0.75")}, {1e22, S_INIT("1e+22")}, {0.0, S_INIT("0")},
        {0.1 + 0.2, S_INIT("0.30000000000000004")}, {9007199254740991, S_INIT("9007199254740991")},
    };
    for (size_t i = 0; i < COUNT(cases); i++) same(written(cases[i].real), cases[i].text);
    same(written((double)NAN), S("null"));
    same(written((double)INFINITY), S("null"));
    uint64_t bits = 1;
    for (int i = 0; i < 200000; i++) {
        struct arena_mark mark = arena_mark(a);
        double real;
        bits = bits * 6364136223846793005U + 1442695040888963407U;
        memcpy(&real, &bits, sizeof real);
        if (!isfinite(real)) continue;
        str text = written(real);
        if (jv_real(parsed(text)) != real) fail_msg("%.17g written as %s", real, str_c(a, text));
        if (text.n > 24) fail_msg("%s is long", str_c(a, text));
        arena_back(a, mark);
    }
}

/* Values at random, written compact: reading and copying gives the same bytes. */
static uint64_t seed;
static uint32_t chance(uint32_t below)
{
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    return (uint32_t)(seed >> 33) % below;
}

static void put_random(struct json_out *o, int depth)
{
    static const str texts[] = {S_INIT(""), S_INIT("省"), S_INIT("\"\\"), S_INIT("\n\x1F"), S_INIT("plain"),
        S_INIT("\xF0\xA0\xAE\xB7")};
    uint32_t kind = chance(depth > 4 ? 5 : 7);
    if (kind == 0) json_put_null(o);
    if (kind == 1) json_put_bool(o, chance(2) == 0);
    if (kind == 2) json_put_int(o, (int64_t)chance(1000000) - 500000);
    if (kind == 3) json_put_real(o, (double)chance(1000000) / 4096);
    if (kind == 4) json_put_str(o, texts[chance(COUNT(texts))]);
    if (kind < 5) return;
    json_open(o, kind == 5 ? '[' : '{');
    for (uint32_t i = 0, n = chance(24); i < n; i++) {
        if (kind == 6) json_key(o, str_fmt(a, "%u", (i * 13 + 5) % 24));
        put_random(o, depth + 1);
    }
    json_close(o, kind == 5 ? ']' : '}');
}

static void what_is_written_is_read(void **state)
{
    (void)state;
    seed = 2007;
    for (int round = 0; round < 2000; round++) {
        struct arena_mark mark = arena_mark(a);
        struct buf compact = buf_in(a);
        struct json_out o = json_to(&compact, 0);
        put_random(&o, 2);
        same(copied(parsed(buf_str(&compact))), buf_str(&compact));
        arena_back(a, mark);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_read),
        cmocka_unit_test(wrong_texts_are_refused_where_they_are_wrong),
        cmocka_unit_test(limits_hold),
        cmocka_unit_test(only_real_brackets_are_counted),
        cmocka_unit_test(its_memory_is_asked_for_as_ours_is),
        cmocka_unit_test(trees_outlive_the_bytes_and_go_with_the_arena),
        cmocka_unit_test(values_are_looked_up),
        cmocka_unit_test(large_objects_are_searched),
        cmocka_unit_test(values_are_written),
        cmocka_unit_test(reals_come_back),
        cmocka_unit_test(what_is_written_is_read),
    };
    return cmocka_run_group_tests(tests, begin, finish);
}
