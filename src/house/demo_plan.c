/* The other half of the demonstration's cycle: the plans of 2006–2009 with the published progress of the half-year 2007,
 * their figures, the council and its calendar, as facts; and of the synthetic government an annual plan under way, a
 * ministry's own, a recommendation, the next year's draft and two security reports. */
#include "house/demo.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))
#define SHOWN_PLAN "demo-2026"

/* ---- facts ---- */
#define REGISTRY(what_) {"registry", "import", {{"what", what_}, {"file", "@data/registry/" what_ ".csv"}}}
#define SERIES(file_) {"series", "import", {{"file", "@data/series/" file_ ".csv"}}}
#define ITEMS(plan_, file_) {"plan", "import", {{"plan", plan_}, {"file", "@data/" file_ ".csv"}}}
#define DECIDED(plan_, date_, meeting_) \
    {"plan", "decide", {{"plan", plan_}, {"date", date_}, {"meeting", meeting_}, {"public", "1"}, {"why", "公表された計画の登録"}}}

static const struct demo_step facts[] = {
    REGISTRY("councils"), REGISTRY("meetings"), REGISTRY("meeting-documents"), REGISTRY("decisions"), REGISTRY("calendar"),
    SERIES("indicators"), SERIES("infrastructure"), SERIES("disclosure"),
    {"plan", "import", {{"what", "groups"}}},
    {"plan", "new",
     {{"plan", "basic-1"}, {"kind", "basic"}, {"org", "gov"}, {"since", "2006-04-01"}, {"until", "2009-03-31"},
      {"title_ja", "第1次情報セキュリティ基本計画"}, {"title_en", "First Basic Plan on Information Security"}}},
    ITEMS("basic-1", "plan/basic-1"),
    DECIDED("basic-1", "2006-02-02", "seisaku-4"),
    {"plan", "new",
     {{"plan", "basic-2"}, {"kind", "basic"}, {"org", "gov"}, {"since", "2009-04-01"}, {"until", "2012-03-31"},
      {"title_ja", "第2次情報セキュリティ基本計画"}, {"title_en", "Second Basic Plan on Information Security"}}},
    ITEMS("basic-2", "plan/basic-2"),
    DECIDED("basic-2", "2009-02-03", "seisaku-2009-02-03"),
    {"plan", "new",
     {{"plan", "sj2007"}, {"kind", "annual"}, {"org", "gov"}, {"basic", "basic-1"}, {"since", "2007-04-01"},
      {"until", "2008-03-31"}, {"title_ja", "セキュア・ジャパン2007"}, {"title_en", "Secure Japan 2007"},
      {"source_ja", "セキュア・ジャパン2007、2007年6月14日 情報セキュリティ政策会議決定"},
      {"source_en", "Secure Japan 2007, decided by the Information Security Policy Council, 2007-06-14"}}},
    ITEMS("sj2007", "plan/sj2007"),
    DECIDED("sj2007", "2007-06-14", "seisaku-12"),
    {"plan", "import", {{"what", "progress"}, {"plan", "sj2007"}, {"report", "half"}, {"file", "@data/plan/sj2007-half.csv"}}},
};

static enum err steps(struct work *w, const struct demo_step *s, size_t n)
{
    enum err e = OK;
    for (size_t i = 0; e == OK && i < n; i++) e = demo_step(w, &s[i]);
    return e;
}

enum err demo_plan_facts(struct work *w) { return steps(w, facts, COUNT(facts)); }

/* ---- the plans of the synthetic government ---- */
#define KIND(kind_) {"case", "define", {{"kind", kind_}}}
#define TEMPLATE(template_) {"report", "define", {{"template", template_}}}
static const struct demo_step kinds[] = {
    KIND("recommendation"), TEMPLATE("half-year"), TEMPLATE("yearly-evaluation"), TEMPLATE("security-report"),
    TEMPLATE("inspection-results"),
};

#define BEGUN(duty_, org_, plan_, year_, next_, ja_, en_)                                                              \
    {duty_, org_, {"plan", "new",                                                                                      \
        {{"plan", plan_}, {"kind", "annual"}, {"org", org_}, {"since", year_ "-04-01"}, {"until", next_ "-03-31"},     \
         {"title_ja", ja_ INVENTED}, {"title_en", en_ " (synthetic)"}}}}
#define BY_CENTRE(...) {"centre-officer", "demo", {"plan", __VA_ARGS__}}
#define OF_HEI(...) {"inspection-officer", "hei", {"plan", __VA_ARGS__}}

/* It takes over the areas and pictures of the second basic plan; two of them are judged. */
#define SHOWN_BASIC "demo-basic"
static enum err basic_plan(struct work *w)
{
    static const struct deed all[] = {
        BY_CENTRE("new",
            {{"plan", SHOWN_BASIC}, {"kind", "basic"}, {"org", "demo"}, {"since", "2026-04-01"}, {"until", "2029-03-31"},
             {"title_ja", "情報セキュリティ基本計画" INVENTED}, {"title_en", "Basic plan (synthetic)"}}),
        BY_CENTRE("import", {{"plan", SHOWN_BASIC}, {"file", "@data/plan/basic-2.csv"}}),
        BY_CENTRE("decide", {{"plan", SHOWN_BASIC}, {"public", "1"}, {"why", "意見募集を省く" INVENTED}}),
        BY_CENTRE("judge",
            {{"plan", SHOWN_BASIC}, {"no", "government-1"}, {"state", "partly"}, {"evidence", "round:demo-2025"},
             {"text", "把握率は全ての機関で9割を超えたが、実施率に差がある。" INVENTED}}),
        BY_CENTRE("judge",
            {{"plan", SHOWN_BASIC}, {"no", "infrastructure-1"}, {"state", "not"}, {"evidence", "series:infra-reports"},
             {"text", "情報連絡の件数は減っていない。" INVENTED}}),
    };
    return demo_deeds(w, all, COUNT(all));
}

static enum err plans(struct work *w)
{
    const struct deed all[] = {
        BEGUN("centre-officer", "demo", SHOWN_PLAN, "2026", "2027", "情報セキュリティ年次計画2026", "Annual plan 2026"),
        BY_CENTRE("change", {{"plan", SHOWN_PLAN}, {"basic", SHOWN_BASIC}}),
        BY_CENTRE("import", {{"plan", SHOWN_PLAN}, {"file", "@data/demo/plan-2026.csv"}}),
        BY_CENTRE("circulate", {{"plan", SHOWN_PLAN}, {"due", demo_on(w, 1)}}),
        {"inspection-officer", "kanoe", {"plan", "remark",
            {{"plan", SHOWN_PLAN}, {"no", "6"}, {"text", "入替えの時期は、予算の都合により年度末としたい。" INVENTED}}}},
        BY_CENTRE("answer", {{"plan", SHOWN_PLAN}, {"comment", "r1"}, {"text", "年度内であれば差し支えない。" INVENTED}}),
        BY_CENTRE("decide", {{"plan", SHOWN_PLAN}, {"public", "1"}, {"why", "意見募集を省く" INVENTED}}),
        BEGUN("inspection-officer", "hei", "hei-2026", "2026", "2027", "丙省対策推進計画", "Plan of the Ministry of Hei"),
        OF_HEI("import", {{"plan", "hei-2026"}, {"file", "@data/demo/plan-hei-2026.csv"}}),
        OF_HEI("decide", {{"plan", "hei-2026"}, {"why", "省内の計画" INVENTED}}),
        BEGUN("centre-officer", "demo", "demo-2027", "2027", "2028", "情報セキュリティ年次計画2027", "Annual plan 2027"),
    };
    return demo_deeds(w, all, COUNT(all));
}

/* ---- progress ---- */
#define SAYS(duty_, org_, no_, status_, text_)                                                                         \
    {duty_, org_, {"plan", "update",                                                                                   \
        {{"plan", SHOWN_PLAN}, {"no", no_}, {"owner", org_}, {"status", status_}, {"text", text_ INVENTED}}}}
#define TOLD(org_, no_, status_, text_) SAYS("inspection-officer", org_, no_, status_, text_)

static enum err progress(struct work *w)
{
    const struct deed all[] = {
        BY_CENTRE("report", {{"plan", SHOWN_PLAN}, {"report", "half"}, {"due", demo_on(w, 0)}}),
        SAYS("centre-officer", "demo", "1", "2", "改定の素案を各機関に示し、意見を整理している。"),
        SAYS("centre-officer", "demo", "2", "2", "自己点検を実施している。"),
        TOLD("mizunoe", "3", "1", "全ての課室で電子による点検に改めた。"),
        TOLD("otsu", "3", "2", "出先機関を残して移行した。"),
        TOLD("hei", "3", "4", "閉域網の部署の扱いが決まっていない。"),
        TOLD("hei", "4", "2", "受講率は9月末で74％。"),
        TOLD("otsu", "6", "3", "調達の仕様を固め、10月に公告する。"),
        TOLD("kanoe", "6", "2", "対象の6割を入れ替えた。"),
        SAYS("centre-officer", "demo", "7", "3", "手順書の改定に着手する。"),
        TOLD("mizunoe", "8", "4", "委託先の機器の更新時期が定まらない。"),
        SAYS("centre-officer", "demo", "9", "2", "上半期の状況を取りまとめている。"),
        BY_CENTRE("freeze", {{"plan", SHOWN_PLAN}, {"report", "half"}}),
        BY_CENTRE("report", {{"plan", SHOWN_PLAN}, {"report", "year"}, {"due", demo_on(w, 8)}}),
        TOLD("otsu", "6", "2", "公告し、業者を選定した。"),
        TOLD("mizunoe", "8", "3", "委託先と更新の時期を合意した。"),
        SAYS("centre-officer", "demo", "10", "1", "情勢を確かめ、変更は要しないと判断した。"),
        BY_CENTRE("watch", {{"plan", SHOWN_PLAN}, {"text", "利用の多い機器に重大な脆弱性が公表された。" INVENTED}}),
        BY_CENTRE("keep", {{"plan", SHOWN_PLAN}, {"why", "施策7の範囲で対応できるため、計画は変えない。" INVENTED}}),
    };
    return demo_deeds(w, all, COUNT(all));
}

/* ---- a recommendation, from a finding to the next plan's candidates ---- */
static enum err recommendations(struct work *w)
{
    const char *finding = str_fmt(w->a, "case:%s", demo_numbered(w, "finding", 2)).p;
    const struct deed all[] = {
        {"centre-officer", "demo", {"case", "open",
            {{"kind", "recommendation"}, {"org", "kanoe"}, {"title", "局ごとの差をなくす点検の手順" INVENTED},
             {"round", SHOWN_ROUND}, {"clause", "3.2.4(1)(b)"}, {"source", finding},
             {"field.what", "全ての局で同じ手順を用い、次の点検で差を10ポイント以内とすること。" INVENTED},
             {"field.why", "1局だけ実施率が20ポイント低く、指摘への対応が課長会議への提示にとどまるため。" INVENTED},
             {"field.due", demo_on(w, 120)}}}},
    };
    return demo_deeds(w, all, COUNT(all));
}

/* ---- security reports of two ministries: one out, one that waits for its adviser ---- */
#define REPORT_OF(org_) "security-report-" org_ "-2026"
#define OFFICER(org_, ...) {"inspection-officer", org_, {"report", __VA_ARGS__}}
#define DRAFT(org_) OFFICER(org_, "draft", {{"template", "security-report"}, {"org", org_}, {"year", "2026"},           \
                                            {"round", "demo-2025"}, {"plan", SHOWN_PLAN}, {"code", REPORT_OF(org_)}})
#define PART(org_, part_, text_) \
    OFFICER(org_, "write", {{"report", REPORT_OF(org_)}, {"part", part_}, {"text_ja", text_ INVENTED}, {"text_en", "Synthetic text."}})

static enum err reports(struct work *w)
{
    static const struct deed all[] = {
        DRAFT("otsu"),
        PART("otsu", "basics", "乙庁の全ての部局と、その情報システムを対象とする。"),
        PART("otsu", "thinking", "預かった情報を守ることを、業務の前提と考える。"),
        PART("otsu", "governance", "最高情報セキュリティ責任者の下に委員会を置き、監査を独立させている。"),
        PART("otsu", "goals", "全ての遵守事項で実施率95％以上とする。"),
        PART("otsu", "evaluation", "多くの事項で目標に達したが、教育の受講に部局の差がある。"),
        PART("otsu", "education-text", "全職員に年1回の教育と、抜き打ちの訓練を2回行った。"),
        PART("otsu", "audit", "2局を監査し、記録の不備を改めた。"),
        PART("otsu", "next", "部局の差を縮める施策を次の計画に入れる。"),
        {"ciso-adviser", "otsu", {"report", "write",
            {{"report", REPORT_OF("otsu")}, {"part", "adviser"}, {"text_ja", "数値の根拠が示されており、評価は妥当である。" INVENTED},
             {"text_en", "Synthetic text."}}}},
        OFFICER("otsu", "assemble", {{"report", REPORT_OF("otsu")}}),
        OFFICER("otsu", "review", {{"report", REPORT_OF("otsu")}}),
        {"ciso", "otsu", {"report", "approve", {{"report", REPORT_OF("otsu")}}}},
        {"ciso", "otsu", {"report", "publish", {{"report", REPORT_OF("otsu")}}}},
        DRAFT("hei"),
        PART("hei", "basics", "丙省の本省と地方の機関を対象とする。"),
        PART("hei", "goals", "把握率100％、全ての遵守事項で実施率90％以上とする。"),
    };
    return demo_deeds(w, all, COUNT(all));
}

enum err demo_plan(struct work *w)
{
    enum err e = steps(w, kinds, COUNT(kinds));
    if (e == OK) e = basic_plan(w);
    if (e == OK) e = plans(w);
    if (e == OK) e = progress(w);
    if (e == OK) e = recommendations(w);
    return e == OK ? reports(w) : e;
}
