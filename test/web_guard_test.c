/* What of a head is let in, and messages between processes: no byte is lost, nothing senseless is believed. */
#include "support.h"

#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "format/form.h"
#include "web/front.h"
#include "web/guard.h"
#include "web/limits.h"
#include "web/static_files.h"
#include "web/wire.h"

/* ---- the guard ---- */

enum { HEADERS = 6 };
struct head_case {
    const char *method, *target, *version;
    const char *header[HEADERS][2];
    int status;
};

#define HOST                                                                                                           \
    {                                                                                                                  \
        "Host", "x"                                                                                                    \
    }
static const struct head_case cases[] = {
    {"GET", "/", "HTTP/1.1", {HOST}, 0},
    {"GET", "/inspect/rates?round=fy2006&part=2", "HTTP/1.1", {HOST, {"X", "\t y "}}, 0},
    {"HEAD", "/", "HTTP/1.0", {{NULL}}, 0},
    {"POST", "/", "HTTP/1.1", {HOST, {"Content-Length", "5"}}, 0},
    {"POST", "/", "HTTP/1.1", {HOST, {"content-length", " 5 "}}, 0},
    {"POST", "/", "HTTP/1.1", {HOST, {"Transfer-Encoding", "Chunked"}}, 0},
    {"POST", "/", "HTTP/1.1", {HOST, {"Expect", "100-continue"}, {"Content-Length", "5"}}, 0},
    {"GET", "/", "HTTP/1.1", {{NULL}}, 400},
    {"GET", "/", "HTTP/1.1", {HOST, {"host", "x"}}, 400},
    {"GET", "/", "HTTP/1.1", {{"Host", ""}}, 400},
    {"GET", "/", "HTTP/1.1", {{"Host", "x/y"}}, 400},
    {"GET", "/", "HTTP/1.1", {{"Host", "x@y"}}, 400},
    {"POST", "/", "HTTP/1.1", {HOST, {"Content-Length", "5"}, {"Content-Length", "5"}}, 400},
    {"POST", "/", "HTTP/1.1", {HOST, {"Content-Length", "5"}, {"Transfer-Encoding", "chunked"}}, 400},
    {"POST", "/", "HTTP/1.1", {HOST, {"Content-Length ", "5"}}, 400},
    {"POST", "/", "HTTP/1.1", {HOST, {"Content-Length", "+5"}}, 400},
    {"POST", "/", "HTTP/1.1", {HOST, {"Content-Length", "-5"}}, 400},
    {"POST", "/", "HTTP/1.1", {HOST, {"Content-Length", ""}}, 400},
    {"POST", "/", "HTTP/1.1", {HOST, {"Content-Length", "5 5"}}, 400},
    {"POST", "/", "HTTP/1.1", {HOST, {"Content-Length", "9999999999999999999"}}, 400},
    {"POST", "/", "HTTP/1.1", {HOST, {"Transfer-Encoding", "chunked, identity"}}, 400},
    {"POST", "/", "HTTP/1.0", {HOST, {"Transfer-Encoding", "chunked"}}, 400},
    {"GET", "/", "HTTP/1.1", {HOST, {"Content-Length", "5"}}, 400},
    {"GET", "/", "HTTP/1.1", {HOST, {"A", "b\rc"}}, 400},
    {"GET", "/", "HTTP/1.1", {HOST, {"A", "b\x7f"}}, 400},
    {"GET", "/", "HTTP/1.1", {HOST, {"A(", "b"}}, 400},
    {"GET", "/", "HTTP/1.1", {HOST, {"", "b"}}, 400},
    {"GET", "/", "HTTP/1.1", {HOST, {"Cookie", "a=b"}, {"Cookie", "c=d"}}, 400},
    {"POST", "/", "HTTP/1.1", {HOST, {"Content-Type", "a/b"}, {"content-type", "c/d"}}, 400},
    {"GET", "/", "HTTP/1.1", {HOST, {"Authorization", "a"}, {"Authorization", "a"}}, 400},
    {"GET", "/", "HTTP/1.1", {HOST, {"Origin", "a"}, {"Origin", "b"}}, 400},
    {"GET", "/", "HTTP/1.1", {HOST, {"Sec-Fetch-Site", "none"}, {"sec-fetch-site", "cross-site"}}, 400},
    {"GET", "/", "HTTP/1.1", {HOST, {"Idempotency-Key", "a"}, {"Idempotency-Key", "b"}}, 400},
    {"GET", "/", "HTTP/1.1", {HOST, {"X-Proxy-Secret", "a"}, {"X-Proxy-Secret", "b"}}, 400},
    {"GET", "/", "HTTP/1.1", {HOST, {"X-Forwarded-Proto", "http"}, {"X-Forwarded-Proto", "https"}}, 400},
    {"GET", "/", "HTTP/1.1", {HOST, {"X-Person", "a"}, {"x-person", "b"}}, 400},
    {"GET", "/", "HTTP/1.1", {HOST, {"X-Person", "a"}}, 0},
    {"GET", "/", "HTTP/1.1", {HOST, {"X-Forwarded-For", "a"}, {"X-Forwarded-For", "b"}}, 0},
    {"GET", "http://x/", "HTTP/1.1", {HOST}, 400},
    {"GET", "*", "HTTP/1.1", {HOST}, 400},
    {"GET", "", "HTTP/1.1", {HOST}, 400},
    {"GET", "/a#b", "HTTP/1.1", {HOST}, 400},
    {"GET", "/a b", "HTTP/1.1", {HOST}, 400},
    {"GET", "/a\\b", "HTTP/1.1", {HOST}, 400},
    {"get", "/", "HTTP/1.1", {HOST}, 405},
    {"DELETE", "/", "HTTP/1.1", {HOST}, 405},
    {"POST", "/", "HTTP/1.1", {HOST, {"Expect", "tea"}}, 417},
    {"GET", "/", "HTTP/2.0", {HOST}, 505},
    {"GET", "/", "", {HOST}, 505},
};

static struct guard_verdict judge(const struct head_case *c)
{
    struct guard_header h[HEADERS];
    size_t n = 0;
    for (; n < HEADERS && c->header[n][0] != NULL; n++)
        h[n] = (struct guard_header){str_of(c->header[n][0]), str_of(c->header[n][1])};
    const struct guarded g = {c->method, c->version, str_of(c->target), h, n, 0, "X-Person"};
    return guard_head(&g);
}

static void heads(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct guard_verdict v = judge(&cases[i]);
        if (v.status != cases[i].status)
            fail_msg("case %zu (%s %s): %d, %s", i, cases[i].method, cases[i].target, v.status,
                     v.why == NULL ? "" : v.why);
    }
}

static void lengths(void **state)
{
    (void)state;
    assert_int_equal(judge(&cases[3]).length, 5);
    assert_int_equal(judge(&cases[4]).length, 5);
    assert_int_equal(judge(&cases[5]).length, -1);
    assert_true(judge(&cases[6]).expects);
}

static void too_large(void **state)
{
    (void)state;
    static char long_text[HEAD_BYTES_MAX];
    memset(long_text, 'a', sizeof long_text);
    struct guard_header h[HEADERS_MAX + 2] = {{S("Host"), S("x")}, {S("A"), {long_text, sizeof long_text}}};
    struct guarded g = {"GET", "HTTP/1.1", S("/"), h, 2, 0};
    assert_int_equal(guard_head(&g).status, 431);
    h[1].value.n = HEAD_BYTES_MAX / 2;
    assert_int_equal(guard_head(&g).status, 0);
    g.target = (str){long_text, URL_BYTES_MAX + 1};
    assert_int_equal(guard_head(&g).status, 414);
    g.target = S("/");
    for (size_t i = 1; i < HEADERS_MAX + 2; i++) h[i] = (struct guard_header){S("A"), S("b")};
    g.n = HEADERS_MAX + 1;
    assert_int_equal(guard_head(&g).status, 431);
    g.n = HEADERS_MAX;
    assert_int_equal(guard_head(&g).status, 0);
}

/* A head as libmicrohttpd 0.9.75 leaves it: line ends overwritten with NULs. The second is cut or folded in many ways.
 */
static int with_ends(const char *between, size_t n, size_t counted)
{
    static char head[256];
    memset(head, 0, sizeof head);
    char *at = mempcpy(head, "GET\0/\0HTTP/1.1\0\0Host: x", 23);
    at = mempcpy(at, between, n);
    char *second = at;
    at = mempcpy(at, "A: b\0\0\0\0", 8);
    const struct guard_header h[] = {{{head + 16, 4}, {head + 22, 1}}, {{second, 1}, {second + 3, 1}}};
    const struct guarded g = {head, head + 6, S("/"), h, 2, (size_t)(at - head) + counted};
    return guard_head(&g).status;
}

static void line_ends(void **state)
{
    (void)state;
    assert_int_equal(with_ends("\0\0", 2, 0), 0);
    assert_int_equal(with_ends("\0", 1, 0), 400);      /* a bare line feed */
    assert_int_equal(with_ends("\0z\0\0", 4, 0), 400); /* a NUL inside the value */
    assert_int_equal(with_ends("\0\0", 2, 1), 400);    /* one byte more than can be seen */
}

/* The proxy adds at the end, to the line it finds or in one of its own. */
static void forwarded(void **state)
{
    (void)state;
    static const struct {
        const char *first, *second, *is;
    } lines[] = {
        {"192.0.2.1", NULL, "192.0.2.1"},
        {"127.0.0.1, 192.0.2.1", NULL, "192.0.2.1"},
        {"127.0.0.1", "192.0.2.1", "192.0.2.1"},
        {"127.0.0.1", "10.0.0.1,\t2001:db8::7 ", "2001:db8::7"},
        {"192.0.2.1", "unknown", ""},
        {"192.0.2.1", "", ""},
        {"192.0.2.1,", NULL, ""},
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        const struct guard_header h[] = {{S("X-Forwarded-For"), str_of(lines[i].first)},
                                         {S("A"), S("b")},
                                         {S("x-forwarded-for"), str_of(lines[i].second)}};
        const struct guarded g = {.header = h, .n = lines[i].second == NULL ? 2 : 3};
        str is = guard_forwarded(&g);
        if (!str_eq(is, str_of(lines[i].is))) fail_msg("%zu: '%.*s'", i, STR_ARG(is));
    }
}

/* ---- how large a body may be ---- */

static int64_t limit_at(const char *path, const char *cookie, const char *authorization, const char *user)
{
    return own_body_limit(&(struct request){.verb = VERB_POST,
                                            .path = str_of(path),
                                            .cookie = str_of(cookie),
                                            .authorization = str_of(authorization),
                                            .trusted_user = str_of(user)});
}

static void large_from_somebody(void **state)
{
    (void)state;
    assert_int_equal(limit_at("/inspect/import", "", "", ""), FORM_BYTES_MAX);
    assert_int_equal(limit_at("/inspect/import", "other=1", "Basic eDp5", ""), FORM_BYTES_MAX);
    assert_int_equal(limit_at("/inspect/import", "a=b; meguri=x", "", ""), UPLOAD_BYTES_MAX);
    assert_int_equal(limit_at("/inspect/import.json", "", "Bearer x", ""), UPLOAD_BYTES_MAX);
    assert_int_equal(limit_at("/inspect/import", "", "", "chief"), UPLOAD_BYTES_MAX);
    assert_int_equal(limit_at("/inspect/open", "meguri=x", "", ""), FORM_BYTES_MAX);
    assert_int_equal(limit_at("/inspect/save", "", "", ""), FORM_BYTES_MAX);
    assert_int_equal(limit_at("/signin", "meguri=x", "", ""), FORM_BYTES_MAX);
    assert_int_equal(limit_at("/none/import", "meguri=x", "", ""), FORM_BYTES_MAX);
}

/* 256 questions, each answered and with a note of 200 letters outside the first plane of Unicode. */
static void largest_sheet_fits(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct buf note = buf_in(a), form = buf_in(a);
    for (int i = 0; i < 200; i++) buf_add(&note, S("\xf0\xa0\xae\xb7"));
    buf_add(&form, S("round=demo-2026&respondent=kou-b1-s1-0001&revision=12&page=0&go=review&csrf=0123456789abcdef"));
    for (int i = 0; i < 256; i++) {
        buf_fmt(&form, "&answer.clause-%d=no_occasion&was.clause-%d=not_done&note.clause-%d=", i, i, i);
        form_encode(&form, buf_str(&note));
    }
    assert_true(form.n > FORM_BYTES_MAX);
    assert_true((int64_t)form.n <= limit_at("/inspect/save", "meguri=x", "", ""));
    assert_true((int64_t)form.n <= limit_at("/inspect/save.json", "", "Bearer x", ""));
    arena_free(a);
}

/* ---- messages ---- */

static void pair(int fd[2]) { assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, fd), 0); }

static void requests_travel(void **state)
{
    (void)state;
    static char room[WIRE_MAX];
    int fd[2];
    pair(fd);
    const struct request r = {.verb = VERB_POST,
                              .path = S("/a/b"),
                              .query = S("c=d"),
                              .host = S("h"),
                              .cookie = S("k"),
                              .authorization = S("z"),
                              .accept_language = S("ja"),
                              .content_type = S("t"),
                              .if_none_match = S("m"),
                              .origin = S("o"),
                              .fetch_site = S("f"),
                              .trusted_user = S("u"),
                              .idempotency_key = S("i"),
                              .peer = S("p"),
                              .secure = true,
                              .body = S("bo\0dy"),
                              .act_id = S("act"),
                              .again = true,
                              .note = S("note"),
                              .now = 12345};
    struct wire m, got;
    wire_of_request(&m, 7, &r);
    assert_true(wire_send(fd[0], &m, true));
    assert_int_equal(wire_receive(fd[1], room, true, &got), WIRE_OK);
    struct request back;
    wire_to_request(&got, &back);
    assert_int_equal(got.id, 7);
    assert_int_equal(back.verb, VERB_POST);
    assert_true(back.secure && back.again && back.now == 12345);
    assert_true(str_eq(back.path, r.path) && str_eq(back.query, r.query) && str_eq(back.host, r.host) &&
                str_eq(back.cookie, r.cookie));
    assert_true(str_eq(back.authorization, r.authorization) && str_eq(back.accept_language, r.accept_language) &&
                str_eq(back.body, r.body));
    assert_true(str_eq(back.content_type, r.content_type) && str_eq(back.if_none_match, r.if_none_match) &&
                str_eq(back.origin, r.origin));
    assert_true(str_eq(back.fetch_site, r.fetch_site) && str_eq(back.trusted_user, r.trusted_user) &&
                str_eq(back.note, r.note));
    assert_true(str_eq(back.idempotency_key, r.idempotency_key) && str_eq(back.peer, r.peer) &&
                str_eq(back.act_id, r.act_id));
    assert_int_equal(wire_receive(fd[1], room, false, &got), WIRE_EMPTY);
    close(fd[0]);
    assert_int_equal(wire_receive(fd[1], room, true, &got), WIRE_CLOSED);
    close(fd[1]);
}

static void replies_travel(void **state)
{
    (void)state;
    static char room[WIRE_MAX];
    struct arena *a = arena_new(0);
    int fd[2];
    pair(fd);
    struct reply r = {
        .status = 303, .then = AT_WRITER, .keep = true, .note = S("n"), .aside = S("s"), .entry = "inspect rates"};
    for (int i = 0; i < REPLY_HEADERS; i++) reply_header(&r, "Set-Cookie", S("a=b"));
    struct wire m, got;
    wire_of_reply(&m, 9, &r);
    int memory = wire_memory(S("large"));
    m.fd = memory;
    m.body_n = 5;
    assert_true(wire_send(fd[0], &m, true));
    close(memory);
    assert_int_equal(wire_receive(fd[1], room, true, &got), WIRE_OK);
    struct reply back;
    assert_true(wire_to_reply(a, &got, &back));
    assert_int_equal(back.status, 303);
    assert_int_equal(back.then, AT_WRITER);
    assert_true(back.keep && str_eq(back.note, r.note) && str_eq(back.aside, r.aside));
    assert_string_equal(back.entry, "inspect rates");
    assert_string_equal(back.header[REPLY_HEADERS - 1].name, "Set-Cookie");
    str body;
    assert_false(wire_map(got.fd, 4, &body));
    assert_true(wire_map(got.fd, 5, &body));
    assert_true(str_eq(body, S("large")));
    wire_unmap(body);
    close(got.fd);
    close(fd[0]);
    close(fd[1]);
    arena_free(a);
}

static void nonsense_is_not_believed(void **state)
{
    (void)state;
    static char room[WIRE_MAX], bytes[512];
    int fd[2];
    pair(fd);
    struct wire got;
    for (int i = 0; i < 256; i++) {
        memset(bytes, i, sizeof bytes);
        assert_int_equal(send(fd[0], bytes, sizeof bytes, 0), sizeof bytes);
        assert_int_equal(wire_receive(fd[1], room, true, &got), WIRE_BAD);
    }
    const struct wire bad = {.kind = WIRE_REPLY, .number = 99, .fd = -1},
                      away = {.kind = WIRE_REPLY, .number = 200, .then = PLACES, .fd = -1};
    struct arena *a = arena_new(0);
    struct reply r;
    assert_false(wire_to_reply(a, &bad, &r));
    assert_false(wire_to_reply(a, &away, &r));
    arena_free(a);
    close(fd[0]);
    close(fd[1]);
}

static void too_long_is_refused(void **state)
{
    (void)state;
    static char text[WIRE_MAX];
    int fd[2];
    pair(fd);
    const struct wire m = {.kind = WIRE_REQUEST, .s = {{text, sizeof text}}, .fd = -1};
    assert_false(wire_fits(&m));
    assert_false(wire_send(fd[0], &m, true));
    close(fd[0]);
    close(fd[1]);
}

/* Memory that could still change under the reader, or is shorter than was said, is not taken. */
static void only_sealed_memory(void **state)
{
    (void)state;
    int sealed = wire_memory(S("abc"));
    assert_true(wire_sealed(sealed, 3));
    assert_false(wire_sealed(sealed, 4));
    close(sealed);
    int fd[2];
    pair(fd);
    assert_false(wire_sealed(fd[0], 0));
    close(fd[0]);
    close(fd[1]);
}

/* What is spooled can be sent on, in a file and where the file system knows none without a name. */
static void spooled(const char *what)
{
    str body;
    int fd = wire_spool(AT_FDCWD, "/var/tmp");
    assert_true(fd >= 0);
    assert_true(wire_write(fd, S("ab")) && wire_write(fd, S("c")));
    if (!wire_seal(fd) || !wire_sealed(fd, 3)) fail_msg("%s: not sealed", what);
    assert_true(wire_map(fd, 3, &body));
    assert_true(str_eq(body, S("abc")));
    wire_unmap(body);
    close(fd);
}

static void spool(void **state)
{
    (void)state;
    spooled("a file");
    assert_true(wire_spool_room(AT_FDCWD, "/var/tmp") <= SPOOL_BYTES_MAX);
    setenv("MEGURI_TEST_NO_TMPFILE", "1", 1);
    spooled("memory");
    assert_int_equal(wire_spool_room(AT_FDCWD, "/var/tmp"), UPLOAD_BYTES_MAX);
    unsetenv("MEGURI_TEST_NO_TMPFILE");
}

static void spool_in_memory(void **state)
{
    (void)state;
    if (access("/dev/shm", W_OK) != 0) skip();
    int fd = wire_spool(AT_FDCWD, "/dev/shm");
    assert_true(fd >= 0 && wire_write(fd, S("abc")) && wire_seal(fd));
    assert_true(wire_sealed(fd, 3));
    close(fd);
    assert_int_equal(wire_spool_room(AT_FDCWD, "/dev/shm"), UPLOAD_BYTES_MAX);
}

static void static_files(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct static_files all = static_files_load(a);
    const struct static_file *style = static_file_find(&all, S("meguri.css"));
    assert_non_null(style);
    assert_string_equal(style->media, "text/css; charset=utf-8");
    str version = str_fmt(a, "v=%.*s", STR_ARG(static_version(a, S("meguri.css"))));
    assert_true(static_is_version(style, version));
    assert_false(static_is_version(style, S("v=")));
    assert_false(static_is_version(style, S("v=000000000000")));
    assert_null(static_file_find(&all, S("../serve.c")));
    assert_null(static_file_find(&all, S("")));
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(heads),
        cmocka_unit_test(lengths),
        cmocka_unit_test(too_large),
        cmocka_unit_test(line_ends),
        cmocka_unit_test(forwarded),
        cmocka_unit_test(large_from_somebody),
        cmocka_unit_test(largest_sheet_fits),
        cmocka_unit_test(requests_travel),
        cmocka_unit_test(replies_travel),
        cmocka_unit_test(nonsense_is_not_believed),
        cmocka_unit_test(too_long_is_refused),
        cmocka_unit_test(only_sealed_memory),
        cmocka_unit_test(spool),
        cmocka_unit_test(spool_in_memory),
        cmocka_unit_test(static_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
