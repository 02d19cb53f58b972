// The thread of the programme in the browser: a finding, a recommendation, the measure of the next plan that it becomes, how
// that measure comes on, and the published report that tells of it. Run by test/web/run; prints TAP.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Tap, data, enter, equal, launch, must, phone, rows, someone } from './lib.mjs';

const tap = new Tap('cycle');
const browser = await launch();
const complaints = [];
const folder = mkdtempSync(join(tmpdir(), 'cycle-'));
const day = (n) => new Date(Date.now() + n * 86400000).toISOString().slice(0, 10);
const main = (page) => page.locator('main');
const text = async (page) => (await main(page).innerText()).replace(/\s+/g, ' ');
const at = (page) => new URL(page.url());

const [officer, head, ministry, ciso, other] = await Promise.all(
    [['centre-officer'], ['centre-head'], ['inspection-officer', 'hei'], ['ciso', 'hei'], ['ciso', 'otsu']]
        .map((who) => enter(browser, someone(...who), { complaints })));

// Fills the form that does this act and sends it; what is refused is an error with the page's words.
async function send(page, act, fields = {}, refusal = false, given = '') {
    const forms = main(page).locator(`form[action="/${act.replace(' ', '/')}"]`);
    const form = (given ? forms.filter({ has: page.locator(`[name="${given.split('=')[0]}"][value="${given.split('=')[1]}"]`) }) : forms).last();
    must(await form.count() > 0, `${at(page).pathname}: no form does '${act}': ${(await text(page)).slice(0, 500)}`);
    const fold = form.locator('xpath=ancestor::details[not(@open)]');
    for (let i = await fold.count(); i > 0; i--) await fold.nth(i - 1).locator('summary').first().click();
    for (const [name, value] of Object.entries(fields)) {
        const box = form.locator(`[name="${name}"]`);
        must(await box.count() > 0, `${act}: no field ${name}: ${(await form.innerText()).slice(0, 400)}`);
        const kind = await box.first().evaluate((e) => (e.tagName === 'SELECT' ? 'select' : e.type));
        if (kind === 'select') await box.selectOption(value);
        else if (kind === 'radio') await form.locator(`[name="${name}"][value="${value}"]`).check();
        else if (kind === 'checkbox') await box.first().check();
        else await box.fill(value);
    }
    await Promise.all([page.waitForEvent('framenavigated'), form.locator('button').first().click()]);
    await page.waitForLoadState();
    const faults = page.locator('.faults');
    const told = await faults.count() ? (await faults.innerText()).replace(/\s+/g, ' ') : '';
    if (!refusal && told) throw new Error(`${act} refused: ${told}`);
    return told;
}
async function act(page, path, act_, fields, refusal, given) {
    await page.goto(path);
    return send(page, act_, fields, refusal, given);
}
async function press(page, name) {
    const one = main(page).getByRole('link', { name }).or(main(page).getByRole('button', { name })).first();
    must(await one.count() > 0, `${at(page).pathname}: nothing is called ${name}: ${(await text(page)).slice(0, 500)}`);
    await Promise.all([page.waitForEvent('framenavigated'), one.click()]);
    await page.waitForLoadState();
}

let finding, recommendation, no;
const title = '外部委託先の点検の記録', next = 'demo-2027', report = 'half-year-2027';

await tap.part('a finding', async () => {
    await act(officer, `/case/open?kind=finding&org=hei&round=demo-2026&clause=${encodeURIComponent('2.2.1(1)(c)')}&title=${encodeURIComponent(title)}`,
        'case open', { 'field.origin': 'weak', 'field.what': '委託先を点検した記録がない' });
    finding = at(officer).searchParams.get('case');
    must(/^finding-/.test(finding), `a number: ${officer.url()}`);
});

await tap.part('from its page a recommendation, which names where it comes from', async () => {
    await press(officer, /勧告する/);
    await send(officer, 'case open', { 'field.what': '委託先ごとに点検の記録を残すこと', 'field.why': '記録がないため', 'field.due': day(90) });
    recommendation = at(officer).searchParams.get('case');
    must(/^recommendation-/.test(recommendation), `a number: ${officer.url()}`);
    must((await text(officer)).includes(finding), 'its source stands on its page');
    await officer.goto(`/case/show?case=${finding}`);
    must((await text(officer)).includes(recommendation), 'what came of it stands on the finding\'s page');
});

await tap.part('the ministry replies, and another does not see it', async () => {
    await act(ministry, `/case/show?case=${recommendation}`, 'case step',
        { 'field.action': '記録の様式を定める', 'field.agreed': day(60) }, false, 'step=accept');
    must((await text(ministry)).includes('対応中'), 'accepted');
    const answer = await other.goto(`/case/show?case=${recommendation}`);
    equal(answer.status(), 404, 'another ministry');
});

await tap.part('the next plan takes it over, once', async () => {
    await officer.goto(`/plan/candidates?into=${next}`);
    const box = main(officer).locator(`input[type=checkbox][value="case:${recommendation}"]`).first();
    must(await box.count() > 0, `it may be taken over: ${(await text(officer)).slice(0, 600)}`);
    await box.check();
    await press(officer, '選んだものを引き継ぐ');
    const doc = await data(officer, `/plan/show.json?plan=${next}`);
    const row = rows(doc, 'items').find((r) => r.title?.includes(title) || r.title_ja?.includes(title));
    must(row, `the measure is there: ${JSON.stringify(doc).slice(0, 800)}`);
    no = row.key;
    const again = await data(officer, `/plan/candidates.json?into=${next}`);
    must(!JSON.stringify(again.tables).includes(`"case:${recommendation}"`), 'not offered twice');
});

await tap.part('the measure says why it exists, step by step back to the finding', async () => {
    await officer.goto(`/plan/measure?plan=${next}&no=${no}`);
    const words = await text(officer);
    for (const what of [recommendation, finding]) must(words.includes(what), `${what} on the measure's page: ${words.slice(0, 800)}`);
    await main(officer).locator(`a[href*="case=${finding}"]`).first().click();
    await officer.waitForURL(/case\/show/);
    must((await text(officer)).includes(title), 'the way back is walked by clicking');
});

await tap.part('a draft is nobody else\'s; decided and published it is everybody\'s', async () => {
    equal((await ministry.goto(`/plan/measure?plan=${next}&no=${no}`)).status(), 404, 'a draft of the centre');
    await act(officer, `/plan/decide?plan=${next}`, 'plan decide', { public: '1', why: '協議と意見募集を省く' });
    equal((await ministry.goto(`/plan/measure?plan=${next}&no=${no}`)).status(), 200, 'decided');
});

await tap.part('two officers report on it at once: the slower one sees both texts and loses nothing', async () => {
    const path = `/plan/say?plan=${next}&no=${no}`;
    await Promise.all([ministry.goto(path), ciso.goto(path)]);
    await send(ministry, 'plan update', { status: '2', text: '様式を定め、二つの委託先で試した。' });
    await send(ciso, 'plan update', { status: '3', text: '四月に始める。' }, true);
    const words = await text(ciso);
    must(words.includes('二つの委託先で試した'), `what stands is shown: ${words.slice(0, 900)}`);
    must(words.includes('四月に始める') || (await main(ciso).locator('textarea').first().inputValue()).includes('四月に始める'), 'the own text is kept');
    await ciso.goto(`/plan/measure?plan=${next}&no=${no}`);
    must(!(await text(ciso)).includes('四月に始める'), 'nothing was overwritten');
});

await tap.part('the half-year is frozen, and what is said later does not change it', async () => {
    await act(officer, `/plan/report?plan=${next}&report=half`, 'plan report', { due: `2027-10-15` });
    await act(officer, `/plan/freeze?plan=${next}&report=half`, 'plan freeze');
    await act(ministry, `/plan/say?plan=${next}&no=${no}`, 'plan update', { status: '1', text: '全ての委託先で記録した。' });
    const frozen = JSON.stringify(await data(officer, `/plan/progress.json?plan=${next}&report=half`));
    must(frozen.includes('二つの委託先で試した') && !frozen.includes('全ての委託先で記録した'), 'as it was frozen');
});

await tap.part('the half-year report is written, approved by another person, published and read by all', async () => {
    await act(officer, `/report/draft?template=half-year&org=demo&year=2027&plan=${next}`, 'report draft', { code: report });
    const parts = rows(await data(officer, `/report/parts.json?report=${report}`)).filter((r) => r.kind === 'text');
    for (const part of parts) {
        const code = part.code;
        await officer.goto(`/report/show?report=${report}&part=${code}`);
        await send(officer, 'report write', { text_ja: `${code}：概ね計画どおりに進んだ。` });
    }
    await act(officer, `/report/assemble?report=${report}`, 'report assemble');
    await act(officer, `/report/review?report=${report}`, 'report review');
    must(await act(officer, `/report/approve?report=${report}`, 'report approve', {}, true) !== '', 'who sent it does not approve it');
    await act(head, `/report/approve?report=${report}`, 'report approve');
    equal((await other.goto(`/report/show?report=${report}`)).status(), 404, 'not published yet');
    await act(officer, `/report/publish?report=${report}`, 'report publish');
    equal((await other.goto(`/report/show?report=${report}`)).status(), 200, 'published');
    const words = await text(other);
    must(words.includes(title) && words.includes('二つの委託先で試した'), `the measure stands in it: ${words.slice(0, 800)}`);
});

await tap.part('it is taken away as a text document, and is as it was frozen', async () => {
    await other.goto(`/report/show?report=${report}`);
    const [download] = await Promise.all([other.waitForEvent('download'), main(other).getByRole('link', { name: 'DOCX' }).first().click()]);
    const file = join(folder, 'report.docx');
    await download.saveAs(file);
    const xml = execFileSync('unzip', ['-p', file, 'word/document.xml'], { encoding: 'utf8', maxBuffer: 1 << 26 });
    must(xml.includes(title) && xml.includes('<w:tbl>'), 'its tables and words');
    equal((await data(officer, `/report/verify.json?report=${report}`)).facts.intact, 'intact', 'verified');
});

await tap.part('on a phone, nothing is wider than the window', async () => {
    const page = await enter(browser, someone('inspection-officer', 'hei'), { complaints, viewport: phone });
    for (const path of [`/plan/measure?plan=${next}&no=${no}`, `/plan/progress?plan=sj2007`, '/plan/mine', `/report/show?report=${report}`,
        `/plan/milestones?plan=sj2007`, '/series/show?series=unauthorised-access', '/registry/calendar', '/plan/pictures?plan=basic-2']) {
        await page.goto(path);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        must(wide <= 0, `${path} is ${wide} wider`);
    }
});

tap.ok(complaints.length === 0, 'no page complained', complaints.join('\n'));
tap.end();
await browser.close();
rmSync(folder, { recursive: true });
