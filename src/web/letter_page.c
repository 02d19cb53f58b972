#include "web/letter_page.h"

#include <unistd.h>

#include "web/log.h"
#include "web/metrics.h"
#include "web/signin_note.h"

void letter_page(struct worker *worker, struct work *w, const struct request *r, struct reply *reply, bool press)
{
    struct log log = {.fd = STDERR_FILENO, .process = place_name(worker->place)};
    str secret, reason = S("");
    const struct letter_link *l = letter_link_at(r->path, &secret);
    struct signin_look look = look_of(w, worker->serving, r);
    enum err e = page_letter_link(&look, l, secret, press, &reason, reply);
    if (l != NULL) reply->entry = l->name;
    if (e == OK) return;
    reply->status = e == NOTFOUND ? 404 : 503;
    if (reason.n != 0)
        log_event(&log, LOG_WARN_LINE, "a link of a letter was refused", LOG_TEXT("entry", str_of(l->name)), LOG_TEXT("reason", reason));
}
