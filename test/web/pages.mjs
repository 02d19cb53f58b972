// Every kind of page there is, with who looks at it: from /openapi.json, so that a new entry is looked at without a word
// here, and those that no entry describes.
import { data, rows, someone } from './lib.mjs';

const known = {
    round: 'demo-2026', edition: 'baseline-2', own: 'kou-2025', against: 'demo-2025', from: 'baseline-1', to: 'baseline-2',
    what: 'people', part: '2', q: '高橋', clause: '2.2.1(1)(c)', last: '20', duty: 'staff',
    survey: 'jre', kind: 'finding', plan: 'demo-2026', no: '6', series: 'unauthorised-access', meeting: 'seisaku-12',
    model: 'ten-sectors', service: 'power-supply', report: 'security-report-otsu-2026', template: 'security-report', council: 'seisaku', comment: 'r1',
};

function query(parameters, more) {
    const values = { ...known, ...more };
    const pairs = [];
    for (const p of parameters ?? []) {
        const words = p.schema?.enum ?? p.schema?.items?.enum;
        if (!p.required && p.name !== 'round') continue;
        if (values[p.name] && (!words || words.includes(values[p.name]))) pairs.push([p.name, values[p.name]]);
        else if (words && p.required) pairs.push([p.name, words[0]]);
    }
    return pairs.length ? '?' + new URLSearchParams(pairs) : '';
}

// [path, who]: who is null for nobody. `centre` is a page signed in as the centre's officer.
export async function everyPage(centre) {
    const openapi = await (await centre.context().request.get('/openapi.json')).json();
    const staff = someone('staff'), manager = someone('section-manager'), officer = someone('centre-officer');
    const admin = someone('administrator'), ciso = someone('ciso', 'hei');
    const cases = rows(await data(centre, '/case/list.json?kind=finding'));
    const own = { case: cases[0]?.case, step: 'accept', org: officer.org, respondent: staff.post, person: staff.person };
    const pages = [
        ['/signin', null], ['/signin?next=%2Finspect', null], ['/link/0000', null], ['/account/setup', null],
        ['/', staff], ['/', manager], ['/', officer], ['/', admin], ['/', ciso],
        ['/nowhere/at-all', staff], ['/registry/people?org=otsu', ciso], ['/account/post', manager],
        ['/find?q=%E9%AB%99%E6%A9%8B', officer], ['/find?q=', officer], ['/find?q=zzzz', officer],
    ];
    // What test/web/deeds left behind, by who meets it.
    const other = someone('ciso', 'otsu'), devices = 'round=devices-2026&org=hei';
    pages.push([`/inspect/sheet?round=demo-2026&respondent=${other.post}`, other], // given back
        ['/inspect/survey-form?survey=jre', ciso], ['/inspect/survey-form?survey=jre&system=hei-b1-lan', ciso],
        ['/inspect/survey?survey=jre', ciso], [`/inspect/devices?${devices}`, ciso], [`/inspect/sample?${devices}&seed=4`, ciso],
        ['/inspect/agreement?round=devices-2026', officer], ['/inspect/frame?round=demo-2026&org=hei', ciso],
        ['/inspect/way?round=demo-2026&org=bo', officer], ['/inspect/way?round=demo-2026&org=hei', ciso],
        ['/inspect/entered?round=demo-2026&org=hei', ciso], ['/inspect/rollup-compare?round=demo-2026&org=kou', officer],
        ['/inspect/rollup-keys', ciso], ['/case/open?kind=permit', manager], ['/case/list', manager], ['/case/list?kind=finding', ciso],
        ['/inspect', staff], ['/inspect', ciso]);
    pages.push(...cyclePages(), ...dependPages(), ...sharePages());
    for (const row of rows(await data(centre, '/case/list.json')))
        pages.push([`/case/show?case=${row.case}`, officer], [`/case/show?case=${row.case}`, ciso]);
    for (const [path, item] of Object.entries(openapi.paths)) {
        const view = path.replace(/\.json$/, ''); // its page stands where its data do
        if (path.includes('{')) continue;
        if (view !== path && item.get) pages.push([view + query(item.get.parameters, own), officer]);
        else if (item.post) pages.push([path, /^.(account|rebuild|registry)/.test(path) ? admin : officer]);
    }
    for (const room of new Set(Object.keys(openapi.paths).map((p) => p.split(/[/.]/)[1])))
        if (!['find', 'signin', 'home'].includes(room)) pages.push([`/${room}`, officer], [`/${room}`, admin]);
    const seen = new Set();
    return pages.filter(([path, who]) => !seen.has(path + who?.person) && seen.add(path + who?.person));
}

// The other half of the cycle: plans and their progress, series, reports, meetings; each kind of page, full and empty.
function cyclePages() {
    const officer = someone('centre-officer'), ciso = someone('ciso', 'hei'), staff = someone('staff');
    const pages = (who, ...paths) => paths.map((path) => [path, who]);
    return [
        ...pages(officer, '/plan/show?plan=sj2007', '/plan/show?plan=demo-2027', '/plan/show?plan=basic-2',
            '/plan/measure?plan=sj2007&no=65', '/plan/measure?plan=sj2007&no=155', '/plan/measure?plan=demo-2026&no=3',
            '/plan/progress?plan=sj2007&report=half', '/plan/progress?plan=demo-2026', '/plan/progress?plan=demo-2027',
            ...['status', 'chapter', 'section', 'area', 'owner'].map((by) => `/plan/status?plan=sj2007&report=half&by=${by}`),
            '/plan/changes?plan=demo-2026', '/plan/silent?plan=demo-2026', '/plan/milestones?plan=sj2007', '/plan/reports?plan=demo-2026',
            '/plan/history?plan=demo-2026&no=6', '/plan/editions?plan=demo-2026', '/plan/comments?plan=demo-2026',
            '/plan/opinion?plan=demo-2026&comment=r1', '/plan/compare?plan=basic-2&with=basic-1', '/plan/compare?plan=demo-2026&with=sj2007',
            '/plan/pictures?plan=basic-2', '/plan/picture?plan=basic-2&no=individual-1', '/plan/measure?plan=basic-2&no=individual-1', '/plan/areas?plan=basic-2',
            '/plan/candidates?into=demo-2027', '/plan/why?plan=demo-2026&no=6', '/plan/owners?plan=sj2007', '/plan/groups?plan=sj2007',
            '/plan/write?plan=demo-2027', '/plan/add-item?plan=demo-2027&kind=measure', '/plan/settle?plan=demo-2026&no=6',
            '/plan/carry?into=demo-2027', '/plan/say?plan=demo-2026&no=9', '/plan/headings?plan=sj2007',
            '/series/show?series=inspection-coverage-demo', '/series/show?series=unauthorised-access',
            '/series/show?series=unauthorised-access&drawn=bar', '/series/show?series=infra-reports', '/series/list?area=individual',
            '/registry/meeting?meeting=seisaku-14', '/registry/meetings', '/registry/councils', '/registry/calendar?year=2007',
            '/registry/cited?council=seisaku&number=12',
            '/report/show?report=security-report-otsu-2026', '/report/verify?report=security-report-otsu-2026', '/report/history?report=security-report-otsu-2026',
            '/report/erratum?report=security-report-otsu-2026', '/report/compare?template=security-report&year=2026',
            '/report/template?template=yearly-evaluation', '/report/draft?template=half-year'),
        ...pages(ciso, '/plan/mine', '/plan/say?plan=demo-2026&no=3', '/plan/show?plan=hei-2026', '/report/show?report=security-report-hei-2026',
            '/report/write?report=security-report-hei-2026&part=thinking', '/case/list?kind=recommendation',
            '/report/list', '/plan/list'),
        ...pages(staff, '/plan', '/plan/list', '/plan/show?plan=demo-2026', '/plan/measure?plan=demo-2026&no=3', '/series/list', '/report/list'),
    ];
}

// What would happen: models, runs, tables, the elicitation; asked and not asked yet.
function dependPages() {
    const officer = someone('centre-officer'), keeper = someone('centre-officer', 'infrastructure'), ciso = someone('ciso', 'hei');
    const operator = someone('inspection-officer', 'demo-denryoku-1'), m = 'model=ten-sectors';
    const pages = (who, ...names) => names.map((name) => [`/depend/${name}`, who]);
    return [
        ...pages(officer, 'models', `show?${m}`, `show?${m}&sector=ci-power`, `service?${m}&service=power-supply`, `run?${m}`,
            `run?${m}&fail=ci-power&lasts=12&backup=ci-telecom&backup_hours=6`, `run?${m}&fail=ci-power&lasts=12&runs=20`, `compare?${m}`,
            `compare?${m}&fail=ci-power&lasts=12&other_backup=ci-telecom`, `simulate?${m}&fail=ci-power`, `table?${m}`, `rank?${m}`,
            `worth?${m}&fail=ci-power&lasts=12`, `order?${m}&fail=ci-power`, `stuck?${m}`, `threats?${m}`, `iim?${m}`, `iim?${m}&start=ci-power`,
            'answers?survey=dependence-2026', 'fit?survey=dependence-2026&model=answers-2026', 'runs'),
        ...pages(keeper, `show?${m}`, `run?${m}&fail=ci-power&lasts=12&backup=tel-fixed`),
        ...pages(ciso, 'models', 'run?model=operators&fail=pow'), ...pages(operator, 'answers?survey=dependence-2026', 'show?model=operators'),
    ];
}

// Of those, what is looked at in every light, size and language.
export function cycleDaily() {
    const seen = ['/plan', '/plan/show?plan=sj2007', '/plan/measure?plan=sj2007&no=65', '/plan/progress?plan=sj2007&report=half', '/plan/say?plan=demo-2026&no=3',
        '/plan/status?plan=sj2007&report=half&by=owner', '/plan/milestones?plan=sj2007', '/plan/pictures?plan=basic-2', '/plan/mine',
        '/plan/candidates?into=demo-2027', '/plan/editions?plan=demo-2026', '/series/list', '/series/show?series=unauthorised-access',
        '/registry/meetings', '/registry/calendar?year=2007', '/report/show?report=security-report-otsu-2026',
        '/report/show?report=security-report-hei-2026', '/depend/run?model=ten-sectors',
        '/depend/run?model=ten-sectors&fail=ci-power&lasts=12&backup=ci-telecom&backup_hours=6', '/depend/show?model=ten-sectors'];
    const met = new Set();
    return [...cyclePages(), ...dependPages()].filter(([path]) => seen.includes(path) && !met.has(path) && met.add(path));
}

// Information sharing, as those of the synthetic infrastructure meet it: the centre, a ministry, the office of a CEPTOAR, an operator.
function sharePages() {
    const post = { centre: someone('centre-officer', 'di-centre'), ministry: someone('sharing-officer', 'hei'), office: someone('sharing-officer', 'di-power-ceptoar'),
        operator: someone('sharing-officer', 'di-power-01') };
    const pages = (who, ...paths) => paths.map((path) => [path, post[who]]);
    const notice = 'notice=N-2026-0003';
    return [
        ...pages('centre', '/', '/share', '/share/inbox', '/share/notice', `/share/notice?${notice}`, '/share/notice?notice=N-2026-0004', '/share/preview?notice=N-2026-0004',
            '/share/notices', '/share/board', `/share/board?${notice}`, `/share/reach?${notice}`, '/share/reach', '/share/drills', '/share/drill-result?notice=D-2026-0001',
            '/share/drill', '/share/report', '/share/reports', '/share/statistics', '/share/statistics?year=2023', '/share/bodies', '/share/contacts', '/share/groups',
            '/share/collections', '/share/sources', '/share/consents'),
        ...pages('ministry', '/', '/share/inbox', `/share/notice?${notice}`, `/share/board?${notice}`, '/share/reports', '/share/contacts'),
        ...pages('office', '/', '/share/inbox', `/share/notice?${notice}`, `/share/board?${notice}`, `/share/calls?${notice}`, '/share/body'),
        ...pages('operator', '/', '/share/inbox', `/share/notice?${notice}`, '/share/report', '/share/reports', '/share/contacts'),
    ];
}

// Of those, what is looked at in every light, size and language.
export function shareDaily() {
    const seen = ['/share/inbox', '/share/notice', '/share/notice?notice=N-2026-0003', '/share/board?notice=N-2026-0003', '/share/report', '/share/statistics?year=2023'];
    return sharePages().filter(([path]) => seen.includes(path));
}

// Those a person meets every day: looked at in every light, size and language.
export function dailyPages() {
    const staff = someone('staff'), manager = someone('section-manager'), officer = someone('centre-officer');
    return [
        ['/signin', null], ['/', staff], ['/', manager], ['/', officer],
        [`/inspect/sheet?round=demo-2026&respondent=${staff.post}`, staff],
        [`/inspect/sheet?round=demo-2026&respondent=${staff.post}&page=0`, staff],
        [`/inspect/unit?round=demo-2026&org=${manager.org}`, manager],
        ['/inspect/whole?round=demo-2026', officer],
        ['/inspect/clause?round=demo-2026&clause=2.2.1%281%29%28c%29', officer],
        ['/inspect/rates?round=demo-2026&org=demo', officer],
        ['/find?q=%E9%AB%99%E6%A9%8B', officer],
    ];
}
