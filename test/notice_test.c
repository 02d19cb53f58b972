/* Notices from draft to recall, and passing on: who sees what, what never gets wider, what is refused with which words. */
#include "share_kit.h"

#include <time.h>

#include "share/compose.h"
#include "share/delivery.h"
#include "share/route.h"

/* ---- a small world: a centre, two sectors, each with a ministry, a CEPTOAR and two operators ---- */

static void notices_world(struct work *w)
{
    doing(w, "registry", "import", {"what", "organisations"},
          FILED("code,parent,kind,order,name_ja,name_en,from,to\ngov,,government,10,政府,Government,,\nnisc,gov,centre,20,統括室,Centre,,\n"
                "meti,gov,ministry,30,電力省,Power ministry,,\nmlit,gov,ministry,40,水道省,Water ministry,,\ncii,gov,sectors,50,重要,Critical,,\n"
                "power,cii,sector,60,電力分野,Power,,\nwater,cii,sector,70,水道分野,Water,,\ncep-p,power,ceptoar,10,電力会,CEPTOAR power,,\n"
                "cep-w,water,ceptoar,10,水道会,CEPTOAR water,,\np0,power,operator,20,電力零,Power 0,,\np1,power,operator,30,電力一,Power 1,,\n"
                "w0,water,operator,20,水道零,Water 0,,\nw1,water,operator,30,水道一,Water 1,,\n"));
    doing(w, "registry", "import", {"what", "links"},
          FILED("kind,from,to,valid_from,valid_to\nministry-in-charge,power,meti,,\nministry-in-charge,water,mlit,,\nceptoar,power,cep-p,,\n"
                "ceptoar,water,cep-w,,\nmember,p0,cep-p,,\nmember,p1,cep-p,,\nmember,w0,cep-w,,\nmember,w1,cep-w,,\ncentre,power,nisc,,\n"
                "centre,water,nisc,,\ncentre,meti,nisc,,\ncentre,mlit,nisc,,\n"));
    share_staffed(w, "pn nisc, pm meti, pw mlit, cp cep-p, cw cep-w, op0 p0, op1 p1, ow0 w0");
}

static const char *notice_code(struct work *w, const struct kept *k)
{
    str code = fact_text(k, "notice");
    if (code.n == 0) fail_msg("no notice was told");
    return str_c(w->a, code);
}

#define DRAFT {"title", "秘題 of it"}, {"text", "秘文\n\nsecond paragraph"}, {"measure", "秘策"}

static const char *draft(struct work *w, const char *to, const char *tlp, const char *pap)
{
    become(w, "pn");
    return notice_code(w, doing(w, "share", "draft", DRAFT, {"to", to}, {"tlp", tlp}, {"pap", pap}, {"urgency", "emergency"}));
}

static const char *sent(struct work *w, const char *to, const char *tlp, const char *pap)
{
    const char *code = draft(w, to, tlp, pap);
    doing(w, "share", "send", {"notice", code});
    return code;
}

static const char *said_of(struct work *w, const struct kept *k, const char *key) { return str_c(w->a, fact_text(k, key)); }

/* Everything that a view says, in one text. */
static str all_said(struct work *w, const struct kept *k)
{
    struct buf b = buf_in(w->a);
    for (size_t i = 0; i < k->n_facts; i++) buf_fmt(&b, "%.*s|%.*s\n", STR_ARG(k->fact[i].key), STR_ARG(k->fact[i].cell.text));
    for (size_t t = 0; t < k->n_tables; t++)
        for (size_t r = 0; r < k->table[t].n; r++)
            for (size_t c = 0; c < k->table[t].n_columns; c++)
                buf_fmt(&b, "%.*s|%.*s|", STR_ARG(k->table[t].row[r].cell[c].text), STR_ARG(k->table[t].row[r].cell[c].ja));
    return buf_str(&b);
}

/* ---- drafts ---- */

static void drafts(struct work *w)
{
    notices_world(w);
    const char *code = draft(w, "sector:power", "amber", "amber");
    assert_str(str_of(code), "N-2007-0001"); /* TEST_NOW is in April 2007 */
    assert_str(str_of(draft(w, "sector:power", "amber", "amber")), "N-2007-0002");
    doing(w, "share", "discard", {"notice", "N-2007-0002"}); /* the number stays taken: no gap */
    refused(w, CONFLICT, "no draft any more", "share", "send", {"notice", "N-2007-0002"});
    assert_str(str_of(notice_code(w, doing(w, "share", "draft", {"title", "d"}, {"drill", "1"}))), "D-2007-0001");
    assert_str(str_of(draft(w, "sector:power", "amber", "amber")), "N-2007-0003");

    /* what is not named stays; a form sends all it has */
    doing(w, "share", "draft", {"notice", code}, {"title", "other"});
    struct kept *k = doing(w, "share", "notice", {"notice", code});
    assert_str(cell_in(k, "notice", 0, "title")->text, "other");
    assert_str(cell_in(k, "notice", 0, "text")->text, "秘文\n\nsecond paragraph");
    assert_int_equal(cell_in(k, "notice", 0, "revision")->i, 2);

    /* two at once: nothing is written over, both are shown */
    k = doing(w, "share", "draft", {"notice", code}, {"title", "late"}, {"revision", "1"});
    assert_int_equal(rows_of(k, "both_texts"), 1);
    assert_str(cell_in(k, "both_texts", 0, "stands")->text, "other");
    assert_str(cell_in(k, "both_texts", 0, "given")->text, "late");
    assert_str(cell_in(doing(w, "share", "notice", {"notice", code}), "notice", 0, "title")->text, "other");
    refused(w, CONFLICT, "since you looked", "share", "send", {"notice", code}, {"revision", "1"});

    /* nobody else sees one, in the words of what is not there */
    static const char *const others[] = {"pm", "pw", "cp", "op0"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        become(w, others[i]);
        refused(w, NOTFOUND, "there is no notice 'N-2007-0001' for your organisation", "share", "notice", {"notice", code});
        refused(w, NOTFOUND, "there is no notice 'N-2007-9999' for your organisation", "share", "notice", {"notice", "N-2007-9999"});
        refused(w, NOTFOUND, "there is no notice", "share", "send", {"notice", code});
        assert_int_equal(rows_of(doing(w, "share", "notices", {"q", ""}), "notices"), 0);
    }
}

static char *long_text(struct work *w, size_t n)
{
    char *s = arena_alloc(w->a, n + 1);
    memset(s, 'x', n);
    return s;
}

static void limits(struct work *w)
{
    notices_world(w);
    become(w, "pn");
    refused(w, INVALID, "wants a subject", "share", "draft", {"text", "t"});
    refused(w, INVALID, "too long: 201 bytes", "share", "draft", {"title", long_text(w, 201)});
    refused(w, INVALID, "too long: 20001 bytes", "share", "draft", {"title", "t"}, {"text", long_text(w, 20001)});
    refused(w, INVALID, "no CVE number", "share", "draft", {"title", "t"}, {"references", "CVE-26-1"});
    refused(w, INVALID, "no address of a page", "share", "draft", {"title", "t"}, {"references", "https://a b"});
    refused(w, INVALID, "1 to 129600 minutes", "share", "draft", {"title", "t"}, {"within", "999999"});
    refused(w, INVALID, "no time", "share", "draft", {"title", "t"}, {"embargo", "soon"});
    refused(w, NOTFOUND, "no organisation 'nowhere'", "share", "draft", {"title", "t"}, {"also", "nowhere"});
    const char *code = notice_code(w, doing(w, "share", "draft", {"title", "t"}, {"also", "電力零\nw0"}, {"embargo", "2007-05-01 09:30"}));
    refused(w, INVALID, "write its text", "share", "send", {"notice", code});
    struct party p = {.org = 0};
    struct notice n;
    struct delivery own;
    enum standing how;
    assert_ok(w, store_int(w, &(struct sql)SQL("SELECT id FROM org WHERE code = 'nisc'"), NOARGS, &p.org));
    assert_ok(w, notice_find(w, &p, str_of(code), &n, &own, &how));
    assert_str(n.to, "org:p0 org:w0");
    assert_int_equal(n.embargo, day("2007-05-01") * DAY + 30 * 60); /* 9:30 in Japan */
    assert_int_equal(n.within, 1440);
    refused(w, INVALID, "whom it is for", "share", "preview", {"notice", notice_code(w, doing(w, "share", "draft", DRAFT))});
    for (int i = 0; i < ATTACHMENTS_PER_NOTICE; i++)
        doing(w, "share", "attach", {"notice", code}, {"file", "bytes", str_c(w->a, str_fmt(w->a, "../a%d.pdf", i))});
    refused(w, INVALID, "at most 10", "share", "attach", {"notice", code}, {"file", "bytes", "more.pdf"});
    doing(w, "share", "attach", {"notice", code}, {"file", "other", "a0.pdf"}); /* the same name: in its place */
    refused(w, INVALID, "is empty", "share", "attach", {"notice", code}, {"file", "", "none.pdf"});
    doing(w, "share", "detach", {"notice", code}, {"name", "a1.pdf"});
    refused(w, NOTFOUND, "no attachment 'a1.pdf'", "share", "detach", {"notice", code}, {"name", "a1.pdf"});
    assert_str(file_of_entry(w, "share", "notice-file", ASK({"notice", code}, {"name", "a0.pdf"})), "other");
}

/* ---- sent, passed on, confirmed ---- */

static void down_the_tiers(struct work *w)
{
    notices_world(w);
    const char *code = sent(w, "sector:power", "amber", "amber");
    struct kept *k = doing(w, "share", "notice", {"notice", code});
    assert_int_equal(rows_of(k, "receipt"), 3);
    assert_int_equal(cell_at(k, "receipt", "operator", NULL, "waiting")->i, 2);

    /* whom it waits for sees nothing; another sector nothing; the one it was sent to everything */
    static const char *const blind[] = {"cp", "op0", "pw", "cw", "ow0"};
    for (size_t i = 0; i < sizeof blind / sizeof *blind; i++) {
        become(w, blind[i]);
        refused(w, NOTFOUND, "there is no notice", "share", "notice", {"notice", code});
        refused(w, NOTFOUND, "there is no notice", "share", "pass", {"notice", code});
    }
    become(w, "op0");
    refused(w, NOTFOUND, "there is no notice", "share", "recall", {"notice", code}, {"reason", "r"});
    become(w, "pm");
    k = doing(w, "share", "notice", {"notice", code});
    assert_true(str_find(all_said(w, k), S("秘文")) >= 0);
    assert_true(k->doc.marks);
    refused(w, DENIED, "only its issuer", "share", "recall", {"notice", code}, {"reason", "r"});
    assert_int_equal(rows_of(doing(w, "share", "below", {"notice", code}), "below"), 1);
    doing(w, "share", "pass", {"notice", code}, {"text", "省の補足"}, {"confirm", "1"});
    refused(w, CONFLICT, "passed on already", "share", "pass", {"notice", code});

    become(w, "cp");
    k = doing(w, "share", "notice", {"notice", code});
    refused(w, INVALID, "why they are left out", "share", "pass", {"notice", code}, {"but", "p1"});
    refused(w, NOTFOUND, "'w0' does not wait below you", "share", "pass", {"notice", code}, {"but", "w0"}, {"reason", "r"});
    doing(w, "share", "pass", {"notice", code}, {"but", "p1"}, {"reason", "not concerned"}, {"pap", "red"});
    become(w, "op1");
    refused(w, NOTFOUND, "there is no notice", "share", "notice", {"notice", code}); /* withheld */
    become(w, "op0");
    k = doing(w, "share", "notice", {"notice", code});
    assert_str(cell_in(k, "notice", 0, "pap")->text, "red");
    assert_false(kept_table(k, "receipt") >= 0); /* nobody below: what others did is not shown */
    become(w, "cp");
    refused(w, NOTFOUND, "'w0' that you may address", "share", "pass-add", {"notice", code}, {"org", "w0"});
    doing(w, "share", "pass-add", {"notice", code}, {"org", "p1"}); /* after all */
    become(w, "op1");
    doing(w, "share", "notice", {"notice", code});
    become(w, "pm");
    assert_str(str_of(said_of(w, doing(w, "share", "notice", {"notice", code}), "ack")), "confirmed");
}

/* Opened is entered for the addressee alone, after it was shown to somebody of it, and confirms nothing. */
static void opening(struct work *w)
{
    notices_world(w);
    const char *code = sent(w, "sector:power", "amber", "amber");
    const struct entry *e = entry_of("share", "notice");
    struct args args;
    struct given given[] = {{.name = S("notice"), .text = str_of(code)}};
    static const char *const readers[] = {"pn", "cp", "pw", "pm"};
    for (size_t i = 0; i < 4; i++) {
        become(w, readers[i]);
        assert_ok(w, args_parse(w, e, given, 1, &args));
        enum err marked = door_mark(w, e, &args);
        assert_int_equal(marked, i == 0 || i == 3 ? OK : NOTFOUND);
        w->faults.count = 0;
        become(w, "pm");
        struct kept *k = doing(w, "share", "notice", {"notice", code});
        assert_str(str_of(said_of(w, k, "ack")), i == 3 ? "opened" : "sent");
        assert_int_equal(k->doc.marks, i != 3);
    }
    become(w, "pn");
    assert_int_equal(cell_at(doing(w, "share", "notice", {"notice", code}), "receipt", "ministry", NULL, "confirmed")->i, 0);
    become(w, NULL);
    assert_false(doing(w, "share", "notice", {"notice", code}, {"for", "meti"})->doc.marks);
}

/* ---- never wider ---- */

static void stop(struct work *w, const char *code, const char *person, struct marking came)
{
    static const char *const tlp[] = {"clear", "green", "amber", "amber+strict", "red"}, *const pap[] = {"clear", "green", "amber", "red"};
    become(w, person);
    for (enum tlp t = 0; t < came.tlp; t++) refused(w, INVALID, "never wider", "share", "pass", {"notice", code}, {"tlp", tlp[t]});
    for (enum pap p = 0; p < came.pap; p++) refused(w, INVALID, "never wider", "share", "pass", {"notice", code}, {"pap", pap[p]});
}

/* Every marking at the top, every marking at each of two hops: what arrives below is as wide at most as what came, and what does not go on stays. */
static void never_wider(struct work *w)
{
    static const char *const tlp[] = {"clear", "green", "amber", "amber+strict", "red"}, *const pap[] = {"clear", "green", "amber", "red"};
    static const struct sql marked = OPEN("a test", "SELECT d.tlp * 10 + d.pap FROM share_delivery d JOIN share_notice n ON n.id = d.notice JOIN org o ON"
                                                    " o.id = d.org WHERE n.code = $1 AND o.code = $2 AND d.ack >= 2");
    notices_world(w);
    for (int from = 0; from < TLPS * PAPS; from++) {
        for (int to = 0; to < TLPS * PAPS; to++) {
            struct marking top = {(enum tlp)(from / PAPS), (enum pap)(from % PAPS)}, next = {(enum tlp)(to / PAPS), (enum pap)(to % PAPS)};
            struct arena_mark mark = arena_mark(w->a);
            const struct actor *actor = w->actor;
            const char *code = draft(w, "sector:power", tlp[top.tlp], pap[top.pap]);
            if (top.tlp >= TLP_AMBER_STRICT) {
                refused(w, CONFLICT, "not handed on from tier to tier", "share", "send", {"notice", code});
            } else {
                int64_t got;
                doing(w, "share", "send", {"notice", code});
                become(w, "pm");
                struct kept *k = kept_new(w);
                enum err e = through_door(w, "share", "pass", ASK({"notice", code}, {"tlp", tlp[next.tlp]}, {"pap", pap[next.pap]}), k);
                assert_int_equal(e, marking_narrows(top, next) ? OK : INVALID);
                w->faults.count = 0;
                if (e == OK) {
                    assert_ok(w, store_int(w, &marked, ARGS(TEXT(str_of(code)), TEXT(S("cep-p"))), &got));
                    assert_int_equal(got, (int)next.tlp * 10 + (int)next.pap);
                    become(w, "cp");
                    e = through_door(w, "share", "pass", ASK({"notice", code}), kept_new(w));
                    assert_int_equal(e, next.tlp >= TLP_AMBER_STRICT ? DENIED : OK);
                    w->faults.count = 0;
                    e = store_int(w, &marked, ARGS(TEXT(str_of(code)), TEXT(S("p0"))), &got);
                    assert_int_equal(e, next.tlp >= TLP_AMBER_STRICT ? NOTFOUND : OK);
                    if (e == OK) assert_int_equal(got, (int)next.tlp * 10 + (int)next.pap);
                } else {
                    assert_int_equal(store_int(w, &marked, ARGS(TEXT(str_of(code)), TEXT(S("cep-p"))), &got), NOTFOUND);
                }
                if (to == TLPS * PAPS - 1 && top.tlp == TLP_AMBER) stop(w, code, "pm", top);
            }
            w->actor = actor;
            arena_back(w->a, mark);
        }
    }
}

/* TLP:RED is for named persons: whoever else shares there learns that there is one, and nothing of it. */
static void named_persons(struct work *w)
{
    notices_world(w);
    become(w, "pn");
    const char *code = notice_code(w, doing(w, "share", "draft", DRAFT, {"to", "org:meti"}, {"tlp", "red"}));
    doing(w, "share", "send", {"notice", code});
    become(w, "pm");
    struct kept *k = doing(w, "share", "notice", {"notice", code});
    assert_true(str_find(all_said(w, k), S("秘")) < 0);
    assert_false(k->doc.marks);
    k = doing(w, "share", "notices", {"q", ""});
    assert_int_equal(rows_of(k, "notices"), 1);
    assert_true(str_find(all_said(w, k), S("秘")) < 0);
    become(w, NULL);
    assert_ok(w, store_begin(w));
    assert_ok(w, store_run(w, &(struct sql)OPEN("a test", "INSERT INTO share_contact (org, ord, name, person, mail, phone, fax, closed, around, hours, key, key_print, confirmed_by,"
                                                          " revision) SELECT o.id, 1, 'x', p.id, '', '', '', '', 1, '', '', '', '', 1 FROM org o, person p WHERE o.code = 'meti'"
                                                          " AND p.code = 'pm'"), NOARGS));
    assert_ok(w, store_commit(w));
    become(w, "pm");
    assert_true(str_find(all_said(w, doing(w, "share", "notice", {"notice", code})), S("秘文")) >= 0);
}

/* ---- recall and update ---- */

static void recall_and_update(struct work *w)
{
    static const struct sql told = OPEN("a test", "SELECT count(*) FROM share_delivery WHERE told = 5");
    int64_t n;
    notices_world(w);
    const char *code = sent(w, "sector:power", "green", "clear");
    refused(w, INVALID, "required", "share", "recall", {"notice", code});
    const char *next = notice_code(w, doing(w, "share", "update", {"notice", code}));
    assert_str(str_of(next), "N-2007-0002");
    doing(w, "share", "draft", {"notice", next}, {"to", "org:mlit"}, {"whole", "1"}, {"title", "new"}, {"text", "new"}); /* those who had it stay */
    struct kept *k = doing(w, "share", "preview", {"notice", next});
    assert_int_equal(fact_int(k, "addressees"), 5);
    doing(w, "share", "send", {"notice", next});
    assert_str(str_of(said_of(w, doing(w, "share", "notice", {"notice", code}), "state")), "superseded");
    refused(w, CONFLICT, "update that one", "share", "update", {"notice", code});
    become(w, "pm");
    k = doing(w, "share", "notice", {"notice", code});
    assert_str(cell_in(k, "related", 0, "notice")->text, "N-2007-0002");
    refused(w, CONFLICT, "replaced by a newer", "share", "pass", {"notice", code});
    become(w, "pw");
    k = doing(w, "share", "notice", {"notice", next}); /* it never had the first: it is not told of it */
    assert_true(kept_table(k, "related") < 0);
    become(w, "pn");
    doing(w, "share", "recall", {"notice", next}, {"reason", "誤りがありました"});
    refused(w, CONFLICT, "recalled already", "share", "recall", {"notice", next}, {"reason", "r"});
    assert_ok(w, store_int(w, &told, NOARGS, &n));
    assert_int_equal(n, 2); /* the two ministries it was sent to; the others never had it */
    become(w, "pm");
    refused(w, CONFLICT, "recalled", "share", "pass", {"notice", next});
    assert_str(str_of(said_of(w, doing(w, "share", "notice", {"notice", next}), "state")), "recalled");
}

/* ---- the very text ---- */

static void digests(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct notice n = {.title = S("a"), .text = S("b"), .measure = S("c"), .marking = {TLP_AMBER, PAP_GREEN}};
    struct notice_reference r[] = {{S("cve"), S("CVE-2026-1234")}};
    struct attachment x[] = {{.name = S("n"), .sha256 = S("00")}};
    str is[12];
    size_t k = 0;
    is[k++] = notice_digest(a, &n, r, 1, x, 1);
    assert_true(str_eq(is[0], notice_digest(a, &n, r, 1, x, 1)));
#define OTHER(change, back) (change, is[k++] = notice_digest(a, &n, r, 1, x, 1), back)
    (void)OTHER(n.title = S("a,"), n.title = S("a"));
    (void)OTHER(n.text = S("b "), n.text = S("b"));
    (void)OTHER(n.measure = S(""), n.measure = S("c"));
    (void)OTHER((n.title = S("ab"), n.text = S("")), (n.title = S("a"), n.text = S("b"))); /* the same bytes, parted otherwise */
    (void)OTHER(n.marking.tlp = TLP_RED, n.marking.tlp = TLP_AMBER);
    (void)OTHER(n.marking.pap = PAP_RED, n.marking.pap = PAP_GREEN);
    (void)OTHER(r[0].value = S("CVE-2026-1235"), r[0].value = S("CVE-2026-1234"));
    (void)OTHER(x[0].sha256 = S("01"), x[0].sha256 = S("00"));
    (void)OTHER(x[0].name = S("m"), x[0].name = S("n"));
    is[k++] = notice_digest(a, &n, r, 0, x, 1);
    is[k++] = notice_digest(a, &n, r, 1, x, 0);
    for (size_t i = 0; i < k; i++)
        for (size_t j = i + 1; j < k; j++) assert_false(str_eq(is[i], is[j]));
    arena_free(a);
}

/* ---- many ---- */

static void many_addressees(struct work *w)
{
    enum { OPERATORS = 20000 };
    struct buf org = buf_in(w->a), link = buf_in(w->a);
    struct timespec from, to;
    notices_world(w);
    buf_add(&org, S("code,parent,kind,order,name_ja,name_en,from,to\n"));
    buf_add(&link, S("kind,from,to,valid_from,valid_to\n"));
    for (int i = 0; i < OPERATORS; i++) {
        buf_fmt(&org, "x%d,power,operator,%d,合成%d,Synthetic %d,,\n", i, 100 + i, i, i);
        buf_fmt(&link, "member,x%d,cep-p,,\n", i);
    }
    become(w, NULL);
    doing(w, "registry", "import", {"what", "organisations"}, FILED(str_c(w->a, buf_str(&org))));
    doing(w, "registry", "import", {"what", "links"}, FILED(str_c(w->a, buf_str(&link))));
    const char *code = draft(w, "sector:power", "amber", "amber");
    clock_gettime(CLOCK_MONOTONIC, &from);
    struct kept *k = doing(w, "share", "send", {"notice", code});
    clock_gettime(CLOCK_MONOTONIC, &to);
    assert_int_equal(fact_int(k, "addressees"), OPERATORS + 4);
    double seconds = (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
    print_message("# %s: %d addressees sent in %.2f s\n", store_engine(w->store), OPERATORS + 4, seconds);
    assert_true(seconds < 30); /* sanitizers too */
    become(w, "pm");
    doing(w, "share", "pass", {"notice", code});
    become(w, "cp");
    clock_gettime(CLOCK_MONOTONIC, &from);
    k = doing(w, "share", "pass", {"notice", code});
    clock_gettime(CLOCK_MONOTONIC, &to);
    assert_int_equal(fact_int(k, "sent"), OPERATORS + 2);
    print_message("# %s: passed on in %.2f s\n", store_engine(w->store), (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9);
}

#define ON_BOTH(name) \
    static void name##_test(void **state) { (void)state; each_store(name); }
ON_BOTH(drafts)
ON_BOTH(limits)
ON_BOTH(down_the_tiers)
ON_BOTH(opening)
ON_BOTH(never_wider)
ON_BOTH(named_persons)
ON_BOTH(recall_and_update)
ON_BOTH(many_addressees)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(drafts_test),        cmocka_unit_test(limits_test),        cmocka_unit_test(down_the_tiers_test),
        cmocka_unit_test(opening_test),       cmocka_unit_test(never_wider_test),   cmocka_unit_test(named_persons_test),
        cmocka_unit_test(recall_and_update_test), cmocka_unit_test(digests),        cmocka_unit_test(many_addressees_test)};
    if (getenv("NOTICE_ONLY") != NULL) cmocka_set_test_filter(getenv("NOTICE_ONLY"));
    return cmocka_run_group_tests(tests, NULL, NULL);
}
