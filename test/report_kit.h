/* A small world of reports: a centre, two ministries in charge of a sector each, their CEPTOARs and operators, and somebody who shares for each. */
#ifndef MEGURI_TEST_REPORT_KIT_H
#define MEGURI_TEST_REPORT_KIT_H

#include "inspect_kit.h"

#define FILED_AS(text) {"file", text, "file.csv"}

static inline void report_world(struct work *w)
{
    doing(w, "registry", "import", {"what", "duties"}, FILED_AS("code,name_ja,name_en,rights,order\nshare,共有,Sharing,share,10\nviewer,閲覧,Viewer,rates,20\n"));
    doing(w, "registry", "import", {"what", "organisations"},
          FILED_AS("code,parent,kind,order,name_ja,name_en,from,to\n"
                   "gov,,government,10,政府,Government,,\nnisc,gov,centre,10,中央事務局,The centre,,\n"
                   "meti,gov,ministry,20,乙省,Ministry M,,\nfsa,gov,ministry,30,丙庁,Ministry F,,\n"
                   "ci,,group,20,重要インフラ,Infrastructure,,\nci-power,ci,sector,10,電力,Power,,\nci-bank,ci,sector,20,金融,Finance,,\n"
                   "cep-p,ci-power,ceptoar,10,電力セプター,Power CEPTOAR,,\ncep-b,ci-bank,ceptoar,10,金融セプター,Finance CEPTOAR,,\n"
                   "op1,ci-power,operator,20,株式会社みなと電工,Minato Denko Co.,,\nop2,ci-power,operator,30,合成配電,Synthetic Grid,,\n"
                   "plant,op1,bureau,10,潮見発電所,Shiomi plant,,\nbank1,ci-bank,operator,20,合成銀行,Synthetic Bank,,\n"));
    doing(w, "registry", "import", {"what", "links"},
          FILED_AS("kind,from,to,valid_from,valid_to\nministry-in-charge,ci-power,meti,,\nministry-in-charge,ci-bank,fsa,,\n"
                   "ceptoar,ci-power,cep-p,,\nceptoar,ci-bank,cep-b,,\nmember,op1,cep-p,,\nmember,op2,cep-p,,\nmember,bank1,cep-b,,\n"
                   "centre,ci-power,nisc,,\ncentre,ci-bank,nisc,,\ncentre,meti,nisc,,\ncentre,fsa,nisc,,\n"));
    doing(w, "registry", "import", {"what", "people"},
          FILED_AS("code,org,name_ja,name_en,mail,from,to\np-nisc,nisc,中央花子,Hanako Chuo,,,\np-meti,meti,乙野次郎,Jiro Otsuno,,,\np-fsa,fsa,丙山三郎,,,,\n"
                   "p-cep,cep-p,電田四郎,,,,\np-cepb,cep-b,金田五郎,,,,\np-op1,op1,潮見 太郎,Taro Shiomi,taro@minato.example,,\np-op2,op2,配田六郎,,,,\n"
                   "p-bank,bank1,銀田七郎,,,,\np-gov,gov,政田八郎,,,,\n"));
    doing(w, "registry", "import", {"what", "posts"},
          FILED_AS("code,duty,org,system,person,deputy_of,from,to\ns-nisc,share,nisc,,p-nisc,,,\ns-meti,share,meti,,p-meti,,,\ns-fsa,share,fsa,,p-fsa,,,\n"
                   "s-cep,share,cep-p,,p-cep,,,\ns-cepb,share,cep-b,,p-cepb,,,\ns-op1,share,op1,,p-op1,,,\ns-op2,share,op2,,p-op2,,,\n"
                   "s-bank,share,bank1,,p-bank,,,\nv-gov,viewer,gov,,p-gov,,,\n"));
    doing(w, "registry", "import", {"what", "systems"}, FILED_AS("code,org,kind,name_ja,name_en,from,to\nscada-9,plant,system,しおさい監視盤,Shiosai,,\n"));
}

/* A report of op1, typed and not sent: by whoever acts now. */
static inline const char *typed_report(struct work *w, const char *tlp, const char *ground)
{
    struct kept *k = doing(w, "share", "report-save", {"field.title", "監視が止まった"}, {"field.event", "availability"}, {"field.ground", ground},
                           {"field.begun", "2007-04-23 09:30"}, {"field.service", "電力の供給"}, {"field.tlp", tlp}, {"field.causes.1", "equipment"},
                           {"field.causes.2", "weakness"}, {"field.verification", "100"}, {"field.level", "97.5"},
                           {"field.summary", "みなと電工の潮見発電所で監視盤 192.0.2.7 が止まった"}, {"field.response", "予備系に切り替えた"});
    return str_c(w->a, fact_text(k, "report"));
}

static inline const char *sent_report(struct work *w, const char *tlp, const char *ground)
{
    const char *code = typed_report(w, tlp, ground);
    doing(w, "share", "report-send", {"report", code});
    return code;
}

#endif
