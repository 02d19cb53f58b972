/* What depend rank tells. */
#include "depend/rank.h"
#include "tally/rates.h"

/* ---- the ranking ---- */

static struct cell share_cell(int64_t billionths)
{
    struct rate share = rate_of_counts(billionths, RANK_WHOLE, NULL);
    share.n = share.d = 0; /* a mean of shares: the note says over what */
    return C_RATE(share);
}

static struct cell area_cell(int64_t level_minutes) { return C_MINUTES(level_minutes / LEVEL_FULL); }

static void row_told(const struct rank_view *v, int64_t place, const struct rank_row *r)
{
    bool timed = v->x.timed;
    int64_t others = (int64_t)v->x.net->n_services - 1;
    struct cell none = C_NONE, susceptible = C_RATE(rate_of_counts(timed ? r->hit_by : r->lost_to, others, NULL));
    DOC_ROW(v->out, C_INT(place), stored_service_cell(&v->st, r->service),
            model_sector_cell(v->st.model, v->x.net->service[r->service].sector), timed ? area_cell(r->area) : none,
            timed && v->money ? C_INT(r->money) : none, C_INT(r->below), timed ? model_time_cell(r->soonest) : none, timed ? C_INT(r->hits) : none,
            timed ? C_INT(r->hit_by) : none, susceptible, share_cell(r->weight), C_INT(r->lost), C_INT(r->lost_to), C_INT(r->direct),
            C_INT(r->transitive), C_INT(others));
}

static void for_good_row(const struct rank_view *v, int64_t place, const struct rank_row *r)
{
    DOC_ROW(v->out, C_INT(place), stored_service_cell(&v->st, r->service),
            model_sector_cell(v->st.model, v->x.net->service[r->service].sector), share_cell(r->weight), C_INT(r->lost), C_INT(r->lost_to),
            C_INT(r->direct), C_INT(r->transitive));
}

static void each_row(const struct rank_view *v, void (*tell)(const struct rank_view *, int64_t, const struct rank_row *))
{
    int64_t told = 0;
    for (uint32_t i = 0; i < v->x.net->n_services && told < v->first; i++) {
        if (!stored_named(&v->st, v->r.row[i].service)) continue;
        struct arena_mark mark = arena_mark(v->w->a);
        tell(v, (int64_t)i + 1, &v->r.row[i]);
        arena_back(v->w->a, mark);
        told++;
    }
    doc_table_end(v->out);
}

/* What is lost for good stands in a table of its own on a page that has the figures of runs: all at once would be too wide. */
static void for_good_told(const struct rank_view *v)
{
    static const struct column columns[] = {
        {"place", CELL_INT, N("Rank")},
        {"service", CELL_ENUM, N("Service"), 0, "depend run", "fail"},
        {"sector", CELL_ENUM, N("Sector")},
        {"weight", CELL_RATE, N("Weight lost (mean over sectors)")},
        {"lost", CELL_INT, N("Others lost with it")},
        {"lost_to", CELL_INT, N("Others it is lost with"), COL_DATA},
        {"direct", CELL_INT, N("Direct dependants"), COL_DATA},
        {"transitive", CELL_INT, N("Dependants in all")},
    };
    doc_heading(v->out, M("If it never comes back"));
    DOC_TABLE(v->out, "for_good", columns);
    each_row(v, for_good_row);
}

static void ranking_told(const struct rank_view *v)
{
    unsigned for_good = v->x.timed && v->out->paged ? COL_DATA : COL_DETAIL;
    const struct column columns[] = {
        {"place", CELL_INT, N("Rank")},
        {"service", CELL_ENUM, N("Service"), 0, "depend run", "fail"},
        {"sector", CELL_ENUM, N("Sector")},
        {"area", CELL_MINUTES, N("Area lost (sectors)")},
        {"money", CELL_INT, N("Money lost")},
        {"below", CELL_INT, N("Sectors below their verification level")},
        {"soonest", CELL_MINUTES, N("First other sector after")},
        {"hits", CELL_INT, N("Others it impairs")},
        {"hit_by", CELL_INT, N("Others that impair it")},
        {"susceptibility", CELL_RATE, N("Susceptibility"), v->out->paged ? COL_DATA : COL_DETAIL, NULL, NULL, NULL, "others"},
        {"weight", CELL_RATE, N("Weight lost (mean over sectors)"), for_good},
        {"lost", CELL_INT, N("Others lost with it"), for_good},
        {"lost_to", CELL_INT, N("Others it is lost with"), for_good},
        {"direct", CELL_INT, N("Direct dependants"), for_good},
        {"transitive", CELL_INT, N("Dependants in all"), for_good},
        {"others", CELL_INT, N("other services"), COL_DATA},
    };
    doc_heading(v->out, M("Ranking"));
    DOC_TABLE(v->out, "ranking", columns);
    each_row(v, row_told);
}

/* ---- single points of failure ---- */

static void sector_told(const struct rank_view *v, uint32_t s)
{
    const struct rank_sector *x = &v->r.sector[s];
    DOC_ROW(v->out, model_sector_cell(v->st.model, s), C_INT(x->services), model_share_cell(v->x.verify[s]),
            C_INT(x->n_points), C_INT(x->n_others));
}

static void point_told(const struct rank_view *v, uint32_t s, const struct rank_point *p)
{
    const struct model *m = v->st.model;
    DOC_ROW(v->out, model_sector_cell(m, s), stored_service_cell(&v->st, p->service), model_sector_cell(m, v->x.net->service[p->service].sector),
            model_share_cell(p->left), model_share_cell(v->x.verify[s]),
            v->x.timed ? model_time_cell(p->after) : C_NONE, C_BOOL(p->own));
}

static void points_by_sector(const struct rank_view *v)
{
    static const struct column columns[] = {
        {"sector", CELL_ENUM, N("Sector")},
        {"services", CELL_INT, N("Services")},
        {"verification", CELL_RATE, N("Verification level")},
        {"points", CELL_INT, N("Single points of failure")},
        {"points_others", CELL_INT, N("of which in other sectors")},
    };
    doc_heading(v->out, M("Single points of failure"));
    doc_text(v->out, M("Services whose loss alone takes a whole sector below its verification level. Where that level is 100 %, each of its own services is one."));
    DOC_TABLE(v->out, "points_by_sector", columns);
    for (uint32_t s = 0; s < v->x.net->n_sectors; s++) sector_told(v, s);
    doc_table_end(v->out);
}

static void points_told(const struct rank_view *v)
{
    static const struct column columns[] = {
        {"sector", CELL_ENUM, N("Sector that comes below")},
        {"service", CELL_ENUM, N("Service"), 0, "depend run", "fail"},
        {"of", CELL_ENUM, N("Its sector")},
        {"left", CELL_RATE, N("What is left of the sector"), COL_BAR},
        {"verification", CELL_RATE, N("Verification level"), COL_DATA},
        {"after", CELL_MINUTES, N("After so long")},
        {"own", CELL_BOOL, N("its own sector")},
    };
    bool more = false;
    DOC_TABLE(v->out, "points", columns);
    for (uint32_t s = 0; s < v->x.net->n_sectors; s++) {
        const struct rank_sector *x = &v->r.sector[s];
        for (uint32_t i = 0; i < x->n_points && i < RANK_POINTS; i++)
            if (stored_named(&v->st, x->point[i].service)) point_told(v, s, &x->point[i]);
        more = more || x->n_points > RANK_POINTS;
    }
    doc_table_end(v->out);
    if (more) doc_note(v->out, M("Of each sector the %1 deepest single points of failure are listed."), str_int(v->w->a, RANK_POINTS));
}

/* ---- two at a time ---- */

static struct cell measure_cell(const struct rank_view *v, int64_t x)
{
    if (v->x.by == RANK_AREA) return area_cell(x);
    return v->x.by == RANK_WEIGHT ? share_cell(x) : C_INT(x);
}

static int64_t pair_rows(const struct rank_view *v, const struct rank_pairs *p)
{
    int64_t hidden = 0;
    for (uint32_t i = 0; i < p->kept; i++) {
        const struct rank_pair *x = &p->pair[i];
        if (!stored_named(&v->st, x->a) || !stored_named(&v->st, x->b)) hidden++;
        else
            DOC_ROW(v->out, stored_service_cell(&v->st, x->a), stored_service_cell(&v->st, x->b), measure_cell(v, x->joint),
                    measure_cell(v, x->one), measure_cell(v, x->other), measure_cell(v, x->excess));
    }
    return hidden;
}

void rank_pairs_told(const struct rank_view *v, const struct rank_pairs *p)
{
    static const enum cell_type type_of[RANK_BYS] = {CELL_RATE, CELL_MINUTES, CELL_INT, CELL_INT};
    static const str unit[RANK_BYS] = {N("Weight lost (mean over sectors)"), N("Area lost (sectors)"), N("Money lost"), N("Services lost, themselves included")};
    enum cell_type type = type_of[v->x.by];
    const struct column columns[] = {
        {"a", CELL_ENUM, N("Service"), 0, "depend run", "fail"},
        {"b", CELL_ENUM, N("and"), 0, "depend run", "fail"},
        {"joint", type, N("Lost with both")},
        {"with_a", type, N("with the first alone")},
        {"with_b", type, N("with the second alone")},
        {"excess", type, N("only with both")},
    };
    struct arena *a = v->w->a;
    doc_heading(v->out, M("Two at a time"));
    doc_text(v->out, M("Pairs of which more is lost at once than with the one or the other, what both take counted once: they back one another up. %1."),
             tr(v->out->lang, unit[v->x.by]));
    doc_fact_of(v->out, "pairs", M("Pairs that back one another up"), C_INT(p->n), M("of %1 pairs tried"), str_int(a, p->tried));
    DOC_TABLE(v->out, "pairs", columns);
    int64_t hidden = pair_rows(v, p);
    doc_table_end(v->out);
    if (!p->all) doc_note(v->out, M("Pairs are tried among the first %1 of the ranking."), str_int(a, p->among));
    if (p->n > p->kept) doc_note(v->out, M("The %1 pairs with the largest difference are listed."), str_int(a, p->kept));
    if (hidden != 0) doc_note(v->out, M("%1 pairs with services of operators are not listed: you do not see them by name."), str_int(a, hidden));
}

/* ---- all of it ---- */

static void facts(const struct rank_view *v)
{
    struct arena *a = v->w->a;
    uint32_t n = v->x.net->n_services;
    int64_t points = 0, others = 0;
    for (uint32_t i = 0; i < n; i++) points += v->r.row[i].below > 0;
    for (uint32_t s = 0; s < v->x.net->n_sectors; s++) others += v->r.sector[s].n_others > 0;
    doc_fact(v->out, "services", M("Services"), C_INT(n));
    doc_fact_of(v->out, "points", M("Single points of failure"), C_INT(points), M("of %1 services"), str_int(a, n));
    doc_fact_of(v->out, "sectors_hit", M("Sectors that hang on one service elsewhere"), C_INT(others), M("of %1 sectors"),
                str_int(a, v->x.net->n_sectors));
    if (v->r.lost_anyway != 0)
        doc_fact(v->out, "lost_anyway", M("Services with a need that is never met"), C_INT(v->r.lost_anyway));
}

static void notes(const struct rank_view *v)
{
    struct arena *a = v->w->a;
    int64_t unnamed = 0;
    for (uint32_t i = 0; i < v->x.net->n_services; i++) unnamed += !stored_named(&v->st, i);
    if (v->x.timed)
        doc_note(v->out, v->x.repaired ? M("Area lost: hours of whole sectors lost, summed over the sectors, in runs of %1 hours in which it is repaired; demand is taken as the same all day.")
                                       : M("Area lost: hours of whole sectors lost, summed over the sectors, in runs of %1 hours without repair; demand is taken as the same all day."),
                 str_int(a, v->x.until / HOUR));
    else doc_note(v->out, M("Models of more than %1 services are not run service by service: losses are those for good."), str_int(a, RANK_TIMED_MAX));
    doc_note(v->out, M("Lost for good: it never comes back, buffers are empty, a need met in shares is lost as soon as less than enough is left, and one that only weakens takes nobody down."));
    if (unnamed != 0)
        doc_note(v->out, M("%1 services of operators are reckoned with but not listed: you do not see them by name."), str_int(a, unnamed));
}

void rank_told(const struct rank_view *v)
{
    facts(v);
    ranking_told(v);
    if (v->x.timed && v->out->paged) for_good_told(v);
    points_by_sector(v);
    points_told(v);
    notes(v);
}
