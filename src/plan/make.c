/* plan new, plan change: what is said of a plan as a whole. */
#include "plan/acts.h"
#include "surface/door.h"

#define refuse(w, name, ...) (void)fault_in(w, INVALID, ((struct where){.field = S(name)}), __VA_ARGS__)

static void take_text(struct work *w, const struct args *in, const char *name, str *to)
{
    str s = str_trim(arg_text(in, name));
    if (!arg_given(in, name)) return;
    if (s.n > PLAN_TITLE_MAX)
        (void)fault_in(w, INVALID, ((struct where){.field = str_of(name)}), M("the text is longer than %1 bytes"),
                       str_int(w->a, PLAN_TITLE_MAX));
    *to = s;
}

/* A basic plan that is in sight, and is one; "none": of no basic plan any more. */
static enum err take_basic(struct work *w, const struct args *in, struct plan *p)
{
    struct plan basic;
    str code = arg_text(in, "basic");
    if (!arg_given(in, "basic")) return OK;
    if (str_eq(code, S("none"))) {
        p->basic = S("");
        return OK;
    }
    enum err e = plan_find(w, code, 0, &basic);
    if (e != OK) return e;
    if (!str_eq(basic.kind, S("basic"))) refuse(w, "basic", M("'%1' is no basic plan"), code);
    if (str_eq(p->kind, S("basic"))) refuse(w, "basic", M("a basic plan carries out no other: it is compared with the one before it"));
    p->basic = code;
    return OK;
}

static enum err take_all(struct work *w, const struct args *in, struct plan *p)
{
    take_text(w, in, "title_ja", &p->title_ja);
    take_text(w, in, "title_en", &p->title_en);
    take_text(w, in, "source_ja", &p->source_ja);
    take_text(w, in, "source_en", &p->source_en);
    if (arg_given(in, "since")) p->since = arg_int(in, "since");
    if (arg_given(in, "until")) p->until = arg_int(in, "until");
    if (p->title_ja.n + p->title_en.n == 0) refuse(w, "title_ja", M("a plan needs a title"));
    if (p->until < p->since) refuse(w, "until", M("the plan ends before it begins"));
    enum err e = take_basic(w, in, p);
    return e == OK ? work_err(w) : e;
}

static bool plain_code(str code)
{
    for (size_t i = 0; i < code.n; i++)
        if (code.p[i] == '/' || code.p[i] == ':') return false;
    return true;
}

static enum err whose(struct work *w, const struct args *in, struct org *out)
{
    const struct org *given = arg_org(in, "org");
    struct where at = {.field = S("org")};
    if (given == NULL && w->actor->org == 0) return fault_in(w, INVALID, at, M("say which organisation's plan it is"));
    enum err e = given != NULL ? OK : org_by_id(w, w->actor->org, out);
    if (e != OK) return e;
    if (given != NULL) *out = *given;
    if (plan_org_mine(w, out->lo, out->hi)) return OK;
    return fault_in(w, DENIED, at, M("a plan of '%1' is begun by those who manage it"), out->code);
}

static void go_to(struct work *w, const struct plan *p, str said)
{
    struct going_on next = {.to = "plan show", .given = {{"plan", p->code}}, .said = said};
    act_next(w, &next);
}

enum err plan_act_new(struct work *w, const struct args *in, struct doc *out)
{
    struct org org;
    struct plan p = {.code = arg_text(in, "plan"), .kind = arg_text(in, "kind"), .title_ja = S(""), .title_en = S(""),
                     .basic = S(""), .source_ja = S(""), .source_en = S("")};
    enum err e = whose(w, in, &org);
    if (e != OK) return e;
    if (!plain_code(p.code)) refuse(w, "plan", M("the code of a plan has no / and no : in it, since links are written with them"));
    p.org = org.id;
    if ((e = take_all(w, in, &p)) != OK) return e;
    if ((e = plan_add(w, &p)) != OK) return e;
    doc_fact(out, "plan", M("Plan"), C_TEXT(p.code));
    doc_fact(out, "edition", M("Edition"), C_INT(p.no));
    doc_fact(out, "state", M("State"), plan_state_cell(p.state));
    go_to(w, &p, tr(out->lang, M("The plan was begun, as a draft. Now its items are put in, one by one or from a file.")));
    return OK;
}

/* What was decided, and what was reported of it, has this title and these days: owners are who they were on the first. */
static enum err decided_stays(struct work *w, const struct plan *was, const struct plan *p)
{
    bool title = !str_eq(was->title_ja, p->title_ja) || (was->title_en.n != 0 && !str_eq(was->title_en, p->title_en));
    if (!was->in_force || (!title && was->since == p->since && was->until == p->until)) return OK;
    return fault_in(w, CONFLICT, ((struct where){.field = title ? S("title_ja") : was->since == p->since ? S("until") : S("since")}),
                    M("an edition of the plan '%1' is decided: its title and its days stay as they were decided"), p->code);
}

enum err plan_act_change(struct work *w, const struct args *in, struct doc *out)
{
    struct plan p, was;
    enum err e = plan_find(w, arg_text(in, "plan"), 0, &p);
    if (e == OK) e = plan_to_change(w, &p, false);
    if (e == OK) was = p;
    if (e == OK) e = take_all(w, in, &p);
    if (e == OK) e = decided_stays(w, &was, &p);
    if (e == OK) e = plan_change(w, &p);
    if (e != OK) return e;
    doc_fact(out, "plan", M("Plan"), C_TEXT(p.code));
    go_to(w, &p, tr(out->lang, M("Saved.")));
    return OK;
}
