/* What tests of sharing begin with: who shares for whom, and files as they are written and read. Worlds of thousands: ack_kit.h. */
#ifndef MEGURI_TEST_SHARE_KIT_H
#define MEGURI_TEST_SHARE_KIT_H

#include "inspect_kit.h"

/* People and their posts by the acts of the registry: "pa A, pb B", persons and whom they share for. */
static inline void share_staffed(struct work *w, const char *who)
{
    struct buf people = buf_in(w->a), posts = buf_in(w->a);
    str rest = str_of(who), one;
    buf_add(&people, S("code,org,name_ja,name_en,mail,from,to\n"));
    buf_add(&posts, S("code,duty,org,system,person,deputy_of,from,to\n"));
    while (str_cut(&rest, ',', &one)) {
        str org = str_trim(one), code;
        assert_true(str_cut(&org, ' ', &code));
        buf_fmt(&people, "%.*s,%.*s,%.*s,,,,\n", STR_ARG(code), STR_ARG(org), STR_ARG(code));
        buf_fmt(&posts, "t-%.*s,sharer,%.*s,,%.*s,,,\n", STR_ARG(code), STR_ARG(org), STR_ARG(code));
    }
    doing(w, "registry", "import", {"what", "duties"}, FILED("code,name_ja,name_en,rights,order\nsharer,情報共有担当,Sharer,share,10\n"));
    doing(w, "registry", "import", {"what", "people"}, FILED(str_c(w->a, buf_str(&people))));
    doing(w, "registry", "import", {"what", "posts"}, FILED(str_c(w->a, buf_str(&posts))));
}

/* Somebody of the organisation who shares for nobody. */
static inline void share_onlooker(struct work *w, const char *person, const char *org)
{
    str who = str_fmt(w->a, "code,org,name_ja,name_en,mail,from,to\n%s,%s,%s,,,,\n", person, org, person);
    str post = str_fmt(w->a, "code,duty,org,system,person,deputy_of,from,to\nt-%s,viewer,%s,,%s,,,\n", person, org, person);
    doing(w, "registry", "import", {"what", "duties"}, FILED("code,name_ja,name_en,rights,order\nviewer,閲覧,Viewer,rates,40\n"));
    doing(w, "registry", "import", {"what", "people"}, FILED(str_c(w->a, who)));
    doing(w, "registry", "import", {"what", "posts"}, FILED(str_c(w->a, post)));
}

static inline str share_path(struct work *w, const char *name) { return str_fmt(w->a, "test/share/%s", name); } /* "misp/good/event.json" */
static inline str share_file(struct work *w, const char *name) { return source_file(w, str_c(w->a, share_path(w, name))); }

/* GOLDEN=1 writes what there is: look at the difference before it is kept. */
static inline void golden(struct work *w, str got, const char *name)
{
    if (getenv("GOLDEN") != NULL) {
        const char *root = getenv("SOURCE");
        FILE *f = fopen(str_c(w->a, str_fmt(w->a, "%s/%.*s", root == NULL ? "." : root, STR_ARG(share_path(w, name)))), "wb");
        assert_non_null(f);
        assert_int_equal(fwrite(got.p, 1, got.n, f), got.n);
        fclose(f);
    }
    assert_str(got, str_c(w->a, share_file(w, name)));
}

#endif
