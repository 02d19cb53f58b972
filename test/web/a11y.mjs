// axe-core on every kind of page, and what axe does not look at: sideways scrolling, small print, focus that is seen,
// the skip link, pages without script, our own policy. Prints TAP.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Tap, desk, enter, launch, must, phone, signIn, someone, visitor } from './lib.mjs';
import { cycleDaily, dailyPages, everyPage, shareDaily } from './pages.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const tap = new Tap('a11y');
const browser = await launch();
const complaints = [];
const pictures = process.env.MEGURI_PICTURES; // a folder, to look at what was come to

async function violations(page) {
    await page.evaluate(axe);
    const found = await page.evaluate((tags) => window.axe.run(document, {
        runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'],
    }), rules);
    return found.violations.flatMap((v) => v.nodes.slice(0, 3).map((n) =>
        `${v.id}: ${n.target.join(' ')}: ${(n.any[0] ?? n.all[0] ?? n.none[0])?.message ?? v.help}`));
}

// In the page: what a person at 390 px, or without a magnifying glass, would complain of.
function eyes({ lang, narrow }) {
    const wrong = [];
    const html = document.documentElement;
    if (html.lang !== lang) wrong.push(`lang is ${html.lang}`);
    const heads = document.querySelectorAll('h1');
    if (heads.length !== 1) wrong.push(`${heads.length} h1`);
    else if (!heads[0].textContent.trim()) wrong.push('h1 is empty');
    const paper = matchMedia('print').matches; // in points, on A4
    if (narrow && !paper && html.scrollWidth > html.clientWidth) {
        const wide = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > html.clientWidth + 1
            && !e.closest('.table, .vh, svg'));
        wrong.push(`scrolls sideways (${html.scrollWidth}): ${wide.slice(0, 3).map((e) => `${e.tagName}.${e.className}`).join(', ')}`);
    }
    const small = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const e = walker.currentNode.parentElement;
        if (!walker.currentNode.data.trim() || e.closest('svg, .vh, sup, script, style, title, rt') || !e.checkVisibility()) continue;
        if (parseFloat(getComputedStyle(e).fontSize) < 16) small.add(`${e.tagName}.${e.className} ${getComputedStyle(e).fontSize}`);
    }
    if (small.size && !paper) wrong.push(`text under 16 px: ${[...small].slice(0, 3).join(', ')}`);
    const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
    const twice = ids.filter((id, i) => ids.indexOf(id) !== i);
    if (twice.length) wrong.push(`ids stand twice: ${[...new Set(twice)].slice(0, 3).join(', ')}`);
    if (document.querySelector('[style], style, main script, [onclick]')) wrong.push('style or script in the page');
    const raw = [...document.querySelectorAll('main h2')].map((e) => e.textContent.trim()).filter((t) => /^[a-z_-]+$/.test(t));
    if (lang === 'ja' && raw.length) wrong.push(`headings without words: ${raw.join(', ')}`);
    // What somebody wrote or may choose is data; one kana alone is a code as it is printed, such as ア)a).
    const said = (e) => [...e.childNodes].filter((n) => !n.querySelector?.('option, textarea') && !['SELECT', 'TEXTAREA'].includes(n.nodeName)).map((n) => n.textContent).join('');
    if (lang === 'en') {
        const foreign = [...document.querySelectorAll('main h1, main h2, main th[scope=col], main button, main label, main legend, main .tag, nav.rooms a, footer')]
            .filter((e) => !e.closest('[lang=ja]') && /[\u3040-\u30ff]{2}/.test(said(e)));
        if (foreign.length) wrong.push(`Japanese on an English page: ${foreign.slice(0, 3).map((e) => e.textContent.trim().slice(0, 40)).join(' | ')}`);
    } else {
        const foreign = [...document.querySelectorAll('main h1, main h2, main th[scope=col], main button, main label .label, main .tag, nav.rooms a')]
            .filter((e) => /^[A-Za-z][A-Za-z ,.'-]{6,}$/.test(e.textContent.trim()) && !e.closest('[lang=en]'));
        if (foreign.length) wrong.push(`English on a Japanese page: ${foreign.slice(0, 3).map((e) => e.textContent.trim().slice(0, 40)).join(' | ')}`);
    }
    return wrong;
}

// One page for each person and way of looking, kept: signing in each time would cost more than looking.
const seats = new Map();
async function seat(who, way) {
    const key = `${who?.person ?? 'nobody'} ${JSON.stringify(way)}`;
    if (!seats.has(key)) {
        const options = { ...way, complaints };
        seats.set(key, who ? await enter(browser, who, options) : await visitor(browser, options));
    }
    return seats.get(key);
}

async function examine(page, way, name) {
    const wrong = [...await violations(page), ...await page.evaluate(eyes, { lang: way.lang, narrow: way.viewport.width < 600 })];
    return wrong.map((w) => `${name} ${way.lang} ${way.scheme} ${way.viewport.width}: ${w}`);
}

async function look(path, who, way) {
    const page = await seat(who, way);
    const before = complaints.length;
    const answer = await page.goto(path, { waitUntil: 'load' });
    const media = answer.headers()['content-type'] ?? '';
    if (!media.includes('html')) return [`${path} is no page: ${answer.status()} ${media}`];
    try {
        return [...await examine(page, way, path), ...complaints.slice(before)];
    } catch (e) { // a page that goes on by itself is told, and the others are looked at all the same
        return [`${path} ${way.lang}: ${e.message.split('\n')[0]}`];
    }
}

async function focusIsSeen(page, steps) {
    const unseen = [];
    for (let i = 0; i < steps; i++) {
        await page.keyboard.press('Tab');
        const what = await page.evaluate(() => {
            const e = document.activeElement;
            if (!e || e === document.body) return null;
            const looks = (x) => { const s = getComputedStyle(x); return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== 'none'; };
            const box = e.getBoundingClientRect();
            const shown = looks(e) || (e.closest('label') && looks(e.closest('label'))) || (e.closest('a') && looks(e.closest('a')));
            return shown && box.width > 0 ? null : `${e.tagName}.${e.getAttribute('class') ?? ''} ${e.textContent.trim().slice(0, 30)}`;
        });
        if (what) unseen.push(what);
    }
    return unseen;
}

const ways = {
    jaLightDesk: { lang: 'ja', scheme: 'light', viewport: desk }, enDarkPhone: { lang: 'en', scheme: 'dark', viewport: phone },
    jaDarkPhone: { lang: 'ja', scheme: 'dark', viewport: phone }, enLightPhone: { lang: 'en', scheme: 'light', viewport: phone },
    jaDarkDesk: { lang: 'ja', scheme: 'dark', viewport: desk }, enLightDesk: { lang: 'en', scheme: 'light', viewport: desk },
};

const officer = await enter(browser, someone('centre-officer'), ways.jaLightDesk);
const only = process.argv[2]; // part of an address, or 'states'
for (const [path, who] of await everyPage(officer)) {
    if (only && !path.includes(only)) continue;
    const wrong = (await Promise.all([look(path, who, ways.jaLightDesk), look(path, who, ways.enDarkPhone)])).flat();
    tap.ok(wrong.length === 0, `${path} as ${who?.duty ?? 'nobody'}`, wrong.join('\n'));
}
for (const [path, who] of [...dailyPages(), ...cycleDaily(), ...shareDaily()]) {
    if (only && !path.includes(only)) continue;
    const wrong = (await Promise.all(['jaDarkPhone', 'enLightPhone', 'jaDarkDesk', 'enLightDesk'].map((way) => look(path, who, ways[way])))).flat();
    tap.ok(wrong.length === 0, `${path} as ${who?.duty ?? 'nobody'} in every light, size and language`, wrong.join('\n'));
}

for (const [path, who] of only ? [] : dailyPages()) {
    await tap.part(`${path} as ${who?.duty ?? 'nobody'}: the skip link, focus that is seen`, async () => {
        const page = await seat(who, ways.jaLightDesk);
        await page.goto(path);
        await page.keyboard.press('Tab');
        must(await page.evaluate(() => document.activeElement.classList.contains('skip')), 'the first stop is not the skip link');
        await page.keyboard.press('Enter');
        must(await page.evaluate(() => document.activeElement?.id === 'main'), 'the skip link does not lead into the contents');
        await page.goto(path);
        const unseen = await focusIsSeen(page, 30);
        must(unseen.length === 0, `focus is not seen: ${unseen.slice(0, 5).join(', ')}`);
    });
    await tap.part(`${path} as ${who?.duty ?? 'nobody'}: the same without script`, async () => {
        const said = [];
        for (const script of [true, false]) {
            const page = await seat(who, { ...ways.jaLightDesk, script });
            await page.goto(path);
            said.push((await page.locator('main').innerText()).replace(/作成.*|\d{1,2}[:時]\d\d分?/g, ''));
        }
        must(said[0].length > 20, 'the page says nothing');
        must(Math.abs(said[0].length - said[1].length) <= 40, `with script ${said[0].length} characters, without ${said[1].length}`);
    });
}
// Pages one only comes to by doing something.
// A task is over, and its page shown anew.
async function ended(page) {
    for (let i = 0; i < 120; i++) {
        const doc = await page.context().request.get(page.url().replace('/task/show', '/task/show.json')).then((r) => r.json());
        if (doc.facts.state !== 'running') break;
        await page.waitForTimeout(250);
    }
    await page.reload();
}

const states = {
    'an act refused, field by field': [someone('centre-officer'), async (page) => {
        await page.goto('/inspect/open');
        await page.evaluate(() => document.querySelectorAll('main [required]').forEach((e) => e.removeAttribute('required')));
        await page.locator('main [name=code]').fill('日本語');
        await page.locator('main form[method=post] button').first().click();
        await page.locator('.faults').waitFor();
    }],
    'a task refused, with its faults': [someone('section-manager'), async (page) => {
        await page.goto('/inspect/import');
        await page.locator('main [name=round]').selectOption('demo-2026');
        await page.locator('main input[type=file]').setInputFiles({ name: 'x.csv', mimeType: 'text/csv', buffer: Buffer.from('respondent,2.1.1(1)(a)\r\nnobody,たぶん\r\n') });
        await page.locator('main form[method=post] button').first().click();
        await page.waitForURL(/task/);
        for (let i = 0; i < 40 && await page.locator('main table').count() === 0; i++) {
            await page.waitForTimeout(250);
            await page.reload();
        }
    }],
    'a table narrowed down to nothing': [someone('centre-officer'), (page) => page.goto('/inspect/rates?round=demo-2026&org=demo&find.rates=zzzz')],
    'a table sorted, on its second page': [someone('centre-officer'), (page) => page.goto('/registry/people?org=otsu&sort=people.person&page.people=2')],
    'the menu of a phone': [someone('centre-officer'), async (page) => {
        await page.goto('/');
        if (await page.locator('a.menu').isVisible()) await page.locator('a.menu').click();
    }],
    'choosing password and authenticator': [null, async (page) => {
        const given = execFileSync(process.env.MEGURI, ['account', 'add', '--person', someone('auditor').person, '--format', 'json'], { encoding: 'utf8' });
        await page.goto('/account/setup');
        await page.locator('main [name=setup]').fill(JSON.parse(given).facts.code);
        await page.locator('main button').first().click();
        await page.locator('main [name=password]').waitFor();
    }],
    'signing in refused': [null, async (page) => {
        await page.goto('/signin');
        if (!await page.locator('[name=user]').isVisible()) await page.locator('main summary').first().click();
        for (const name of ['user', 'password']) await page.locator(`main [name=${name}]`).fill('nobody');
        await page.locator('main form:has([name=user]) [name=code]').fill('123456');
        await page.locator('main form:has([name=user]) button').click();
        await page.locator('.faults').waitFor();
    }],
    'a case refused, field by field': [someone('section-manager'), async (page) => {
        await page.goto('/case/open?kind=permit');
        await page.evaluate(() => document.querySelectorAll('main [required]').forEach((e) => e.removeAttribute('required')));
        await page.locator('main form[method=post] button').first().click();
        await page.locator('.faults').waitFor();
    }],
    'a step of a case refused': [someone('section-manager'), async (page) => {
        const list = await page.context().request.get('/case/list.json?kind=finding').then((r) => r.json());
        for (const row of list.tables[0].rows) { // the first in which this person may take a step
            await page.goto(`/case/show?case=${encodeURIComponent(row.case)}`);
            if (await page.locator('main form[method=post] button').count()) break;
        }
        await page.evaluate(() => document.querySelectorAll('main [required]').forEach((e) => e.removeAttribute('required')));
        await page.locator('main form[method=post] button').first().click();
        await page.locator('.faults').waitFor();
    }],
    'an answer to a survey refused': [someone('ciso', 'hei'), async (page) => {
        await page.goto('/inspect/survey-form?survey=jre&system=hei-b2-lan');
        await page.evaluate(() => document.querySelectorAll('main [type=date]').forEach((e) => { e.type = 'text'; }));
        await page.locator('main [name="value.until"]').first().fill('あさって');
        await page.locator('main form[method=post] button').first().click();
        await page.locator('.faults').waitFor();
    }],
    'a staff list tried out, and what does it': [someone('ciso', 'hei'), async (page) => {
        await page.goto('/registry/staff');
        const org = page.locator('main [name=org]');
        if (await org.evaluate((e) => e.tagName) === 'SELECT') await org.selectOption('hei');
        else await org.fill('hei');
        await page.locator('main [name=on]').fill(new Date().toISOString().slice(0, 10));
        await page.locator('main input[type=file]').setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from('person,name_ja,org,duty\r\nnew-9,新任 花子,hei-b4-s1,staff\r\n') });
        await page.locator('main form[method=post] button').first().click();
        await page.waitForURL(/task/);
        await ended(page);
        await page.getByText('新任 花子').first().waitFor();
    }],
    'the merge report of a workbook': [someone('ciso', 'hei'), async (page) => {
        const book = await page.context().request.get('/inspect/template?round=demo-2026&org=hei-b4-s1');
        must(book.ok(), `no workbook: ${book.status()}`);
        await page.goto('/inspect/import');
        await page.locator('main [name=round]').selectOption('demo-2026');
        await page.locator('main input[type=file]').setInputFiles({ name: 'hei-b4-s1.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: await book.body() });
        await page.locator('main form[method=post] button').first().click();
        await page.waitForURL(/task/);
        await ended(page);
    }],
    'a report on a measure refused': [someone('ciso', 'hei'), async (page) => {
        await page.goto('/plan/say?plan=demo-2026&no=3');
        await page.evaluate(() => document.querySelectorAll('main [required]').forEach((e) => e.removeAttribute('required')));
        await page.locator('main [name=text]').fill('');
        await page.locator('main form[method=post] button').first().click();
        await page.locator('.faults').waitFor();
    }],
    'two officers on one measure': [someone('ciso', 'hei'), async (page) => {
        const other = await page.context().newPage();
        const say = async (on, text) => {
            await on.locator('main [name=text]').fill(text);
            await on.locator('main form[method=post] button').first().click();
            await on.waitForLoadState();
        };
        for (const on of [page, other]) await on.goto('/plan/say?plan=demo-2026&no=4');
        await say(other, `受講率は${new Date().getTime()}人に達した。`);
        await other.close();
        await say(page, '受講率は75％になった。');
        await page.locator('.diff').waitFor();
    }],
    'a draft of a report with a comment': [someone('ciso', 'hei'), async (page) => {
        await page.goto('/report/show?report=security-report-hei-2026');
        const form = page.locator('main form[action^="/report/comment"]');
        await form.evaluate((e) => e.closest('details')?.setAttribute('open', ''));
        await form.locator('[name=text]').fill('目標の年度を明記してほしい。');
        await form.locator('button').first().click();
        await page.waitForLoadState();
        await page.goto('/report/show?report=security-report-hei-2026');
        await page.getByText('目標の年度を明記してほしい。').first().waitFor();
    }],
    'a report on paper': [someone('centre-officer'), async (page) => {
        await page.emulateMedia({ media: 'print' });
        await page.goto('/report/show?report=security-report-otsu-2026');
    }, (page) => page.emulateMedia({ media: null })],
    'a plan on paper': [someone('centre-officer'), async (page) => {
        await page.emulateMedia({ media: 'print' });
        await page.goto('/plan/progress?plan=sj2007&report=half');
    }, (page) => page.emulateMedia({ media: null })],
    'an act tried out': [someone('centre-officer'), async (page) => {
        await page.goto('/inspect/exclude');
        await page.locator('main [name=round]').selectOption('demo-2026');
        const org = page.locator('main [name=org]');
        if (await org.evaluate((e) => e.tagName) === 'SELECT') await org.selectOption('hei');
        else await org.fill('hei');
        await page.locator('main [name=why]').fill('試し');
        await page.locator('main button[name=rehearse]').click();
        await page.waitForLoadState();
    }],
};
for (const [name, [who, go, after]] of only && only !== 'states' ? [] : Object.entries(states)) {
    await tap.part(name, async () => {
        const wrong = [];
        for (const way of [ways.jaLightDesk, ways.enDarkPhone]) {
            const page = await seat(who, way);
            await go(page);
            wrong.push(...await examine(page, way, name));
            await after?.(page);
            if (pictures) await page.screenshot({ path: `${pictures}/${name.replace(/\W+/g, '-')}-${way.lang}.png`, fullPage: true });
        }
        must(wrong.length === 0, wrong.join('\n'));
    });
}
tap.ok(complaints.length === 0, 'no page complained in the console, violated the policy or failed', [...new Set(complaints)].join('\n'));
await browser.close();
tap.end();
