// Information sharing in the browser: a notice goes centre → ministry → CEPTOAR → operators and is confirmed tier by tier; an operator reports on a phone, and
// what it told returns to another sector as a notice, after its consent; a drill gives its rate and causes. Run by test/web/run; prints TAP.
import { Tap, data, enter, equal, launch, must, phone, rows, someone } from './lib.mjs';

const tap = new Tap('share');
const browser = await launch();
const complaints = [];
const main = (page) => page.locator('main');
const text = async (page) => (await main(page).innerText()).replace(/\s+/g, ' ');
const as = (duty, org, more = {}) => enter(browser, someone(duty, org), { complaints, ...more });
const form = (page, act) => main(page).locator(`form[action$="/share/${act}"]`).first();

// Sends the form of an act; an act that answers with its form and a fault has failed.
async function send(page, act, within = form(page, act)) {
    must(await within.count() > 0, `${page.url()}: no form of ${act}: ${(await text(page)).slice(0, 300)}`);
    const button = within.locator('button:not([name="rehearse"])').first();
    await Promise.all([page.waitForEvent('framenavigated'), button.click()]);
    await page.waitForLoadState();
    must(!new URL(page.url()).pathname.endsWith(`/share/${act}`) || !/できません|してください。$/.test(await page.locator('.fault, .faults').allInnerTexts().then((t) => t.join(' '))), `${act}: ${(await text(page)).slice(0, 400)}`);
}
const param = (page, name) => new URL(page.url()).searchParams.get(name);
const tiers = async (page, notice) => Object.fromEntries(rows(await data(page, `/share/board.json?notice=${notice}`), 'tiers').map((t) => [t.tier, t]));

const centre = await as('centre-officer', 'di-centre'), ministry = await as('sharing-officer', 'hei'), office = await as('sharing-officer', 'di-power-ceptoar');
const operator = await as('sharing-officer', 'di-power-01', { viewport: phone });

async function draft(page, { title, words, to }) {
    await page.goto('/share/draft');
    const f = form(page, 'draft');
    await f.locator('[name="title"]').fill(title);
    await f.locator('[name="urgency"]').selectOption('important');
    await f.locator('[name="kind"]').selectOption('containment');
    await f.locator('[name="text"]').fill(words);
    await f.locator('[name="measure"]').fill('監視を強めてください。');
    await f.locator('[name="to"]').first().selectOption(to);
    await f.locator('[name="tlp"]').selectOption('amber');
    await send(page, 'draft', f);
    must(param(page, 'notice'), `the draft has a number: ${page.url()}`);
    return param(page, 'notice');
}
async function pass(page, notice) {
    await page.goto(`/share/pass?notice=${notice}`);
    const f = form(page, 'pass');
    await f.locator('[name="confirm"]').check();
    await send(page, 'pass', f);
}

let notice;
await tap.part('the centre writes a notice, sees whom it reaches, and sends it', async () => {
    notice = await draft(centre, { title: '画面からの情報提供（合成データ）', words: '本文です。（合成データ）', to: 'sector:di-power' });
    await centre.goto(`/share/preview?notice=${notice}`);
    must(/40/.test(await text(centre)), `forty operators are named before it goes: ${(await text(centre)).slice(0, 400)}`);
    await send(centre, 'send');
    const t = await tiers(centre, notice);
    equal([t.ministry.all, t.ceptoar.all, t.operator.all, t.operator.unsent], [1, 1, 40, 40], 'planned for all tiers, sent to the first');
});

await tap.part('the ministry and the CEPTOAR pass it on, and the board counts each tier', async () => {
    await pass(ministry, notice);
    let t = await tiers(centre, notice);
    equal([t.ministry.confirmed, t.ceptoar.confirmed, t.operator.unsent], [1, 0, 40], 'the ministry has confirmed');
    await pass(office, notice);
    t = await tiers(centre, notice);
    equal([t.ceptoar.confirmed, t.operator.unsent, t.operator.confirmed], [1, 0, 0], 'all operators have it, none has confirmed');
});

await tap.part('an operator confirms it with one press of its inbox', async () => {
    await operator.goto('/share/inbox');
    await send(operator, 'confirm', main(operator).locator('form', { has: operator.locator(`input[name="notice"][value="${notice}"]`) }).first());
    const t = await tiers(centre, notice);
    equal([t.operator.confirmed, t.operator.open], [1, 39], 'one of forty');
});

let report;
await tap.part('an operator in trouble reports on a phone', async () => {
    await operator.goto('/share/report');
    must(await operator.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'nothing is wider than the phone');
    const f = form(operator, 'report-save');
    await f.locator('[name="field.title"]').fill('監視画面の停止（合成データ）');
    await f.locator('[name="field.event"]').selectOption('availability');
    await f.locator('[name="field.ground"]').selectOption('voluntary');
    await send(operator, 'report-save', f);
    report = param(operator, 'report');
    must(report, `the report has a number: ${operator.url()}`);
    await send(operator, 'report-send');
});

await tap.part('its ministry passes it on, and the centre makes a notice of it in one step', async () => {
    await ministry.goto(`/share/report?report=${report}`);
    must((await text(ministry)).includes('監視画面の停止'), 'the ministry reads it');
    await send(ministry, 'report-pass');
    await centre.goto(`/share/report?report=${report}`);
    await send(centre, 'sanitise');
    notice = param(centre, 'notice');
    must(notice, `a draft was made: ${centre.url()}`);
    await centre.goto(`/share/draft?notice=${notice}`);
    must(!/乙丙電力|di-power-01/.test(await text(centre)), 'which does not name the operator');
});

await tap.part('without the operator\'s word it does not go; with it, it reaches another sector', async () => {
    const f = form(centre, 'draft');
    await f.locator('[name="title"]').fill('監視画面に関する注意（合成データ）');
    await f.locator('[name="text"]').fill('監視画面が止まる事例がありました。（合成データ）');
    await f.locator('[name="to"]').first().selectOption('sector:di-finance');
    await send(centre, 'draft', f);
    await centre.goto(`/share/preview?notice=${notice}`);
    if (await form(centre, 'send').count() > 0) await Promise.all([centre.waitForEvent('framenavigated'), form(centre, 'send').locator('button').first().click()]);
    const refused = await centre.context().request.get(`/share/board.json?notice=${notice}`);
    must(!refused.ok() || rows(await refused.json(), 'tiers').length === 0, 'nobody has it yet');
    await centre.goto(`/share/consent?notice=${notice}`);
    await send(centre, 'consent-ask');
    await operator.goto(`/share/consent?notice=${notice}`);
    must((await text(operator)).includes('監視画面が止まる事例'), 'the operator reads the very text');
    const answer = form(operator, 'consent-decide');
    if (await answer.locator('[name="decision"]').count() > 0 && await answer.locator('select[name="decision"]').count() > 0) await answer.locator('select[name="decision"]').selectOption('given');
    await send(operator, 'consent-decide', answer);
    await centre.goto(`/share/preview?notice=${notice}`);
    await send(centre, 'send');
    const t = await tiers(centre, notice);
    equal([t.ministry.all, t.ceptoar.all, t.operator.all], [1, 1, 60], 'finance, and nobody else');
});

await tap.part('a drill gives its rate and causes', async () => {
    const drill = rows(await data(centre, '/share/drills.json'))[0];
    const code = Object.values(drill).find((v) => /^D-\d{4}-\d+$/.test(v));
    await centre.goto(`/share/drill-result?notice=${code}`);
    const words = await text(centre);
    must(/訓練/.test(words) && /疎通確認率/.test(words), `it says what it is: ${words.slice(0, 300)}`);
    must(/担当者が代わり/.test(words), 'and why some were not reached');
});

await tap.part('statistics give back the published year', async () => {
    const told = await data(centre, '/share/statistics.json?year=2023');
    const total = rows(told, 'types').find((r) => r.type === 'total');
    equal([total.fy2019, total.q1, total.q2, total.q3, total.q4, total.fy2023], [269, 99, 53, 63, 57, 272], 'reports of the year');
    for (const [page, path] of [[operator, '/share/inbox'], [operator, `/share/report?report=${report}`], [operator, '/share/statistics?year=2023']]) {
        await page.goto(path);
        must(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${path} fits a phone`);
    }
});

tap.ok(complaints.length === 0, 'no page complained', complaints.join('\n'));
tap.end();
await browser.close();
