/* inspect: what is. A round asks one edition of a standard over one frame of organisations, as of a base date; its
 * respondents' sheets, or aggregates in place of sheets, give coverage, implementation and attainment rates and grades.
 */
#ifndef MEGURI_INSPECT_INSPECT_H
#define MEGURI_INSPECT_INSPECT_H

#include "access/days.h"
#include "standard/standard.h"

extern const struct room inspect_room;

/* Who is asked what in a round: a respondent, and the plane of the clauses that bind it (tally/tally.h). In order of
 * the frame; for templates and for the demonstration. */
struct asked {
    str respondent, org, duty;
    const uint8_t *mask;
};
typedef enum err asked_fn(void *to, const struct edition *, const struct asked *);
enum err inspect_asked(struct work *w, str round, asked_fn *, void *to) MUST_USE;

/* ---- for the pages of other rooms ---- */

/* The sheets of the acting person in rounds that are open: those of the posts held on each round's base date, the next
 * due first. Text is borrowed while fn runs. */
struct my_sheet {
    str round, round_ja, round_en, respondent, duty, org, org_ja, org_en;
    str state;         /* none draft returned entered-for-you (by another, to be checked and submitted) submitted correcting
                        * (changed since it was submitted) confirmed */
    str returned;      /* why it was given back; empty unless it waits for its respondent again */
    int64_t due;       /* days, when has_due; the person's own where it was extended */
    bool has_due, overdue;
    int64_t answered, questions;
};
typedef enum err my_sheet_fn(void *to, const struct my_sheet *);
enum err inspect_my_sheets(struct work *w, my_sheet_fn *, void *to) MUST_USE;

/* Urgent surveys that wait for the acting person, the next due first: for whom their organisation's answers are theirs to
 * complete (whole), or systems they hold a post for are unanswered (mine). Text lives with w->a. */
struct survey_waiting {
    str survey, title_ja, title_en, org, org_ja, org_en;
    int64_t due;       /* a time */
    bool overdue, whole, services; /* services: essential services are asked for, not systems */
    int64_t answered, systems, mine;
};
typedef enum err survey_waiting_fn(void *to, const struct survey_waiting *);
enum err inspect_surveys_waiting(struct work *w, survey_waiting_fn *, void *to) MUST_USE;

/* Respondents of an organisation and all below it (org NULL: of the actor's whole reach) by the state of their sheet,
 * counted from the sheets themselves: for a unit, not for a government. The caller has asked for the right. NOTFOUND
 * with a fault when there is no such round. */
struct unit_counts {
    int64_t confirmed, submitted, draft, none;
};
enum err inspect_unit_counts(struct work *w, str round, const struct org *org, struct unit_counts *out) MUST_USE;

/* What waits for the acting post on the way of the figures upward: of its own unit or ministry, and for the centre how many
 * reports are to be accepted. Text is borrowed while fn runs. */
struct way_waiting {
    str what;    /* close head chief send query accept */
    str org, org_ja, org_en; /* empty: several, see `inspect way` */
    str why;     /* what the centre asks */
    int64_t n, missing; /* reports to accept; of how many nothing was handed in */
};
typedef enum err way_waiting_fn(void *to, const struct way_waiting *);
enum err inspect_way_waiting(struct work *w, str round, way_waiting_fn *, void *to) MUST_USE;

/* Where a round is in its cycle. Days; `until` is the last day. Dates that are only foreseen are planned. */
struct phase {
    str name, state; /* plan do check improve; past now next */
    int64_t from, until;
    bool planned;
};
enum { PHASES = 4 };
struct round_stage {
    str code, title_ja, title_en;
    bool open, has_due, synthetic;
    int64_t base, due, frame_lo; /* frame_lo: where rights to its whole frame are held, 0 when it is out of reach */
    struct phase phase[PHASES];
    size_t now; /* which phase */
};
/* Of the newest round of sheets that is open, else of the newest that was closed. NOTFOUND without a fault: none. */
enum err inspect_stage(struct work *w, struct round_stage *out) MUST_USE;
/* A note of how working days from one day to the other were counted: without the days off, or with those of a year of
 * which none are recorded. */
void working_days_note(const struct days *, int64_t from, int64_t until, struct doc *out);
/* Blocks of a page: coming dates; organisations × parts, and what waits for a decision in them, for who may read
 * rates. */
enum err inspect_dates_block(struct work *w, str round, struct doc *out) MUST_USE;
enum err inspect_heat_block(struct work *w, str round, bool decides, struct doc *out) MUST_USE;

/* ---- for the room of interdependency ---- */

/* Asks a survey whose questions stand in a file (survey_set.h), made to fit the frame. The caller has asked for the right. */
struct survey_asking {
    str code, title_ja, title_en; /* titles: empty for those of the set */
    const struct org *frame;
    int64_t due, hour, levels;    /* a day; an hour of it in Japan, 0 to 24; levels 0: as the set says */
    str set_name, set;            /* name for faults, and the bytes */
};
enum err inspect_survey_of_set(struct work *w, const struct survey_asking *, struct doc *out) MUST_USE;

/* What a survey was answered, for figures over groups. Who may read figures of all (`all`: it is closed and the actor holds its frame, or
 * it is published) is given every complete organisation's replies, without a name to them; others, and before that, their own alone.
 * Single replies that are not `mine` leave the caller only in figures over five organisations or more. */
enum { VOICE_TIMES = 6 };
enum voice_kind { VOICE_OTHER, VOICE_LEVELS, VOICE_HOURS, VOICE_CHOICE, VOICE_YES_NO };
struct voice_question {
    str key, about, ja, en, choices; /* about: code of the organisation it is about; choices parted by / */
    enum voice_kind kind;
    int64_t hours[VOICE_TIMES];      /* LEVELS: after so many */
    size_t n;                        /* figures of an answer: of LEVELS as many, of HOURS 1 */
};
struct voice_part {                  /* next below the frame: a sector */
    int64_t id;
    str code, ja, en;
    int64_t asked, complete, begun;  /* organisations; begun: answered, and did not say that it is all */
    bool itself;                     /* it was asked itself, having none below: its answers are the sector's own figures */
};
struct voice_answer {
    bool given;
    str text;                        /* CHOICE, YES_NO: its code */
    int32_t low[VOICE_TIMES], high[VOICE_TIMES]; /* LEVELS: per cent; HOURS: tenths of an hour */
};
struct voice {
    size_t part;
    int64_t org;                     /* a number, the same for replies of one organisation; says nothing else */
    bool mine;
    str service, ja, en;             /* code or name; names where it stands in the register */
    const struct voice_answer *answer; /* by question */
};
struct voices {
    int64_t id, frame;               /* frame: row id of the organisation it was put to */
    str code, title_ja, title_en, state;
    bool all, holds;                 /* holds: closes and publishes it */
    struct voice_question *question;
    struct voice_part *part;
    struct voice *voice;
    size_t n_questions, n_parts, n;
};
/* NOTFOUND with a fault, the same whether absent or out of reach. */
enum err inspect_voices(struct work *w, str survey, struct voices *out) MUST_USE;
/* Codes of surveys that the actor sees and that ask for levels, open ones first. */
enum err inspect_elicitations(struct work *w, str **out, size_t *n) MUST_USE;

/* ---- for reminders ---- */

/* Rounds of sheets that are open, newest base date first. */
struct open_round {
    int64_t id, base, due;
    bool has_due;
    str code, title_ja, title_en;
    struct shut { /* parts of its tree in which nothing is changed any more (inspect/way.h) */
        int64_t lo, hi;
    } *shut;
    size_t n_shut;
};
enum err inspect_open_rounds(struct work *w, struct open_round **out, size_t *n) MUST_USE;
bool round_shut_at(const struct open_round *, int64_t node); /* node: lo in the round's tree */

/* A sheet of an open round that is not handed in, or was given back and not handed in again, of a person who is here
 * today; not of those for whom a reason is recorded why nothing is known. Text is borrowed while fn runs. */
struct unsent {
    int64_t person, round, org; /* row ids */
    int64_t place, node;        /* where the organisation stands today, for rights, and in the round's tree */
    str respondent, duty_ja, duty_en, org_ja, org_en;
    int64_t due;       /* the respondent's own, else the round's; when has_due */
    int64_t returned;  /* when it was given back; 0: it was not */
    str reason;        /* why */
    bool has_due, begun;
};
typedef enum err unsent_fn(void *to, const struct unsent *);
/* In order of the person, of those with a larger row id than `after` and not beyond `upto`; at most `most` sheets. Sees
 * all there are: a letter tells its reader of all their own. */
enum err inspect_unsent(struct work *w, int64_t day, int64_t after, int64_t upto, int64_t most, unsent_fn *, void *to) MUST_USE;

/* How far the organisations of [lo, hi) of today's tree are, one by one; and who of them has not handed in, named. Both
 * see what stands there without the actor's scope: the reader of a letter is not who acts. */
struct unit_standing {
    int64_t org, place, node;
    int64_t all, missing, waiting; /* missing and waiting without those of `reader`, whose own sheets are told elsewhere */
    int64_t due;                   /* the first of those missing, when has_due */
    bool has_due;
};
typedef void standing_fn(void *to, const struct unit_standing *);
enum { NO_READER = -1 };
enum err inspect_standing(struct work *w, int64_t round, int64_t lo, int64_t hi, int64_t reader, standing_fn *,
                          void *to) MUST_USE;
struct missing_one {
    int64_t person, node; /* person 0: the post is vacant */
    str name_ja, name_en, duty_ja, duty_en;
    int64_t due;
    bool has_due, begun, returned;
};
typedef void missing_one_fn(void *to, const struct missing_one *);
/* Of others than `reader`; at most `most`. */
enum err inspect_missing(struct work *w, int64_t round, int64_t lo, int64_t hi, int64_t reader, int64_t most, missing_one_fn *,
                         void *to) MUST_USE;
/* A letter spoke of the round to somebody of the organisation; in a transaction. */
enum err inspect_reminded(struct work *w, int64_t round, int64_t org, int64_t day) MUST_USE;
/* Within the actor's scope: sheets not handed in, by round and due day. */
struct unsent_count {
    int64_t round, due, sheets, people;
};
typedef void unsent_count_fn(void *to, const struct unsent_count *);
enum err inspect_unsent_counts(struct work *w, int64_t round, int64_t day, unsent_count_fn *, void *to) MUST_USE;
/* ---- for the process that talks to the centre: roll-ups that wait to be signed or sent ---- */
struct sign_key;
struct rollup_parcel {
    int64_t id, tries;
    bool is_signed;
    str round, digest, document;
};
/* The next that is due; NOTFOUND without a fault: none. Then in a transaction of the caller's own: it is signed; or what
 * came of trying to send it: taken, refused for good (why: the centre's words), or to be tried again (why: the trouble). */
enum rollup_outcome { ROLLUP_TAKEN, ROLLUP_REFUSED, ROLLUP_LATER };
enum err inspect_rollup_next(struct work *w, struct rollup_parcel *out) MUST_USE;
enum err inspect_rollup_sign(struct work *w, const struct rollup_parcel *, const struct sign_key *) MUST_USE;
enum err inspect_rollup_answered(struct work *w, const struct rollup_parcel *, enum rollup_outcome, str why) MUST_USE;

/* ---- for the room of cases ---- */

/* A round by its code: NOTFOUND with a fault. edition 0: it holds published figures alone. The newest: of those that have
 * an edition, one that is open before one that is not; NOTFOUND without a fault. */
struct round_head {
    int64_t id, edition;
    str code, edition_code, title_ja, title_en;
    bool open;
};
enum err inspect_round_head(struct work *w, str code, struct round_head *out) MUST_USE;
enum err inspect_newest_round(struct work *w, struct round_head *out) MUST_USE;

/* An exception that was decided upon, for a respondent or (respondent empty) for an organisation and all below it. It
 * counts by the rule of each round whose base date lies in its period: rounds that open later, and at once, by difference,
 * those that are open; one that is closed stays. Given again under its number it is changed; with a period that ends
 * before it begins it is taken back. The caller has asked who may decide. Told in notes: units that are closed, and
 * organisations that report in aggregates; *told is how many of those. */
struct granted {
    str number, respondent, clause, reason;
    int64_t org, edition, since, until; /* row ids; days */
};
enum err inspect_grant(struct work *w, const struct granted *, struct doc *out, int64_t *told) MUST_USE;

/* ---- for the room of series ---- */

/* A closed or published round as its frozen figures tell it to the acting person: nothing that is withheld, and nothing
 * for who may not read rates. Organisations are the tops of what is seen and those next below, in official order. */
enum { PAST_THRESHOLDS = 8 };
struct past_org {
    str org, ja, en, grade;        /* grade: empty where none was given */
    bool top, next_below;          /* of the round's frame */
    bool excluded;                 /* left out of the analysis */
    struct rate coverage, overall; /* overall: of all clauses or items; not defined where none was given */
    int64_t attained[PAST_THRESHOLDS], clauses[PAST_THRESHOLDS]; /* clauses 0: none */
};
struct past_round {
    str code, title_ja, title_en, source_ja, source_en, frame, frame_ja, frame_en;
    int64_t frame_id, base, edition; /* frame_id, edition: row ids; edition 0: only figures were published */
    str edition_code, rule;         /* rule: how rates are made and what leaves the denominator, as recorded */
    bool whole, withheld;           /* the top of the frame is seen; something is withheld */
    int32_t threshold[PAST_THRESHOLDS]; /* tenths of a percent */
    size_t n_thresholds;
    str grades[PAST_THRESHOLDS]; /* names, best first */
    size_t n_grades;
    struct past_org *orgs;
    size_t n_orgs;
};
enum err inspect_past_rounds(struct work *w, struct past_round **out, size_t *n) MUST_USE; /* oldest base date first */

/* Limits, stated where the data enters. */
enum {
    RESPONDENTS_MAX = 2000000, /* of one round */
    NOTE_MAX = 2000,           /* bytes of a note on one answer */
    NOTE_LETTERS_MAX = 200,    /* letters of one that is written on a sheet */
    SHEETS_ROWS_MAX = 5000000, /* rows of one file */
    AGGREGATE_ROWS_MAX = 50000, /* rows of one file */
    AGGREGATE_COUNT_MAX = 100000000, /* one number of a row */
    EXCEPTIONS_MAX = 10000,     /* of one round */
};

#endif
