// Interdependency in the browser: a newcomer lets electricity stop, watches the chain move, adds backup to telecommunications and
// sees what changed; an officer keeps a longer buffer; an operator sees its own answers and of the others the middle and the ends.
// Run by test/web/run; prints TAP.
import { Tap, data, enter, equal, launch, must, phone, rows, someone } from './lib.mjs';

const tap = new Tap('depend');
const browser = await launch();
const complaints = [];
const main = (page) => page.locator('main');
const text = async (page) => (await main(page).innerText()).replace(/\s+/g, ' ');
const as = (duty, org, more = {}) => enter(browser, someone(duty, org), { complaints, ...more });

async function press(page, name, within = main(page)) {
    const one = within.getByRole('link', { name }).or(within.getByRole('button', { name })).first();
    must(await one.count() > 0, `${page.url()}: nothing is called ${name}: ${(await text(page)).slice(0, 400)}`);
    await Promise.all([page.waitForEvent('framenavigated'), one.click()]);
    await page.waitForLoadState();
}
const asData = (page) => { // the same address, as data
    const url = new URL(page.url());
    return data(page, `${url.pathname}.json${url.search}`);
};

const newcomer = await as('centre-officer', 'demo');
let before;
const survey = 'dependence-2026';

await tap.part('from home to a stop of electricity, by clicking', async () => {
    await newcomer.goto('/');
    await press(newcomer, '依存関係', newcomer.locator('nav.rooms'));
    await press(newcomer, '相互依存性のモデル');
    await press(newcomer, '重要インフラ10分野');
    await press(newcomer, '止めてみる', main(newcomer).locator('tr', { has: newcomer.getByRole('link', { name: '電力', exact: true }) }).first());
    const form = main(newcomer).locator('details.params');
    must(await form.evaluate((e) => e.open), 'its form stands open');
    const seen = await form.locator('input:visible, select:visible').evaluateAll((all) => [...new Set(all.map((e) => e.name))]);
    equal(seen, ['fail', 'lasts', 'backup', 'backup_hours'], 'four things are asked, the others folded away');
    equal(await newcomer.locator('select[name="fail"]').first().inputValue(), 'ci-power', 'what was clicked is chosen');
    await form.locator('input[name="lasts"]').fill('12');
    await press(newcomer, '表示する');
    must(/電力（12時間）が止まった場合/.test(await newcomer.locator('.lead').innerText()), 'what was asked, in words');
    equal(await newcomer.locator('.curves .many > li').count(), 10, 'a curve for each sector');
    before = await asData(newcomer);
    must(await newcomer.locator('.spread .box').count() > 5, 'and the chain as a map');
    must(!/ci-power|power:/.test(await main(newcomer).locator('details.params').innerText()), 'no code is shown to a person');
});

await tap.part('the slider moves, and fewer are down at the beginning than later', async () => {
    const down = () => newcomer.locator('.spread .box.down').count();
    const slider = newcomer.locator('.spread').getByRole('slider');
    await slider.focus();
    await slider.press('Home');
    const first = await down();
    let most = first;
    for (let i = 0; i < 12; i++) {
        await slider.press('ArrowRight');
        most = Math.max(most, await down());
    }
    must(first >= 1 && most > first, `down at the beginning ${first}, later ${most}`);
});

await tap.part('six hours more of backup to telecommunications: two choices and one press', async () => {
    await newcomer.locator('select[name="backup"]').first().selectOption({ label: '情報通信' });
    await newcomer.locator('input[name="backup_hours"]').fill('6');
    await press(newcomer, '表示する');
    equal(await newcomer.locator('.curves .many > li').count(), 10, 'a curve for each sector');
    must(/変更後.*現状/s.test(await newcomer.locator('.curves .legend').innerText()), 'the curve as it was stands beside');
    const after = await asData(newcomer), [was, now] = rows(after, 'figures');
    must(before.facts.impaired > 0, 'services fell before');
    equal([was.impaired, was.area], [before.facts.impaired, before.facts.area], 'as it is: as before');
    must(now.impaired < was.impaired, `fewer services fall: ${JSON.stringify([was, now])}`);
    must(now.area < was.area && now.money < was.money, `less is lost: ${JSON.stringify([was, now])}`);
    const shown = await main(newcomer).locator('table').first().innerText();
    for (const row of [was, now]) must(shown.includes(row.money.toLocaleString('en')), `${row.money} stands on the page: ${shown}`);
});

await tap.part('from there to many runs, with the same conditions', async () => {
    const there = newcomer.url();
    await press(newcomer, /多数回の試算と保存/);
    equal(new URL(newcomer.url()).pathname, '/depend/simulate', 'the form of it');
    equal(await newcomer.locator('input[name="lasts"]').inputValue(), '12', 'hours go along');
    equal(await newcomer.locator('select[name="fail"]').evaluate((e) => [...e.selectedOptions].map((o) => o.value)), ['ci-power'], 'what stops goes along');
    await newcomer.goto(there);
});

await tap.part('an officer keeps a longer buffer as a new version, and the two are compared', async () => {
    const officer = await as('centre-officer', 'infrastructure');
    const buffered = rows(await data(officer, '/depend/buffered.json?model=ten-sectors')).map((r) => r.code).filter((c) => c.startsWith('tel-') && c.includes('/'));
    await officer.goto(`/depend/run?model=ten-sectors&fail=ci-power&lasts=12&backup=${encodeURIComponent(buffered[0])}&backup_hours=6`);
    await press(officer, '新しい版として保存');
    const versions = rows(await data(officer, '/depend/show.json?model=ten-sectors'), 'versions');
    equal(versions.map((v) => v.version).sort(), [1, 2], 'two versions');
    await officer.goto('/depend/compare?model=ten-sectors&version=1&with=2&fail=ci-power&lasts=12');
    const differs = rows(await asData(officer), 'differences');
    equal(differs.map((d) => [d.what, d.how]), [['need', 'changed']], 'one need differs');
    must((await text(officer)).includes('第1版') && (await text(officer)).includes('第2版'), 'which is which, in words');
});

await tap.part('an operator sees its own answers, and of the others minimum, median and maximum', async () => {
    const operator = await as('inspection-officer', 'demo-denryoku-1');
    const own = await operator.goto(`/inspect/survey-form?survey=${survey}`);
    equal(own.status(), 200, 'its own sheet');
    must(/回答/.test(await text(operator)), 'with its answers');
    await operator.goto(`/depend/answers?survey=${survey}`);
    const told = await asData(operator), words = await text(operator);
    for (const word of ['最小', '中央', '最大']) must(words.includes(word), `${word}: ${words.slice(0, 600)}`);
    const others = someone('inspection-officer', 'demo-denryoku-1'), names = /（合成）|denryoku|壬電力/;
    must(!names.test(JSON.stringify(told.tables)) && !names.test(words.replace(others.org_name ?? '', '')), 'no operator is named');
});

await tap.part('no page of the room tells another organisation of an operator\'s service', async () => {
    const ciso = await as('ciso', 'hei'), operator = await as('inspection-officer', 'demo-denryoku-1'), secret = /極秘給電所|secret-plant/;
    must(secret.test(await (await operator.goto('/depend/show?model=operators')).text()), 'who may see it does');
    const views = ['show', 'run', 'run?fail=tel', 'run?fail=pow&lasts=12&backup=tel', 'compare?version=1&fail=pow', 'table', 'table?of=service', 'rank?pairs=1', 'worth',
        'worth?fail=pow', 'order?fail=pow', 'stuck', 'threats', 'iim', 'iim?start=pow', 'check', 'failable', 'buffered', 'strikes', 'simulate', 'service?service=secret-plant'];
    for (const view of views)
        for (const face of ['', '.json', '.csv']) {
            const [name, query] = view.split('?'), path = `/depend/${name}${face}?model=operators&${query ?? ''}`;
            const answer = await ciso.context().request.get(path), words = await answer.text();
            must(answer.status() < 500 && (view.startsWith('service') || !face || answer.ok() || name === 'simulate'), `${path}: ${answer.status()}`);
            must(!secret.test(words.replaceAll('service=secret-plant', '').replaceAll('value="secret-plant"', '')) || view.startsWith('service'), `${path} tells of it`);
            if (view.startsWith('service')) must(answer.status() >= 400 && !words.includes('極秘給電所'), `${path} tells of it`);
        }
});

await tap.part('on a phone, nothing is wider than the window', async () => {
    const page = await as('centre-officer', 'demo', { viewport: phone });
    for (const path of ['', '/models', '/show?model=ten-sectors', '/run?model=ten-sectors', '/run?model=ten-sectors&fail=ci-power&lasts=12&backup=ci-telecom',
        '/compare', '/simulate', '/table', '/rank', '/worth', '/order?fail=ci-power', '/stuck', '/iim', '/threats', '/elicitations', '/runs', '/import']) {
        await page.goto(`/depend${path}`);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        must(wide <= 0, `${path} is ${wide} wider`);
    }
});

tap.ok(complaints.length === 0, 'no page complained', complaints.join('\n'));
tap.end();
await browser.close();
