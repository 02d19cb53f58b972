/* What all entries of notices say alike, and their parameters. */
#include "share/notice_acts.h"
#include "surface/door.h"

#define NOTICE {"notice", P_CODE, REQUIRED, NULL, NULL, N("the notice, by its number")}
#define KINDS "prevention containment recurrence"
#define URGENCIES "emergency important ordinary"
#define TLP_WORDS "clear green amber amber+strict red"
#define PAP_WORDS "clear green amber red"

const struct param share_notice_params[] = {
    {"notice", P_CODE, HIDDEN, NULL, NULL, N("the notice, by its number; without it, a new one is begun")},
    PARTY_PARAM,
    {0}};
const struct param share_notices_params[] = {
    {"box", P_ENUM, 0, "received issued", NULL, N("received, or issued by yourselves; without it, both")},
    {"year", P_INT, 0, NULL, NULL, N("fiscal year in which it was sent")},
    {"kind", P_ENUM, 0, KINDS, NULL, N("what it is for")},
    {"urgency", P_ENUM, 0, URGENCIES, NULL, N("how urgent it is")},
    {"state", P_ENUM, 0, "draft sent superseded recalled discarded", NULL, N("one state")},
    {"drill", P_ENUM, RARE, "without only", NULL, N("drills: without them, or only them")},
    {"q", P_TEXT, 0, NULL, NULL, N("words of the subject")},
    {"from", P_TEXT, HIDDEN, NULL, NULL, N("the row from which on they are shown")},
    PARTY_PARAM, {0}};
const struct param share_one_notice_params[] = {NOTICE, PARTY_PARAM, {0}};
const struct param share_notice_file_params[] = {
    NOTICE, {"name", P_TEXT, REQUIRED, NULL, NULL, N("the attachment, by its name")}, PARTY_PARAM, {0}};
const struct param share_draft_params[] = {
    {"notice", P_CODE, HIDDEN, NULL, NULL, N("a draft that is changed; without it, a new one")},
    {"title", P_TEXT, PERSONAL, NULL, NULL, N("subject of the notice")},
    {"urgency", P_ENUM, 0, URGENCIES, NULL, N("how urgent it is")},
    {"kind", P_ENUM, 0, KINDS, NULL, N("what it is for")},
    {"text", P_TEXT, PERSONAL | LONG_TEXT, NULL, NULL, N("what has happened, and whom it concerns")},
    {"measure", P_TEXT, PERSONAL | LONG_TEXT, NULL, NULL, N("what is to be done")},
    {"references", P_TEXT, PERSONAL | LONG_TEXT, NULL, NULL,
     N("references, one a line; CVE and JVN numbers, names of products, addresses of pages")},
    {"to", P_CODE, MANY, NULL, NULL,
     N("whom it is for; sector:CODE, ceptoar:CODE, kind:WORD, group:CODE, org:CODE, members"), "share addresses"},
    {"also", P_TEXT, PERSONAL | LONG_TEXT, NULL, NULL, N("further organisations, one a line; by code or by name")},
    {"tlp", P_ENUM, 0, TLP_WORDS, NULL, N("how far it may be handed on (TLP)")},
    {"pap", P_ENUM, 0, PAP_WORDS, NULL, N("what may be done with it (PAP)")},
    {"direct", P_FLAG, 0, NULL, NULL, N("send to all tiers at once; for emergencies")},
    {"within", P_INT, RARE, NULL, NULL, N("minutes each tier has to confirm; without it, by urgency: 60, 240, 1440")},
    {"embargo", P_TEXT, RARE, NULL, NULL, N("not public before; 2026-12-01 14:00, as the clocks of Japan say it")},
    {"drill", P_FLAG, RARE, NULL, NULL, N("a drill; it stays one")},
    {"shown", P_FLAG, HIDDEN, NULL, NULL, N("then it is shown as it will be sent")},
    {"whole", P_FLAG, HIDDEN, NULL, NULL, N("what is not given is taken off: a form sends all it has")},
    {"revision", P_INT, HIDDEN, NULL, NULL, N("the revision that was shown: what is newer is not overwritten")},
    PARTY_PARAM,
    {0}};
const struct param share_attach_params[] = {
    NOTICE, {"file", P_FILE, REQUIRED, NULL, NULL, N("a file of at most 8 MB")}, PARTY_PARAM, {0}};
const struct param share_detach_params[] = {
    NOTICE, {"name", P_TEXT, REQUIRED | PERSONAL, NULL, NULL, N("the attachment, by its name")}, PARTY_PARAM, {0}};
const struct param share_send_params[] = {
    NOTICE,
    {"revision", P_INT, HIDDEN, NULL, NULL, N("the revision that was shown: what is newer is not sent unseen")},
    PARTY_PARAM,
    {0}};
const struct param share_recall_params[] = {
    NOTICE,
    {"reason", P_TEXT, REQUIRED | LONG_TEXT | PERSONAL, NULL, NULL, N("why it is recalled; all addressees read it")},
    PARTY_PARAM,
    {0}};
const struct param share_pass_params[] = {
    NOTICE,
    {"text", P_TEXT, LONG_TEXT | PERSONAL, NULL, NULL, N("what you add for those below")},
    {"tlp", P_ENUM, 0, TLP_WORDS, NULL,
     N("how far it may be handed on (TLP); without it, as it came to you, and never wider")},
    {"pap", P_ENUM, 0, PAP_WORDS, NULL,
     N("what may be done with it (PAP); without it, as it came to you, and never wider")},
    {"but", P_CODE, MANY, NULL, NULL, N("who is left out"), "share below"},
    {"reason", P_TEXT, LONG_TEXT | PERSONAL, NULL, NULL, N("why they are left out")},
    {"confirm", P_FLAG, 0, NULL, NULL, N("confirm that you received it, too")},
    PARTY_PARAM,
    {0}};
const struct param share_pass_add_params[] = {
    NOTICE, {"org", P_CODE, REQUIRED, NULL, NULL, N("one more organisation, by its code")}, PARTY_PARAM, {0}};

struct where notice_where(const char *field) { return (struct where){.field = str_of(field)}; }

enum err own_notice(struct work *w, const struct args *in, struct party *p, struct notice *out)
{
    struct delivery own;
    enum standing how;
    struct notice n;
    enum err e = party_of(w, in, p);
    if (e == OK) e = notice_find(w, p, arg_text(in, "notice"), &n, &own, &how);
    if (e == OK && how != STANDS_ISSUER)
        e = fault_in(w, DENIED, notice_where("notice"), M("'%1' was issued by '%2', and only its issuer does this"),
                     n.code, n.issuer_code);
    if (e == OK) *out = n;
    return e;
}

void notice_go(struct work *w, const struct notice *n, const char *to, str said)
{
    act_next(w, &(struct going_on){.to = to, .given = {{"notice", n->code}}, .said = said});
}
