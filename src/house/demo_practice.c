/* The inspection as it is practised, in the open round of the demonstration: cases, surveys, sheets given back and
 * entered for another, later due days, systems that are not named, and the way of the figures upward. Every act is by
 * whoever may do it, since two that need two people are refused to one. All of it is invented and says so. */
#include "base/clock.h"
#include "format/csv.h"
#include "house/demo.h"
#include "house/house_store.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* ---- who acts ---- */
static enum err act_as(struct work *w, str person, str post, const char *room, const char *entry,
                       const struct given *given, size_t n)
{
    struct actor actor;
    enum err e = actor_find_post(w, person, post, S("demo"), &actor);
    if (e != OK) return e;
    const struct actor *was = w->actor;
    int64_t lo = w->lo, hi = w->hi;
    w->actor = &actor;
    w->lo = actor.lo;
    w->hi = actor.hi;
    e = demo_run(w, room, entry, given, n);
    w->actor = was;
    w->lo = lo;
    w->hi = hi;
    return e;
}

static enum err office(struct work *w, const char *duty, const char *org, struct demo_person *out)
{
    enum err e = demo_person(w, str_of(org), str_of(duty), out);
    return e == NOTFOUND ? fault(w, NOTFOUND, M("the demonstration has no %1 in %2"), str_of(duty), str_of(org)) : e;
}

enum err demo_act(struct work *w, const char *duty, const char *org, const char *room, const char *entry, const struct given *given, size_t n)
{
    struct demo_person who;
    enum err e = office(w, duty, org, &who);
    return e == OK ? act_as(w, who.code, who.post, room, entry, given, n) : e;
}

static enum err deed(struct work *w, const struct deed *d)
{
    struct given given[DEMO_PARAMS];
    size_t n;
    enum err e = demo_givens(w, &d->step, given, &n);
    return e == OK ? demo_act(w, d->duty, d->org, d->step.room, d->step.entry, given, n) : e;
}

enum err demo_deeds(struct work *w, const struct deed *d, size_t n)
{
    enum err e = OK;
    for (size_t i = 0; e == OK && i < n; i++) e = deed(w, &d[i]);
    return e;
}

/* A member of staff of the section shown, by how many come after the beginner: p02399 holds …-staff-02399. */
static enum err as_staff(struct work *w, str beginner, int64_t after, const struct demo_step *s)
{
    int64_t no = 0;
    str digits = beginner.n < 5 ? beginner : str_sub(beginner, beginner.n - 5, beginner.n);
    if (!str_to_int(digits, &no))
        return fault(w, INVALID, M("the demonstration has no %1 in %2"), S("staff"), S(SHOWN_SECTION));
    struct given given[DEMO_PARAMS];
    size_t n;
    enum err e = demo_givens(w, s, given, &n);
    if (e != OK) return e;
    return act_as(w, str_fmt(w->a, "p%05d", (int)(no + after)),
                  str_fmt(w->a, SHOWN_SECTION "-staff-%05d", (int)(no + after)), s->room, s->entry, given, n);
}

const char *demo_on(struct work *w, int64_t days) { return str_c(w->a, date_text(w->a, today(w) + days)); }

/* ---- sheets: given back, later, entered for another ---- */
static str first_of(str list, size_t skip)
{
    str one = {0};
    for (size_t i = 0; i <= skip; i++)
        if (!str_cut(&list, ' ', &one)) return (str){0};
    return one;
}

static enum err give_back(struct work *w, const struct demo_left *left)
{
    str one = {0};
    for (str rest = left->handed_in, next; str_cut(&rest, ' ', &next);)
        if (next.n != 0) one = next;
    if (one.n == 0) return OK;
    const struct deed d = {"section-manager", SHOWN_SECTION, {"inspect", "return",
        {{"round", SHOWN_ROUND}, {"respondent", str_c(w->a, one)},
         {"reason", "「該当する場面がなかった」とした設問を、もう一度確かめてください。" INVENTED}}}};
    return deed(w, &d);
}

static enum err extend(struct work *w)
{
    const struct deed later[] = {
        {"inspection-officer", "mizunoto", {"inspect", "extend",
            {{"round", SHOWN_ROUND}, {"org", "mizunoto-b2"}, {"until", demo_on(w, 21)},
             {"why", "庁舎の移転と重なったため" INVENTED}}}},
        {"inspection-officer", "kanoto", {"inspect", "extend",
            {{"round", SHOWN_ROUND}, {"org", "kanoto-b1-s2"}, {"until", demo_on(w, 18)},
             {"why", "国会対応のため" INVENTED}}}}};
    return demo_deeds(w, later, COUNT(later));
}

static struct given done(struct work *w, str item)
{
    return (struct given){.name = str_fmt(w->a, "answer.%.*s", STR_ARG(item)), .text = S("done")};
}

/* All that staff are asked, answered "done": each question that serves a clause of theirs, and clauses without one. */
static enum err all_done(struct work *w, const uint8_t *mask, struct given **out, size_t *n, size_t room)
{
    struct edition edition;
    struct question *q;
    size_t n_q;
    enum err e = standard_edition(w, S(SHOWN_EDITION), &edition);
    if (e == OK) e = standard_questions(w, &edition, &q, &n_q);
    if (e != OK) return e;
    struct given *given = arena_array(w->a, room + n_q + edition.n_clauses, sizeof *given);
    uint8_t *served = arena_array(w->a, edition.n_clauses / 8 + 1, 1);
    for (size_t i = 0; i < n_q; i++) {
        bool asked = false;
        for (size_t c = 0; c < q[i].n_clauses; c++) {
            if (!str_eq(q[i].duty, S("staff")) || !mask_has(mask, q[i].clauses[c])) continue;
            asked = true;
            mask_add(served, q[i].clauses[c]);
        }
        if (asked) given[(*n)++] = done(w, q[i].code);
    }
    for (size_t c = 0; c < edition.n_clauses; c++)
        if (mask_has(mask, c) && !mask_has(served, c)) given[(*n)++] = done(w, edition.clauses[c].number);
    *out = given;
    return OK;
}

enum { PAPER_AFTER = 10, ENTER_PARAMS = 4 };

/* One from a signed paper, handed in; one that waits until its person has looked at it. */
static enum err enter_both(struct work *w, const struct demo_left *left)
{
    struct given *given;
    struct demo_person who;
    size_t n = 0;
    str paper = first_of(left->unheard, 0), waits = first_of(left->unheard, 1);
    if (paper.n == 0 || waits.n == 0) return OK;
    enum err e = all_done(w, left->mask, &given, &n, ENTER_PARAMS);
    if (e == OK) e = office(w, "inspection-officer", "hei", &who);
    if (e != OK) return e;
    given[n] = (struct given){.name = S("round"), .text = S(SHOWN_ROUND)};
    given[n + 1] = (struct given){.name = S("respondent"), .text = waits};
    e = act_as(w, who.code, who.post, "inspect", "enter", given, n + 2);
    given[n + 1].text = paper;
    given[n + 2] = (struct given){.name = S("paper_date"), .text = date_text(w->a, left->base + PAPER_AFTER)};
    given[n + 3] = (struct given){.name = S("paper_ref"), .text = S("自己点検票綴り 第12号" INVENTED)};
    return e == OK ? act_as(w, who.code, who.post, "inspect", "enter", given, n + 4) : e;
}

/* ---- the way upward ---- */
#define ROUND_OF(org_) {"round", SHOWN_ROUND}, {"org", org_}
#define CONFIRM(duty_, org_, at_) {duty_, at_, {"inspect", "confirm", {ROUND_OF(org_)}}}
#define WAY(duty_, org_, act_) {duty_, org_, {"inspect", act_, {ROUND_OF(org_)}}}
#define SHUT(org_, by_) {"inspection-officer", by_, {"inspect", "close-unit", {ROUND_OF(org_)}}}
#define HEADED(org_) WAY("inspection-officer", org_, "approve")
#define APPROVED(org_) HEADED(org_), WAY("ciso", org_, "approve")
#define SENT(org_) APPROVED(org_), WAY("inspection-officer", org_, "send")
#define CENTRE(org_, act_) {"centre-officer", "demo", {"inspect", act_, {ROUND_OF(org_)}}}

static const struct deed way[] = {
    CONFIRM("head-chief", "hitsuji", "hitsuji"),
    SENT("hitsuji"),
    CENTRE("hitsuji", "accept"),
    CONFIRM("head-chief", "u", "u"),
    SENT("u"),
    CONFIRM("head-chief", "mi", "mi"),
    SENT("mi"),
    {"centre-officer", "demo",
     {"inspect", "query",
      {ROUND_OF("mi"), {"why", "第6部の実施率が前回から大きく動いています。理由を教えてください。" INVENTED}}}},
    CONFIRM("head-chief", "tatsu", "tatsu"),
    APPROVED("tatsu"),
    CONFIRM("head-chief", "ushi", "ushi"),
    HEADED("ushi"),
    CONFIRM("head-chief", "tora", "tora"),
    SHUT("tora-b1", "tora"),
    CONFIRM("head-chief", "ne", "ne"),
    SHUT("ne-b1", "ne"),
    SHUT("ne-b2", "ne"),
};

/* ---- surveys and systems that are not named ---- */
#define SURVEY_QUESTIONS                                                                                               \
    {"question", "affected:yes_no:対象の製品を使っていますか|Is the product used?"},                                 \
        {"question", "fixed:yes_no:修正版を適用しましたか|Is it fixed?"},                                            \
        {"question", "until:date:適用の予定日|By when?"}
#define SURVEY(code_, ja_, en_, due_)                                                                                  \
    {"centre-officer", "demo", {"inspect", "survey-ask",                                                               \
        {{"code", code_}, {"title_ja", ja_ INVENTED}, {"title_en", en_}, {"frame", "demo"}, {"due", due_},             \
         {"why", "ぜい弱性が公表されたため" INVENTED}, SURVEY_QUESTIONS}}}
#define REPLY(org_, survey_, system_, fixed_)                                                                          \
    {"inspection-officer", org_, {"inspect", "survey-reply",                                                           \
        {{"survey", survey_}, {"org", org_}, {"system", system_}, {"value.affected", "yes"}, {"value.fixed", fixed_},  \
         {"value.until", until}}}}
#define REST(org_, survey_)                                                                                            \
    {"inspection-officer", org_, {"inspect", "survey-reply",                                                           \
        {{"survey", survey_}, {"org", org_}, {"rest", "1"}, {"value.affected", "no"}}}}
#define DONE(org_, survey_)                                                                                            \
    {"inspection-officer", org_, {"inspect", "survey-done", {{"survey", survey_}, {"org", org_}}}}

static enum err surveys(struct work *w)
{
    const char *due = demo_on(w, 1), *until = demo_on(w, 5);
    const struct deed all[] = {
        SURVEY("library-1", "暗号ライブラリのぜい弱性", "A flaw in a cryptographic library (synthetic)", due),
        REPLY("kanoe", "library-1", "kanoe-b1-lan", "yes"), REST("kanoe", "library-1"), DONE("kanoe", "library-1"),
        REPLY("ushi", "library-1", "ushi-b2-lan", "no"), REST("ushi", "library-1"), DONE("ushi", "library-1"),
        REST("otsu", "library-1"), DONE("otsu", "library-1"),
        REST("hei", "library-1"), DONE("hei", "library-1"),
        {"centre-officer", "demo", {"inspect", "survey-close", {{"survey", "library-1"}, {"publish", "1"}}}},
        SURVEY("runtime-2", "実行環境のぜい弱性", "A flaw in a runtime (synthetic)", due),
        REPLY("kanoto", "runtime-2", "kanoto-b1-lan", "no"), REST("kanoto", "runtime-2"), DONE("kanoto", "runtime-2"),
        REPLY("saru", "runtime-2", "saru-b1-lan", "yes"), REST("saru", "runtime-2"), DONE("saru", "runtime-2"),
        REPLY("mizunoe", "runtime-2", "mizunoe-b3-lan", "no"),
        REST("bo", "runtime-2"), DONE("bo", "runtime-2"),
    };
    return demo_deeds(w, all, COUNT(all));
}

static enum err unnamed(struct work *w)
{
    const struct deed all[] = {
        {"inspection-officer", "ushi", {"inspect", "unnamed",
            {ROUND_OF("ushi"), {"systems", "12"}, {"checked", "11"}, {"on", demo_on(w, -3)}, {"by", "情報保全室" INVENTED}}}},
        {"inspection-officer", "kanoe", {"inspect", "unnamed",
            {ROUND_OF("kanoe"), {"systems", "4"}, {"checked", "4"}, {"on", demo_on(w, -5)}, {"by", "情報保全室" INVENTED}}}},
    };
    return demo_deeds(w, all, COUNT(all));
}

/* ---- cases ---- */
#define KIND(kind_) {"case", "define", {{"kind", kind_}}}
static const struct demo_step kinds[] = {KIND("exception"), KIND("finding"), KIND("permit"), KIND("practice")};

#define STEP(duty_, org_, number_, step_, ...)                                                                         \
    {duty_, org_, {"case", "step", {{"case", number_}, {"step", step_}, __VA_ARGS__}}}
#define SAID(words_) {"text", words_ INVENTED}

const char *demo_numbered(struct work *w, const char *kind, int n)
{
    return str_fmt(w->a, "%s-%d-%d", kind, fiscal_year(today(w)), n).p;
}

#define EXCEPTION(org_, title_, clause_, reason_, measure_)                                                            \
    {"section-manager", org_, {"case", "open",                                                                         \
        {{"kind", "exception"}, {"org", org_}, {"title", title_ INVENTED}, {"round", SHOWN_ROUND},                     \
         {"clause", clause_}, {"field.reason", reason_ INVENTED}, {"field.measure", measure_ INVENTED},                \
         {"field.from", from}, {"field.until", until}}}}

/* The first is granted by the ministry's chief and counts at once; the second waits for its chief officer. */
static enum err exceptions(struct work *w, const struct demo_left *left)
{
    const char *from = str_c(w->a, date_text(w->a, left->base - 30)), *until = demo_on(w, 120);
    const struct deed all[] = {
        EXCEPTION("hei-b2-s1", "旧端末の施錠保管", "3.2.4(1)(b)", "更新前の端末では設定できないため",
                  "執務室を施錠し、持出しを禁じる"),
        STEP("head-chief", "hei", demo_numbered(w, "exception", 1), "grant", SAID("端末の更新までとする")),
        EXCEPTION("hei-b1-s1", "外部会議での資料の投影", "3.2.5(1)(b)", "相手方の機器しか使えないため",
                  "職員が立ち会い、終了後に消去を確かめる"),
    };
    return demo_deeds(w, all, COUNT(all));
}

#define FINDING(duty_, by_, org_, title_, clause_, origin_, what_)                                                     \
    {duty_, by_, {"case", "open",                                                                                      \
        {{"kind", "finding"}, {"org", org_}, {"title", title_ INVENTED}, {"round", SHOWN_ROUND},                       \
         {"clause", clause_}, {"field.origin", origin_}, {"field.what", what_ INVENTED}}}}

static enum err findings(struct work *w)
{
    const char *past = demo_on(w, -1), *later = demo_on(w, 45);
    const struct deed all[] = {
        FINDING("centre-officer", "demo", "saru", "教育の受講が低い", "2.2.1(1)(c)", "weak", "全府省庁の平均を下回る"),
        FINDING("centre-officer", "demo", "kanoe", "特定の局だけ実施率が低い", "3.2.4(1)(b)", "outlier", "1局だけ20ポイント低い"),
        STEP("inspection-officer", "kanoe", demo_numbered(w, "finding", 2), "accept",
             {"field.action", "局の課長会議で手順を示す" INVENTED}, {"field.agreed", later}),
        FINDING("auditor", "demo", "ushi", "権限の棚卸しの記録がない", "5.2.1(1)(c)", "audit", "抽出した5件に記録がない"),
        STEP("inspection-officer", "ushi", demo_numbered(w, "finding", 3), "accept",
             {"field.action", "台帳に棚卸し欄を加える" INVENTED}, {"field.agreed", past}),
        FINDING("auditor", "demo", "mizunoto", "媒体の廃棄の記録が古い", "3.2.6(1)(a)", "audit", "記録の様式が前年度のもの"),
        STEP("inspection-officer", "mizunoto", demo_numbered(w, "finding", 4), "dispute", SAID("様式の改正は次年度からである")),
        FINDING("inspection-officer", "hei", "hei-b1-s1", "届出のない私物端末", "6.2.2(1)(a)", "other", "巡回で1台を確認した"),
        STEP("section-manager", SHOWN_SECTION, demo_numbered(w, "finding", 5), "accept",
             {"field.action", "課内に周知し、届出を求める" INVENTED}, {"field.agreed", demo_on(w, 10)}),
        STEP("section-manager", SHOWN_SECTION, demo_numbered(w, "finding", 5), "report",
             {"field.done_on", demo_on(w, 0)}, {"field.evidence", "課内通知 第3号" INVENTED}),
    };
    return demo_deeds(w, all, COUNT(all));
}

#define PERMIT(title_, class_, what_, where_, from_, until_)                                                           \
    {"case", "open",                                                                                                   \
     {{"kind", "permit"}, {"org", SHOWN_SECTION}, {"title", title_ INVENTED}, {"field.class", class_},                 \
      {"field.what", what_ INVENTED}, {"field.where", where_ INVENTED}, {"field.why", "出張先での説明" INVENTED},      \
      {"field.protect", "暗号化して携行する" INVENTED}, {"field.from", from_}, {"field.until", until_}}}

/* One waits for the section manager, one is out, one should have been back. */
static enum err permits(struct work *w, str beginner)
{
    const struct demo_step all[] = {
        PERMIT("出張用パソコン", "pc", "支給パソコン1台", "地方支分部局", demo_on(w, 2), demo_on(w, 6)),
        PERMIT("説明資料", "c2", "説明資料1部", "関係団体", demo_on(w, -1), demo_on(w, 4)),
        PERMIT("会議資料の媒体", "c2", "媒体1枚", "会議場", demo_on(w, -9), demo_on(w, -2)),
    };
    enum err e = OK;
    for (size_t i = 0; e == OK && i < COUNT(all); i++) e = as_staff(w, beginner, (int64_t)i + 2, &all[i]);
    return e;
}

/* ---- good practices: as many nominated and chosen as in FY2006, 44 and 5 ---- */
enum { NOMINATED = 44, CHOSEN = 5 };
static const char *const nominating[] = {"otsu", "hei", "bo",   "kanoe", "kanoto", "mizunoe", "mizunoto", "ne",
                                         "ushi", "tora", "u",   "tatsu", "mi",     "hitsuji", "saru"};
static const struct {
    const char *what, *before, *after;
} ideas[] = {
    {"課室ごとの5分研修", "年1回の集合研修だけだった", "週に1問を課内で話し合うようにした"},
    {"持出し台帳の一元化", "課室ごとに様式が違った", "一つの様式にまとめ、返却日を知らせるようにした"},
    {"着任者への早期教育", "着任から教育まで4か月かかった", "着任の週に受けられるようにした"},
    {"誤送信の防止", "宛先の確認は各自に任せていた", "外部宛てを一度保留し、確かめてから送るようにした"},
    {"権限の棚卸し", "年度末にまとめて行っていた", "人事異動の都度、台帳と突き合わせるようにした"},
    {"修正プログラムの適用状況の見える化", "適用の状況は管理者しか知らなかった", "局ごとの適用率を毎週知らせるようにした"},
    {"媒体の廃棄の立会い", "廃棄は業者に任せていた", "職員が立ち会い、番号を記録するようにした"},
    {"連絡窓口の訓練", "連絡先を知らない職員がいた", "年2回、連絡の訓練を行うようにした"},
    {"机上の整理の点検", "離席時の確認がなかった", "当番が退庁時に見回るようにした"},
};

static enum err nominate(struct work *w, size_t i)
{
    const char *org = nominating[i % COUNT(nominating)];
    size_t k = i % COUNT(ideas);
    const char *title = str_fmt(w->a, "%s（その%d）" INVENTED, ideas[k].what, (int)(i / COUNT(ideas)) + 1).p;
    const struct deed d = {"inspection-officer", org, {"case", "open",
        {{"kind", "practice"}, {"org", org}, {"title", title},
         {"field.before", str_fmt(w->a, "%s。" INVENTED, ideas[k].before).p},
         {"field.after", str_fmt(w->a, "%s。" INVENTED, ideas[k].after).p},
         {"field.effect", str_fmt(w->a, "関係する遵守事項の実施率が%dポイント上がった。" INVENTED, 2 + (int)(i * 7 % 11)).p}}}};
    return deed(w, &d);
}

/* A step of the centre's for the practices numbered from one to the other. */
static enum err centre_takes(struct work *w, const char *step, int from, int to, const char *key, const char *value)
{
    struct demo_person who;
    struct given given[NOMINATED + 2];
    size_t n = 0;
    for (int i = from; i <= to; i++)
        given[n++] = (struct given){.name = S("case"), .text = str_of(demo_numbered(w, "practice", i))};
    given[n++] = (struct given){.name = S("step"), .text = str_of(step)};
    if (key != NULL) given[n++] = (struct given){.name = str_of(key), .text = str_of(value)};
    enum err e = office(w, "centre-officer", "demo", &who);
    return e == OK ? act_as(w, who.code, who.post, "case", "step", given, n) : e;
}

static enum err practices(struct work *w)
{
    enum err e = OK;
    for (size_t i = 0; e == OK && i < NOMINATED; i++) e = nominate(w, i);
    if (e == OK) e = centre_takes(w, "screen", 1, NOMINATED, NULL, NULL);
    if (e == OK) e = centre_takes(w, "choose", 1, CHOSEN, "text", "他府省庁でもすぐに始められるため" INVENTED);
    if (e == OK) e = centre_takes(w, "leave", CHOSEN + 1, NOMINATED, "text", "趣旨の近い取組みを選定したため" INVENTED);
    for (int i = 1; e == OK && i < CHOSEN; i++) /* the last waits for its summary */
        e = centre_takes(w, "share", i, i, "field.public",
                         str_fmt(w->a, "%s：%s。" INVENTED, ideas[i - 1].what, ideas[i - 1].after).p);
#define ADOPTS(org_, n_)                                                                                               \
    {"inspection-officer", org_, {"case", "adopt", {{"case", demo_numbered(w, "practice", n_)}, {"org", org_}}}}
    const struct deed adopted[] = {ADOPTS("saru", 1), ADOPTS("ne", 1), ADOPTS("mizunoe", 3)};
    return e == OK ? demo_deeds(w, adopted, COUNT(adopted)) : e;
}

enum err demo_practise(struct work *w, const struct demo_left *left)
{
    work_progress(w, M("the inspection as it is practised"), 0, 0);
    enum err e = OK;
    for (size_t i = 0; e == OK && i < COUNT(kinds); i++) e = demo_step(w, &kinds[i]);
    if (e == OK) e = exceptions(w, left);
    if (e == OK) e = findings(w);
    if (e == OK) e = permits(w, left->beginner);
    if (e == OK) e = practices(w);
    if (e == OK) e = give_back(w, left);
    if (e == OK) e = extend(w);
    if (e == OK) e = enter_both(w, left);
    if (e == OK) e = surveys(w);
    if (e == OK) e = unnamed(w);
    return e == OK ? demo_deeds(w, way, COUNT(way)) : e;
}
