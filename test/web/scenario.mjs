// The programme as its people meet it, by what they see: roles and words, no class names where a word is enough.
// Every part begins at the sign-in page. Prints TAP.
import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Tap, data, desk, enter, equal, launch, must, phone, rows, signIn, site, someone, visitor } from './lib.mjs';

const tap = new Tap('scenario');
const browser = await launch();
const complaints = [];
const folder = mkdtempSync(join(tmpdir(), 'scenario-'));
const round = 'demo-2026';
const staff = someone('staff'), manager = someone('section-manager'), officer = someone('centre-officer');
const ciso = someone('ciso', 'hei'), other = someone('ciso', 'otsu'), admin = someone('administrator');
const meguri = (...args) => execFileSync(process.env.MEGURI, args, { encoding: 'utf8' });

const main = (page) => page.locator('main');
const text = async (page) => (await main(page).innerText()).replace(/\s+/g, ' ');
const link = (page, name) => main(page).getByRole('link', { name }).first();
const button = (page, name) => main(page).getByRole('button', { name }).first();
const as = (who, options = {}) => enter(browser, who, { complaints, ...options });
const sheetPath = (who, page) => `/inspect/sheet?round=${round}&respondent=${who.post}${page === undefined ? '' : `&page=${page}`}`;

async function coverage(page, org) {
    const doc = await data(page, `/inspect/rates.json?round=${round}&org=${org}`);
    const row = rows(doc, 'coverage').find((r) => r.org === org);
    return { known: row.known, reported: row.reported, provisional: row.known_provisional };
}

// ---- answering ----

// Answers all that the page asks by keyboard alone: Tab from group to group, arrows within, Enter on the first button.
async function answerPage(page, choose) {
    let answered = 0, last = '';
    for (let i = 0; i < 200; i++) {
        await page.keyboard.press('Tab');
        const at = await page.evaluate(() => {
            const e = document.activeElement;
            const choices = e.type === 'radio' ? [...e.form.querySelectorAll(`[name="${e.name}"]`)] : [];
            return { tag: e.tagName, type: e.type, name: e.name, text: e.textContent.trim(), value: e.value,
                     main: !!e.closest('main'), at: choices.indexOf(e), n: choices.length };
        });
        if (at.type === 'radio' && at.name !== last) {
            last = at.name;
            const steps = choose(answered, at.n);
            if (steps === 0) await page.keyboard.press('Space');
            for (let k = 0; k < steps; k++) await page.keyboard.press('ArrowDown');
            answered++;
        } else if (at.main && at.tag === 'BUTTON' && at.name === 'go' && ['next', 'review'].includes(at.value)) {
            await Promise.all([page.waitForEvent('framenavigated'), page.keyboard.press('Enter')]);
            await page.waitForLoadState();
            return answered;
        }
    }
    throw new Error(`no button was reached by Tab; ${answered} answered`);
}

async function progress(page) { // "9 / 25" of my sheet, as home shows it
    await page.goto('/');
    const found = (await text(page)).match(/(\d+) ?\/ ?(\d+) ?問?/);
    must(found, `home shows no progress: ${(await text(page)).slice(0, 300)}`);
    return [Number(found[1]), Number(found[2])];
}

let before, questions;
await tap.part('staff signs in on a phone: home shows the ring and the sheet not begun', async () => {
    const page = await as(staff, { viewport: phone });
    must(await main(page).getByRole('img', { name: /計画.*実施/ }).count() > 0, 'no ring');
    must((await text(page)).includes('自己点検票'), 'no sheet');
    [before, questions] = await progress(page);
    equal(before, 0, 'answered already');
    must(questions >= 20, `only ${questions} questions`);
    await page.context().close();
});

await tap.part('half of it is answered with the keyboard alone, left in the middle, and resumed', async () => {
    const page = await as(staff, { viewport: phone });
    await link(page, /答え|回答/).click();
    await page.waitForURL(/\/inspect\/sheet/);
    must(await main(page).getByRole('group').count() > 0, 'no questions');
    must(await main(page).getByRole('radio', { name: '該当する場面がなかった' }).count() > 0, 'no question knows "no occasion"');
    const done = await answerPage(page, (i, n) => (i === 1 ? 1 : i === 2 && n === 4 ? 2 : 0));
    must(done > 0, 'nothing was answered');
    await page.context().close();
    const again = await as(staff, { viewport: phone });
    equal((await progress(again))[0], done, 'answered when back');
    await link(again, /続き|答え|回答/).click();
    await again.waitForURL(/\/inspect\/sheet/);
    equal(await again.locator('main input[type=radio]:checked').count(), 0, 'is not led to where it was left');
    await again.goBack();
    await again.context().close();
});

await tap.part('the rest without script, with a note, and handed in by a double click: once', async () => {
    const page = await as(staff, { viewport: phone, script: false });
    await page.goto(sheetPath(staff));
    for (let i = 0; i < 10 && await page.locator('main input[type=radio]').count() > 0; i++)
        await answerPage(page, (k, n) => (k === 0 && n === 4 ? 2 : 0));
    equal((await progress(page))[0], questions, 'answered');
    await page.goto(sheetPath(staff));
    await button(page, /^提出/).dblclick();
    await page.waitForLoadState();
    must((await text(page)).includes('提出'), 'nothing says that it was submitted');
    const lines = rows(await data(await as(someone('auditor')), '/journal/show.json?last=40')).filter((l) =>
        JSON.stringify(l).includes('inspect submit') && JSON.stringify(l).includes(staff.post));
    equal(lines.length, 1, 'journal lines of the submission');
    await page.context().close();
});

await tap.part('one answer is corrected; back and reload do no harm', async () => {
    const page = await as(staff, { viewport: phone });
    await page.goto(sheetPath(staff, 1));
    const first = page.locator('main fieldset').first();
    await first.getByRole('radio', { name: '実施していない' }).check();
    await first.getByRole('textbox').fill('様式を改めている途中です。');
    await main(page).locator('button[name=go][value=review], button[name=go][value=next]').last().click();
    await page.waitForLoadState();
    await page.goto(sheetPath(staff, 0));
    await button(page, /訂正.*提出|提出/).click();
    await page.waitForLoadState();
    await page.goBack();
    await page.reload();
    await page.goForward();
    await page.reload();
    const doc = await data(page, `/inspect/sheet.json?round=${round}&respondent=${staff.post}&page=0`);
    const answers = rows(doc, 'questions');
    equal(answers.length, questions, 'questions');
    equal(answers.filter((a) => a.answer === 'not_done').length >= 2, true, 'the correction stands');
    must(answers.some((a) => (a.note ?? '').includes('様式')), 'the note stands');
    await page.context().close();
});

await tap.part('a form that has gone stale tells of both answers and overwrites nothing', async () => {
    const one = await as(staff), two = await as(staff);
    for (const page of [one, two]) await page.goto(sheetPath(staff, 1));
    const second = (page) => page.locator('main fieldset').nth(3);
    await second(one).getByRole('radio', { name: '実施していない' }).check();
    await one.locator('button[name=go][value=stay]').click();
    await one.waitForLoadState();
    await second(two).getByRole('radio', { name: 'あとで答える' }).check();
    await two.locator('button[name=go][value=stay]').click();
    await two.waitForLoadState();
    must(/別の画面|ほかの画面|変更され/.test(await text(two)), `nothing is said: ${(await text(two)).slice(0, 200)}`);
    await one.goto(sheetPath(staff, 1));
    must(await second(one).getByRole('radio', { name: '実施していない' }).isChecked(), 'it was overwritten');
    await second(one).getByRole('radio', { name: '実施した' }).check();
    await one.locator('button[name=go][value=stay]').click();
    await one.waitForLoadState();
    await one.goto(sheetPath(staff, 0));
    if (await button(one, /提出/).count()) await button(one, /提出/).click();
    await one.waitForLoadState();
    await one.context().close();
    await two.context().close();
});

// ---- confirming ----

await tap.part('the section manager confirms it from the queue, and the official coverage rises by one', async () => {
    const page = await as(manager);
    const was = await coverage(page, manager.org);
    await page.goto(`/inspect/unit?round=${round}&org=${manager.org}`);
    const known = async () => Number((await text(page)).match(/把握率（確認済み） ?[\d.]+ ?% ?([\d,]+) ?\/ ?[\d,]+/)[1]);
    const shown = await known();
    const row = main(page).getByRole('row').filter({ has: page.locator(`[href*="${staff.post}"], [value="${staff.post}"]`) });
    must(await row.count() > 0, 'the sheet is not in the queue');
    await row.first().getByRole('button', { name: /確認/ }).or(row.first().getByRole('link', { name: /^確認/ })).first().click();
    await page.waitForLoadState();
    const is = await coverage(page, manager.org);
    equal(is.known, was.known + 1, 'known');
    equal(is.reported, was.reported, 'reported on');
    equal(is.provisional, was.provisional, 'provisional');
    await page.goto(`/inspect/unit?round=${round}&org=${manager.org}`);
    equal(await known(), shown + 1, 'known, as the page shows it');
    equal(await known(), is.known, 'page and data');
    await page.context().close();
});

await tap.part('what is confirmed cannot be changed any more', async () => {
    const page = await as(staff);
    await page.goto(sheetPath(staff, 1));
    equal(await page.locator('main input[type=radio]:enabled').count(), 0, 'still asks');
    await page.context().close();
});

await tap.part("nobody confirms their own: the manager's sheet is not offered to its own author", async () => {
    const page = await as(manager);
    await page.goto(sheetPath(manager));
    for (let i = 0; i < 20 && await page.locator('main input[type=radio]').count() > 0; i++) await answerPage(page, () => 0);
    await page.goto(sheetPath(manager, 0));
    await button(page, /^提出/).click();
    await page.waitForLoadState();
    await page.goto(`/inspect/unit?round=${round}&org=${manager.org}`);
    const own = main(page).getByRole('row').filter({ has: page.locator(`[href*="${manager.post}"], [value="${manager.post}"]`) });
    equal(await own.getByRole('button', { name: /確認/ }).count(), 0, 'offered');
    const was = await coverage(page, manager.org);
    const csrf = await page.locator('input[name=csrf]').first().getAttribute('value');
    const answer = await page.context().request.post('/inspect/confirm', {
        form: { round, org: manager.org, respondent: manager.post, csrf, once: 'a'.repeat(32) }, headers: { Origin: site }, maxRedirects: 0 });
    must(answer.status() < 500, `answers ${answer.status()}`);
    const doc = await data(page, `/inspect/sheet.json?round=${round}&respondent=${manager.post}`);
    must(!JSON.stringify(doc.facts ?? doc).includes('"confirmed"'), 'it was confirmed');
    must((await coverage(page, manager.org)).known >= was.known, 'coverage fell');
    await page.context().close();
});

// ---- figures ----

await tap.part('the CISO takes the rates away as XLSX: the right sheets, and figures equal to the JSON', async () => {
    const page = await as(ciso);
    await page.goto(`/inspect/rates?round=${round}&org=hei`);
    const [file] = await Promise.all([page.waitForEvent('download'), link(page, 'XLSX').click()]);
    const path = join(folder, 'rates.xlsx');
    await file.saveAs(path);
    must(/\.xlsx$/.test(file.suggestedFilename()), file.suggestedFilename());
    const doc = await data(page, `/inspect/rates.json?round=${round}&org=hei`);
    writeFileSync(join(folder, 'rates.json'), JSON.stringify(doc));
    const said = execFileSync('/usr/bin/python3', [new URL('xlsx_equal.py', import.meta.url).pathname, path, join(folder, 'rates.json')], { encoding: 'utf8' });
    must(/^equal/.test(said), said);
    await page.context().close();
});

await tap.part('the centre walks from the heat map to a ministry, a part, a clause', async () => {
    const page = await as(officer);
    await main(page).getByRole('link', { name: '丙省' }).first().click();
    await page.waitForLoadState();
    must(page.url().includes('org=hei'), page.url());
    must((await page.locator('h1').innerText()).includes('丙省'), await page.locator('h1').innerText());
    await page.locator('main td.h a').first().click();
    await page.waitForURL(/\/inspect\/clauses/);
    must(/part=/.test(page.url()) && /org=hei/.test(page.url()), page.url());
    await main(page).getByRole('table').getByRole('link', { name: /\d\.\d\.\d/ }).first().click();
    await page.waitForURL(/\/inspect\/clause\?/);
    must(/\d\.\d\.\d/.test(await text(page)), 'no clause');
    await page.getByRole('navigation', { name: '現在位置' }).or(page.locator('nav.crumbs')).getByRole('link').first().click();
    equal(new URL(page.url()).pathname, '/', 'the crumbs lead home');
    await page.context().close();
});

await tap.part('search: 髙橋 finds 高橋 and back, two characters, half width, clauses', async () => {
    const page = await as(manager);
    const find = async (q) => {
        await page.getByRole('searchbox').first().fill(q);
        await page.keyboard.press('Enter');
        await page.waitForURL((u) => u.pathname === '/find' && u.searchParams.get('q') === q);
        equal(await page.getByRole('searchbox').first().inputValue(), q, 'the words stay in the field');
        return text(page);
    };
    const officer2 = await as(ciso);
    const doc = async (q) => JSON.stringify((await data(officer2, `/find.json?q=${encodeURIComponent(q)}`)).tables);
    const one = await doc('髙橋'), two = await doc('高橋');
    must(one.includes('髙橋') && two.includes('髙橋'), 'the name is not found by either form');
    equal(one, two, '髙橋 and 高橋');
    must((await find('総務')).includes('総務'), 'two characters');
    must((await find('２．２．１')).includes('2.2.1'), 'full width');
    must((await find('ﾊﾟｽﾜｰﾄﾞ')).includes('パスワード'), 'half-width katakana');
    must(/見つかり|ありません/.test(await find('ぞぬ')), 'nothing found says nothing');
    await officer2.context().close();
    await page.context().close();
});

// ---- who one is ----

await tap.part('English and back, in the same place', async () => {
    const page = await as(officer);
    await page.goto(`/inspect/rates?round=${round}&org=hei`);
    await page.getByRole('link', { name: 'English' }).click();
    await page.waitForLoadState();
    equal(await page.locator('html').getAttribute('lang'), 'en', 'lang');
    must(page.url().includes('org=hei'), `elsewhere: ${page.url()}`);
    must(/Ministry of Hei/.test(await text(page)), 'not in English');
    must(!/[ぁ-んァ-ン]/.test(await page.locator('main h1, main h2, main th[scope=col]').allInnerTexts().then((t) => t.join())), 'Japanese heads');
    await page.goto('/');
    equal(await page.locator('html').getAttribute('lang'), 'en', 'lang is forgotten');
    await page.getByRole('link', { name: '日本語' }).click();
    equal(await page.locator('html').getAttribute('lang'), 'ja', 'lang');
    await page.context().close();
});

await tap.part('a person with two posts switches from one to the other, and sees the other desk', async () => {
    const page = await as(manager);
    const who = () => page.locator('header.site .who').innerText();
    const was = await who();
    await page.getByRole('link', { name: '職の切替え' }).or(page.getByRole('link', { name: /職.*切/ })).first().click();
    await page.waitForLoadState();
    const select = main(page).getByRole('combobox');
    if (await select.count()) {
        const values = await select.first().locator('option').evaluateAll((o) => o.filter((x) => x.value && !x.selected).map((x) => x.value));
        await select.first().selectOption(values.find((v) => v !== manager.post) ?? values[0]);
        await main(page).getByRole('button').first().click();
    } else await main(page).getByRole('button').last().click();
    await page.waitForLoadState();
    await page.goto('/');
    must(await who() !== was, `still ${was}`);
    await page.context().close();
});

await tap.part('signing out ends it, also for the back button', async () => {
    const page = await as(staff);
    await page.getByRole('button', { name: 'サインアウト' }).click();
    await page.waitForLoadState();
    await page.goto('/');
    must(new URL(page.url()).pathname.startsWith('/signin'), page.url());
    const answer = await page.context().request.get(`/inspect/rates.json?round=${round}&org=hei`);
    equal(answer.status(), 401, 'data without a session');
    await page.context().close();
});

await tap.part("another ministry's pages refuse, kindly", async () => {
    const page = await as(other);
    for (const path of [`/inspect/rates?round=${round}&org=hei`, `/inspect/whole?round=${round}&org=hei-b1`,
                        sheetPath(staff), `/inspect/unit?round=${round}&org=hei-b1-s1`, '/registry/people?org=hei']) {
        const answer = await page.goto(path);
        must([403, 404].includes(answer.status()), `${path}: ${answer.status()}`);
        equal(await page.locator('h1').count(), 1, `h1 of ${path}`);
        const said = await text(page);
        must(!/丙省|hei-b1-staff/.test(said.replaceAll('org=hei', '')), `${path} tells: ${said.slice(0, 200)}`);
        must(await page.getByRole('navigation').count() > 0, 'no way out');
        const same = await page.context().request.get(path.replace('?', '.json?'));
        equal(same.status(), answer.status(), `${path} as JSON`);
    }
    await page.context().close();
});

await tap.part('signed out in one place, signed out everywhere', async () => {
    const here = await as(other), there = await as(other, { viewport: phone });
    await here.goto('/account/sign-out-everywhere');
    await main(here).getByRole('button').first().click();
    await here.waitForLoadState();
    await there.goto('/');
    must(new URL(there.url()).pathname.startsWith('/signin'), `the phone is still in: ${there.url()}`);
    await here.goto('/');
    must(new URL(here.url()).pathname.startsWith('/signin'), `still in: ${here.url()}`);
    await here.context().close();
    await there.context().close();
});

// ---- files ----

// Drafts of a file of answers, completed with the answers of somebody in the same duty and handed in.
function completed(csv) {
    const lines = csv.trim().split(/\r?\n/).map((line) => line.split(','));
    const whole = lines.find((l) => l[2] === 'staff' && l[3] === 'confirmed');
    let drafts = 0;
    for (const l of lines) {
        if (l[2] !== 'staff' || l[3] !== 'draft' || l[1] !== whole[1]) continue;
        l.splice(3, l.length - 3, 'submitted', ...whole.slice(4));
        drafts++;
    }
    return { csv: lines.map((l) => l.join(',')).join('\r\n') + '\r\n', drafts };
}

async function importFile(page, path) {
    await page.goto('/inspect/import');
    await main(page).getByLabel('自己点検の回').selectOption(round);
    await page.locator('main input[type=file]').setInputFiles(path);
    await page.locator('main form[method=post] button').first().click();
    await page.waitForURL(/\/task\/show/);
    return page.url();
}

async function ended(page, task) {
    for (let i = 0; i < 120; i++) {
        const doc = await data(page, task.replace(/.*\/task\/show/, '/task/show.json'));
        if (doc.facts.state !== 'running') return doc.facts.state;
        await new Promise((r) => setTimeout(r, 500));
    }
    return 'running for a minute';
}

await tap.part('a file of answers comes in as a task, which goes on when its page is left', async () => {
    const page = await as(manager);
    const csv = await page.context().request.get(`/inspect/answers?round=${round}&org=${manager.org}`);
    must(csv.ok(), `the answers: ${csv.status()}`);
    const file = completed(await csv.text());
    must(file.drafts > 0, 'nobody of the unit has a draft');
    writeFileSync(join(folder, 'unit.csv'), file.csv);
    const was = await coverage(page, manager.org);
    const task = await importFile(page, join(folder, 'unit.csv'));
    await page.goto('/');
    await page.goto('/task/list');
    must(await main(page).getByRole('row').count() > 1, 'the list of tasks is empty');
    equal(await ended(page, task), 'finished', 'the task');
    const is = await coverage(page, manager.org);
    equal([is.known, is.provisional], [was.known, was.provisional + file.drafts], 'known, and with those handed in');
    await page.goto(task);
    must(/完了|終了|済/.test(await text(page)), `the task does not say it is done: ${(await text(page)).slice(0, 300)}`);
    const told = await text(page), count = (label) => Number(told.match(new RegExp(`${label} (\\d+)`))?.[1]);
    equal(count('新たな自己点検票') + count('訂正した自己点検票'), file.drafts, `what it did: ${told.slice(0, 600)}`);
    await page.context().close();
});

await tap.part('a wrong file is refused whole, and told where', async () => {
    const page = await as(manager);
    const was = await coverage(page, manager.org);
    const lines = readFileSync(join(folder, 'unit.csv'), 'utf8').split('\r\n');
    const at = lines.findIndex((l) => /^\S+,submitted,.*,(1|done)(,|$)/.test(l));
    lines[at] = lines[at].replace(/,(1|done)(?=,|$)/, ',たぶん');
    writeFileSync(join(folder, 'wrong.csv'), lines.join('\r\n'));
    const task = await importFile(page, join(folder, 'wrong.csv'));
    equal(await ended(page, task), 'refused', 'the task');
    await page.goto(task);
    const said = await text(page);
    must(said.includes('たぶん') && said.includes(`wrong.csv ${at + 1}`), `told: ${said.slice(0, 400)}`);
    equal(await coverage(page, manager.org), was, 'coverage');
    await page.context().close();
});

// ---- local accounts ----

function totp(secret, at = Date.now()) { // RFC 6238
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
    let bits = '';
    for (const c of secret.replace(/[^A-Z2-7]/gi, '').toUpperCase()) bits += alphabet.indexOf(c).toString(2).padStart(5, '0');
    const key = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(Math.floor(at / 30000)));
    const mac = createHmac('sha1', key).update(counter).digest();
    const n = mac.readUInt32BE(mac[19] & 15) & 0x7fffffff;
    return String(n % 1000000).padStart(6, '0');
}

async function tryLocal(page, user, password, code) {
    await page.goto('/signin');
    if (!await page.locator('[name=user]').isVisible()) await page.locator('main summary').first().click();
    await page.locator('[name=user]').fill(user);
    await page.locator('[name=password]').fill(password);
    await page.locator('main form:has([name=user]) [name=code]').fill(code);
    await page.locator('main form:has([name=user]) button').click();
    await page.waitForLoadState();
    return { url: new URL(page.url()).pathname, said: (await main(page).innerText()).replace(user, 'USER') };
}

await tap.part('an administrator sets up an account with a QR code and comes in; wrong password and unknown user are told the same', async () => {
    const given = JSON.parse(meguri('account', 'add', '--person', admin.person, '--format', 'json'));
    const code = JSON.stringify(given).match(/"code":\s*"([^"]+)"/)?.[1] ?? given.facts?.code;
    must(code, JSON.stringify(given));
    const page = await visitor(browser, { complaints });
    const password = 'きょうは良い天気ですね 2026';
    await page.goto('/account/setup');
    await page.locator('main [name=setup]').fill(code);
    await main(page).getByRole('button').first().click();
    await page.locator('main [name=password]').waitFor();
    must(await main(page).getByRole('img', { name: /QR/ }).count() > 0, 'no QR code');
    const secret = (await main(page).innerText()).match(/\b(?:[A-Z2-7]{4}[ -]?){4,}[A-Z2-7]*\b/)?.[0];
    must(secret, 'no secret to type in by hand');
    await page.locator('main [name=password]').fill(password);
    await page.locator('main [name=again]').fill(password);
    await page.locator('main [name=code]').fill(totp(secret));
    await main(page).getByRole('button').first().click();
    await page.waitForURL((u) => u.pathname === '/');
    await page.context().clearCookies({ name: /meguri/ });
    const wrong = await tryLocal(page, admin.person, 'まちがいのパスワード', '123456');
    const unknown = await tryLocal(page, 'p99999', 'まちがいのパスワード', '123456');
    must(wrong.url.startsWith('/signin') && unknown.url.startsWith('/signin'), 'came in');
    equal(wrong.said, unknown.said, 'what is told');
    const right = await tryLocal(page, admin.person, password, totp(secret, Date.now() + 30000));
    must(!right.url.startsWith('/signin'), `the right password: ${right.said.slice(0, 200)}`);
    await page.context().close();
});

// ---- one sheet by mail ----

function lettersIn(dir) {
    return readdirSync(dir).map((name) => {
        const [head, ...body] = readFileSync(join(dir, name), 'utf8').split(/\r?\n\r?\n/);
        return /base64/i.test(head) ? Buffer.from(body.join(''), 'base64').toString() : body.join('\n').replace(/=\r?\n/g, '');
    });
}

await tap.part('somebody without an account answers by a link in a letter, and reaches that sheet alone', async () => {
    const officer = rows(JSON.parse(meguri('registry', 'posts', '--org', 'hei', '--duty', 'inspection-officer', '--format', 'json')))[0];
    const sent = rows(JSON.parse(meguri('inspect', 'missing', '--round', round, '--org', 'hei', '--depth', '-1', '--names', '--format', 'json')), 'names');
    const one = sent.find((r) => /-staff-/.test(r.respondent) && r.person);
    must(one, 'nobody to write to');
    meguri('account', 'link', '--round', round, '--respondent', one.respondent, '--as', officer.person);
    let letter = '';
    for (let i = 0; i < 60 && !letter; i++) {
        await new Promise((r) => setTimeout(r, 500));
        letter = lettersIn(process.env.MEGURI_MAIL).find((l) => l.includes('/link/')) ?? '';
    }
    const token = letter.match(/\/link\/([\w-]+)/)?.[1];
    must(token, `no link in: ${letter}`);
    const page = await visitor(browser, { complaints, viewport: phone });
    await page.goto(`/link/${token}`);
    must(await page.locator('main').getByText(one.respondent).count() > 0, 'it does not say whose sheet it is');
    await main(page).getByRole('button').first().click();
    await page.waitForURL(/\/inspect\/sheet/);
    must(page.url().includes(one.respondent), page.url());
    await page.locator('main input[type=radio]').first().check();
    await page.locator('button[name=go]').first().click();
    await page.waitForLoadState();
    for (const path of [`/inspect/unit?round=${round}&org=hei-b1-s1`, '/registry/people?org=hei', sheetPath(staff), '/inspect/rounds']) {
        const answer = await page.goto(path);
        must([303, 403, 404].includes(answer.status()) || page.url().includes(one.respondent), `${path}: ${answer.status()} ${page.url()}`);
    }
    const again = await visitor(browser, { complaints });
    equal((await again.goto(`/link/${token}`)).status(), 404, 'the link, once it was used');
    must((await text(again)).length > 10, 'nothing is said');
    await page.context().close();
    await again.context().close();
});

tap.ok(complaints.length === 0, 'no page complained in the console, violated the policy or failed', [...new Set(complaints)].join('\n'));
await browser.close();
rmSync(folder, { recursive: true });
tap.end();
