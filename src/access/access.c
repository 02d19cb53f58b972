/* What needs no store: rights, reach, and the numbering of the tree. */
#include "access/access.h"

const char *const right_words[] = {"answer", "confirm", "names", "rates", "manage", "audit", "centre",
                                   "administer", "approve", "share", NULL};

enum { ALL_RIGHTS = 2 * MAY_LAST - 1 };

static unsigned right_of(str word)
{
    for (unsigned i = 0; right_words[i] != NULL; i++)
        if (str_eq(word, str_of(right_words[i]))) return 1U << i;
    return 0;
}

bool rights_parse(str words, unsigned *out)
{
    unsigned rights = 0;
    str word;
    while (str_cut(&words, ' ', &word)) {
        if (word.n == 0) continue;
        unsigned right = right_of(word);
        if (right == 0 || (rights & right) != 0) return false;
        rights |= right;
    }
    *out = rights;
    return true;
}

str rights_text(struct arena *a, unsigned rights)
{
    struct buf b = buf_in(a);
    for (unsigned i = 0; right_words[i] != NULL; i++) {
        if ((rights & 1U << i) == 0) continue;
        if (b.n != 0) buf_byte(&b, ' ');
        buf_add(&b, str_of(right_words[i]));
    }
    return buf_str(&b);
}

struct actor actor_owner(str system_user)
{
    return (struct actor){.lo = 0, .hi = INT64_MAX, .rights = ALL_RIGHTS, .system_user = system_user};
}

bool may(const struct actor *actor, unsigned any, int64_t lo)
{
    if (any == MAY_ANYONE) return true;
    return (actor->rights & any) != 0 && lo >= actor->lo && lo < actor->hi;
}

bool actor_unbounded(const struct actor *actor) { return actor->lo == 0 && actor->hi == INT64_MAX; }

str acting_person(const struct work *w)
{
    if (w->actor == NULL) return S("");
    return w->actor->person_code.n != 0 ? w->actor->person_code : w->actor->system_user;
}

str acting_post(const struct work *w)
{
    if (w->actor == NULL) return S("");
    return w->actor->post_code.n != 0 ? w->actor->post_code : w->actor->system_user;
}

int64_t japan_day(int64_t seconds) { return (seconds + JAPAN) / DAY; }

int64_t today(const struct work *w) { return japan_day(w->now); }

/* The first node whose parent is `parent`, or where it would stand. */
static size_t first_child(const struct org_node *nodes, size_t n, int64_t parent)
{
    size_t from = 0, to = n;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (nodes[middle].parent < parent) from = middle + 1;
        else to = middle;
    }
    return from;
}

/* In preorder, with a stack of our own: a tree may be deeper than the machine's stack. A child is entered by the cursor
 * of its parent alone, so no node is met twice. */
bool org_number(struct arena *a, struct org_node *nodes, size_t n)
{
    size_t *path = arena_array(a, n + 1, sizeof *path);
    size_t depth = 0, top = first_child(nodes, n, 0), met = 0;
    int64_t number = 1;
    for (;;) {
        size_t *cursor = depth == 0 ? &top : &nodes[path[depth - 1]].next;
        int64_t parent = depth == 0 ? 0 : nodes[path[depth - 1]].id;
        if (*cursor < n && nodes[*cursor].parent == parent) {
            size_t at = (*cursor)++;
            nodes[at].lo = number++;
            nodes[at].depth = (int64_t)depth;
            nodes[at].next = first_child(nodes, n, nodes[at].id);
            path[depth++] = at;
            met++;
        } else if (depth == 0) {
            return met == n;
        } else {
            nodes[path[--depth]].hi = number;
        }
    }
}
