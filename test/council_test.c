/* Councils, their meetings, and the calendar of the year: files that come back, meetings cited wrongly, who may enter
 * what, whose dates one sees. */
#include "inspect_kit.h"

#include "base/embed.h"
#include "registry/calendar.h"
#include "registry/registry.h"

static const char orgs[] = "code,parent,kind,order,name_ja,name_en\ngov,,government,1,政府,Government\n"
                           "kou,gov,ministry,1,甲省,Ministry of Kou\notsu,gov,ministry,2,乙庁,Otsu Agency\n"
                           "kou-1,kou,section,1,総務課,Section One\n";
static const char duties[] = "code,name_ja,name_en,rights\nstaff,職員,Staff,answer\nofficer,担当者,Officer,manage\n"
                             "centre,センター,Centre,rates centre\n";
static const char people[] = "code,org,name_ja\np1,kou-1,甲野\np2,kou,甲山\np3,gov,中央\np4,otsu,乙川\n";
static const char posts[] = "code,duty,org,person\nq1,staff,kou-1,p1\nq2,officer,kou,p2\nq3,centre,gov,p3\nq4,officer,otsu,p4\n";

#define IMPORT(w, what, bytes) doing(w, "registry", "import", {"what", what}, {"file", bytes, what ".csv"})
#define NOT_IMPORTED(w, wanted, part, what, bytes)                                                                     \
    refused(w, wanted, part, "registry", "import", {"what", what}, {"file", bytes, what ".csv"})

static void frame(struct work *w)
{
    IMPORT(w, "organisations", orgs);
    IMPORT(w, "duties", duties);
    IMPORT(w, "people", people);
    IMPORT(w, "posts", posts);
}

static const char *shipped(struct work *w, const char *what)
{
    str bytes;
    assert_true(embedded_find(str_fmt(w->a, "data/registry/%s.csv", what), &bytes));
    return str_c(w->a, bytes);
}

static void load_shipped(struct work *w)
{
    IMPORT(w, "councils", shipped(w, "councils"));
    IMPORT(w, "meetings", shipped(w, "meetings"));
    IMPORT(w, "meeting-documents", shipped(w, "meeting-documents"));
    IMPORT(w, "decisions", shipped(w, "decisions"));
    IMPORT(w, "calendar", shipped(w, "calendar"));
}

static size_t lines(str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) n += s.p[i] == '\n';
    return n;
}

/* ---- files ---- */

static void what_ships_comes_back(struct work *w)
{
    static const char *const kinds[] = {"councils", "meetings", "meeting-documents", "decisions", "calendar"};
    load_shipped(w);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        str out = file_of_entry(w, "registry", "export", ASK({"what", kinds[i]}));
        assert_int_equal(lines(out), lines(str_of(shipped(w, kinds[i]))));
        struct kept *k = doing(w, "registry", "import", {"what", kinds[i]}, {"file", str_c(w->a, out), "again.csv"});
        assert_int_equal(fact_int(k, "added") + fact_int(k, "changed"), 0);
    }
    struct kept *k = doing(w, "registry", "meetings", {"council", "seisaku"});
    assert_int_equal(rows_of(k, "meetings"), 16);
    assert_str(cell_in(k, "meetings", 13, "meeting")->text, "seisaku-14"); /* without a day, in its place */
    k = doing(w, "registry", "meeting", {"meeting", "seisaku-14"});
    assert_int_equal(rows_of(k, "decisions"), 2);
    assert_str(cell_in(k, "decisions", 0, "ref")->text, "plan:sj2007");
}

static void wrong_files_are_refused(struct work *w)
{
    IMPORT(w, "councils", "code,name_ja\nc,会議\n");
    NOT_IMPORTED(w, NOTFOUND, "no council 'x'", "meetings", "code,council,number,date\nx-1,x,1,\n");
    NOT_IMPORTED(w, INVALID, "'0' is no number", "meetings", "code,council,number,date\nc-0,c,0,\n");
    NOT_IMPORTED(w, INVALID, "would both be meeting no. 1", "meetings",
                 "code,council,number,date\nc-1,c,1,2007-01-01\nc-01,c,1,2007-01-02\n");
    IMPORT(w, "meetings", "code,council,number,date\nc-1,c,1,2007-01-01\n");
    NOT_IMPORTED(w, NOTFOUND, "no meeting 'c-2'", "decisions", "meeting,no,what,title_ja\nc-2,1,decided,題\n");
    NOT_IMPORTED(w, INVALID, "use one of decided accepted reported", "decisions",
                 "meeting,no,what,title_ja\nc-1,1,refused,題\n");
    static const char *const refs[] = {"plan", ":x", "plan:", "a b:c"};
    for (size_t i = 0; i < sizeof refs / sizeof *refs; i++) {
        str file = str_fmt(w->a, "meeting,no,what,title_ja,ref\nc-1,1,decided,題,%s\n", refs[i]);
        NOT_IMPORTED(w, INVALID, "refers to nothing", "decisions", str_c(w->a, file));
    }
    static const char *const days[][3] = {
        {"02-29", "", "no day"},         {"13-01", "", "no day"},        {"2007/4/1", "", "no day"},
        {"04-01", "03-31", NULL},        {"03-31", "04-01", "ends before"}, {"12-20", "01-10", NULL},
        {"04-01", "2007-04-02", "either"}, {"2007-04-02", "2007-04-01", "ends before"}, {"2007-04-01", "2007-04-30", NULL},
    };
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        str file = str_fmt(w->a, "code,kind,name_ja,from,until\nd%zu,consult,件,%s,%s\n", i, days[i][0], days[i][1]);
        if (days[i][2] == NULL) IMPORT(w, "calendar", str_c(w->a, file));
        else NOT_IMPORTED(w, INVALID, days[i][2], "calendar", str_c(w->a, file));
    }
    NOT_IMPORTED(w, INVALID, "has a year already", "calendar",
                 "code,year,kind,name_ja,from\nd,2007,consult,件,2007-04-01\n");
}

/* ---- cited ---- */

static enum cited cited(struct work *w, const char *council, int64_t number, const char *on)
{
    struct meeting_check c;
    assert_ok(w, registry_meeting_check(w, str_of(council), number, on == NULL ? NO_DAY : day(on), &c));
    return c.verdict;
}

static void what_is_cited_wrongly_is_seen(struct work *w)
{
    load_shipped(w);
    assert_int_equal(cited(w, "seisaku", 13, "2007-08-03"), CITED_AGREES);
    assert_int_equal(cited(w, "seisaku", 13, "2007-04-23"), CITED_CONTRADICTS); /* as measure 159 of 2007 has it */
    assert_int_equal(cited(w, "seisaku", 11, "2007-04-23"), CITED_AGREES);
    assert_int_equal(cited(w, "seisaku", 11, "2007-04-24"), CITED_CONTRADICTS);
    assert_int_equal(cited(w, "seisaku", 99, "2007-04-23"), CITED_CONTRADICTS);
    assert_int_equal(cited(w, "seisaku", 14, "2007-10-03"), CITED_UNKNOWN); /* its day is not known */
    assert_int_equal(cited(w, "seisaku", 14, "2007-08-03"), CITED_CONTRADICTS); /* but that one is no. 13 */
    assert_int_equal(cited(w, "seisaku", 17, "2008-04-22"), CITED_UNKNOWN); /* its number is not known */
    assert_int_equal(cited(w, "seisaku", 13, NULL), CITED_AGREES);
    assert_int_equal(cited(w, "seisaku", 0, "2007-08-03"), CITED_AGREES);
    assert_int_equal(cited(w, "seisaku", 55, NULL), CITED_UNKNOWN);
    assert_int_equal(cited(w, "infra", 13, "2007-08-03"), CITED_UNKNOWN);
    struct kept *k = doing(w, "registry", "cited", {"council", "seisaku"}, {"number", "13"}, {"date", "2007-04-23"});
    assert_int_equal(rows_of(k, "register"), 2);
    refused(w, INVALID, "its day, or both", "registry", "cited", {"council", "seisaku"});
    refused(w, NOTFOUND, "no council", "registry", "cited", {"council", "x"}, {"number", "1"});
}

/* ---- by form ---- */

static void a_meeting_is_entered_by_forms(struct work *w)
{
    frame(w);
    IMPORT(w, "councils", "code,name_ja\nc,会議\n");
    struct work *centre = as(w, "p3"), *officer = as(w, "p2");
    refused(officer, DENIED, "", "registry", "enter-meeting", {"council", "c"}, {"number", "1"});
    refused(centre, INVALID, "its day, or both", "registry", "enter-meeting", {"council", "c"});
    refused(centre, NOTFOUND, "no council", "registry", "enter-meeting", {"council", "x"}, {"number", "1"});
    doing(centre, "registry", "enter-meeting", {"council", "c"}, {"number", "1"}, {"date", "2007-04-23"});
    refused(centre, CONFLICT, "entered already", "registry", "enter-meeting", {"council", "c"}, {"number", "1"});
    refused(centre, CONFLICT, "would both be", "registry", "enter-meeting", {"council", "c"}, {"number", "1"},
            {"code", "other"});
    doing(centre, "registry", "enter-meeting", {"council", "c"}, {"code", "c-1"}, {"title_ja", "初会合"});
    IMPORT(w, "councils", "code,name_ja\nd,別会議\n");
    doing(centre, "registry", "enter-meeting", {"council", "d"}, {"number", "1"});
    refused(centre, CONFLICT, "would both be", "registry", "enter-meeting", {"council", "d"}, {"code", "c-1"});
    doing(centre, "registry", "enter-decision", {"meeting", "c-1"}, {"what", "decided"}, {"title_ja", "計画"},
          {"ref", "standard:baseline-2"});
    doing(centre, "registry", "enter-decision", {"meeting", "c-1"}, {"what", "reported"}, {"title_ja", "報告"});
    doing(centre, "registry", "enter-document", {"meeting", "c-1"}, {"kind", "document"}, {"no", "2-1"}, {"title_ja", "案"});
    doing(centre, "registry", "enter-decision", {"meeting", "c-1"}, {"no", "2"}, {"what", "accepted"}, {"title_ja", "了"});
    struct kept *k = doing(w, "registry", "meeting", {"meeting", "c-1"});
    assert_int_equal(rows_of(k, "decisions"), 2);
    assert_str(cell_in(k, "decisions", 0, "standard")->text, "baseline-2");
    assert_str(cell_in(k, "decisions", 1, "kind")->text, "accepted");
    assert_int_equal(rows_of(k, "documents"), 1);
    for (size_t i = 0; i < k->n_facts; i++) /* what was not given stayed */
        if (str_eq(k->fact[i].key, S("date"))) assert_int_equal(k->fact[i].cell.i, day("2007-04-23"));
    refused(centre, INVALID, "either", "registry", "strike", {"meeting", "c-1"});
    refused(centre, NOTFOUND, "no such", "registry", "strike", {"meeting", "c-1"}, {"decision", "9"});
    refused(officer, DENIED, "", "registry", "strike", {"meeting", "c-1"}, {"decision", "1"});
    doing(centre, "registry", "strike", {"meeting", "c-1"}, {"decision", "1"});
    doing(centre, "registry", "strike", {"meeting", "c-1"}, {"kind", "document"}, {"no", "2-1"});
    k = doing(w, "registry", "meeting", {"meeting", "c-1"});
    assert_int_equal(rows_of(k, "decisions"), 1);
    assert_int_equal(kept_table(k, "documents"), -1);
    refused(w, NOTFOUND, "no meeting", "registry", "meeting", {"meeting", "c-2"});
}

/* ---- the calendar ---- */

struct seen {
    char codes[400];
    int64_t from[16], until[16];
    size_t n;
};
static enum err see(void *to, const struct calendar_item *x)
{
    struct seen *s = to;
    if (s->n == 16) return BUSY;
    s->from[s->n] = x->from;
    s->until[s->n++] = x->until;
    size_t at = strlen(s->codes);
    snprintf(s->codes + at, sizeof s->codes - at, "%.*s ", STR_ARG(x->code));
    return OK;
}
static struct seen year_of(struct work *w, const char *from, const char *until, bool below)
{
    struct seen s = {0};
    assert_ok(w, calendar_each(w, day(from), day(until), below, see, &s));
    return s;
}

static void entries_fall_where_they_belong(void **state)
{
    (void)state;
    int64_t from, until;
    const struct calendar_rule march = {0, S("03-01"), S("03-31")}, once = {0, S("2007-06-14"), S("")},
                               one_year = {2007, S("04-01"), S("")}, winter = {0, S("12-20"), S("01-10")},
                               across = {0, S("2008-03-20"), S("2008-04-10")};
    assert_true(calendar_falls(&march, 2007, &from, &until));
    assert_int_equal(from, day("2008-03-01"));
    assert_int_equal(until, day("2008-03-31"));
    assert_true(calendar_falls(&winter, 2007, &from, &until));
    assert_int_equal(from, day("2007-12-20"));
    assert_int_equal(until, day("2008-01-10"));
    assert_true(calendar_falls(&once, 2007, &from, &until) && !calendar_falls(&once, 2008, &from, &until));
    assert_true(calendar_falls(&one_year, 2007, &from, &until) && !calendar_falls(&one_year, 2006, &from, &until));
    assert_true(calendar_falls(&across, 2007, &from, &until) && calendar_falls(&across, 2008, &from, &until));
    assert_false(calendar_falls(&across, 2006, &from, &until));
}

static void each_sees_what_concerns_them(struct work *w)
{
    frame(w);
    IMPORT(w, "councils", "code,name_ja\nc,会議\n");
    IMPORT(w, "meetings", "code,council,number,date\nc-1,c,1,2007-06-14\nc-2,c,2,\n");
    IMPORT(w, "calendar", "code,kind,org,name_ja,from,until\nall,consult,,全,04-23,05-22\ngov,decide,gov,政,06-30,\n"
                          "kou,inspect,kou,甲,07-01,08-31\nkou-1,progress,kou-1,課,09-30,\notsu,evaluate,otsu,乙,03-01,\n");
    struct work *staff = as(w, "p1"), *kou = as(w, "p2"), *centre = as(w, "p3"), *otsu = as(w, "p4");
    assert_string_equal(year_of(staff, "2007-04-01", "2008-03-31", false).codes, "all c-1 gov kou kou-1 ");
    assert_string_equal(year_of(kou, "2007-04-01", "2008-03-31", false).codes, "all c-1 gov kou ");
    assert_string_equal(year_of(kou, "2007-04-01", "2008-03-31", true).codes, "all c-1 gov kou kou-1 ");
    assert_string_equal(year_of(otsu, "2007-04-01", "2008-03-31", true).codes, "all c-1 gov otsu ");
    assert_string_equal(year_of(centre, "2007-04-01", "2008-03-31", true).codes, "all c-1 gov kou kou-1 otsu ");
    assert_string_equal(year_of(otsu, "2008-02-01", "2008-05-01", true).codes, "otsu all ");
    assert_string_equal(year_of(staff, "2007-08-31", "2007-08-31", false).codes, "kou ");
    struct kept *k = doing(otsu, "registry", "calendar", {"year", "2007"});
    assert_int_equal(rows_of(k, "calendar"), 4);
    assert_str(cell_in(k, "calendar", 0, "state")->text, "now"); /* 2007-04-23 */
    assert_str(cell_in(k, "calendar", 1, "state")->text, "next");
    str out = file_of_entry(otsu, "registry", "export", ASK({"what", "calendar"}));
    assert_true(str_find(out, S("kou")) < 0);
    refused(w, INVALID, "no fiscal year", "registry", "calendar", {"year", "99999"});
}

static void who_enters_which_date(struct work *w)
{
    frame(w);
    struct work *staff = as(w, "p1"), *kou = as(w, "p2"), *centre = as(w, "p3"), *otsu = as(w, "p4");
    NOT_IMPORTED(kou, DENIED, "for everybody", "calendar", "code,kind,name_ja,from\nall,consult,全,04-23\n");
    IMPORT(centre, "calendar", "code,kind,name_ja,from\nall,consult,全,04-23\n");
    NOT_IMPORTED(kou, DENIED, "for everybody", "calendar", "code,kind,org,name_ja,from\nall,consult,kou,甲,04-24\n");
    NOT_IMPORTED(kou, NOTFOUND, "no organisation 'otsu'", "calendar", "code,kind,org,name_ja,from\nx,consult,otsu,乙,04-24\n");
    IMPORT(kou, "calendar", "code,kind,org,name_ja,from\nx,consult,kou,甲,04-24\n");
    NOT_IMPORTED(otsu, NOTFOUND, "yours to change", "calendar", "code,kind,org,name_ja,from\nx,consult,otsu,乙,04-24\n");
    NOT_IMPORTED(kou, DENIED, "needs the right", "councils", "code,name_ja\nc,会議\n");
    refused(staff, DENIED, "", "registry", "enter-date", {"code", "y"}, {"kind", "consult"}, {"name_ja", "件"}, {"from", "05-01"});
    refused(kou, DENIED, "for everybody", "registry", "enter-date", {"code", "y"}, {"kind", "consult"}, {"name_ja", "件"},
            {"from", "05-01"});
    refused(kou, DENIED, "for everybody", "registry", "enter-date", {"code", "all"}, {"kind", "consult"},
            {"name_ja", "件"}, {"from", "05-01"}, {"org", "kou"});
    refused(otsu, NOTFOUND, "yours to change", "registry", "enter-date", {"code", "x"}, {"kind", "consult"}, {"name_ja", "件"},
            {"from", "05-01"}, {"org", "otsu"});
    refused(kou, INVALID, "no day", "registry", "enter-date", {"code", "y"}, {"kind", "consult"}, {"name_ja", "件"},
            {"from", "5-1"}, {"org", "kou"});
    refused(kou, INVALID, "ends before", "registry", "enter-date", {"code", "y"}, {"kind", "consult"}, {"name_ja", "件"},
            {"from", "05-02"}, {"until", "05-01"}, {"org", "kou"});
    doing(kou, "registry", "enter-date", {"code", "y"}, {"kind", "inspect"}, {"name_ja", "甲の点検"}, {"from", "2007-05-01"},
          {"org", "kou-1"});
    doing(centre, "registry", "enter-date", {"code", "z"}, {"kind", "decide"}, {"name_ja", "決定"}, {"from", "06-01"},
          {"until", "06-30"});
    struct seen s = year_of(as(w, "p1"), "2007-04-01", "2008-03-31", false);
    assert_string_equal(s.codes, "all x y z ");
    assert_int_equal(s.until[3], day("2007-06-30"));
}

static struct kept *at_home(struct work *w)
{
    static const struct ask nothing[] = {{0}};
    return do_ok(as(w, "p1"), "home", "", nothing, __FILE__, __LINE__);
}

static void home_tells_what_the_year_brings(struct work *w)
{
    frame(w);
    struct kept *k = at_home(w);
    assert_int_equal(kept_table(k, "year"), -1);
    load_shipped(w);
    k = at_home(w);
    assert_int_equal(rows_of(k, "year"), 4);
    assert_str(cell_in(k, "year", 0, "state")->text, "now"); /* April: what was is evaluated */
    assert_int_equal(cell_in(k, "year", 2, "date")->i, day("2007-04-23")); /* the council meets today */
}

static void search_finds_a_meeting(struct work *w)
{
    load_shipped(w);
    struct kept *k = doing(w, "find", "", {"q", "政策会議 第13回"});
    assert_int_equal(rows_of(k, "meetings"), 1);
    assert_str(cell_in(k, "meetings", 0, "meeting")->text, "seisaku-13");
    k = doing(w, "find", "", {"q", "critical infrastructure"}, {"what", "meetings"});
    assert_str(cell_in(k, "meetings", 0, "meeting")->text, "infra-11");
}

#define ON_EACH(name)                                                                                                  \
    static void name##_(void **state)                                                                                  \
    {                                                                                                                  \
        (void)state;                                                                                                   \
        each_store(name);                                                                                              \
    }
ON_EACH(what_ships_comes_back)
ON_EACH(wrong_files_are_refused)
ON_EACH(what_is_cited_wrongly_is_seen)
ON_EACH(a_meeting_is_entered_by_forms)
ON_EACH(each_sees_what_concerns_them)
ON_EACH(who_enters_which_date)
ON_EACH(home_tells_what_the_year_brings)
ON_EACH(search_finds_a_meeting)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries_fall_where_they_belong),
        cmocka_unit_test(what_ships_comes_back_),
        cmocka_unit_test(wrong_files_are_refused_),
        cmocka_unit_test(what_is_cited_wrongly_is_seen_),
        cmocka_unit_test(a_meeting_is_entered_by_forms_),
        cmocka_unit_test(each_sees_what_concerns_them_),
        cmocka_unit_test(who_enters_which_date_),
        cmocka_unit_test(home_tells_what_the_year_brings_),
        cmocka_unit_test(search_finds_a_meeting_),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
