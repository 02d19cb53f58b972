/* Files that must be refused: each with the sentences of test/inspect/bad.txt, and with the store exactly as before. */
#include "inspect_kit.h"

/* The frame of inspect_kit.h in round r1, with G reporting in aggregates. */
#define WIDE "respondent,2(a),2(b),2(c),3(a),3(b),3(c)\n"
#define LONG "respondent,clause,answer,state\n"
#define SUMS "organisation,duty,clause,reported,known,arisen,done,own_survey\n"
#define EXCEPTION "number,respondent,organisation,clause,from,to\n"

static const struct {
    const char *name, *bytes;
    size_t n;             /* of bytes that hold a NUL; else 0 */
    const char *encoding; /* NULL: as detected */
} bad[] = {
    {"no header of ours", "name,answer sheet\nx,1\n"},
    {"empty", ""},
    {"no column of answers", "respondent,state\ns1,draft\n"},
    {"unknown clause", "respondent,2(a),9(z)\ns1,1,1\n"},
    {"the same clause twice", "respondent,2(a),2(a)\ns1,1,0\n"},
    {"unknown respondent", WIDE "nobody,1,1,,1,,\ns1,1,1,,1,,\n"},
    {"duplicate respondent", WIDE "s1,1,1,,1,,\ns2,1,1,,1,,\ns1,0,1,,1,,\n"},
    {"clause not binding", WIDE "s1,1,1,1,1,,\n"},
    {"enhanced clause that nobody adopted", WIDE "s1,1,1,,1,1,\n"},
    {"no occasion where not allowed", WIDE "s1,-,1,,1,,\n"},
    {"no such answer", WIDE "s1,maybe,1,,1,,\ns2,1,1,,△,,\n"},
    {"unanswered in a submitted sheet", "respondent,state,2(a),2(b),3(a)\ns1,draft,1,,\ns2,submitted,1,,\n"},
    {"clause without a column", "respondent,2(a)\ns1,1\n"},
    {"no such state", "respondent,state,2(a),2(b),3(a)\ns1,done,1,1,1\n"},
    {"another organisation, duty and round",
     "respondent,organisation,duty,round,2(a),2(b),3(a)\ns1,a2,head,r0,1,1,1\n"},
    {"file of another round", "respondent,4.1(a),4.1(b)\ns1,1,1\n"},
    {"bad UTF-8", WIDE "s1,1,1,,1,,\ns2,1,\xE3\x81,,1,,\n", 0, "utf8"},
    {"bad in either encoding", WIDE "s1,1,1,,1,,\ns2,1,\x81\xFF,,1,,\n"},
    {"NUL byte", WIDE "s1,1,\0,,1,,\n", sizeof(WIDE "s1,1,\0,,1,,\n") - 1},
    {"unclosed quote", WIDE "s1,1,\"1,,1,,\ns2,1,1,,1,,\n"},
    {"truncated in a row", WIDE "s1,1,1,,1,,\ns2,1,1"},
    {"truncated in a character", WIDE "s1,1,1,,1,,\ns2,1,1,,\xE2\x97"},
    {"more cells than columns", WIDE "s1,1,1,,1,,,\n"},
    {"long: unknown clause", LONG "s1,9(z),1,draft\n"},
    {"long: a clause twice", LONG "s1,2(a),1,draft\ns1,2(a),0,draft\n"},
    {"long: one sheet in two states", LONG "s1,2(a),1,submitted\ns1,2(b),1,draft\ns1,3(a),1,submitted\n"},
    {"long: unanswered", LONG "s1,2(a),1,\ns1,2(b),1,\n"},
    {"long: not binding, no occasion", LONG "t1,2(c),1,draft\nt1,2(a),-,draft\n"},
    {"long: unknown column", "respondent,clause,answer,colour\ns1,2(a),1,red\n"},
    {"sums: done of arisen", SUMS "G,staff,,5,5,,,\nG,staff,2(a),5,5,5,6,\n"},
    {"sums: arisen of known", SUMS "G,staff,,5,4,,,\nG,staff,2(b),5,4,5,4,\n"},
    {"sums: known of reported", SUMS "G,staff,,5,6,,,\n"},
    {"sums: own survey", SUMS "G,staff,,5,4,,,2\nG,head,,5,4,,,1\nG,head,2(c),5,4,4,4,1\n"},
    {"sums: no total", SUMS "G,staff,2(a),5,5,5,5,\n"},
    {"sums: more than the total", SUMS "G,staff,,5,4,,,\nG,staff,2(a),5,5,5,5,\n"},
    {"sums: no occasion not allowed", SUMS "G,staff,,5,5,,,\nG,staff,2(a),5,5,4,4,\n"},
    {"sums: the same row twice", SUMS "G,staff,,5,5,,,\nG,staff,,5,5,,,\n"},
    {"sums: above and below", SUMS "G,staff,,5,5,,,\ng1,staff,,2,2,,,\n"},
    {"sums: below one that stands", SUMS "h1,staff,,2,2,,,\n"},
    {"sums: above one that stands", SUMS "K,staff,,2,2,,,\n"},
    {"sums: answers by sheets", SUMS "A,staff,,5,5,,,\n"},
    {"sums: unknown names", SUMS "Z,staff,,5,5,,,\nG,cook,,5,5,,,\nG,staff,9(z),5,5,5,5,\nG,staff,2(c),5,5,5,5,\n"},
    {"sums: enhanced and not adopted", SUMS "G,staff,,5,5,,,\nG,staff,3(b),5,5,5,5,\n"},
    {"sums: no counts", SUMS "G,staff,,-1,x,,,\nG,head,,100000001,,,,\n"},
    {"sums: arisen without a clause", SUMS "G,staff,,5,5,5,5,\n"},
    {"exception: bad dates",
     EXCEPTION "1,s1,,2(a),2007-02-29,2007-03-31\n2,s1,,2(a),2007-04-01,2007-4-30\n3,s1,,2(a),2007-04-01,2007-03-31\n"},
    {"exception: for nobody and for two",
     EXCEPTION "1,,,2(a),2007-01-01,2007-12-31\n2,s1,a1,2(a),2007-01-01,2007-12-31\n"},
    {"exception: unknown names", EXCEPTION
     "1,nobody,,2(a),2007-01-01,2007-12-31\n2,,Z,2(a),2007-01-01,2007-12-31\n3,s1,,9(z),2007-01-01,2007-12-31\n"},
    {"exception: no number", EXCEPTION ",s1,,2(a),2007-01-01,2007-12-31\n"},
    {"exception: the same number twice",
     EXCEPTION "1,s1,,2(a),2007-01-01,2007-12-31\n1,s1,,2(b),2007-01-01,2007-12-31\n"},
    {"exception: a good row before a bad one", EXCEPTION "1,s1,,2(a),2007-01-01,2007-12-31\n2,s1,,2(b),,2007-12-31\n"},
    {"exception: a column is missing", "number,respondent,clause,from,to\n1,s1,2(a),2007-01-01,2007-12-31\n"},
};

static void fault_line(struct buf *b, const struct fault *f)
{
    if (f->where.file.n != 0) {
        buf_fmt(b, "%.*s", STR_ARG(f->where.file));
        if (f->where.row != 0) buf_fmt(b, ":%d", (int)f->where.row);
        if (f->where.column != 0) buf_fmt(b, ":%d", (int)f->where.column);
        buf_add(b, S(": "));
    }
    buf_add(b, tr_fill(b->a, LANG_EN, f->id, f->arg, FAULT_ARGS));
    buf_byte(b, '\n');
}

/* Refused, told, and nothing changed. */
static void refuse(struct work *w, const char *name, const char *bytes, size_t n, const char *encoding,
                   struct buf *told)
{
    str before = state_of_store(w, true);
    struct ask ask[] = {
        {"round", "r1"}, {"file", bytes, "f.csv", n}, {"encoding", encoding == NULL ? "detect" : encoding}, {0}};
    enum err e = through_door(w, "inspect", "import", ask, kept_new(w));
    buf_fmt(told, "== %s\n", name);
    if (e == OK) buf_add(told, S("(taken)\n"));
    for (int64_t i = 0; i < w->faults.count && i < FAULTS_SHOWN; i++) fault_line(told, &w->faults.first[i]);
    if (w->faults.count > FAULTS_SHOWN) buf_fmt(told, "(%d in all)\n", (int)w->faults.count);
    w->faults = (struct faults){0};
    if (!str_eq(before, state_of_store(w, true))) fail_msg("'%s' has changed the store", name);
}

/* The small frame, and G (with g1) and H (with h1), K (with k1): H and k1 have reported. */
static void world(struct work *w)
{
    small_registry(w);
    doing(w, "registry", "import", {"what", "organisations"},
          FILED("code,parent,kind,order,name_ja,name_en,from,to\nG,gov,ministry,30,庚省,,,\ng1,G,bureau,10,庚一局,,,\n"
                "H,gov,ministry,40,辛省,,,\nh1,H,bureau,10,辛一局,,,\nK,gov,ministry,50,壬省,,,\nk1,K,bureau,10,壬一局,"
                ",,\n"));
    small_standard(w, "e1", SMALL_CLAUSES);
    doing(w, "standard", "decide", {"edition", "e1"});
    doing(w, "inspect", "open", {"code", "r1"}, {"title_ja", "回"}, {"edition", "e1"}, {"frame", "gov"},
          {"base", "2007-03-31"}, {"aggregate", "G"}, {"aggregate", "H"}, {"aggregate", "K"});
    doing(w, "inspect", "import", {"round", "r1"}, {"state", "confirmed"}, FILED(WIDE "s1,1,1,,0,,\nha,,,1,,,\n"));
    doing(w, "inspect", "import", {"round", "r1"}, FILED(SUMS "H,staff,,3,3,,,\nk1,staff,,3,3,,,\n"));
}

/* Too large to be written down: a row of 10 MB, and more faults than are shown. */
enum { HUGE = 10 << 20 };

static void large(struct work *w, struct buf *told)
{
    struct buf b = buf_in(w->a);
    buf_add(&b, S(WIDE "s1,1,1,,1,,"));
    for (size_t i = 0; i < HUGE; i++) buf_byte(&b, 'x');
    refuse(w, "a row of 10 MB", b.p, b.n, NULL, told);
    b.n = 0;
    buf_add(&b, S(WIDE));
    for (int i = 0; i < 30; i++) buf_fmt(&b, "x%d,1,1,,1,,\n", i);
    refuse(w, "thirty unknown respondents", b.p, b.n, NULL, told);
    b.n = 0;
    buf_add(&b, S(WIDE "s1,1,1,,1,,\n"));
    while (b.n < 300 * 1024) buf_byte(&b, '\n'); /* large enough for the respondents to be read whole */
    buf_add(&b, S("t1,1,1,,1,,\nnobody,1,1,,1,,\ns1,1,1,,0,,\n"));
    refuse(w, "a large file", b.p, b.n, NULL, told);
}

static void bad_files(struct work *w)
{
    struct buf told = buf_in(w->a);
    world(w);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        refuse(w, bad[i].name, bad[i].bytes, bad[i].n, bad[i].encoding, &told);
    large(w, &told);
    str golden = test_file(w, "bad.txt");
    if (str_eq(golden, buf_str(&told))) return;
    fprintf(stderr, "%.*s", STR_ARG(buf_str(&told))); /* longer than cmocka prints */
    fail_msg("what was told, above, is not test/inspect/bad.txt");
}
static void test_bad_files(void **state)
{
    (void)state;
    each_store(bad_files);
}

/* Figures published elsewhere. */
static void bad_figures(struct work *w)
{
    small_registry(w);
    str before = state_of_store(w, true);
#define FIGURES {"code", "p1"}, {"title_ja", "公表"}, {"frame", "gov"}, {"base", "2007-03-31"}, {"source_ja", "資料"}
#define COVERAGE "org,coverage_percent,excluded\n"
    refused(w, INVALID, "no organisation 'Z'", "inspect", "publish", FIGURES, FILED(COVERAGE "A,99.2,no\nZ,1.0,no\n"));
    refused(w, INVALID, "'A' stands in row 2 already", "inspect", "publish", FIGURES,
            FILED(COVERAGE "A,99.2,no\nB,1.0,no\nA,99.3,no\n"));
    refused(w, INVALID, "'100.1' is no percentage", "inspect", "publish", FIGURES, FILED(COVERAGE "A,100.1,no\n"));
    refused(w, INVALID, "'99.25' is no percentage", "inspect", "publish", FIGURES, FILED(COVERAGE "A,99.25,no\n"));
    refused(w, INVALID, "'-1' is no percentage", "inspect", "publish", FIGURES, FILED(COVERAGE "A,-1,no\n"));
    refused(w, INVALID, "'-0.5' is no percentage", "inspect", "publish", FIGURES, FILED(COVERAGE "A,-0.5,no\n"));
    refused(w, INVALID, "'+90' is no percentage", "inspect", "publish", FIGURES, FILED(COVERAGE "A,+90,no\n"));
    refused(w, INVALID, "neither yes nor no", "inspect", "publish", FIGURES, FILED(COVERAGE "A,99.2,perhaps\n"));
    refused(w, INVALID, "'E' is no grade", "inspect", "publish", FIGURES, FILED("org,grade\nA,E\n"));
    refused(w, INVALID, "column 'excluded' is missing", "inspect", "publish", FIGURES,
            FILED("org,coverage_percent\nA,99.2\n"));
    assert_true(str_eq(before, state_of_store(w, true)));
    doing(w, "inspect", "publish", FIGURES, FILED(COVERAGE "A,99.2,no\nB,100,yes\n"));
    refused(w, CONFLICT, "there is a round 'p1' already", "inspect", "publish", FIGURES, FILED(COVERAGE "A,99.2,no\n"));
}
static void test_bad_figures(void **state)
{
    (void)state;
    each_store(bad_figures);
}

/* A round that cannot be opened leaves nothing behind either. */
static void bad_rounds(struct work *w)
{
    small_registry(w);
    small_standard(w, "e1", SMALL_CLAUSES);
    str before = state_of_store(w, true);
#define OPENING {"code", "r1"}, {"title_ja", "回"}, {"edition", "e1"}, {"frame", "gov"}
    refused(w, INVALID, "is not decided", "inspect", "open", OPENING, {"base", "2007-03-31"});
    assert_true(str_eq(before, state_of_store(w, true)));
    doing(w, "standard", "decide", {"edition", "e1"});
    before = state_of_store(w, true);
    refused(w, INVALID, "before the base date", "inspect", "open", OPENING, {"base", "2007-03-31"},
            {"due", "2007-03-30"});
    refused(w, INVALID, "the highest first", "inspect", "open", OPENING, {"base", "2007-03-31"},
            {"thresholds", "90 95"});
    refused(w, INVALID, "the highest first", "inspect", "open", OPENING, {"base", "2007-03-31"},
            {"thresholds", "100.5"});
    refused(w, INVALID, "must begin at 0", "inspect", "open", OPENING, {"base", "2007-03-31"},
            {"grades", "A:100 B:80"});
    refused(w, INVALID, "from the best down", "inspect", "open", OPENING, {"base", "2007-03-31"},
            {"grades", "A:80 B:90 C:0"});
    refused(w, INVALID, "'tired'", "inspect", "open", OPENING, {"base", "2007-03-31"}, {"unknown_out", "left tired"});
    refused(w, INVALID, "'not-answered'", "inspect", "open", OPENING, {"base", "2007-03-31"},
            {"unknown_out", "left not-answered"});
    refused(w, NOTFOUND, "'e9'", "inspect", "open", {"code", "r1"}, {"title_ja", "回"}, {"edition", "e9"},
            {"frame", "gov"}, {"base", "2007-03-31"});
    refused(w, INVALID, "not in the frame", "inspect", "open", {"code", "r1"}, {"title_ja", "回"}, {"edition", "e1"},
            {"frame", "A"}, {"base", "2007-03-31"}, {"aggregate", "B"});
    assert_true(str_eq(before, state_of_store(w, true)));
    small_round(w, "r1");
    refused(w, CONFLICT, "there is a round 'r1' already", "inspect", "open", OPENING, {"base", "2007-03-31"});
    refused(w, NOTFOUND, "no round 'r7'", "inspect", "rates", {"round", "r7"});
}
static void test_bad_rounds(void **state)
{
    (void)state;
    each_store(bad_rounds);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_bad_files), cmocka_unit_test(test_bad_figures),
                                       cmocka_unit_test(test_bad_rounds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
