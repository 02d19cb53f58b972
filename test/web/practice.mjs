// A round of five ministries in the browser, from opening to publication, beside a model that counts for itself
// (practice_world.mjs). Run by test/web/practice, which starts two instances behind a proxy's header. Prints TAP.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Tap, desk, equal, launch, must, phone, rows, watch } from './lib.mjs';
import * as world from './practice_world.mjs';

const tap = new Tap('practice');
const browser = await launch();
const folder = mkdtempSync(join(tmpdir(), 'practice-'));
const complaints = [];
const round = 'r2026';
const centre = process.env.MEGURI_CENTRE, own = process.env.MEGURI_OWN, secret = process.env.MEGURI_PROXY_SECRET;
const day = (n) => new Date(Date.now() + n * 86400000).toISOString().slice(0, 10);
const base = day(-20), due = day(10);
const who = Object.fromEntries(world.people().map((p) => [p.post, p]));
const model = new world.Model(['kou', 'otsu', 'hei']);
const bo = new world.Model(['bo']);

// ---- a person at a desk ----

const desks = new Map();
async function as(post, { site = centre, viewport = desk } = {}) {
    const key = `${site} ${post} ${viewport.width}`;
    if (desks.has(key)) return desks.get(key);
    const context = await browser.newContext({
        viewport, locale: 'ja-JP', timezoneId: 'Asia/Tokyo', baseURL: site, reducedMotion: 'reduce', acceptDownloads: true,
        extraHTTPHeaders: { 'X-Remote-User': who[post]?.person ?? post, 'X-Proxy-Secret': secret },
    });
    context.setDefaultTimeout(15000);
    const page = await context.newPage();
    page.on('pageerror', (e) => complaints.push(`${page.url()}: script: ${e.message}`));
    page.on('response', (r) => { if (r.status() >= 500) complaints.push(`${r.request().method()} ${r.url()}: ${r.status()}`); });
    desks.set(key, page);
    return page;
}
const main = (page) => page.locator('main');
const text = async (page) => (await main(page).innerText()).replace(/\s+/g, ' ');
async function data(page, path) {
    const answer = await page.context().request.get(path);
    must(answer.ok(), `${path}: ${answer.status()} ${(await answer.text()).slice(0, 300)}`);
    return answer.json();
}

// Fills what a form asks by the names of its fields, and presses its first button. Throws what the page complains of.
async function fill(page, fields) {
    const form = page.locator('main form[method=post]').filter({ has: page.locator(`[name="${Object.keys(fields)[0]}"]`) }).first();
    for (const [name, value] of Object.entries(fields)) {
        const at = form.locator(`[name="${name}"]:not([type=hidden])`);
        const tag = await at.first().evaluate((e) => (e.tagName === 'INPUT' ? e.type : e.tagName));
        if (tag === 'file') await at.setInputFiles(value);
        else if (tag === 'SELECT') await at.selectOption(value);
        else if (tag === 'checkbox') await at.setChecked(Boolean(value));
        else if (Array.isArray(value)) for (let i = 0; i < value.length; i++) await at.nth(i).fill(value[i]);
        else await at.first().fill(value);
    }
    await press(page, form.locator('button').first());
}
async function go(page, button) {
    await Promise.all([page.waitForEvent('framenavigated'), button.click()]);
    await page.waitForLoadState();
}
async function press(page, button) {
    await go(page, button);
    if (new URL(page.url()).pathname === '/task/show') await ended(page);
    const faults = page.locator('.faults');
    if (await faults.count()) throw new Error(`refused: ${(await faults.innerText()).replace(/\s+/g, ' ')}`);
}
async function ended(page) {
    for (let i = 0; i < 120; i++) {
        const doc = await data(page, page.url().replace('/task/show', '/task/show.json'));
        if (doc.facts.state === 'finished') return;
        must(doc.facts.state === 'running', `the task was ${doc.facts.state}: ${JSON.stringify(doc).slice(0, 600)}`);
        await new Promise((r) => setTimeout(r, 250));
    }
    throw new Error('the task goes on for half a minute');
}
async function act(post, path, fields, options) {
    const page = await as(post, options);
    await page.goto(path);
    await fill(page, fields);
    return page;
}
async function refused(promise, what) {
    const told = await promise.then(() => null, (e) => e.message);
    must(told !== null, `${what}: it was done`);
    return told;
}

// ---- answering ----

// Deterministic, and different for everybody: by the post's code.
function chosen(post, item) {
    let h = 7;
    for (const c of post + item) h = (h * 31 + c.charCodeAt(0)) % 1009;
    const none = item === 'S1' || world.clauses.find((c) => c.number === item)?.none;
    return h % 10 < 6 ? 'done' : h % 10 < 8 || !none ? 'not_done' : 'no_occasion';
}
const answers = (p) => Object.fromEntries(world.asked(p.duty, p.ministry).map((k) => [k, chosen(p.post, k)]));

async function answer(page, post, given) {
    for (let i = 1; i < 10; i++) {
        await page.goto(`/inspect/sheet?round=${round}&respondent=${post}&page=${i}`);
        if (await page.locator('main input[type=radio]').count() === 0) break;
        for (const [key, a] of Object.entries(given)) {
            const radio = page.locator(`main input[name="answer.${key}"][value="${a}"]`);
            if (await radio.count()) await radio.check();
        }
        await go(page, page.locator('main button[name=go][value=review], main button[name=go][value=next]').last());
        if (new URL(page.url()).searchParams.get('page') === '0') break;
    }
}
async function submit(page, post) {
    await page.goto(`/inspect/sheet?round=${round}&respondent=${post}&page=0`);
    const button = main(page).getByRole('button', { name: /提出/ }).first();
    must(await button.count() > 0, `${post}: nothing to hand in: ${(await text(page)).slice(0, 600)}`);
    await press(page, button);
}
async function answersAndSubmits(p, m, options) {
    const page = await as(p.post, options), given = answers(p);
    await answer(page, p.post, given);
    await submit(page, p.post);
    m.answer(p.post, given);
    m.state(p.post, 1);
}

await tap.part('the centre opens the round from a form', async () => {
    await act('gov-centre', '/inspect/open', { code: round, title_ja: '令和8年度 自己点検', title_en: 'Self-inspection 2026', edition: 's-1',
        frame: 'gov', base, due, aggregate: ['tei', 'bo'] });
    const doc = await data(await as('gov-centre'), `/inspect/round.json?round=${round}`);
    must(JSON.stringify(doc).includes(round), 'no such round');
});

const sheets = (m) => world.people().filter((p) => p.ministry === m && world.asked(p.duty, m).length > 0);
const three = ['kou', 'otsu', 'hei'];
const later = ['otsu-2-staff-1', 'otsu-2-staff-2', 'otsu-2-staff-3', 'hei-1-staff-3']; // from paper, by workbook, by one who leaves
await tap.part('people of three ministries answer and hand in, staff on phones', async () => {
    for (const p of three.flatMap(sheets))
        if (!later.includes(p.post)) await answersAndSubmits(p, model, { viewport: p.duty === 'staff' ? phone : desk });
});

await tap.part('a person moves within 甲省: the sheet goes along, and the change is told', async () => {
    await act('kou-inspection-officer', '/inspect/move', { round, respondent: 'kou-1-staff-3', to: 'kou-2', why: '人事異動' });
    model.sheets.get('kou-1-staff-3').org = 'kou-2';
    const page = await as('kou-inspection-officer');
    must(JSON.stringify(rows(await data(page, `/inspect/changes.json?round=${round}`))).includes('kou-1-staff-3'), 'the change is not listed');
});

await tap.part('丁省 sends aggregates in a file', async () => {
    const tei = new world.Model(['tei']);
    for (const p of sheets('tei')) {
        tei.answer(p.post, answers(p));
        tei.state(p.post, p.post.endsWith('2-staff-2') ? 1 : 2); // one of whom nothing is known
    }
    for (const d of world.devices('tei')) {
        tei.answer(d, { '2.2.1(1)(a)': 'done', '2.2.1(1)(b)': 'not_done' });
        tei.state(d, 2);
    }
    const told = tei.asAggregates('tei');
    writeFileSync(join(folder, 'tei.csv'), world.aggregateFile(told));
    await act('tei-inspection-officer', '/inspect/import', { round, file: join(folder, 'tei.csv') });
    model.aggregates.push(...told);
});

// ---- confirming ----

const cards = (page) => main(page).locator('table.cards tbody tr');
async function confirmQueue(post) {
    const page = await as(post);
    for (let i = 0; i < 50; i++) {
        await page.goto(`/inspect/queue?round=${round}`);
        const waiting = rows(await data(page, `/inspect/queue.json?round=${round}`), 'queue').map((r) => r.respondent);
        if (waiting.length === 0) return;
        await press(page, main(page).getByRole('row').filter({ has: page.locator(`[value="${waiting[0]}"]`) })
            .getByRole('button', { name: /^確認/ }).first());
        model.state(waiting[0], 2);
    }
}
await tap.part('a sheet is given back with a reason by keyboard, corrected, and confirmed by keyboard', async () => {
    const page = await as('kou-1-manager'), whose = 'kou-1-staff-1';
    await page.goto(`/inspect/queue?round=${round}`);
    await main(page).locator('.table').first().focus(); // by Tab, as a person would come there
    await page.keyboard.press('j');
    const at = await page.evaluate(() => document.activeElement.closest('tr')?.innerText ?? '');
    must(at.length > 0, 'j leads to no card');
    const queue = rows(await data(page, `/inspect/queue.json?round=${round}`), 'queue').map((r) => r.respondent);
    for (let i = 0; i < queue.indexOf(whose); i++) await page.keyboard.press('j');
    await Promise.all([page.waitForEvent('framenavigated'), page.keyboard.press('r')]);
    await fill(page, { reason: '設問2の様式を確かめてください。' });
    model.state(whose, 0);
    const them = await as(whose, { viewport: phone });
    await them.goto('/');
    must((await text(them)).includes('差し戻'), 'home does not tell of it');
    await them.goto(`/inspect/sheet?round=${round}&respondent=${whose}&page=1`);
    must((await text(them)).includes('様式を確かめて'), 'the sheet does not tell why');
    await answer(them, whose, { '2.1.1(1)(a)': 'not_done' });
    await submit(them, whose);
    model.answer(whose, { '2.1.1(1)(a)': 'not_done' });
    model.state(whose, 1);
    await page.goto(`/inspect/queue?round=${round}`);
    const again = rows(await data(page, `/inspect/queue.json?round=${round}`), 'queue').map((r) => r.respondent);
    await main(page).locator('.table').first().focus();
    for (let i = 0; i <= again.indexOf(whose); i++) await page.keyboard.press('j');
    await Promise.all([page.waitForEvent('framenavigated'), page.keyboard.press('c')]);
    await page.waitForLoadState();
    model.state(whose, 2);
    must(/確認しました/.test(await page.locator('body').innerText()), 'nothing says that it is confirmed');
});

await tap.part('section managers confirm their queues, heads those of the managers and of the chief officer', async () => {
    for (const m of three) {
        for (const s of world.SECTIONS) await confirmQueue(`${m}-${s}-manager`);
        await confirmQueue(`${m}-head-chief`);
    }
});

// ---- upward ----

const stage = async (m) => rows(await data(await as('gov-centre'), `/inspect/way.json?round=${round}`)).find((r) => r.org === m)?.stage;
async function step(post, act, org, why) {
    const page = await as(post);
    await page.goto(`/inspect/${act}?round=${round}&org=${org}`);
    await fill(page, why ? { org, why } : { org });
}
await tap.part('units are closed; nothing in them changes any more, until they are reopened', async () => {
    for (const m of three) for (const s of world.SECTIONS) await step(`${m}-head-chief`, 'close-unit', `${m}-${s}`);
    const page = await as('kou-1-staff-1', { viewport: phone });
    await page.goto(`/inspect/sheet?round=${round}&respondent=kou-1-staff-1&page=1`);
    equal(await page.locator('main input[type=radio]:enabled').count(), 0, 'still asks');
});
await tap.part('ministries approve, by two people, and send', async () => {
    for (const m of [...three, 'tei']) {
        await step(`${m}-head-chief`, 'approve', m);
        await refused(step(`${m}-head-chief`, 'approve', m), 'approved twice by one');
        await step(`${m}-ciso`, 'approve', m);
        await step(`${m}-inspection-officer`, 'send', m);
        equal(await stage(m), 'sent', `stage of ${m}`);
    }
});
await tap.part('the centre queries one, is answered, and accepts all', async () => {
    await step('gov-centre', 'query', 'hei', '端末の実施率が低い理由を教えてください。');
    equal(await stage('hei'), 'queried', 'stage');
    await step('hei-inspection-officer', 'send', 'hei', '更新の途中の端末を含むためです。');
    for (const m of [...three, 'tei']) await step('gov-centre', 'accept', m);
});

await tap.part('the round is closed and published: every figure is that of the model', async () => {
    await act('gov-centre', '/inspect/close', { round });
    const page = await as('gov-centre');
    for (const org of ['gov', ...world.ministries]) {
        const doc = await data(page, `/inspect/rates.json?round=${round}&org=${org}`);
        const coverage = rows(doc, 'coverage').find((r) => r.org === org), is = model.coverage(org);
        equal([coverage.reported, coverage.known], [is.reported, is.known], `coverage of ${org}`);
        for (const r of rows(doc, 'rates').filter((x) => x.org === org)) {
            const want = model.implementation(org, r.part);
            if (want === null) equal(r.implementation, null, `${org} part ${r.part}`);
            else equal(r.implementation, world.nearest(want), `${org} part ${r.part}`);
        }
    }
});

must(complaints.length === 0, complaints.join('\n'));
await browser.close();
tap.end();
