/* A spread over ten sectors, made up: curves, the map, the chain as a tree, the table of who reaches whom. */
#ifndef MEGURI_TEST_PAGE_CASCADE_H
#define MEGURI_TEST_PAGE_CASCADE_H

#include "kit.h"

#include "face/face.h"

static const struct {
    const char *code, *ja, *en;
} groups[] = {
    {"ci-telecom", "情報通信", "Information and communications"},
    {"ci-finance", "金融", "Finance"},
    {"ci-aviation", "航空", "Aviation"},
    {"ci-railway", "鉄道", "Railways"},
    {"ci-power", "電力", "Electric power"},
    {"ci-gas", "ガス", "Gas"},
    {"ci-admin", "政府・行政サービス", "Government and administrative services"},
    {"ci-medical", "医療", "Medical care"},
    {"ci-water", "水道", "Water supply"},
    {"ci-logistics", "物流", "Logistics"},
};
enum { GROUPS = sizeof groups / sizeof *groups };

static const struct failed {
    const char *code, *ja, *en;
    int group;
    int64_t from, until; /* until -1: not back */
    int32_t least;       /* tenths */
    const char *because, *how;
} all_failed[] = {
    {"tel-mobile", "携帯電話", "Mobile telephone", 0, 0, 1560, 350, "tel-net", "cyber"},
    {"tel-net", "インターネット接続・基幹網", "Internet access and backbone", 0, 0, 1607, 0, "", "struck"},
    {"fin-bank", "預金・為替", "Deposits and transfers", 1, 0, 1654, 0, "tel-net", "cyber"},
    {"fin-atm", "現金自動預払機", "Cash dispensers", 1, 0, 1701, 0, "tel-net", "cyber"},
    {"fin-securities", "証券取引", "Securities trading", 1, 0, 1748, 350, "tel-net", "cyber"},
    {"air-reserve", "予約・搭乗手続", "Reservation and check-in", 2, 0, 1795, 0, "tel-net", "cyber"},
    {"rail-power", "運転用電力", "Traction power", 3, 0, 1842, 0, "power-supply", "physical"},
    {"rail-trains", "列車の運行", "Train services", 3, 0, 1889, 0, "rail-power", "physical"},
    {"rail-ticket", "改札・乗車券の発売", "Ticket gates and sales", 3, 0, 1936, 350, "rail-trains", "logical"},
    {"power-thermal", "火力発電", "Thermal generation", 4, 0, 1983, 0, "", "struck"},
    {"power-hydro", "水力発電（自力起動）", "Hydroelectric generation (black start)", 4, 0, 2030, 0, "power-supply", "physical"},
    {"power-supply", "送配電", "Transmission and distribution", 4, 0, 2077, 0, "", "struck"},
    {"gov-resident", "住民記録・証明", "Resident records and certificates", 6, 0, -1, 350, "tel-net", "cyber"},
    {"gov-procedure", "電子申請・届出", "Online procedures", 6, 0, 2171, 0, "tel-net", "cyber"},
    {"log-hub", "集配拠点・倉庫", "Hubs and warehouses", 9, 30, 2218, 0, "power-supply", "physical"},
    {"air-flight", "航空機の運航", "Flight operations", 2, 60, 2265, 0, "tel-net", "cyber"},
    {"air-airport", "空港の運用", "Airport operations", 2, 60, 2312, 350, "rail-trains", "logical"},
    {"power-service", "申込み・料金の受付", "Customer service and billing", 4, 60, 2359, 0, "power-supply", "physical"},
    {"med-outpatient", "外来診療・診療記録", "Outpatient care and medical records", 7, 60, 2406, 0, "tel-net", "cyber"},
    {"water-service", "使用開始・料金の受付", "Customer service and billing", 8, 60, 2453, 0, "power-supply", "physical"},
    {"log-dispatch", "配車・貨物の追跡", "Dispatching and tracking of freight", 9, 60, 2500, 350, "tel-mobile", "cyber"},
    {"water-supply", "配水", "Distribution of water", 8, 120, 2547, 0, "power-supply", "physical"},
    {"rail-control", "列車の運行管理", "Train traffic control", 3, 180, 2594, 0, "power-supply", "physical"},
    {"gov-benefit", "税・給付", "Taxes and benefits", 6, 240, 2641, 0, "tel-net", "cyber"},
    {"log-truck", "貨物輸送", "Road haulage", 9, 300, 2688, 350, "log-dispatch", "cyber"},
    {"gas-monitor", "供給の監視・制御", "Supervision of supply", 5, 480, -1, 0, "power-supply", "physical"},
    {"med-supply", "医薬品・血液の供給", "Supply of medicines and blood", 7, 480, 2782, 0, "tel-net", "cyber"},
    {"water-monitor", "水質・施設の監視", "Monitoring of quality and plants", 8, 480, 2829, 0, "power-supply", "physical"},
    {"tel-fixed", "固定電話", "Fixed-line telephone", 0, 540, 2876, 350, "power-supply", "physical"},
    {"log-fuel", "燃料の配送", "Delivery of fuel", 9, 540, 2923, 0, "log-dispatch", "cyber"},
    {"med-emergency", "救急医療", "Emergency care", 7, 600, 2970, 0, "water-supply", "physical"},
    {"med-inpatient", "入院診療", "Inpatient care", 7, 600, 3017, 0, "water-supply", "physical"},
    {"water-treat", "取水・浄水", "Intake and treatment", 8, 600, 3064, 350, "power-supply", "geographic"},
    {"fin-settle", "資金決済", "Settlement of funds", 1, 720, 3111, 0, "rail-trains", "logical"},
    {"gas-production", "ガスの製造", "Gas production", 5, 720, 3158, 0, "power-supply", "physical"},
    {"gas-safety", "保安・緊急通報の受付", "Safety and emergency reports", 5, 720, 3205, 0, "power-supply", "physical"},
    {"tel-dc-east", "データセンター（東）", "Data centre (east)", 0, 840, 3252, 350, "water-supply", "physical"},
    {"med-generator", "病院の自家発電", "Generators of hospitals", 7, 840, 3299, 0, "water-supply", "physical"},
    {"gas-pipeline", "ガスの供給（導管）", "Gas supply (pipelines)", 5, 960, -1, 0, "gas-monitor", "cyber"},
    {"power-control", "給電指令・系統制御", "Dispatching and grid control", 4, 1080, 1593, 0, "rail-trains", "logical"},
    {"tel-dc-west", "データセンター（西）", "Data centre (west)", 0, 1560, 1700, 350, "power-supply", "physical"},
    {"air-control", "航空管制", "Air traffic control", 2, 2880, 3067, 0, "power-supply", "physical"},
    {"gov-emergency", "消防指令・防災情報", "Emergency dispatch and disaster information", 6, 2880, 3114, 0, "power-supply", "physical"},
};
enum { FAILED = sizeof all_failed / sizeof *all_failed };

static struct cell group_cell(int g)
{
    return enum_named_cell(str_of(groups[g].code), str_of(groups[g].ja), str_of(groups[g].en));
}

static struct cell level_cell(int64_t tenths) { return C_RATE(rate_of_tenths((int32_t)tenths)); }
static struct cell service_cell(const struct failed *f) { return enum_named_cell(str_of(f->code), str_of(f->ja), str_of(f->en)); }

static struct cell how_cell(const char *how)
{
    static const struct {
        const char *code, *ja, *en;
    } words[] = {{"struck", "直接の被害", "struck directly"}, {"physical", "物理的な依存", "physical"}, {"cyber", "情報による依存", "cyber"},
                 {"geographic", "同じ場所", "geographic"}, {"logical", "制度・人による依存", "logical"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].code, how) == 0) return enum_named_cell(str_of(how), str_of(words[i].ja), str_of(words[i].en));
    return C_ENUM(str_of(how));
}

/* Labels in the reader's language, which do not change with a translation. */
static struct column *labelled(struct doc *d, const struct column *from, size_t n)
{
    static const struct {
        str en, ja;
    } words[] = {
        {S_INIT("Sector"), S_INIT("分野")},
        {S_INIT("Time"), S_INIT("時点")},
        {S_INIT("Service level"), S_INIT("サービスレベル")},
        {S_INIT("Without the change"), S_INIT("変更前")},
        {S_INIT("10th of 100"), S_INIT("下位10%")},
        {S_INIT("90th of 100"), S_INIT("上位10%")},
        {S_INIT("Verification level"), S_INIT("検証レベル")},
        {S_INIT("Service"), S_INIT("重要サービス")},
        {S_INIT("Down after"), S_INIT("影響")},
        {S_INIT("Back after"), S_INIT("回復")},
        {S_INIT("Lowest level"), S_INIT("最低レベル")},
        {S_INIT("Because of"), S_INIT("原因")},
        {S_INIT("How"), S_INIT("つながり")},
        {S_INIT("After"), S_INIT("時点")},
        {S_INIT("Fails"), S_INIT("停止する分野")},
        {S_INIT("In full after"), S_INIT("全復旧まで")},
    };
    struct column *to = arena_array(arena_beside(d->w), n, sizeof *to); /* outlives the marks of the rows */
    for (size_t i = 0; i < n; i++) {
        to[i] = from[i];
        for (size_t k = 0; d->lang == LANG_JA && k < sizeof words / sizeof *words; k++)
            if (str_eq(words[k].en, from[i].label)) to[i].label = words[k].ja;
    }
    return to;
}
#define LABELLED_TABLE(d, name, columns) doc_table(d, name, labelled(d, columns, sizeof(columns) / sizeof *(columns)), sizeof(columns) / sizeof *(columns))

/* ---- curves ---- */

static const struct column curve_columns[] = {
    {"sector", CELL_ENUM, S_INIT("Sector"), 0, "inspect rates", "org"}, {"at", CELL_MINUTES, S_INIT("Time")},
    {"level", CELL_RATE, S_INIT("Service level")}, {"before", CELL_RATE, S_INIT("Without the change")},
    {"low", CELL_RATE, S_INIT("10th of 100")}, {"high", CELL_RATE, S_INIT("90th of 100")},
    {"verification", CELL_RATE, S_INIT("Verification level")},
};
static const struct show curve_show = {.kind = SHOW_CURVES, .label = "sector", .detail = "at", .from = "low", .until = "high",
                                       .goal_of = "verification", .values = {"level", "before"}};

/* Falls after g hours in three steps, and comes back from the 26th hour on; the fourth never falls. */
static int64_t level_at(int g, int64_t hour)
{
    int64_t depth = g == 3 ? 0 : g == 4 ? 1000 : 300 + 70 * g, fall = hour < g ? 0 : hour < g + 4 ? depth / 3 : depth;
    if (hour >= 26 + g) fall = fall * (60 - hour < 0 ? 0 : 60 - hour) / 34;
    return 1000 - fall;
}

static void write_curves(struct doc *d, int hours)
{
    doc_show(d, &curve_show);
    LABELLED_TABLE(d, "curves", curve_columns);
    for (int g = 0; g < GROUPS; g++)
        for (int64_t h = 0; h <= hours; h++) {
            int64_t level = level_at(g, h), spare = (1000 - level) / 4, before = level_at(g, h + 3) * 9 / 10;
            DOC_ROW(d, group_cell(g), C_MINUTES(60 * h), level_cell(level), level_cell(before), level_cell(level - spare), level_cell(level + spare),
                    level_cell(g == 9 ? 1000 : 500 + 40 * g));
        }
    doc_table_end(d);
}

/* ---- the map ---- */

static const struct column spread_columns[] = {
    {"service", CELL_ENUM, S_INIT("Service")},      {"sector", CELL_ENUM, S_INIT("Sector")},
    {"from", CELL_MINUTES, S_INIT("Down after")},   {"until", CELL_MINUTES, S_INIT("Back after")},
    {"least", CELL_RATE, S_INIT("Lowest level")},   {"because", CELL_ENUM, S_INIT("Because of")},
    {"how", CELL_ENUM, S_INIT("How")},
};
static const struct show spread_show = {.kind = SHOW_SPREAD, .label = "service", .detail = "sector", .state = "how", .from = "from",
                                        .until = "until", .values = {"least", "because"}};

static const struct failed *failed_named(const char *code)
{
    for (size_t i = 0; i < FAILED; i++)
        if (strcmp(all_failed[i].code, code) == 0) return &all_failed[i];
    return NULL;
}

static void spread_row(struct doc *d, const struct failed *f)
{
    const struct failed *by = failed_named(f->because);
    DOC_ROW(d, service_cell(f), group_cell(f->group), C_MINUTES(f->from), f->until < 0 ? C_NONE : C_MINUTES(f->until), level_cell(f->least),
            by == NULL ? C_NONE : service_cell(by), how_cell(f->how));
}

static void write_spread(struct doc *d, size_t times)
{
    doc_show(d, &spread_show);
    LABELLED_TABLE(d, "spread", spread_columns);
    for (size_t k = 0; k < times; k++)
        for (size_t i = 0; i < FAILED; i++) spread_row(d, &all_failed[i]);
    doc_table_end(d);
}

/* ---- the chain ---- */

static void chain_from(struct doc *d, const struct failed *f, int depth)
{
    struct cell label = service_cell(f);
    label.depth = depth;
    DOC_ROW(d, label, C_MINUTES(f->from), how_cell(f->how), level_cell(f->least));
    for (size_t i = 0; i < FAILED; i++)
        if (strcmp(all_failed[i].because, f->code) == 0) chain_from(d, &all_failed[i], depth + 1);
}

static const struct column chain_columns[] = {
    {"service", CELL_ENUM, S_INIT("Service"), 0, "inspect rates", "org"}, {"at", CELL_MINUTES, S_INIT("After")},
    {"how", CELL_ENUM, S_INIT("How")}, {"least", CELL_RATE, S_INIT("Lowest level")},
};

static void write_chain(struct doc *d)
{
    doc_show(d, &(struct show){.kind = SHOW_TREE, .label = "service", .detail = "at", .values = {"how", "least"}});
    LABELLED_TABLE(d, "chain", chain_columns);
    for (size_t i = 0; i < FAILED; i++)
        if (*all_failed[i].because == '\0') chain_from(d, &all_failed[i], 0);
    doc_table_end(d);
}

/* Without anything behind the labels: branches in the table. */
static void write_chain_table(struct doc *d)
{
    doc_show(d, &(struct show){.kind = SHOW_TREE, .label = "service"});
    LABELLED_TABLE(d, "steps", chain_columns);
    for (size_t i = 0; i < FAILED; i++)
        if (*all_failed[i].because == '\0') chain_from(d, &all_failed[i], 1);
    doc_table_end(d);
}

/* ---- who reaches whom ---- */

static void write_reach(struct doc *d)
{
    static struct column columns[GROUPS + 2] = {{"sector", CELL_ENUM, S_INIT("Fails"), 0, "inspect rates", "org"}};
    struct cell row[GROUPS + 2];
    for (int g = 0; g < GROUPS; g++)
        columns[g + 1] = (struct column){groups[g].code, CELL_RATE, str_of(d->lang == LANG_JA ? groups[g].ja : groups[g].en), COL_HEAT};
    columns[GROUPS + 1] = (struct column){"full", CELL_MINUTES, S_INIT("In full after")};
    doc_show(d, &(struct show){.kind = SHOW_TABLE, .goal = 900});
    doc_table(d, "reach", labelled(d, columns, GROUPS + 2), GROUPS + 2);
    for (int i = 0; i < GROUPS; i++) {
        row[0] = group_cell(i);
        for (int g = 0; g < GROUPS; g++) row[g + 1] = i == g ? level_cell(0) : level_cell(1000 - (i * 7 + g * 13) % 10 * 97 - i);
        row[GROUPS + 1] = i == 4 ? C_NONE : C_MINUTES(1000 * i);
        doc_row(d, row);
    }
    doc_table_end(d);
}

#endif
