#include "format/xml_write.h"

static str escape(char c)
{
    switch (c) {
    case '&': return S("&amp;");
    case '<': return S("&lt;");
    case '>': return S("&gt;");
    case '"': return S("&quot;");
    default: return (str){0};
    }
}

void xml_put_text(struct buf *b, str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        str safe = escape((char)c);
        bool none = (c < 0x20 && c != '\n' && c != '\t') || c == 0x7F; /* XML 1.0 §2.2; U+007F is discouraged */
        /* U+FFFE and U+FFFF are no characters of XML either */
        bool last = c == 0xEF && i + 2 < s.n && (unsigned char)s.p[i + 1] == 0xBF && (unsigned char)s.p[i + 2] >= 0xBE;
        if (last) i += 2;
        if (safe.n != 0) buf_add(b, safe);
        else buf_byte(b, none || last ? ' ' : (char)c);
    }
}

void xml_put(struct buf *b, const char *tag, const char *attributes, str text)
{
    if (text.n == 0) return;
    buf_fmt(b, "<%s%s%s>", tag, attributes == NULL ? "" : " ", attributes == NULL ? "" : attributes);
    xml_put_text(b, text);
    buf_fmt(b, "</%s>", tag);
}
