#include "share/compose.h"

#include "base/uuid.h"
#include "share/delivery.h"
#include "share/notice_store.h"

enum { WITHIN_MAX = 60 * 24 * 90, EMBARGO_MAX = 2 * 365 * DAY, URL_MAX = 500, PRODUCT_MAX = 200, TO_MAX = 65536 };

static struct where at(const char *field) { return (struct where){.field = str_of(field)}; }

/* ---- what may be said ---- */

static const struct {
    str word;
    int64_t minutes;
} urgencies[] = {{S_INIT("emergency"), 60}, {S_INIT("important"), 240}, {S_INIT("ordinary"), 1440}};

int64_t urgency_minutes(str urgency)
{
    for (size_t i = 0; i < sizeof urgencies / sizeof *urgencies; i++)
        if (str_eq(urgencies[i].word, urgency)) return urgencies[i].minutes;
    return 0;
}

static bool kind_known(str kind)
{
    return str_eq(kind, S("prevention")) || str_eq(kind, S("containment")) || str_eq(kind, S("recurrence"));
}

/* Lines end alike, and nothing is in it that no eye sees: a text goes on to terminals, letters and files of others. */
static str plain_text(struct arena *a, str s, bool lines)
{
    struct buf b = buf_in(a);
    s = str_trim(s);
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == '\n' && lines) buf_byte(&b, '\n');
        else if (c == '\t' || c == '\n') buf_byte(&b, ' ');
        else if (c >= 0x20 && c != 0x7F) buf_byte(&b, (char)c);
    }
    return buf_str(&b);
}

static void text_taken(struct work *w, const char *field, str given, size_t most, bool lines, str *out)
{
    *out = plain_text(w->a, given, lines);
    if (out->n > most)
        (void)fault_in(w, INVALID, at(field),
                       M("too long: %1 bytes are given, and %2 are the most (a Japanese character is three)"),
                       str_int(w->a, (int64_t)out->n), str_int(w->a, (int64_t)most));
}

static str digits_after(str s, size_t at_least, size_t most)
{
    size_t n = 0;
    while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9') n++;
    return n >= at_least && n <= most ? str_sub(s, n, s.n) : (str){NULL, 0};
}

/* CVE-YYYY-NNNN…, as the CVE programme numbers them: at least four digits behind the year. */
static bool cve_number(str s)
{
    if (!str_starts(s, S("CVE-"))) return false;
    str rest = digits_after(str_sub(s, 4, s.n), 4, 4);
    if (rest.p == NULL || rest.n == 0 || rest.p[0] != '-') return false;
    rest = digits_after(str_sub(rest, 1, rest.n), 4, 19);
    return rest.p != NULL && rest.n == 0;
}

static str upper_case(struct arena *a, str s)
{
    struct buf b = buf_in(a);
    for (size_t i = 0; i < s.n; i++) buf_byte(&b, s.p[i] >= 'a' && s.p[i] <= 'z' ? (char)(s.p[i] - 'a' + 'A') : s.p[i]);
    return buf_str(&b);
}

static bool web_address(str s)
{
    if (!str_starts(s, S("https://")) && !str_starts(s, S("http://"))) return false;
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= ' ' || s.p[i] == '"' || s.p[i] == '<' || s.p[i] == '>') return false;
    return s.n <= URL_MAX;
}

enum err reference_read(struct work *w, str given, struct notice_reference *out)
{
    str s = plain_text(w->a, given, false), upper = upper_case(w->a, s);
    if (str_starts(upper, S("CVE-"))) {
        if (!cve_number(upper))
            return fault_in(w, INVALID, at("references"), M("'%1' is no CVE number: CVE-2026-1234"), s);
        *out = (struct notice_reference){S("cve"), upper};
    } else if (str_starts(upper, S("JVN"))) {
        if (s.n > 40)
            return fault_in(w, INVALID, at("references"),
                            M("'%1' is no JVN number: JVN#12345678, JVNVU#12345678, JVNDB-2026-001234"), s);
        *out = (struct notice_reference){S("jvn"), upper};
    } else if (str_starts(s, S("http://")) || str_starts(s, S("https://"))) {
        if (!web_address(s))
            return fault_in(w, INVALID, at("references"),
                            M("'%1' is no address of a page: http:// or https://, no blanks, at most %2 bytes"), s,
                            str_int(w->a, URL_MAX));
        *out = (struct notice_reference){S("url"), s};
    } else {
        if (s.n == 0 || s.n > PRODUCT_MAX)
            return fault_in(
                w, INVALID, at("references"),
                M("a reference is a CVE or JVN number, an address or the name of a product of at most %1 bytes"),
                str_int(w->a, PRODUCT_MAX));
        *out = (struct notice_reference){S("product"), s};
    }
    return OK;
}

/* ---- a draft ---- */

static bool plain_word(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= ' ' || (unsigned char)s.p[i] >= 0x7F) return false;
    return s.n != 0 && s.n <= CODE_MAX;
}

/* Each word once, one blank between. What they mean is asked when the notice is sent, since the tree goes on changing. */
static void words_taken(struct work *w, str given, str *out)
{
    struct buf b = buf_in(w->a);
    str rest = plain_text(w->a, given, false), word;
    size_t n = 0;
    while (str_cut(&rest, ' ', &word)) {
        str padded = str_fmt(w->a, " %.*s ", STR_ARG(word)), so_far = str_fmt(w->a, " %.*s ", STR_ARG(buf_str(&b)));
        if (word.n == 0 || (n != 0 && str_find(so_far, padded) >= 0)) continue;
        if (!plain_word(word)) (void)fault_in(w, INVALID, at("to"), M("'%1' is no word of an address"), word);
        buf_fmt(&b, "%s%.*s", n++ == 0 ? "" : " ", STR_ARG(word));
    }
    *out = buf_str(&b);
    if (n > ROUTE_WORDS_MAX || out->n > TO_MAX)
        (void)fault_in(w, INVALID, at("to"), M("more than %1 words of an address: address a sector, a kind or a group"),
                       str_int(w->a, ROUTE_WORDS_MAX));
}

static void times_taken(struct work *w, const struct draft *d, struct notice *n)
{
    n->within = d->within == 0 ? urgency_minutes(n->urgency) : d->within;
    n->embargo = d->embargo;
    if (n->within < 1 || n->within > WITHIN_MAX)
        (void)fault_in(w, INVALID, at("within"), M("the time to confirm is from 1 to %1 minutes (90 days)"),
                       str_int(w->a, WITHIN_MAX));
    if (n->embargo < 0 || n->embargo > w->now + EMBARGO_MAX)
        (void)fault_in(w, INVALID, at("embargo"), M("public at most two years from now"));
}

/* Every fault there is; then n holds it as it is to stand. */
static enum err taken(struct work *w, const struct draft *d, struct notice *n)
{
    n->kind = d->kind.n == 0 ? S("prevention") : d->kind;
    n->urgency = d->urgency.n == 0 ? S("ordinary") : d->urgency;
    n->marking = d->marking;
    n->direct = d->direct;
    if (!kind_known(n->kind))
        (void)fault_in(w, INVALID, at("kind"), M("'%1' is no kind of notice: prevention, containment or recurrence"),
                       n->kind);
    if (urgency_minutes(n->urgency) == 0)
        (void)fault_in(w, INVALID, at("urgency"), M("'%1' is no urgency: emergency, important or ordinary"),
                       n->urgency);
    text_taken(w, "title", d->title, NOTICE_TITLE_MAX, false, &n->title);
    text_taken(w, "text", d->text, NOTICE_TEXT_MAX, true, &n->text);
    text_taken(w, "measure", d->measure, NOTICE_TEXT_MAX, true, &n->measure);
    if (n->title.n == 0) (void)fault_in(w, INVALID, at("title"), M("a notice wants a subject"));
    words_taken(w, d->to, &n->to);
    times_taken(w, d, n);
    if (d->n_references > REFERENCES_PER_NOTICE)
        (void)fault_in(w, INVALID, at("references"), M("more than %1 references: name the most important"),
                       str_int(w->a, REFERENCES_PER_NOTICE));
    return work_err(w);
}

/* Numbered by fiscal year when it is begun: a draft that is given up keeps its number, so that the register has no gap. */
static enum err number_it(struct work *w, struct notice *n)
{
    int64_t no;
    str series = str_fmt(w->a, "%s-%d", n->drill ? "D" : "N", fiscal_year(today(w)));
    enum err e = notice_number(w, series, &no);
    if (e == OK) n->code = str_fmt(w->a, "%.*s-%04lld", STR_ARG(series), (long long)no);
    return e;
}

enum err draft_make(struct work *w, const struct party *issuer, const struct draft *d, struct notice *out)
{
    struct notice n = {.issuer = issuer->org,
                       .issuer_code = issuer->code,
                       .issuer_ja = issuer->ja,
                       .issuer_en = issuer->en,
                       .drill = d->drill,
                       .state = S("draft"),
                       .supersedes = d->supersedes,
                       .report = d->report,
                       .made = w->now,
                       .made_by = acting_person(w),
                       .revision = 1};
    n.sent_by = n.recalled_by = n.recall_reason = (str){"", 0};
    enum err e = taken(w, d, &n);
    if (e != OK) return e;
    n.uuid = uuid_new(w);
    e = number_it(w, &n);
    if (e == OK) e = notice_insert(w, &n, &n.id);
    if (e == OK) e = notice_put_references(w, n.id, d->reference, d->n_references);
    if (e == OK) *out = n;
    return e;
}

static enum err still_draft(struct work *w, const struct notice *n)
{
    if (str_eq(n->state, S("draft"))) return OK;
    if (str_eq(n->state, S("discarded"))) return fault_in(w, CONFLICT, at("notice"), M("'%1' was discarded"), n->code);
    return fault_in(w, CONFLICT, at("notice"),
                    M("'%1' was sent: it does not change any more. Send an update, or recall it"), n->code);
}

enum err draft_change(struct work *w, const struct draft *d, struct notice *n)
{
    struct notice is = *n;
    enum err e = still_draft(w, n);
    if (e == OK) e = taken(w, d, &is);
    if (e != OK) return e;
    is.revision++;
    e = notice_update(w, &is);
    if (e == OK) e = notice_put_references(w, is.id, d->reference, d->n_references);
    if (e == OK) *n = is;
    return e;
}

/* ---- whom it reaches ---- */

static enum err words_of(struct work *w, const struct notice *n, str **out, size_t *count)
{
    str rest = n->to, word, *all = arena_array(w->a, ROUTE_WORDS_MAX, sizeof *all);
    size_t k = 0;
    while (k < ROUTE_WORDS_MAX && str_cut(&rest, ' ', &word))
        if (word.n != 0) all[k++] = word;
    if (k == 0) return fault_in(w, INVALID, at("to"), M("say whom it is for"));
    *out = all;
    *count = k;
    return OK;
}

/* Those of the notice before that the words leave out get this one too, by whoever passed that one on to them; who is
 * closed today does not. */
static enum err with_earlier(struct work *w, const struct notice *n, const struct route_net *net, struct plan *p)
{
    struct addressed *was;
    size_t n_was;
    enum err e = notice_addressed(w, n->supersedes, &was, &n_was);
    if (e != OK) return e;
    int32_t *place = arena_array(w->a, net->n, sizeof *place); /* in the plan, from 1 */
    struct planned *to = arena_array(w->a, p->n + n_was + 1, sizeof *to);
    for (size_t i = 0; i < p->n; i++) to[i] = p->to[i];
    for (size_t i = 0; i < p->n; i++) place[to[i].org] = (int32_t)i + 1;
    for (size_t i = 0; i < n_was; i++) {
        int32_t org = route_find(net, was[i].org),
                above = was[i].parent_org == 0 ? -1 : route_find(net, was[i].parent_org);
        if (org < 0 || place[org] != 0) continue;
        to[p->n] = (struct planned){.org = org, .parent = above < 0 ? -1 : place[above] - 1, .tier = was[i].tier};
        p->tier[was[i].tier]++;
        place[org] = (int32_t)++p->n;
    }
    p->to = to;
    return OK;
}

enum err draft_plan(struct work *w, const struct notice *n, const struct route_net *net, struct plan *out)
{
    struct route_net loaded;
    struct plan p;
    str *words = NULL;
    size_t n_words = 0;
    enum err e = words_of(w, n, &words, &n_words);
    if (e == OK && net == NULL) {
        e = route_load(w, &loaded);
        net = &loaded;
    }
    if (e == OK) e = route_plan(w, net, route_find(net, n->issuer), words, n_words, n->direct, &p);
    if (e == OK && n->supersedes != 0) e = with_earlier(w, n, net, &p);
    if (e == OK && p.n == 0) e = fault_in(w, INVALID, at("to"), M("these words reach nobody today"));
    if (e == OK && p.n > ADDRESSEES_MAX)
        e = fault_in(w, INVALID, at("to"), M("it would reach %1 organisations, and %2 are the most: send it in parts"),
                     str_int(w->a, (int64_t)p.n), str_int(w->a, ADDRESSEES_MAX));
    if (e == OK) *out = p;
    return e;
}

size_t draft_stopped(const struct notice *n, const struct plan *p)
{
    size_t stopped = 0;
    struct leaving l = {.marking = n->marking, .sent = true, .drill = n->drill};
    if (n->direct || leave_may(&l, BY_PASSING, TO_CLIENT) == LEAVE_YES) return 0;
    for (size_t i = 0; i < p->n; i++) stopped += p->to[i].parent >= 0;
    return stopped;
}

/* ---- sending ---- */

static enum err complete(struct work *w, const struct notice *n)
{
    bool consented;
    if (n->text.n == 0)
        (void)fault_in(w, INVALID, at("text"), M("a notice says something: write its text before it is sent"));
    enum err e = work_err(w);
    if (e == OK) e = notice_consented(w, n, &consented);
    if (e == OK && !consented) e = fault_in(w, CONFLICT, at("notice"), leave_why(LEAVE_UNCONSENTED), n->code);
    return e;
}

static enum err marking_reaches(struct work *w, const struct notice *n, const struct plan *p)
{
    size_t stopped = draft_stopped(n, p);
    if (stopped == 0) return OK;
    return fault_in(
        w, CONFLICT, at("tlp"),
        M("%1 is not handed on from tier to tier, so %2 of the %3 addressed would never get it: send it directly, or mark it TLP:AMBER at most"),
        tlp_label(n->marking.tlp), str_int(w->a, (int64_t)stopped), str_int(w->a, (int64_t)p->n));
}

/* The one before says from now on that there is a newer one; who had it as the newest of a chain is told so by this
 * notice. */
static enum err supersede(struct work *w, const struct notice *n)
{
    struct notice was;
    if (n->supersedes == 0) return OK;
    enum err e = notice_row_by_id(w, n->supersedes, &was);
    if (e != OK) return e;
    if (str_eq(was.state, S("superseded")))
        return fault_in(w, CONFLICT, at("notice"), M("'%1' was updated by another notice meanwhile: update that one"),
                        was.code);
    if (!str_eq(was.state, S("sent"))) return OK; /* recalled stays recalled */
    was.state = S("superseded");
    was.revision++;
    return notice_update(w, &was);
}

enum err draft_send(struct work *w, const struct party *issuer, struct notice *n)
{
    struct route_net net;
    struct plan p;
    struct notice is = *n;
    if (n->issuer != issuer->org)
        return fault_in(w, NOTFOUND, at("notice"), M("there is no notice '%1' for your organisation"), n->code);
    enum err e = still_draft(w, n);
    if (e == OK) e = complete(w, n);
    if (e == OK) e = route_load(w, &net);
    if (e == OK) e = draft_plan(w, n, &net, &p);
    if (e == OK) e = marking_reaches(w, n, &p);
    if (e == OK) e = supersede(w, n);
    if (e != OK) return e;
    is.state = S("sent");
    is.sent = w->now;
    is.sent_by = acting_person(w);
    is.revision++;
    e = notice_update(w, &is);
    if (e == OK) e = deliveries_make(w, &is, &net, &p);
    if (e == OK) *n = is;
    return e;
}
