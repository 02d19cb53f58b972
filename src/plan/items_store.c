/* The items of an edition: read in a few ordered statements whatever their number, written in pipelines. */
#include "plan/owner_lists.h"

enum {
    ITEMS, MILESTONES, LINKS, ITEM, ITEM_MILESTONES, ITEM_LINKS, ITEM_ADD, ITEM_IDS, ITEM_CHANGE, OWNER_ADD,
    MILESTONE_ADD, LINK_ADD, DROP_OWNERS, DROP_MILESTONES, DROP_LINKS, DROP_ITEMS, CLEAR_OWNERS, CLEAR_MILESTONES, CLEAR_LINKS,
    DROP_ITEM, OPEN_GAP, CLOSE_GAP, TURNED, REVISED, LINKED, NAMED, RELIST, UNLIST, STATEMENTS
};

#define SEEN_PLAN "of an edition that whoever asks has found to be within the actor's sight"
#define ITEM_COLUMNS(text)                                                                                             \
    "SELECT i.id, i.ord, i.kind, i.key, i.level, i.code, i.title_ja, i.title_en, i.relists, i.area, i.flag" text       \
    " FROM plan_item i WHERE i.edition = $1"
#define ITS(columns, table) "SELECT i.ord, " columns " FROM plan_item i JOIN " table " c ON c.item = i.id WHERE i.edition = $1"
#define IN_ORDER " ORDER BY i.ord, c.ord"
#define OF_MILESTONE "c.since, c.until, c.done, c.derived, c.title_ja, c.title_en"
#define OF_LINK "c.relation, c.target"
#define OF_EDITION " WHERE item IN (SELECT id FROM plan_item WHERE edition = $1)"
#define SEES(e)                                                                                                        \
    "((o.lo >= $1 AND o.lo < $2) OR (o.lo <= $1 AND o.hi >= $2 AND " e ".state <> 'draft') OR " e ".public = 1)"
#define LAST "NOT EXISTS (SELECT 1 FROM plan_edition x WHERE x.plan = p.id AND x.no > e.no AND " SEES("x") ")"

static const struct sql items_sql[STATEMENTS] = {
    /* $2: with texts, which are the greater part of a plan; $3: with owners */
    [ITEMS] = OPEN(SEEN_PLAN,
                   (ITEM_COLUMNS(", CASE WHEN CAST($2 AS BIGINT) = 1 THEN i.text_ja ELSE '' END,"
                                 " CASE WHEN CAST($2 AS BIGINT) = 1 THEN i.text_en ELSE '' END,"
                                 " CASE WHEN CAST($3 AS BIGINT) = 1 THEN i.owners ELSE '' END") " ORDER BY i.ord")),
    [MILESTONES] = OPEN(SEEN_PLAN, (ITS(OF_MILESTONE, "plan_milestone") IN_ORDER)),
    [LINKS] = OPEN(SEEN_PLAN, (ITS(OF_LINK, "plan_link") IN_ORDER)),
    [ITEM] = OPEN(SEEN_PLAN, (ITEM_COLUMNS(", i.text_ja, i.text_en, i.owners") " AND i.key = $2")),
    [ITEM_MILESTONES] = OPEN(SEEN_PLAN, (ITS(OF_MILESTONE, "plan_milestone") " AND i.key = $2" IN_ORDER)),
    [ITEM_LINKS] = OPEN(SEEN_PLAN, (ITS(OF_LINK, "plan_link") " AND i.key = $2" IN_ORDER)),
    [ITEM_ADD] = OPEN(SEEN_PLAN,
        "INSERT INTO plan_item (edition, ord, kind, key, level, code, title_ja, title_en, text_ja, text_en, relists, area, flag, owners)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"),
    [ITEM_IDS] = OPEN(SEEN_PLAN, "SELECT id FROM plan_item WHERE edition = $1 ORDER BY ord"),
    [ITEM_CHANGE] = OPEN(SEEN_PLAN,
        "UPDATE plan_item SET kind = $3, level = $4, code = $5, title_ja = $6, title_en = $7, text_ja = $8, text_en = $9,"
        " relists = $10, area = $11, flag = $12, owners = $13 WHERE edition = $1 AND key = $2 RETURNING id"),
    [OWNER_ADD] = OPEN(SEEN_PLAN, "INSERT INTO plan_owner (item, ord, owner, lead) VALUES ($1, $2, $3, $4)"),
    [MILESTONE_ADD] = OPEN(SEEN_PLAN,
        "INSERT INTO plan_milestone (item, ord, since, until, title_ja, title_en, done, derived)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"),
    [LINK_ADD] = OPEN(SEEN_PLAN, "INSERT INTO plan_link (item, ord, relation, target) VALUES ($1, $2, $3, $4)"),
    [DROP_OWNERS] = OPEN(SEEN_PLAN, ("DELETE FROM plan_owner" OF_EDITION)),
    [DROP_MILESTONES] = OPEN(SEEN_PLAN, ("DELETE FROM plan_milestone" OF_EDITION)),
    [DROP_LINKS] = OPEN(SEEN_PLAN, ("DELETE FROM plan_link" OF_EDITION)),
    [DROP_ITEMS] = OPEN(SEEN_PLAN, "DELETE FROM plan_item WHERE edition = $1"),
    [CLEAR_OWNERS] = OPEN(SEEN_PLAN, "DELETE FROM plan_owner WHERE item = $1"),
    [CLEAR_MILESTONES] = OPEN(SEEN_PLAN, "DELETE FROM plan_milestone WHERE item = $1"),
    [CLEAR_LINKS] = OPEN(SEEN_PLAN, "DELETE FROM plan_link WHERE item = $1"),
    [DROP_ITEM] = OPEN(SEEN_PLAN, "DELETE FROM plan_item WHERE id = $1"),
    /* By way of negative numbers: places are unique at every moment of a statement. */
    [OPEN_GAP] = OPEN(SEEN_PLAN, "UPDATE plan_item SET ord = -(ord + 1) WHERE edition = $1 AND ord >= $2"),
    [CLOSE_GAP] = OPEN(SEEN_PLAN, "UPDATE plan_item SET ord = -(ord - 1) WHERE edition = $1 AND ord > $2"),
    [TURNED] = OPEN(SEEN_PLAN, "UPDATE plan_item SET ord = -ord WHERE edition = $1 AND ord < 0"),
    [REVISED] = OPEN(SEEN_PLAN, "UPDATE plan_edition SET revision = revision + 1 WHERE id = $1"),
    /* As schema/105-speed.sql made them first. */
    [RELIST] = OPEN("owners of all plans, told to nobody",
        "WITH RECURSIVE list (item, ord, owners) AS (SELECT item, ord, CASE lead WHEN 1 THEN '*' ELSE '' END || owner"
        " FROM plan_owner WHERE ord = 1 UNION ALL SELECT l.item, c.ord, l.owners || ' ' ||"
        " CASE c.lead WHEN 1 THEN '*' ELSE '' END || c.owner FROM list l JOIN plan_owner c ON c.item = l.item AND c.ord = l.ord + 1)"
        " UPDATE plan_item SET owners = list.owners FROM list WHERE list.item = plan_item.id"
        " AND NOT EXISTS (SELECT 1 FROM plan_owner x WHERE x.item = list.item AND x.ord = list.ord + 1)"),
    [UNLIST] = OPEN("owners of all plans, told to nobody", "UPDATE plan_item SET owners = ''"),
    [LINKED] = SCOPED(
        ("SELECT p.code, e.no, i.key, i.kind, i.title_ja, i.title_en, c.relation FROM plan_link c JOIN plan_item i ON i.id = c.item"
         " JOIN plan_edition e ON e.id = i.edition JOIN plan p ON p.id = e.plan JOIN org o ON o.id = p.org"
         " WHERE c.target = $3 AND " SEES("e") " AND " LAST " ORDER BY p.since DESC, o.lo, p.code, i.ord, c.ord")),
    [NAMED] = SCOPED(
        ("SELECT i.title_ja, i.title_en FROM plan_item i JOIN plan_edition e ON e.id = i.edition JOIN plan p ON p.id = e.plan"
         " JOIN org o ON o.id = p.org WHERE p.code = $3 AND i.key = $4 AND " SEES("e") " AND " LAST)),
};

const struct sql_set plan_items_sql_set = {"plan items", items_sql, STATEMENTS};

const char *const item_kinds[] = {"heading", "measure", "relisted", "direction", "policy",
                                  "area",    "goal",    "picture",  "text",      NULL};

bool item_kind_named(str word, enum item_kind *out)
{
    for (size_t i = 0; i < ITEM_KINDS; i++) {
        if (!str_eq(word, str_of(item_kinds[i]))) continue;
        *out = (enum item_kind)i;
        return true;
    }
    return false;
}

#define GATHER(w, statement, args, take, out, n) STORE_GATHER(w, &items_sql[statement], args, take, out, n)

/* ---- reading ---- */

static void take_item(struct work *w, struct rows *r, void *to)
{
    enum item_kind kind = ITEM_TEXT;
    (void)item_kind_named(rows_text(r, 2), &kind);
    *(struct plan_item *)to = (struct plan_item){
        .id = rows_int(r, 0), .ord = rows_int(r, 1), .kind = kind, .key = rows_kept(w, r, 3), .level = rows_int(r, 4),
        .code = rows_kept(w, r, 5), .title_ja = rows_kept(w, r, 6), .title_en = rows_kept(w, r, 7),
        .relists = rows_kept(w, r, 8), .area = rows_kept(w, r, 9), .flag = rows_kept(w, r, 10),
        .text_ja = rows_kept(w, r, 11), .text_en = rows_kept(w, r, 12), .owners = rows_kept(w, r, 13), .heading = -1};
}

/* What belongs to items comes in their order, each with the place of its item before it. */
struct placed_milestone {
    struct plan_milestone it;
    int64_t ord;
};
struct placed_link {
    struct plan_link it;
    int64_t ord;
};

static void take_milestone(struct work *w, struct rows *r, void *to)
{
    *(struct placed_milestone *)to = (struct placed_milestone){
        {.since = rows_int(r, 1), .has_since = !rows_null(r, 1), .until = rows_int(r, 2), .done = rows_int(r, 3),
         .has_done = !rows_null(r, 3), .derived = rows_int(r, 4) != 0, .title_ja = rows_kept(w, r, 5),
         .title_en = rows_kept(w, r, 6)},
        rows_int(r, 0)};
}

static void take_link(struct work *w, struct rows *r, void *to)
{
    *(struct placed_link *)to = (struct placed_link){{rows_kept(w, r, 1), rows_kept(w, r, 2)}, rows_int(r, 0)};
}

struct part { /* statement of all items, and of one */
    int all, one;
};

/* Statement and arguments for a part: of one item when `key` is given. */
#define PART(w, edition, key, part, take, out, n)                                                                      \
    ((key) == NULL ? GATHER(w, (part).all, ARGS(INT(edition)), take, out, n)                                           \
                   : GATHER(w, (part).one, ARGS(INT(edition), TEXT(*(key))), take, out, n))

/* `items` and what belongs to them are in the same order: one walk gives each its own. */
#define HAND_OUT(items, n_items, type, list, count, field, n_field)                                                    \
    do {                                                                                                               \
        type *own = arena_array(w->a, (count) + 1, sizeof *own);                                                       \
        size_t at = 0;                                                                                                 \
        for (size_t i = 0; i < (n_items); i++) {                                                                       \
            (items)[i].field = own + at;                                                                               \
            while (at < (count) && (list)[at].ord == (items)[i].ord) {                                                 \
                own[at] = (list)[at].it;                                                                               \
                at++, (items)[i].n_field++;                                                                            \
            }                                                                                                          \
        }                                                                                                              \
    } while (0)

static void owners_of_items(struct work *w, struct plan_item *items, size_t n)
{
    struct owner_lists *all = owner_lists_in(w->a);
    for (size_t i = 0; i < n; i++) {
        if (items[i].owners.n == 0) continue;
        size_t at = owner_lists_at(all, items[i].owners);
        items[i].owner = all->list[at].owner;
        items[i].n_owners = all->list[at].n;
    }
}

static enum err milestones_of_items(struct work *w, int64_t edition, const str *key, struct plan_item *items, size_t n)
{
    struct placed_milestone *list;
    size_t count;
    enum err e = PART(w, edition, key, ((struct part){MILESTONES, ITEM_MILESTONES}), take_milestone, &list, &count);
    if (e == OK) HAND_OUT(items, n, struct plan_milestone, list, count, milestone, n_milestones);
    return e;
}

static enum err links_of_items(struct work *w, int64_t edition, const str *key, struct plan_item *items, size_t n)
{
    struct placed_link *list;
    size_t count;
    enum err e = PART(w, edition, key, ((struct part){LINKS, ITEM_LINKS}), take_link, &list, &count);
    if (e == OK) HAND_OUT(items, n, struct plan_link, list, count, link, n_links);
    return e;
}

static enum err parts_load(struct work *w, int64_t edition, const str *key, unsigned with, struct plan_item *items, size_t n)
{
    enum err e = OK;
    if ((with & WITH_OWNERS) != 0) owners_of_items(w, items, n);
    if (e == OK && (with & WITH_MILESTONES) != 0) e = milestones_of_items(w, edition, key, items, n);
    if (e == OK && (with & WITH_LINKS) != 0) e = links_of_items(w, edition, key, items, n);
    return e;
}

void items_headings(struct plan_item *items, size_t n)
{
    ptrdiff_t last[PLAN_LEVELS + 1];
    for (size_t l = 0; l <= PLAN_LEVELS; l++) last[l] = -1;
    for (size_t i = 0; i < n; i++) {
        int64_t level = items[i].level;
        items[i].heading = -1;
        for (int64_t l = level - 1 > PLAN_LEVELS ? PLAN_LEVELS : level - 1; l > 0 && items[i].heading < 0; l--)
            items[i].heading = last[l];
        if (items[i].kind != ITEM_HEADING || level < 1 || level > PLAN_LEVELS) continue;
        last[level] = (ptrdiff_t)i;
        for (int64_t l = level + 1; l <= PLAN_LEVELS; l++) last[l] = -1;
    }
}

enum err plan_items(struct work *w, int64_t edition, unsigned with, struct plan_item **out, size_t *n)
{
    struct plan_item *items;
    size_t count;
    enum err e = GATHER(w, ITEMS, ARGS(INT(edition), INT((with & WITH_TEXT) != 0), INT((with & WITH_OWNERS) != 0)), take_item, &items, &count);
    if (e == OK) e = parts_load(w, edition, NULL, with, items, count);
    if (e != OK) return e;
    items_headings(items, count);
    *out = items;
    *n = count;
    return OK;
}

enum err plan_item_look(struct work *w, const struct plan *p, str key, struct plan_item *out)
{
    struct plan_item *items;
    size_t n;
    enum err e = GATHER(w, ITEM, ARGS(INT(p->edition), TEXT(key)), take_item, &items, &n);
    if (e == OK && n == 0) return NOTFOUND;
    if (e == OK) e = parts_load(w, p->edition, &key, WITH_ALL, items, n);
    if (e == OK) *out = items[0];
    return e;
}

enum err plan_item(struct work *w, const struct plan *p, str key, struct plan_item *out)
{
    enum err e = plan_item_look(w, p, key, out);
    if (e == NOTFOUND)
        return fault_in(w, NOTFOUND, ((struct where){.field = S("no")}),
                        M("there is no '%1' in edition %3 of the plan '%2': `meguri plan show --plan %2` lists its measures"), key,
                        p->code, str_int(w->a, p->no));
    return e;
}

static void take_linked(struct work *w, struct rows *r, void *to)
{
    enum item_kind kind = ITEM_TEXT;
    (void)item_kind_named(rows_text(r, 3), &kind);
    *(struct plan_linked *)to = (struct plan_linked){rows_kept(w, r, 0), rows_kept(w, r, 2), rows_kept(w, r, 4),
                                                     rows_kept(w, r, 5), rows_kept(w, r, 6), rows_int(r, 1), kind};
}

enum err plan_linked(struct work *w, str target, struct plan_linked **out, size_t *n)
{
    return GATHER(w, LINKED, ARGS(TEXT(target)), take_linked, out, n);
}

enum err plan_named(struct work *w, str plan, str key, str *ja, str *en)
{
    struct rows *r;
    enum err e = store_rows(w, &items_sql[NAMED], ARGS(TEXT(plan), TEXT(key)), &r);
    if (e != OK) return e;
    bool is = rows_next(r);
    *ja = is ? rows_kept(w, r, 0) : (str){"", 0};
    *en = is ? rows_kept(w, r, 1) : (str){"", 0};
    return rows_done(r);
}

/* ---- writing ---- */

enum err plan_rebuild(struct work *w)
{
    enum err e = store_run(w, &items_sql[UNLIST], NOARGS);
    return e == OK ? store_run(w, &items_sql[RELIST], NOARGS) : e;
}

static enum err revised(struct work *w, const struct plan *p)
{
    return store_run(w, &items_sql[REVISED], ARGS(INT(p->edition)));
}

static enum err add_item(struct work *w, struct batch *b, const struct plan *p, const struct plan_item *x, int64_t ord)
{
    return batch_add(b, ARGS(INT(p->edition), INT(ord), TEXT(str_of(item_kinds[x->kind])), TEXT(x->key), INT(x->level),
                             TEXT(x->code), TEXT(x->title_ja), TEXT(x->title_en), TEXT(x->text_ja), TEXT(x->text_en),
                             TEXT(x->relists), TEXT(x->area), TEXT(x->flag), TEXT(owner_list_text(w->a, x->owner, x->n_owners))));
}

static enum err add_owners(struct batch *b, int64_t id, const struct plan_item *x)
{
    enum err e = OK;
    for (size_t i = 0; e == OK && i < x->n_owners; i++)
        e = batch_add(b, ARGS(INT(id), INT((int64_t)i + 1), TEXT(x->owner[i].owner), INT(x->owner[i].lead)));
    return e;
}

static enum err add_milestones(struct batch *b, int64_t id, const struct plan_item *x)
{
    enum err e = OK;
    for (size_t i = 0; e == OK && i < x->n_milestones; i++) {
        const struct plan_milestone *m = &x->milestone[i];
        e = batch_add(b, ARGS(INT(id), INT((int64_t)i + 1), int_or_nil(m->since, m->has_since), INT(m->until), TEXT(m->title_ja),
                              TEXT(m->title_en), int_or_nil(m->done, m->has_done), INT(m->derived)));
    }
    return e;
}

static enum err add_links(struct batch *b, int64_t id, const struct plan_item *x)
{
    enum err e = OK;
    for (size_t i = 0; e == OK && i < x->n_links; i++)
        e = batch_add(b, ARGS(INT(id), INT((int64_t)i + 1), TEXT(x->link[i].relation), TEXT(x->link[i].target)));
    return e;
}

/* What belongs to items, under the row numbers they got: one pipeline for each table. */
static enum err add_parts(struct work *w, const int64_t *id, const struct plan_item *items, size_t n)
{
    static const struct {
        int statement;
        enum err (*add)(struct batch *, int64_t, const struct plan_item *);
    } parts[] = {{OWNER_ADD, add_owners}, {MILESTONE_ADD, add_milestones}, {LINK_ADD, add_links}};
    enum err e = OK;
    for (size_t t = 0; e == OK && t < sizeof parts / sizeof *parts; t++) {
        struct batch *b;
        e = batch_begin(w, &items_sql[parts[t].statement], &b);
        for (size_t i = 0; e == OK && i < n; i++) e = parts[t].add(b, id[i], &items[i]);
        if (e == OK) e = batch_end(b);
    }
    return e;
}

static void take_id(struct work *w, struct rows *r, void *to)
{
    (void)w;
    *(int64_t *)to = rows_int(r, 0);
}

static enum err drop_all(struct work *w, int64_t edition)
{
    static const int drops[] = {DROP_OWNERS, DROP_MILESTONES, DROP_LINKS, DROP_ITEMS};
    enum err e = OK;
    for (size_t i = 0; e == OK && i < sizeof drops / sizeof *drops; i++)
        e = store_run(w, &items_sql[drops[i]], ARGS(INT(edition)));
    return e;
}

enum err plan_items_put(struct work *w, const struct plan *p, const struct plan_item *items, size_t n)
{
    struct batch *b;
    int64_t *id;
    size_t count;
    enum err e = drop_all(w, p->edition);
    if (e == OK) e = batch_begin(w, &items_sql[ITEM_ADD], &b);
    for (size_t i = 0; e == OK && i < n; i++) e = add_item(w, b, p, &items[i], (int64_t)i + 1);
    if (e == OK) e = batch_end(b);
    if (e == OK) e = GATHER(w, ITEM_IDS, ARGS(INT(p->edition)), take_id, &id, &count);
    if (e == OK) e = add_parts(w, id, items, n);
    return e == OK ? revised(w, p) : e;
}

static enum err clear_parts(struct work *w, int64_t item)
{
    static const int clears[] = {CLEAR_OWNERS, CLEAR_MILESTONES, CLEAR_LINKS};
    enum err e = OK;
    for (size_t i = 0; e == OK && i < sizeof clears / sizeof *clears; i++)
        e = store_run(w, &items_sql[clears[i]], ARGS(INT(item)));
    return e;
}

enum err plan_item_put(struct work *w, const struct plan *p, const struct plan_item *x)
{
    int64_t id = 0;
    enum err e = store_int(w, &items_sql[ITEM_CHANGE],
                           ARGS(INT(p->edition), TEXT(x->key), TEXT(str_of(item_kinds[x->kind])), INT(x->level), TEXT(x->code),
                                TEXT(x->title_ja), TEXT(x->title_en), TEXT(x->text_ja), TEXT(x->text_en), TEXT(x->relists),
                                TEXT(x->area), TEXT(x->flag), TEXT(owner_list_text(w->a, x->owner, x->n_owners))),
                           &id);
    if (e == OK) e = clear_parts(w, id);
    if (e == OK) e = add_parts(w, &id, x, 1);
    return e == OK ? revised(w, p) : e;
}

static enum err moved(struct work *w, const struct plan *p, int gap, int64_t ord)
{
    enum err e = store_run(w, &items_sql[gap], ARGS(INT(p->edition), INT(ord)));
    return e == OK ? store_run(w, &items_sql[TURNED], ARGS(INT(p->edition))) : e;
}

enum err plan_item_insert(struct work *w, const struct plan *p, const struct plan_item *x, int64_t ord)
{
    struct batch *b;
    enum err e = moved(w, p, OPEN_GAP, ord);
    if (e == OK) e = batch_begin(w, &items_sql[ITEM_ADD], &b);
    if (e == OK) e = add_item(w, b, p, x, ord);
    if (e == OK) e = batch_end(b);
    return e == OK ? plan_item_put(w, p, x) : e;
}

enum err plan_item_remove(struct work *w, const struct plan *p, const struct plan_item *x)
{
    enum err e = clear_parts(w, x->id);
    if (e == OK) e = store_run(w, &items_sql[DROP_ITEM], ARGS(INT(x->id)));
    if (e == OK) e = moved(w, p, CLOSE_GAP, x->ord);
    return e == OK ? revised(w, p) : e;
}
