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
        if (tag === 'file') await at.first().setInputFiles(value);
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
async function press(page, button, fields) {
    const form = button.locator('xpath=ancestor::form');
    for (const [name, value] of Object.entries(fields ?? {})) await form.locator(`[name="${name}"]`).fill(value);
    await go(page, button);
    if (new URL(page.url()).pathname === '/task/show') await ended(page);
    const faults = page.locator('.faults');
    if (await faults.count()) throw new Error(`refused: ${(await faults.innerText()).replace(/\s+/g, ' ')}`);
}
async function ended(page) {
    for (let i = 0; i < 120; i++) {
        const doc = await data(page, page.url().replace('/task/show', '/task/show.json'));
        if (doc.facts.state === 'finished') {
            await page.reload();
            return;
        }
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

// The text of the newest letter that has what is looked for.
async function letter(what) {
    for (let i = 0; i < 60; i++) {
        for (const name of readdirSync(process.env.MEGURI_MAIL).sort().reverse()) {
            const [, body] = readFileSync(join(process.env.MEGURI_MAIL, name), 'utf8').split(/\r?\n\r?\n/);
            const found = Buffer.from(body, 'base64').toString('utf8').match(what);
            if (found) return found[0];
        }
        await new Promise((r) => setTimeout(r, 500));
    }
    throw new Error('no letter came within half a minute');
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

async function answer(page, post, given, more = '') {
    for (let i = 1; i < 10; i++) {
        await page.goto(`/inspect/sheet?round=${round}&respondent=${post}&page=${i}${more}`);
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

await tap.part('an exception is applied for, and granted by another person above', async () => {
    await act('gov-admin', '/case/define', { kind: 'exception' });
    const page = await as('otsu-1-manager');
    await page.goto(`/case/open?kind=exception&org=otsu-1&round=${round}`);
    await fill(page, { title: '研修に出られない', clause: '2.1.1(1)(a)', respondent: 'otsu-1-staff-1', 'field.reason': '長期の現地業務のため',
        'field.measure': '資料を読み、上司が確かめる', 'field.from': day(-40), 'field.until': day(200) });
    const number = rows(await data(page, '/case/list.json?kind=exception'))[0].case;
    must(number.length > 0, 'no case');
    const own = await page.context().request.get(`/case/show?case=${encodeURIComponent(number)}`);
    must(!(await own.text()).includes('value="grant"'), 'who applied is offered to grant it');
    const above = await as('otsu-inspection-officer');
    await above.goto(`/case/show?case=${encodeURIComponent(number)}`);
    await press(above, main(above).getByRole('button', { name: '許可する', exact: true }).first(), { text: '代替の措置が確かなため' });
    model.sheets.get('otsu-1-staff-1').excepted.add('2.1.1(1)(a)');
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

await tap.part('a signed paper is entered for somebody', async () => {
    const page = await as('otsu-2-manager'), whose = who['otsu-2-staff-1'], given = answers(whose);
    await page.goto(`/inspect/unit?round=${round}&org=otsu-2`);
    await answer(page, whose.post, given, '&entering=1');
    await page.goto(`/inspect/sheet?round=${round}&respondent=${whose.post}&page=0&entering=1`);
    await fill(page, { paper_date: day(-1), paper_ref: '総務第12号' });
    model.answer(whose.post, given);
    model.state(whose.post, 1);
    const counted = await data(page, `/inspect/entered.json?round=${round}`);
    must(JSON.stringify(counted).includes(whose.post), `it is not listed as entered: ${JSON.stringify(counted).slice(0, 500)}`);
});

await tap.part("a unit's workbook is filled in by openpyxl and comes back", async () => {
    const page = await as('otsu-inspection-officer'), people = ['otsu-2-staff-2', 'otsu-2-staff-3'];
    const file = await page.context().request.get(`/inspect/template?round=${round}&org=otsu-2`);
    must(file.ok(), `the workbook: ${file.status()}`);
    writeFileSync(join(folder, 'unit.xlsx'), await file.body());
    const given = Object.fromEntries(people.map((p) => [p, answers(who[p])]));
    execFileSync('/usr/bin/python3', [new URL('practice_fill.py', import.meta.url).pathname, join(folder, 'unit.xlsx'), JSON.stringify(given)]);
    await act('otsu-inspection-officer', '/inspect/import', { round, file: join(folder, 'unit.xlsx') });
    for (const p of people) {
        model.answer(p, given[p]);
        model.state(p, 1);
    }
});

await tap.part('terminals are answered for in bulk: by a filter, and from a table of an asset tool', async () => {
    for (const m of ['kou', 'hei'])
        for (const [clause, a] of [['2.2.1(1)(a)', 'done'], ['2.2.1(1)(b)', 'no_occasion']])
            await act(`${m}-inspection-officer`, '/inspect/answer-devices', { round, clause, answer: a, as_of: base, kind: 'device' });
    await act('otsu-inspection-officer', '/inspect/answer-devices', { round, clause: '2.2.1(1)(b)', answer: 'not_done', as_of: base, kind: 'device' });
    const states = world.devices('otsu').map((d, i) => [d, i === 0 ? '未適用' : '適用済']);
    writeFileSync(join(folder, 'assets.csv'), ['name,patch', ...states.map((r) => r.join(','))].join('\r\n'));
    await act('otsu-inspection-officer', '/inspect/scan', { round, file: join(folder, 'assets.csv'), clause: '2.2.1(1)(a)', key: 'name',
        column: 'patch', done: ['適用済'], not_done: ['未適用'], as_of: base });
    for (const m of three)
        for (const [i, d] of world.devices(m).entries()) {
            model.answer(d, { '2.2.1(1)(a)': m === 'otsu' && i === 0 ? 'not_done' : 'done', '2.2.1(1)(b)': m === 'otsu' ? 'not_done' : 'no_occasion' });
            model.state(d, 1);
        }
});

await tap.part('somebody leaves: a staff list is previewed and taken over; the successor does not see the sheet, who left answers by a link', async () => {
    const officer = await as('hei-inspection-officer'), gone = who['hei-1-staff-3'];
    const list = world.people().filter((p) => p.org === 'hei-1' && p.post !== gone.post).map((p) => [p.person, `丙庁 ${p.post}`, p.org, p.duty]);
    list.push(['p-hei-new', '丙庁 後任', 'hei-1', 'staff']);
    writeFileSync(join(folder, 'staff.csv'), ['person,name_ja,org,duty', ...list.map((r) => r.join(','))].join('\r\n'));
    await officer.goto('/registry/staff');
    await fill(officer, { org: 'hei-1', file: join(folder, 'staff.csv'), on: day(0), whole: true });
    const shown = await text(officer);
    must(shown.includes('p-hei-new') && shown.includes(gone.person), `the preview: ${shown.slice(0, 400)}`);
    await press(officer, main(officer).getByRole('button', { name: /実行/ }).first());
    const successor = await as('p-hei-new');
    const path = `/inspect/sheet?round=${round}&respondent=${gone.post}`;
    equal((await successor.goto(path)).status(), 404, 'the successor asks for the sheet');
    await act('hei-inspection-officer', '/account/link', { round, respondent: gone.post });
    const link = await letter(/http\S+\/link\/\S+/);
    const context = await browser.newContext({ viewport: phone, locale: 'ja-JP', timezoneId: 'Asia/Tokyo', baseURL: centre });
    const page = await context.newPage();
    await page.goto(link);
    await press(page, main(page).locator('form[method=post] button').first());
    const given = answers(gone);
    await answer(page, gone.post, given);
    await submit(page, gone.post);
    must([401, 403, 404].includes((await page.goto('/registry/people')).status()), 'the link opens more than the sheet');
    model.answer(gone.post, given);
    model.state(gone.post, 1);
    await context.close();
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

await tap.part('戊庁 answers on an instance of its own, and its signed roll-up goes over a gap; a changed one is refused', async () => {
    const at = { site: own }, mine = (...args) => execFileSync(process.env.MEGURI, ['--db', process.env.MEGURI_OWN_DB, ...args], { encoding: 'utf8' });
    await act('bo-inspection-officer', '/inspect/open', { code: round, title_ja: '自己点検', edition: 's-1', frame: 'bo', base, due }, at);
    const lines = [...bo.sheets].map(([post, s]) => {
        const p = who[post] ?? { post, duty: 'device', ministry: 'bo' };
        const given = p.duty === 'device' ? { '2.2.1(1)(a)': 'done', '2.2.1(1)(b)': 'not_done' } : answers(p);
        bo.answer(post, given);
        bo.state(post, p.duty === 'head-chief' ? 1 : 2);
        return world.clauses.map((c) => s.answer[c.number] ?? '').join(',').replace(/^/, `${post},${p.duty === 'head-chief' ? 'submitted' : 'confirmed'},`);
    });
    writeFileSync(join(folder, 'bo.csv'), [`respondent,state,${world.clauses.map((c) => c.number).join(',')}`, ...lines].join('\r\n'));
    await act('bo-head-chief', '/inspect/import', { round, file: join(folder, 'bo.csv') }, at);
    const key = mine('inspect', 'rollup-key', '--file', join(folder, 'bo.key')).match(/meguri-key ed25519 \S+( \S+)?/)[0].trim();
    mine('inspect', 'rollup', '--round', round, '--org', 'bo', '--key', join(folder, 'bo.key'));
    const file = join(folder, 'bo.rollup'), forged = join(folder, 'forged.rollup');
    mine('inspect', 'rollup-file', '--round', round, '--org', 'bo', '--out', file);
    const said = readFileSync(file, 'utf8'), changed = said.replace(/"done":(\d+)/, (all, n) => `"done":${Number(n) + 1}`);
    must(changed !== said, `nothing to forge: ${said.slice(0, 400)}`);
    writeFileSync(forged, changed);
    await refused(act('gov-centre', '/inspect/rollup-import', { round, file }), 'taken with a key nobody trusts');
    await act('gov-centre', '/inspect/rollup-trust', { org: 'bo', key });
    await refused(act('gov-centre', '/inspect/rollup-import', { round, file: forged }), 'a forged one');
    await act('gov-centre', '/inspect/rollup-import', { round, file });
    model.aggregates.push(...bo.asAggregates('bo'));
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
        await confirmQueue(`${m}-ciso`); // that of the head itself
    }
    equal(model.coverage('kou'), { reported: sheets('kou').length + world.DEVICES, known: sheets('kou').length + world.DEVICES }, 'all of 甲省 is known');
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
    for (const m of [...three, 'tei', 'bo']) await step('gov-centre', 'accept', m);
});

await tap.part('an urgent survey is asked, answered by system, watched and published: counts of all, systems of nobody else', async () => {
    await act('gov-centre', '/inspect/survey-ask', { code: 'runtime', title_ja: '実行環境の調査', frame: 'gov', due: day(2),
        question: 'affected:yes_no:使っていますか|Is it used?\nfixed:yes_no:直しましたか|Is it fixed?' });
    for (const [m, used] of [['kou', 'yes'], ['otsu', 'no']]) {
        const page = await as(`${m}-inspection-officer`);
        for (const d of world.devices(m)) {
            await page.goto(`/inspect/survey-form?survey=runtime&org=${m}&system=${d}`);
            const form = page.locator('main form[action="/inspect/survey-reply"]').filter({ has: page.locator('[name="value.affected"]') }).first();
            for (const [key, value] of [['affected', used], ['fixed', 'no']]) {
                const field = form.locator(`[name="value.${key}"]`);
                if (await field.first().evaluate((e) => e.tagName) === 'SELECT') await field.selectOption(value);
                else await form.locator(`[name="value.${key}"][value="${value}"]`).check();
            }
            await press(page, form.locator('button').first());
        }
        await act(`${m}-inspection-officer`, `/inspect/survey-done?survey=runtime&org=${m}`, { org: m });
    }
    const centre = await as('gov-centre');
    await act('gov-centre', '/inspect/survey-close', { survey: 'runtime', publish: true });
    const other = await as('hei-ciso'), shown = JSON.stringify(await data(other, '/inspect/survey.json?survey=runtime'));
    must(shown.includes('"kou"') && shown.includes('"otsu"'), `the counts of all: ${shown.slice(0, 400)}`);
    must(!shown.includes('kou-pc-1'), 'systems of others are told');
    await centre.goto('/inspect/survey?survey=runtime');
    must((await text(centre)).includes(`${world.DEVICES}`), 'no counts');
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
