// Every kind of page there is, with who looks at it: from /openapi.json, so that a new entry is looked at without a word
// here, and those that no entry describes.
import { data, rows, someone } from './lib.mjs';

const known = {
    round: 'demo-2026', edition: 'baseline-2', own: 'kou-2025', against: 'demo-2025', from: 'baseline-1', to: 'baseline-2',
    what: 'people', part: '2', q: '高橋', clause: '2.2.1(1)(c)', last: '20', duty: 'staff',
    survey: 'jre', kind: 'finding',
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
