// Five invented ministries, small enough to be followed person by person, and a slow model of what they answer: every
// figure counted anew from all answers, fractions of whole numbers. The model knows nothing of the program.
//   甲 乙 丙  send sheets    丁  reports in aggregates    戊  runs an instance of its own and sends a signed roll-up
export const ministries = ['kou', 'otsu', 'hei', 'tei', 'bo'];
const names = { kou: '甲省', otsu: '乙省', hei: '丙庁', tei: '丁省', bo: '戊庁' };
const english = { kou: 'Ministry of Kou', otsu: 'Ministry of Otsu', hei: 'Agency of Hei', tei: 'Ministry of Tei', bo: 'Agency of Bo' };
export const STAFF = 3, DEVICES = 4, SECTIONS = [1, 2];

const csv = (head, rows) => [head, ...rows.map((r) => r.join(','))].join('\r\n') + '\r\n';

// ---- the standard: part 1 binds offices, part 2 staff and devices ----
export const clauses = [ // number, section, level, duty, "no occasion" allowed
    ['1.1.1(1)(a)', '1.1.1', 'basic', 'ciso', 'no'],
    ['1.1.1(1)(b)', '1.1.1', 'basic', 'head-chief', 'no'],
    ['1.1.1(1)(c)', '1.1.1', 'basic', 'section-manager', 'yes'],
    ['2.1.1(1)(a)', '2.1.1', 'basic', 'staff', 'no'],
    ['2.1.1(1)(b)', '2.1.1', 'basic', 'staff', 'yes'],
    ['2.1.1(1)(c)', '2.1.1', 'basic', 'staff', 'yes'],
    ['2.1.1(1)(d)', '2.1.1', 'enhanced', 'staff', 'no'],
    ['2.2.1(1)(a)', '2.2.1', 'basic', 'device', 'no'],
    ['2.2.1(1)(b)', '2.2.1', 'basic', 'device', 'yes'],
].map(([number, section, level, duty, none]) => ({ number, section, level, duty, none: none === 'yes', part: number[0] }));
// S1 serves (b) and (c): both done, or not done. Other clauses are asked by number.
export const questions = [{ code: 'S1', duty: 'staff', rule: 'all', clauses: ['2.1.1(1)(b)', '2.1.1(1)(c)'] }];
const adopted = ['kou']; // the enhanced clause

export function binds(clause, duty, ministry) {
    return clause.duty === duty && (clause.level === 'basic' || adopted.includes(ministry));
}
// What a person is asked, in order: question codes, and numbers of clauses that no question serves.
export function asked(duty, ministry) {
    const bound = clauses.filter((c) => binds(c, duty, ministry)).map((c) => c.number);
    const served = new Set(questions.flatMap((q) => q.clauses));
    return [...questions.filter((q) => q.clauses.some((c) => bound.includes(c))).map((q) => q.code),
            ...bound.filter((c) => !served.has(c))];
}

// ---- who there is ----
export function people() {
    const all = [];
    const add = (duty, org, ministry, code) => all.push({ person: `p-${code}`, post: code, duty, org, ministry });
    add('centre-officer', 'gov', 'gov', 'gov-centre');
    add('administrator', 'gov', 'gov', 'gov-admin');
    for (const m of ministries) {
        for (const duty of ['ciso', 'head-chief', 'inspection-officer', 'auditor']) add(duty, m, m, `${m}-${duty}`);
        for (const s of SECTIONS) {
            add('section-manager', `${m}-${s}`, m, `${m}-${s}-manager`);
            for (let i = 1; i <= STAFF; i++) add('staff', `${m}-${s}`, m, `${m}-${s}-staff-${i}`);
        }
    }
    return all;
}
export const devices = (m) => Array.from({ length: DEVICES }, (_, i) => `${m}-pc-${i + 1}`);

// The files an administrator imports, in order; `only`: the instance of one ministry, which knows nobody else.
export function files(only) {
    const here = ministries.filter((m) => !only || m === only);
    const orgs = [['gov', '', 'government', 10, '府', 'Government'],
        ...here.flatMap((m) => [[m, 'gov', 'ministry', 10 * (1 + ministries.indexOf(m)), names[m], english[m]],
            ...SECTIONS.map((s) => [`${m}-${s}`, m, 'section', s, `${names[m]} 第${s}課`, `${english[m]} Section ${s}`])])];
    // The centre does not know the people of those that send none.
    const known = people().filter((p) => p.ministry === 'gov' || (only ? p.ministry === only : !['tei', 'bo'].includes(p.ministry) || ['inspection-officer', 'head-chief', 'ciso'].includes(p.duty)));
    const withSheets = here.filter((m) => only || !['tei', 'bo'].includes(m));
    return [
        ['registry', 'organisations', csv('code,parent,kind,order,name_ja,name_en', orgs)],
        ['registry', 'people', csv('code,org,name_ja,name_en,mail,from,to',
            known.map((p) => [p.person, p.org, `${names[p.ministry] ?? '府'} ${p.post}`, p.post, `${p.person}@example.invalid`, '2024-04-01', '']))],
        ['registry', 'posts', csv('code,duty,org,person,from', known.map((p) => [p.post, p.duty, p.org, p.person, '2024-04-01']))],
        ['registry', 'systems', csv('code,org,kind,name_ja,name_en,from',
            withSheets.flatMap((m) => devices(m).map((d, i) => [d, `${m}-1`, 'device', `端末${i + 1}`, `Terminal ${i + 1}`, '2024-04-01'])))],
        ['standard', 'sections', csv('code,parent,title_ja,title_en', [['1', '', '組織', 'Organisation'], ['1.1', '1', '体制', 'Framework'],
            ['1.1.1', '1.1', '責任者', 'Officers'], ['2', '', '利用', 'Use'], ['2.1', '2', '職員', 'Staff'], ['2.1.1', '2.1', '日常', 'Every day'],
            ['2.2', '2', '端末', 'Terminals'], ['2.2.1', '2.2', '設定', 'Settings']])],
        ['standard', 'clauses', csv('number,section,parent,level,duty,no_occasion,text_ja,text_en', clauses.map((c) =>
            [c.number, c.section, '', c.level, c.duty, c.none ? 'yes' : 'no', `${c.number} を行うこと。`, `Do ${c.number}.`]))],
        ['standard', 'questions', csv('code,duty,rule,clauses,text_ja,text_en,example_ja,example_en,help_ja,help_en', questions.map((q) =>
            [q.code, q.duty, q.rule, q.clauses.join(' '), 'ふたつのことを守っていますか。', 'Do you keep to both?', '', '', '', '']))],
        ['standard', 'adoptions', csv('org,clause,adopted,date,by,reason_ja,reason_en', here.filter((m) => adopted.includes(m)).flatMap((m) =>
            clauses.filter((c) => c.level === 'enhanced').map((c) => [m, c.number, 'yes', '2025-04-01', 'ciso', '採択', 'adopted'])))],
    ];
}

// ---- the model ----
// sheets: Map post → { org, ministry, duty, state: 0..2, answer: {clause: done | not_done | no_occasion}, excepted: Set }
// aggregates: [{ ministry, duty, clause or null, reported, known, arisen, done }]
export class Model {
    sheets = new Map();
    aggregates = [];
    constructor(withSheets) {
        for (const m of withSheets) {
            for (const p of people().filter((x) => x.ministry === m))
                if (clauses.some((c) => binds(c, p.duty, m))) this.add(p.post, p.org, m, p.duty);
            for (const d of devices(m)) this.add(d, `${m}-1`, m, 'device');
        }
    }
    add(post, org, ministry, duty) { this.sheets.set(post, { org, ministry, duty, state: -1, answer: {}, excepted: new Set() }); }
    // By question, as a person answers.
    answer(post, answers) {
        const s = this.sheets.get(post);
        for (const [key, a] of Object.entries(answers)) {
            const q = questions.find((x) => x.code === key);
            for (const c of q ? q.clauses : [key]) s.answer[c] = a;
        }
    }
    state(post, n) { this.sheets.get(post).state = n; }
    within(s, org) { return org === 'gov' || s.org === org || s.ministry === org; }
    coverage(org) {
        let reported = 0, known = 0;
        for (const s of this.sheets.values()) {
            if (!this.within(s, org)) continue;
            reported++;
            known += s.state === 2 ? 1 : 0;
        }
        for (const a of this.aggregates)
            if (a.clause === null && (org === 'gov' || a.ministry === org)) {
                reported += a.reported;
                known += a.known;
            }
        return { reported, known };
    }
    // Exceptions stand apart: neither done nor not done.
    clause(org, number) {
        let arisen = 0, done = 0, excepted = 0;
        for (const s of this.sheets.values()) {
            if (!this.within(s, org) || s.state !== 2 || !s.answer[number]) continue;
            if (s.excepted.has(number)) {
                excepted++;
                continue;
            }
            arisen += s.answer[number] !== 'no_occasion' ? 1 : 0;
            done += s.answer[number] === 'done' ? 1 : 0;
        }
        for (const a of this.aggregates)
            if (a.clause === number && (org === 'gov' || a.ministry === org)) {
                arisen += a.arisen;
                done += a.done;
            }
        return { arisen, done, excepted };
    }
    // Mean of the clauses' ratios, as a fraction: [numerator, denominator]; null where nothing arose.
    implementation(org, part) {
        let n = 0n, d = 1n, count = 0n;
        for (const c of clauses.filter((x) => x.part === part)) {
            const { arisen, done } = this.clause(org, c.number);
            if (arisen === 0) continue;
            n = n * BigInt(arisen) + BigInt(done) * d;
            d *= BigInt(arisen);
            count++;
        }
        return count === 0n ? null : [n, d * count];
    }
    // What a ministry's own instance tells above: per duty and clause.
    asAggregates(ministry) {
        const rows = [];
        const mine = [...this.sheets.values()].filter((s) => s.ministry === ministry);
        for (const duty of new Set(mine.map((s) => s.duty))) {
            const of = mine.filter((s) => s.duty === duty), known = of.filter((s) => s.state === 2);
            rows.push({ ministry, duty, clause: null, reported: of.length, known: known.length, arisen: 0, done: 0 });
            for (const c of clauses.filter((x) => binds(x, duty, ministry))) {
                const sum = this.clause(ministry, c.number);
                rows.push({ ministry, duty, clause: c.number, reported: of.length, known: known.length, arisen: sum.arisen, done: sum.done });
            }
        }
        return rows;
    }
}
export const aggregateFile = (rows) => csv('organisation,duty,clause,reported,known,arisen,done',
    rows.map((r) => [r.ministry, r.duty, r.clause ?? '', r.reported, r.known, r.clause === null ? '' : r.arisen, r.clause === null ? '' : r.done]));
export const nearest = ([n, d]) => Number(n) / Number(d); // the nearest double, while both are small
