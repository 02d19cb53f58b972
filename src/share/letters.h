/* Letters about notices, reports and consents: which is due by the clock, how much it may say, and in what words. Pure
 * but for letters_tick, which the process that sends mail calls (struct room, tick). Nobody who sends, passes on,
 * recalls or reports waits for a letter. */
#ifndef MEGURI_SHARE_LETTERS_H
#define MEGURI_SHARE_LETTERS_H

#include "account/account.h"
#include "base/clock.h"
#include "base/lang.h"
#include "share/notice.h"

enum {
    LETTERS_A_TICK = 200,        /* deliveries of one turn, in which nobody else writes */
    LETTERS_STALE = 7 * DAY,
        /* what nobody was told of for so long (no mail went out from here) is not told any more */
    LINK_AFTER_DUE = 7 * DAY,    /* so long after its time a link still confirms */
    NAMES_IN_LETTER = 30,
    ORDINARY_LATER = 90          /* seconds: what is not urgent waits so that quiet hours (home) take hold of it */
};

/* What is to be told now, of a delivery nobody has confirmed: `told` itself where nothing is. Half of the time: the
 * contact again; over: the deputies; as long again: the tier above. Each once and in this order; a reminder that would
 * come after the time is left out. */
enum told escalation_due(int64_t sent, int64_t due, enum told told, int64_t now);

/* How much a letter says, by leave_may alone. */
enum letter_body {
    BODY_WHOLE,  /* all of it, in clear */
    BODY_SEALED, /* all of it, encrypted for the contact; the subject is the code */
    BODY_WAITS   /* that something waits, its code and where: the text is read after signing in */
};
enum letter_body letter_body(const struct leaving *, bool has_certificate);
/* May its title be read by whoever opens the link of such a letter: where the letter may, and not beyond AMBER. */
bool link_shows_title(const struct leaving *, bool sealed);

enum letter_kind { LETTER_NEW, LETTER_REMINDER, LETTER_DEPUTY, LETTER_RECALL };
/* Of one delivery, to one contact. */
struct notice_letter {
    enum letter_kind kind;
    enum letter_body body;
    const struct notice *notice;
    str replaces; /* code of the notice it supersedes; empty: none */
    const struct added *added;
    size_t n_added;
    const struct notice_reference *reference;
    size_t n_references;
    const struct attachment *attachment;
    size_t n_attachments;
    struct marking marking; /* as it came to the addressee */
    int64_t due;
    str org_ja, org_en, contact;
    str url;    /* of the program; empty: not known, and no address is written */
    str secret; /* of the link that confirms; empty: none */
};
/* langs: "ja", "en", or empty: both, one below the other. */
void notice_letter_write(struct arena *, const struct notice_letter *, str langs, str *subject, str *text);

/* To the tier above: how many did not confirm what it passed on to them, and who the first of them are. */
struct above_letter {
    const struct notice *notice;
    int64_t all;
    const struct above_name {
        str ja, en;
    } *name;
    size_t n_names;
    str url, contact;
};
void above_letter_write(struct arena *, const struct above_letter *, str langs, str *subject, str *text);

/* That a report has come in, or a consent is asked for: codes alone, whatever the marking. */
struct short_letter {
    str report, notice; /* notice empty: a report has come in */
    str from_ja, from_en; /* who asks for the consent */
    bool drill, exceptional;
    str url, contact;
};
void short_letter_write(struct arena *, const struct short_letter *, str langs, str *subject, str *text);

enum err letters_tick(struct work *, bool *more) MUST_USE;

#endif
