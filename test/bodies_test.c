/* Who takes part: the characteristics map, contacts that go stale, groups; and that nobody sees of another what is not theirs. */
#include "inspect_kit.h"

#include "share/contacts.h"
#include "share/route.h"

static const char *shipped(struct work *w, const char *name) { return str_c(w->a, source_file(w, str_c(w->a, str_fmt(w->a, "data/%s.csv", name)))); }

#define IMPORT(what, text) doing(w, "registry", "import", {"what", what}, FILED(text))

/* Two sectors: banks with a CEPTOAR and three members, one of them without a program; power with a CEPTOAR of its own. Everybody has one person who
 * shares. Marked texts (秘) are one operator's. */
static void world(struct work *w)
{
    IMPORT("organisations", "code,parent,kind,order,name_ja,name_en,from,to\ngov,,government,10,政府,Government,,\nnisc,gov,centre,10,センター,Centre,,\n"
                            "fsa,gov,ministry,20,金融庁,FSA,,\nmeti,gov,ministry,30,経産省,METI,,\nsoumu,gov,ministry,40,総務省,MIC,,\n"
                            "ci,,infrastructure,20,重要,CI,,\nfinance,ci,sector,10,金融,Finance,,\n"
                            "power,ci,sector,20,電力,Power,,\nb1,finance,operator,10,一銀行,Bank 1,,\nb2,finance,operator,20,二銀行,Bank 2,,\n"
                            "b3,finance,operator,30,三銀行,Bank 3,,\np1,power,operator,10,一電力,Power 1,,\nb1-s,b1,section,10,情報課,Section,,\n"
                            "all,,community,30,共有,Sharing,,\ncf,all,ceptoar,10,銀行C,Banks C,,\ncp,all,ceptoar,20,電力C,Power C,2005-01-01,\n"
                            "co,all,council,30,カウンシル,Council,,\n");
    IMPORT("links", "kind,from,to,valid_from,valid_to\nministry-in-charge,finance,fsa,,\nministry-in-charge,power,soumu,,2006-03-31\n"
                    "ministry-in-charge,power,meti,2006-04-01,\nceptoar,finance,cf,,\nceptoar,power,cp,,\nmember,b1,cf,,\nmember,b2,cf,,\nmember,b3,cf,,\n"
                    "member,p1,cp,,\ncentre,finance,nisc,,\ncentre,power,nisc,,\ncentre,soumu,nisc,,\ncouncil,cf,co,,\ncouncil,cp,co,,\n");
    IMPORT("duties", "code,name_ja,name_en,rights,order\nsharing,共有,Sharing,share,10\nstaff,職員,Staff,answer,20\n");
    struct buf people = buf_in(w->a), posts = buf_in(w->a);
    buf_add(&people, S("code,org,name_ja,name_en,mail,from,to\n"));
    buf_add(&posts, S("code,duty,org,system,person,deputy_of,from,to\n"));
    static const char *const at[] = {"nisc", "fsa", "meti", "soumu", "b1", "b2", "b3", "p1", "cf", "cp", "co"};
    for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
        buf_fmt(&people, "x-%s,%s,人%d,,,,\n", at[i], at[i], (int)i);
        buf_fmt(&posts, "t-%s,sharing,%s,,x-%s,,,\n", at[i], at[i], at[i]);
    }
    buf_add(&people, S("staff,b1,職員,,,,\n"));
    buf_add(&posts, S("t-staff,staff,b1,,staff,,,\n"));
    IMPORT("people", str_c(w->a, buf_str(&people)));
    IMPORT("posts", str_c(w->a, buf_str(&posts)));
}

static void enter_contacts(struct work *w)
{
    become(w, "x-b1");
    doing(w, "share", "contact", {"name", "秘当直"}, {"mail", "hi@b1.example"}, {"phone", "03-1234-5678"}, {"around", "yes"});
    doing(w, "share", "contact", {"name", "秘代理"}, {"phone", "+81 (3) 9999"}, {"person", "staff"});
}

static struct contact *contacts_at(struct work *w, const char *code, size_t *n)
{
    struct route_net net;
    struct contact *all;
    assert_ok(w, route_load(w, &net));
    assert_ok(w, contacts_of(w, net.org[route_find_code(&net, str_of(code))].id, &all, n));
    return all;
}

static int64_t stale_at(struct work *w, const char *code)
{
    struct route_net net;
    int64_t n = -1;
    assert_ok(w, route_load(w, &net));
    assert_ok(w, contacts_stale(w, &(struct party){.org = net.org[route_find_code(&net, str_of(code))].id}, &n));
    return n;
}

/* ---- routing out of the store ---- */

static void links_and_groups_are_loaded_as_of_a_day(struct work *w)
{
    world(w);
    struct route_net net;
    assert_ok(w, route_load(w, &net));
    int32_t p1 = route_find_code(&net, S("p1")), cp = route_find_code(&net, S("cp"));
    assert_str(net.org[route_ministry(&net, p1)].code, "meti");
    assert_str(net.org[net.org[p1].parent].code, "power");
    assert_int_equal(net.org[cp].parent, -1); /* a community does not share */
    assert_int_equal(route_find_code(&net, S("gov")), -1);
    assert_ok(w, route_load_of(w, day("2006-03-31"), &net));
    assert_str(net.org[route_ministry(&net, p1)].code, "soumu");
    assert_ok(w, route_load_of(w, day("2004-12-31"), &net));
    assert_int_equal(route_find_code(&net, S("cp")), -1);
    assert_int_equal(route_ceptoar(&net, route_find_code(&net, S("p1"))), -1);
}

/* ---- bodies ---- */

static void the_map_is_shown_and_changed_by_who_keeps_it(struct work *w)
{
    world(w);
    become(w, "x-p1");
    struct kept *k = doing(w, "share", "bodies", {0});
    assert_int_equal(rows_of(k, "bodies"), 3);
    assert_str(cell_in(k, "bodies", 0, "org")->text, "cf"); /* by sector */
    assert_str(cell_in(k, "bodies", 0, "ministry")->text, "fsa");
    assert_int_equal(cell_in(k, "bodies", 0, "members")->i, 3);
    assert_int_equal(cell_in(k, "bodies", 2, "members")->i, 2); /* the council's */
    k = doing(w, "share", "bodies", {"sector", "power"}, {"at", "2006-01-01"});
    assert_int_equal(rows_of(k, "bodies"), 1);
    assert_str(cell_in(k, "bodies", 0, "ministry")->text, "soumu");
    refused(w, NOTFOUND, "no sector", "share", "bodies", {"sector", "cf"});
    refused(w, NOTFOUND, "no organisation", "share", "body-edit", {"org", "cf"}, {"secretariat_ja", "他"});
    become(w, "x-cf");
    doing(w, "share", "body-edit", {"secretariat_ja", "銀行協会"}, {"functions", "recurrence prevention"}, {"coordinator", "yes"}, {"secrecy", "agreement"});
    refused(w, INVALID, "is none of", "share", "body-edit", {"functions", "prevention sleep"});
    refused(w, INVALID, "not a date", "share", "body-edit", {"founded", "2007-13-01"});
    refused(w, INVALID, "neither yes nor no", "share", "body-edit", {"signs_in", "perhaps"});
    become(w, "x-fsa");
    doing(w, "share", "body-edit", {"org", "cf"}, {"rules_ja", "構成員限り"}); /* what is not given stays */
    become(w, "x-p1");
    k = doing(w, "share", "bodies", {0});
    assert_str(cell_in(k, "bodies", 0, "secretariat")->ja, "銀行協会");
    assert_str(cell_in(k, "bodies", 0, "rules")->ja, "構成員限り");
    assert_str(cell_in(k, "bodies", 0, "functions")->text, "prevention recurrence");
    assert_int_equal(cell_in(k, "bodies", 0, "checked")->i, day("2007-04-23"));
}

static void members_are_for_who_keeps_them(struct work *w)
{
    world(w);
    static const char *const keeps[] = {"x-cf", "x-fsa", "x-nisc"}, *const others[] = {"x-b1", "x-p1", "x-cp", "x-meti", "x-co"};
    for (size_t i = 0; i < 3; i++) {
        become(w, keeps[i]);
        assert_int_equal(rows_of(doing(w, "share", "body", {"org", "cf"}), "members"), 3);
        doing(w, "share", "body", {"org", "b2"});
    }
    for (size_t i = 0; i < 5; i++) {
        become(w, others[i]);
        assert_int_equal(kept_table(doing(w, "share", "body", {"org", "cf"}), "members"), -1);
        refused(w, NOTFOUND, "no organisation 'b2'", "share", "body", {"org", "b2"});
        refused(w, NOTFOUND, "no organisation 'b9'", "share", "body", {"org", "b9"});
    }
}

static void bodies_come_from_a_file(struct work *w)
{
    world(w);
    become(w, "x-nisc");
    doing(w, "share", "bodies-import", FILED("org,secretariat_ja,means,signs_in\ncf,協会,fax mail,yes\nb3,,,no\nco,当番,,1\n"));
    doing(w, "share", "bodies-import", FILED("org,members_ja\ncf,銀行三行\n"));
    struct kept *k = doing(w, "share", "bodies", {0});
    assert_str(cell_in(k, "bodies", 0, "secretariat")->ja, "協会");
    assert_str(cell_in(k, "bodies", 0, "members_words")->ja, "銀行三行");
    assert_str(cell_in(k, "bodies", 0, "means")->text, "mail fax");
    struct kept *none = kept_new(w);
    assert_int_equal(through_door(w, "share", "bodies-import", ASK(FILED("org,means,checked\ncf,pigeon,2007-01-09\nzz,,\ncf,,\ncp,,yesterday\n")), none), INVALID);
    assert_int_equal(w->faults.count, 4);
    assert_int_equal(w->faults.first[0].where.row, 2);
    assert_int_equal(w->faults.first[0].where.column, 2);
    assert_int_equal(w->faults.first[1].where.row, 3);
    assert_str(w->faults.first[2].id, "'%1' stands in the file twice");
    assert_int_equal(w->faults.first[3].where.column, 3);
    w->faults.count = 0;
    become(w, "x-cf"); /* keeps its members, and not another CEPTOAR */
    doing(w, "share", "bodies-import", FILED("org,signs_in\nb2,no\n"));
    refused(w, NOTFOUND, "no organisation 'cp'", "share", "bodies-import", FILED("org,signs_in\ncp,no\n"));
}

/* What ships with the program: counted as the sources count it. */
static void the_shipped_map_is_as_the_sources_say(struct work *w)
{
    w->now = day("2026-01-01") * DAY;
    IMPORT("organisations", shipped(w, "registry/organisations"));
    IMPORT("links", shipped(w, "registry/links"));
    doing(w, "share", "bodies-import", {"for", "nisc"}, {"file", shipped(w, "share/bodies"), "bodies.csv"});
    static const struct {
        const char *day;
        int64_t sectors, bodies; /* the council is one of the bodies from 2009-02-26 on */
    } told[] = {{"2009-02-25", 10, 14}, {"2009-03-31", 10, 15}, {"2016-04-01", 13, 19}, {"2021-03-31", 14, 20}, {"2026-01-01", 15, 22}};
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        struct kept *k = doing(w, "share", "bodies", {"for", "nisc"}, {"at", told[i].day});
        assert_int_equal(fact_int(k, "sectors"), told[i].sectors);
        assert_int_equal(rows_of(k, "bodies"), told[i].bodies);
    }
    static const char *const order[] = {"telecom", "finance", "aviation", "airport", "railway", "power", "gas", "admin", "medical", "water", "logistics", "chemical", "credit", "petroleum", "port"};
    struct kept *k = doing(w, "share", "sectors", {"for", "nisc"});
    for (size_t i = 0; i < 15; i++) assert_str(cell_in(k, "sectors", i, "sector")->text, str_c(w->a, str_fmt(w->a, "ci-%s", order[i])));
    assert_str(cell_at(k, "sectors", "ci-water", NULL, "ministry")->text, "mlit");
    w->now = TEST_NOW;
    assert_str(cell_at(doing(w, "share", "sectors", {"for", "nisc"}), "sectors", "ci-water", NULL, "ministry")->text, "mhlw");
}

/* ---- contacts ---- */

static void contacts_are_entered_changed_and_taken_off(struct work *w)
{
    world(w);
    enter_contacts(w);
    struct kept *k = doing(w, "share", "contacts", {0});
    assert_true(k->doc.personal);
    assert_int_equal(rows_of(k, "contacts"), 2);
    assert_str(cell_in(k, "contacts", 0, "state")->text, "right");
    doing(w, "share", "contact", {"ord", "1"}, {"phone", "03-0000"}, {"revision", "1"});
    k = doing(w, "share", "contact", {"ord", "1"}, {"phone", "03-1111"}, {"revision", "1"}); /* stale: both are shown, nothing is written */
    assert_true(kept_table(k, "both_texts") >= 0);
    size_t n;
    struct contact *c = contacts_at(w, "b1", &n);
    assert_str(c[0].phone, "03-0000");
    assert_str(c[0].mail, "hi@b1.example");
    assert_int_equal(c[0].revision, 2);
    assert_str(c[1].person, "staff");
    refused(w, INVALID, "not a mail address", "share", "contact", {"name", "x"}, {"mail", "a b@c"});
    refused(w, INVALID, "not a telephone number", "share", "contact", {"name", "x"}, {"phone", "call me"});
    refused(w, INVALID, "is reached somehow", "share", "contact", {"name", "x"});
    refused(w, INVALID, "has a name", "share", "contact", {"phone", "03-1111"});
    refused(w, INVALID, "the next is 3", "share", "contact", {"ord", "5"}, {"name", "x"}, {"phone", "03-1"});
    refused(w, NOTFOUND, "no person", "share", "contact", {"name", "x"}, {"phone", "03-1111"}, {"person", "x-b2"});
    refused(w, INVALID, "", "share", "contact", {"ord", "1"}, {"key", "not a certificate"});
    doing(w, "share", "contact-end", {"ord", "1"});
    c = contacts_at(w, "b1", &n);
    assert_int_equal(n, 1);
    assert_int_equal(c[0].ord, 1);
    assert_str(c[0].name, "秘代理");
    refused(w, NOTFOUND, "no contact of that number", "share", "contact-end", {"ord", "2"});
}

static void contacts_go_stale_and_are_confirmed_by_one_press(struct work *w)
{
    world(w);
    become(w, "x-b1");
    refused(w, CONFLICT, "no contact yet", "share", "contacts-confirm", {0});
    assert_int_equal(stale_at(w, "b1"), 1); /* none: nobody would be reached */
    enter_contacts(w);
    assert_int_equal(stale_at(w, "b1"), 0);
    w->now += 90LL * DAY;
    assert_int_equal(stale_at(w, "b1"), 0); /* to the second */
    w->now += 1;
    assert_int_equal(stale_at(w, "b1"), 2);
    become(w, "x-cf");
    struct kept *k = doing(w, "share", "contacts", {"stale", "1"});
    assert_int_equal(rows_of(k, "below"), 3);
    assert_str(cell_in(k, "below", 0, "state")->text, "none"); /* nobody entered first, then stale ones */
    assert_str(cell_in(k, "below", 2, "org")->text, "b1");
    assert_str(cell_in(k, "below", 2, "state")->text, "stale");
    refused(w, DENIED, "says itself", "share", "contacts-confirm", {"org", "b1"});
    become(w, "x-b1");
    doing(w, "share", "contacts-confirm", {0});
    assert_int_equal(stale_at(w, "b1"), 0);
    become(w, "x-cf");
    assert_int_equal(rows_of(doing(w, "share", "contacts", {"stale", "1"}), "below"), 2);
}

/* Who enters a contact for others does not say that it is right; but for who does not sign in, its office does. */
static void who_enters_for_others_does_not_confirm(struct work *w)
{
    world(w);
    become(w, "x-cf");
    doing(w, "share", "contact", {"org", "b3"}, {"name", "窓口"}, {"fax", "03-1234"});
    size_t n;
    assert_int_equal(contacts_at(w, "b3", &n)->confirmed, 0);
    refused(w, DENIED, "says itself", "share", "contacts-confirm", {"org", "b3"});
    doing(w, "share", "body-edit", {"org", "b3"}, {"signs_in", "no"});
    doing(w, "share", "contacts-confirm", {"org", "b3"});
    assert_int_equal(contacts_at(w, "b3", &n)->confirmed, w->now);
    assert_str(contacts_at(w, "b3", &n)->confirmed_by, "x-cf");
}

static void contacts_come_from_a_file(struct work *w)
{
    world(w);
    become(w, "x-nisc");
    doing(w, "share", "contacts-import", FILED("org,ord,name,phone,around\nb1,1,当直,03-1234,yes\nb1,2,代理,03-5678,\np1,1,窓口,06-1234,no\nnisc,1,当直,03-1111,1\n"));
    doing(w, "share", "contacts-import", FILED("org,ord,mail\nb1,2,d@b1.example\n"));
    size_t n;
    struct contact *c = contacts_at(w, "b1", &n);
    assert_int_equal(n, 2);
    assert_true(c[0].around && !c[1].around && c[0].confirmed == 0);
    assert_str(c[1].mail, "d@b1.example");
    assert_str(c[1].phone, "03-5678");
    assert_int_equal(contacts_at(w, "nisc", &n)->confirmed, w->now); /* its own */
    assert_int_equal(through_door(w, "share", "contacts-import",
                                  ASK(FILED("org,ord,name,phone,mail\nb1,9,x,03-1,\nb2,1,,03-123,\nb2,1,x,03-123,a@\nzz,1,x,03-123,\nb1,1,x,03-123,\nb1,1,y,03-123,\n")), kept_new(w)), INVALID);
    assert_int_equal(w->faults.count, 5);
    assert_int_equal(w->faults.first[2].where.row, 4);
    assert_int_equal(w->faults.first[2].where.column, 5);
    assert_str(w->faults.first[4].id, "'%1' stands in the file twice");
    w->faults.count = 0;
    assert_str(contacts_at(w, "b1", &n)->name, "当直"); /* all rows or none */
}

/* The canary: what one operator entered shows nowhere but to itself, its CEPTOAR and the centre. */
static bool tells(const struct kept *k)
{
    for (size_t t = 0; t < k->n_tables; t++)
        for (size_t r = 0; r < k->table[t].n; r++)
            for (size_t c = 0; c < k->table[t].n_columns; c++)
                if (str_find(k->table[t].row[r].cell[c].text, S("秘")) >= 0 || str_find(k->table[t].row[r].cell[c].ja, S("秘")) >= 0) return true;
    return false;
}

static void nobody_sees_contacts_of_another(struct work *w)
{
    world(w);
    enter_contacts(w);
    static const char *const sees[] = {"x-cf", "x-nisc"}, *const others[] = {"x-b2", "x-b3", "x-p1", "x-cp", "x-meti", "x-co", "x-fsa"};
    for (size_t i = 0; i < 2; i++) {
        become(w, sees[i]);
        assert_true(tells(doing(w, "share", "contacts", {"org", "b1"})));
        assert_false(tells(doing(w, "share", "contacts", {0}))); /* lists name organisations, no persons */
    }
    for (size_t i = 0; i < 7; i++) {
        become(w, others[i]);
        refused(w, NOTFOUND, "no organisation 'b1'", "share", "contacts", {"org", "b1"});
        refused(w, NOTFOUND, "no organisation 'b1'", "share", "contact", {"org", "b1"}, {"ord", "1"}, {"name", "x"});
        refused(w, NOTFOUND, "no organisation 'b1'", "share", "contact-end", {"org", "b1"}, {"ord", "1"});
        refused(w, NOTFOUND, "no organisation 'b1'", "share", "contacts-confirm", {"org", "b1"});
        static const char *const views[] = {"contacts", "bodies", "groups", "party", "sectors"};
        for (size_t v = 0; v < 5; v++) assert_false(tells(doing(w, "share", views[v], {0})));
    }
    become(w, "staff");
    refused(w, DENIED, "", "share", "contacts", {0});
}

/* ---- groups ---- */

static void groups_have_an_owner_who_says_who_belongs(struct work *w)
{
    world(w);
    become(w, "x-nisc");
    doing(w, "share", "group-make", {"code", "circle"}, {"name_ja", "秘研究会"});
    struct kept *k = doing(w, "share", "groups", {0});
    assert_str(cell_in(k, "groups", 0, "group")->text, "nisc/circle");
    assert_int_equal(cell_in(k, "groups", 0, "uuid")->text.n, 36);
    doing(w, "share", "group-members", {"group", "nisc/circle"}, {"add", "b1"}, {"add", "p1"});
    refused(w, NOTFOUND, "no organisation 'zz'", "share", "group-members", {"group", "nisc/circle"}, {"add", "b2"}, {"add", "zz"});
    refused(w, NOTFOUND, "does not belong", "share", "group-members", {"group", "nisc/circle"}, {"remove", "b2"});
    assert_int_equal(rows_of(doing(w, "share", "group", {"group", "nisc/circle"}), "members"), 2);
    become(w, "x-b1"); /* sees that it belongs, and not who else does */
    assert_int_equal(rows_of(doing(w, "share", "groups", {0}), "groups"), 1);
    assert_int_equal(rows_of(doing(w, "share", "group", {"group", "nisc/circle"}), "members"), 1);
    refused(w, DENIED, "only the owner", "share", "group-members", {"group", "nisc/circle"}, {"remove", "p1"});
    become(w, "x-b2");
    refused(w, NOTFOUND, "no group 'nisc/circle'", "share", "group", {"group", "nisc/circle"});
    refused(w, NOTFOUND, "no group 'nisc/none'", "share", "group", {"group", "nisc/none"});
    assert_int_equal(rows_of(doing(w, "share", "groups", {0}), "groups"), 0);
    doing(w, "share", "group-make", {"code", "nisc/circle"}, {"name_ja", "別"}); /* their own: nobody learns that the code is taken */
    refused(w, NOTFOUND, "no organisation 'p1'", "share", "group-members", {"group", "b2/nisc/circle"}, {"add", "p1"});
    become(w, "x-nisc");
    doing(w, "share", "group-make", {"code", "circle"}, {"name_ja", "研究会"}, {"open", "1"});
    become(w, "x-b1");
    assert_int_equal(rows_of(doing(w, "share", "group", {"group", "nisc/circle"}), "members"), 2);
    assert_int_equal(rows_of(doing(w, "share", "groups", {0}), "groups"), 1);
}

/* Routing sees them as they are today: who left is not in them, an ended group is nobody. */
static void routing_sees_todays_members(struct work *w)
{
    world(w);
    become(w, "x-nisc");
    doing(w, "share", "group-make", {"code", "g"}, {"name_ja", "会"}, {"until", "2007-12-31"});
    struct route_net net;
    struct plan p;
    str word = S("group:nisc/g");
    assert_ok(w, route_load(w, &net));
    int32_t nisc = route_find_code(&net, S("nisc"));
    assert_int_equal(route_plan(w, &net, nisc, &word, 1, true, &p), NOTFOUND); /* empty: nobody */
    w->faults.count = 0;
    doing(w, "share", "group-members", {"group", "nisc/g"}, {"add", "b1"}, {"add", "b2"});
    doing(w, "share", "group-members", {"group", "nisc/g"}, {"remove", "b2"});
    assert_ok(w, route_load(w, &net));
    assert_ok(w, route_plan(w, &net, nisc, &word, 1, true, &p));
    assert_int_equal(p.n, 1);
    assert_str(net.org[p.to[0].org].code, "b1");
    w->now += 400LL * DAY;
    assert_ok(w, route_load(w, &net));
    assert_int_equal(route_plan(w, &net, nisc, &word, 1, true, &p), NOTFOUND);
    w->faults.count = 0;
}

#define ON_EACH(name)                 \
    static void test_##name(void **s) \
    {                                 \
        (void)s;                      \
        each_store(name);             \
    }
ON_EACH(links_and_groups_are_loaded_as_of_a_day)
ON_EACH(the_map_is_shown_and_changed_by_who_keeps_it)
ON_EACH(members_are_for_who_keeps_them)
ON_EACH(bodies_come_from_a_file)
ON_EACH(the_shipped_map_is_as_the_sources_say)
ON_EACH(contacts_are_entered_changed_and_taken_off)
ON_EACH(contacts_go_stale_and_are_confirmed_by_one_press)
ON_EACH(who_enters_for_others_does_not_confirm)
ON_EACH(contacts_come_from_a_file)
ON_EACH(nobody_sees_contacts_of_another)
ON_EACH(groups_have_an_owner_who_says_who_belongs)
ON_EACH(routing_sees_todays_members)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_links_and_groups_are_loaded_as_of_a_day),
        cmocka_unit_test(test_the_map_is_shown_and_changed_by_who_keeps_it),
        cmocka_unit_test(test_members_are_for_who_keeps_them),
        cmocka_unit_test(test_bodies_come_from_a_file),
        cmocka_unit_test(test_the_shipped_map_is_as_the_sources_say),
        cmocka_unit_test(test_contacts_are_entered_changed_and_taken_off),
        cmocka_unit_test(test_contacts_go_stale_and_are_confirmed_by_one_press),
        cmocka_unit_test(test_who_enters_for_others_does_not_confirm),
        cmocka_unit_test(test_contacts_come_from_a_file),
        cmocka_unit_test(test_nobody_sees_contacts_of_another),
        cmocka_unit_test(test_groups_have_an_owner_who_says_who_belongs),
        cmocka_unit_test(test_routing_sees_todays_members),
    };
    return cmocka_run_group_tests_name("bodies", tests, NULL, NULL);
}
