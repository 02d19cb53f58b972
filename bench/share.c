/* One notice and whom it reaches, for the bench of the server: a centre, a ministry, CEPTOARs of a thousand operators each, every operator with an
 * officer of its own who confirms; and beside it a sector of twenty, whose notice is the board to compare with.
 *
 *   share make DB OPERATORS PEOPLE   the last line is {"notice":…,"small":…}; PEOPLE: a line "person notice" for each operator of the large one
 *
 * What bounds it. Confirmations of all connections that wait are one transaction of the writer, so one sync of the disk (WAL, synchronous FULL)
 * for up to 64 of them. Statements of one confirmation, all by key: was the act done, savepoint, the party's line upward, the notice for its party,
 * the delivery, the delivery written, two counts moved (share_count), journal head and line, release: some twelve. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/secret.h"
#include "share/compose.h"
#include "share/party_store.h"
#include "surface/door.h"

enum { MEMBERS = 1000, SMALL = 20 };

static void must(struct work *w, enum err e, const char *what)
{
    if (e == OK) return;
    const struct fault *f = &w->faults.first[0];
    fprintf(stderr, "share: %s: %.*s (%.*s)\n", what, STR_ARG(f->id), STR_ARG(f->arg[0]));
    exit(1);
}

static void import(struct work *w, const char *what, const struct buf *csv)
{
    struct arena *a = arena_new(0), *before = w->a;
    const struct room *room = room_find(S("registry"));
    const struct entry *entry = entry_find(room, S("import"));
    w->a = a;
    struct file f = {S("bench.csv"), buf_str(csv), sha256_hex(a, buf_str(csv))};
    const struct given given[] = {{.name = S("what"), .text = str_of(what)}, {.name = S("file"), .text = f.name, .file = &f}};
    struct args args;
    struct doc doc = doc_silent(w);
    unsigned char id[16];
    random_bytes(id, sizeof id);
    enum err e = args_parse(w, entry, given, 2, &args);
    if (e == OK) e = door_act(w, room, entry, &args, hex_of(a, (str){(char *)id, sizeof id}), false, &doc);
    must(w, e, what);
    w->a = before;
    arena_free(a);
}

static void operators(struct buf *orgs, struct buf *links, struct buf *people, struct buf *posts, const char *sector, int n)
{
    for (int i = 0; i < n; i++) {
        int ceptoar = i / MEMBERS;
        if (i % MEMBERS == 0) {
            buf_fmt(orgs, "%s-c%d,%s,ceptoar,%d,セプター,CEPTOAR,,\n", sector, ceptoar, sector, ceptoar + 1);
            buf_fmt(links, "ceptoar,%s,%s-c%d,,\ncentre,%s-c%d,centre,,\n", sector, sector, ceptoar, sector, ceptoar);
        }
        buf_fmt(orgs, "%s-o%d,%s,operator,%d,事業者,Operator,,\n", sector, i, sector, i + 100);
        buf_fmt(links, "member,%s-o%d,%s-c%d,,\n", sector, i, sector, ceptoar);
        buf_fmt(people, "%s-p%d,%s-o%d,担当,,,,\n", sector, i, sector, i);
        buf_fmt(posts, "%s-q%d,officer,%s-o%d,,%s-p%d,,2024-04-01,\n", sector, i, sector, i, sector, i);
    }
}

static void world(struct work *w, int n)
{
    struct buf duties = buf_in(w->a), orgs = buf_in(w->a), links = buf_in(w->a), people = buf_in(w->a), posts = buf_in(w->a);
    buf_add(&duties, S("code,name_ja,name_en,rights,order\nofficer,担当,Officer,share,10\n"));
    buf_add(&orgs, S("code,parent,kind,order,name_ja,name_en,from,to\ntop,,infrastructure,10,全体,All,,\ncentre,top,centre,10,センター,Centre,,\n"
                     "min,top,ministry,20,省,Ministry,,\nlarge,top,sector,30,分野,Sector,,\nsmall,top,sector,40,分野,Sector,,\n"));
    buf_add(&links, S("kind,from,to,valid_from,valid_to\nministry-in-charge,large,min,,\nministry-in-charge,small,min,,\ncentre,large,centre,,\n"
                      "centre,small,centre,,\ncentre,min,centre,,\n"));
    buf_add(&people, S("code,org,name_ja,name_en,mail,from,to\nofficer,centre,担当,,,,\n"));
    buf_add(&posts, S("code,duty,org,system,person,deputy_of,from,to\ncentre,officer,centre,,officer,,2024-04-01,\n"));
    operators(&orgs, &links, &people, &posts, "large", n);
    operators(&orgs, &links, &people, &posts, "small", SMALL);
    import(w, "duties", &duties);
    import(w, "organisations", &orgs);
    import(w, "links", &links);
    import(w, "people", &people);
    import(w, "posts", &posts);
}

/* To all tiers at once, so that all may confirm from the first second. */
static str sent(struct work *w, const char *to)
{
    struct party *line;
    struct notice n;
    size_t n_line;
    const struct draft d = {.kind = S("containment"), .urgency = S("emergency"), .title = S("至急の確認"), .text = S("本文"), .measure = S("対策"), .to = str_of(to),
                            .marking = {TLP_AMBER, PAP_AMBER}, .direct = true};
    must(w, store_begin(w), "begin");
    must(w, party_line(w, 0, S("centre"), &line, &n_line), "centre");
    must(w, draft_make(w, &line[0], &d, &n), "draft");
    must(w, draft_send(w, &line[0], &n), "send");
    must(w, store_commit(w), "commit");
    return n.code;
}

int main(int argc, char **argv)
{
    if (argc != 5) return fprintf(stderr, "usage: share make DB OPERATORS PEOPLE\n"), 2;
    int n = (int)strtol(argv[3], NULL, 10);
    struct arena *life = arena_new(0);
    struct actor owner = actor_owner(S("bench"));
    struct work w = {.a = life, .actor = &owner, .lo = owner.lo, .hi = owner.hi, .now = clock_now(), .seed = 1};
    must(&w, store_open(&w, life, str_of(argv[2]), STORE_WRITE, &w.store), argv[2]);
    world(&w, n);
    str large = sent(&w, "sector:large"), small = sent(&w, "sector:small");
    FILE *people = fopen(argv[4], "w");
    if (people == NULL) return perror(argv[4]), 1;
    for (int i = 0; i < n; i++) fprintf(people, "large-p%d %.*s\n", i, STR_ARG(large));
    fclose(people);
    printf("{\"notice\":\"%.*s\",\"small\":\"%.*s\"}\n", STR_ARG(large), STR_ARG(small));
    arena_free(life);
    return 0;
}
