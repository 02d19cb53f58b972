#include "registry/audit.h"

#include <sys/stat.h>

#include "registry/audit_store.h"
#include "registry/registry_store.h"
#include "store/journal.h"

enum { UNUSED_DAYS = 90, SESSION_MOST = 10 * 3600, OPEN_TO_OTHERS = 077 };

struct auditing {
    struct work *w;
    struct doc *doc;
    int64_t weak;
};

enum state { GOOD, WEAK, UNKNOWN };

/* One line: what is looked at, how it stands, what was found, and what to do when it is weak (message ids). */
struct finding {
    const char *code;
    str title, found, todo;
    int64_t n; /* %1 of found */
};

static struct cell both(struct arena *a, str id, int64_t n)
{
    str arg = str_int(a, n);
    return C_BOTH(tr_fill(a, LANG_JA, id, &arg, 1), tr_fill(a, LANG_EN, id, &arg, 1));
}

static void tell(struct auditing *t, enum state state, const struct finding *f)
{
    static const str words[] = {S_INIT("good"), S_INIT("weak"), S_INIT("not-known")};
    struct arena *a = t->w->a;
    t->weak += state == WEAK;
    bool more = f->todo.n != 0 && state != GOOD;
    DOC_ROW(t->doc, C_ENUM(words[state]), both(a, f->title, 0), both(a, f->found, f->n),
            more ? both(a, f->todo, 0) : C_NONE, C_TEXT(str_of(f->code)));
}

static void tell_count(struct auditing *t, bool weak, struct finding f, int64_t n)
{
    f.n = n;
    tell(t, weak ? WEAK : GOOD, &f);
}

/* ---- accounts ---- */

static void tell_accounts(struct auditing *t, const struct audited *c)
{
    tell_count(t, c->no_second > 0, (struct finding){"second-factor", M("Second factor"), M("accounts without one: %1"),
               M("let them set up their account anew: 'Give a person an account'")}, c->no_second);
    tell_count(t, c->administrators_in == 0,
               (struct finding){
                   "administrators", M("Administrators who can come in by password"), M("people: %1"),
                   M("make one on the machine: `meguri account first-admin`; two are better, for one may be ill")},
               c->administrators_in);
    tell_count(t, c->administrators > 5,
               (struct finding){"administrators-many", M("People who administer"), M("people: %1"),
                                M("more than five is many: see the posts of this duty")},
               c->administrators);
    tell_count(t, c->unused > 0, (struct finding){"unused", M("Accounts in use"), M("not used for 90 days: %1"),
               M("lock what nobody needs: the list of accounts shows them")}, c->unused);
    tell_count(t, false, (struct finding){"set-up", M("Set-up codes that wait"), M("codes: %1"), S("")}, c->setups);
    tell_count(t, false, (struct finding){"sessions", M("Sessions"), M("open: %1"), S("")}, c->sessions);
    tell_count(t, c->tokens_forever > 0,
               (struct finding){"tokens", M("Tokens of programs end"), M("without an end: %1"),
                                M("revoke them, and make new ones that end: 'Tokens of programs' of all shows them")},
               c->tokens_forever);
    tell_count(t, false, (struct finding){"tokens-acting", M("Tokens that may act"), M("tokens: %1"), S("")},
               c->tokens_acting);
    tell_count(t, c->letters_failed > 0,
               (struct finding){"mail-failed", M("Letters arrive"), M("given up within a week: %1"),
                                M("see why: 'Letters: waiting, sent, failed'")},
               c->letters_failed);
}

/* ---- posts ---- */

static void count_conflict(void *to, const struct conflict_row *r)
{
    (void)r;
    ++*(int64_t *)to;
}

static enum err tell_posts(struct auditing *t, const struct audited *c)
{
    int64_t conflicts = 0;
    enum err e = conflicts_each(t->w, today(t->w), true, count_conflict, &conflicts);
    if (e == OK) e = conflicts_each(t->w, today(t->w), false, count_conflict, &conflicts);
    if (e != OK) return e;
    tell_count(t, c->vacant > 0,
               (struct finding){"vacant", M("Posts of CISO and administrators are held"), M("vacant: %1"),
                                M("fill them: the list of posts shows the vacant ones")},
               c->vacant);
    tell_count(t, c->left > 0, (struct finding){"left", M("Posts of people who left have ended"), M("still theirs: %1"),
               M("give the posts to others; nobody comes in by them, but nobody does the work either")}, c->left);
    tell_count(t, conflicts > 0,
               (struct finding){"separation", M("Separation of duties"), M("pairs that one person may not hold: %1"),
                                M("see whose: 'Duties that one person may not hold at once'")},
               conflicts);
    return OK;
}

/* ---- the store ---- */

static enum err tell_journal(struct auditing *t)
{
    struct journal_state state;
    enum err e = journal_verify(t->w, S(""), &state);
    if (e != OK) return e;
    if (state.broken_at == 0)
        tell_count(t, false, (struct finding){"journal", M("Journal"), M("whole; lines: %1"), S("")}, state.lines);
    else
        tell_count(
            t, true,
            (struct finding){
                "journal", M("Journal"), M("broken at line %1"),
                M("find out who could write to the database, and compare with a backup: `meguri journal verify`")},
            state.broken_at);
    return OK;
}

/* Of the file itself where this process knows it, else as the server found it when it began. */
static enum err file_mode(struct auditing *t, bool *known, unsigned *mode)
{
    struct stat st;
    str said;
    *known = t->w->db.n != 0 && stat(str_c(t->w->a, t->w->db), &st) == 0 && S_ISREG(st.st_mode);
    *mode = *known ? (unsigned)st.st_mode & 0777 : 0;
    if (*known) return OK;
    enum err e = audit_setting(t->w, "file_mode", known, &said);
    for (size_t i = 0; i < said.n; i++) *mode = *mode * 8 + (unsigned)(said.p[i] - '0');
    *known = said.n == 3;
    return e;
}

static enum err tell_store(struct auditing *t)
{
    bool known;
    unsigned mode;
    bool server = str_eq(str_of(store_engine(t->w->store)), S("postgresql"));
    static const struct finding closed = {"file", N("Who may read the database's file"), N("its owner alone"),
                                          S_INIT("")};
    static const struct finding open = {"file", N("Who may read the database's file"), N("others on the machine too"),
                                        N("take it from them: chmod 600, also for what ends in -wal and -shm")};
    static const struct finding unknown = {"file", N("Who may read the database's file"), N("not known here"),
                                           S_INIT("")};
    static const struct finding elsewhere = {"file", N("Who may read the database's file"),
                                             N("a PostgreSQL server decides"),
                                             N("see its pg_hba.conf and the rights of its roles")};
    enum err e = file_mode(t, &known, &mode);
    if (e != OK) return e;
    if (server) tell(t, UNKNOWN, &elsewhere);
    else if (!known) tell(t, UNKNOWN, &unknown);
    else tell(t, mode & OPEN_TO_OTHERS ? WEAK : GOOD, mode & OPEN_TO_OTHERS ? &open : &closed);
    return tell_journal(t);
}

/* ---- the server ---- */

struct served {
    bool ever;
    str url, listen, demo, proxy_user, proxy_proved, mail, confined, oidc;
};

static enum err read_served(struct work *w, struct served *s)
{
    const struct {
        const char *key;
        str *to;
    } keys[] = {{"listen", &s->listen},
                {"url", &s->url},
                {"demo_served", &s->demo},
                {"proxy_user", &s->proxy_user},
                {"proxy_proved", &s->proxy_proved},
                {"mail", &s->mail},
                {"confined", &s->confined},
                {"oidc_issuer", &s->oidc}};
    enum err e = OK;
    for (size_t i = 0; e == OK && i < sizeof keys / sizeof keys[0]; i++) {
        bool known;
        e = audit_setting(w, keys[i].key, &known, keys[i].to);
        s->ever = s->ever || known;
    }
    return e;
}

static bool on_this_machine(str listen)
{
    return str_starts(listen, S("127.")) || str_starts(listen, S("[::1]")) || str_starts(listen, S("localhost")) ||
           str_starts(listen, S("unix:"));
}

static const struct {
    struct finding weak, good;
} of_server[] = {
    {{"demo", N("Demonstration mode"), N("on: whoever comes acts as anyone"),
      N("never with real data: start the server without --demo")},
     {"demo", N("Demonstration mode"), N("off"), S_INIT("")}},
    {{"tls", N("TLS"), N("the server is reached from elsewhere without it"),
      N("let a proxy with TLS stand before it, and say --url https://…")},
     {"tls", N("TLS"), N("by the proxy before it, or reached on this machine alone"), S_INIT("")}},
    {{"proxy", N("The proxy that says who it is proves itself"), N("it does not"), N("give --proxy_secret_file")},
     {"proxy", N("The proxy that says who it is proves itself"), N("yes, or there is none"), S_INIT("")}},
    {{"confined", N("Processes do only what they need (seccomp, landlock)"), N("no"),
      N("use a kernel that can, and see the server's log")},
     {"confined", N("Processes do only what they need (seccomp, landlock)"), N("yes"), S_INIT("")}},
    {{"mail", N("Mail"), N("none goes out: letters wait"), N("say --smtp and --mail_from")},
     {"mail", N("Mail"), N("goes out"), S_INIT("")}},
};

static enum err tell_server(struct auditing *t)
{
    struct served s = {0};
    enum err e = read_served(t->w, &s);
    if (e != OK) return e;
    const bool weak[] = {
        s.demo.n != 0,
        !str_starts(s.url, S("https://")) && !on_this_machine(s.listen),
        s.proxy_user.n != 0 && s.proxy_proved.n == 0,
        !str_eq(s.confined, S("2")) && !str_eq(s.confined, S("closed")),
        s.mail.n == 0,
    };
    for (size_t i = 0; s.ever && i < sizeof of_server / sizeof of_server[0]; i++)
        tell(t, weak[i] ? WEAK : GOOD, weak[i] ? &of_server[i].weak : &of_server[i].good);
    if (!s.ever) doc_note(t->doc, M("the server has not run on this database yet: what it protects is not known"));
    else doc_note(t->doc, M("what is said of the server is what it said when it last began"));
    return OK;
}

/* ---- the view ---- */

enum err registry_audit(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {
        {"state", CELL_ENUM, N("State")},
        {"check", CELL_TEXT, N("Protection")},
        {"found", CELL_TEXT, N("Found")},
        {"todo", CELL_TEXT, N("What to do")},
        {"code", CELL_TEXT, N("Code"), COL_DATA},
    };
    struct audited c = {0};
    struct auditing t = {w, out, 0};
    (void)in;
    enum err e = audit_counts(w, w->now - (int64_t)UNUSED_DAYS * DAY, w->now - SESSION_MOST, &c);
    if (e != OK) return e;
    out->handling = M("tells where protection is weak: for those concerned only");
    DOC_TABLE(out, "protection", columns);
    tell_accounts(&t, &c);
    e = tell_posts(&t, &c);
    if (e == OK) e = tell_store(&t);
    if (e == OK) e = tell_server(&t);
    doc_table_end(out);
    if (e != OK) return e;
    doc_fact(out, "weak", M("Weak points"), C_INT(t.weak));
    doc_note(out, M("counted within your reach; backups are not known here"));
    return OK;
}
