/* The words for the room's codes. Codes are what data and programs see; other rooms use some of the same for something else,
 * so that what is read stands here. */
#include "report/acts.h"

static const struct {
    const char *of, *code;
    str words;
} all[] = {
    {"state", "draft", N("being drafted")},
    {"state", "review", N("in review")},
    {"state", "frozen", N("approved and frozen")},
    {"state", "embargo", N("waits for its time")},
    {"state", "published", N("published to all")},
    {"part", "template", N("kind of document")},
    {"part", "heading", N("heading")},
    {"part", "text", N("text by a person")},
    {"part", "view", N("table from a view")},
    {"part", "figure", N("figure in a sentence")},
    {"waits", "write", N("write or assemble what is missing, then send to review")},
    {"waits", "adviser", N("write the adviser's part")},
    {"waits", "review", N("read it and comment")},
    {"waits", "answer", N("resolve the comments")},
    {"waits", "approve", N("approve it, or give it back")},
    {"waits", "publish", N("publish it")},
    {"what", "opened", N("the report was begun")},
    {"what", "written", N("a part was written")},
    {"what", "assembled", N("assembled anew")},
    {"what", "left out", N("a part was left out")},
    {"what", "put back", N("a part was put back")},
    {"what", "sent", N("sent to review")},
    {"what", "returned", N("given back")},
    {"what", "commented", N("commented")},
    {"what", "read", N("read, without a comment")},
    {"what", "resolved", N("a comment was resolved")},
    {"what", "approved", N("approved by a second person")},
    {"what", "published", N("the report was published")},
};

str report_words(const char *of, str code)
{
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (str_eq(str_of(all[i].of), str_of(of)) && str_eq(str_of(all[i].code), code)) return all[i].words;
    return code;
}

struct cell report_enum(const char *of, str code)
{
    return enum_words_cell(code, report_words(of, code));
}
