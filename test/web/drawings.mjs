// Curves, the map of a spread with its slider, trees, wide heat maps: the sample page of test/page, in Chromium. The page is made by
// build/test/page_test and served here under our own policy, so that the drawings are looked at whatever the demonstration holds. Prints TAP.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const made = mkdtempSync(join(process.env.TMPDIR ?? tmpdir(), 'drawings-'));
execFileSync(join(dirname(process.env.MEGURI), 'test', 'page_test'), { env: { ...process.env, SOURCE: source, PAGE_KEEP: made }, stdio: 'ignore' });

const policy = readFileSync(join(source, 'src/web/front_http.c'), 'utf8').match(/"default-src[^;]*;[^}]*/)[0].match(/"([^"]*)"/g).map((s) => s.slice(1, -1)).join('');
const media = { '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.html': 'text/html' };
const server = createServer((ask, answer) => {
    const path = new URL(ask.url, 'http://x').pathname, file = path.startsWith('/static/') ? join(source, 'src/web/static', path.slice(8)) : join(made, path);
    answer.setHeader('Content-Security-Policy', policy);
    answer.setHeader('Content-Type', `${media[extname(path)] ?? 'text/plain'}; charset=utf-8`);
    try { answer.end(readFileSync(file)); } catch { answer.writeHead(404).end(); }
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
process.env.MEGURI_URL = `http://127.0.0.1:${server.address().port}`;
const { Tap, desk, equal, launch, must, phone, visitor } = await import('./lib.mjs');

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const pictures = process.env.MEGURI_PICTURES; // a folder, to look at what was come to
if (pictures) mkdirSync(pictures, { recursive: true });
const tap = new Tap('drawings');
const browser = await launch();
const complaints = [];

async function sample(way = {}) {
    const page = await visitor(browser, { viewport: desk, complaints, ...way });
    await page.goto(`/cascade-${way.lang ?? 'ja'}.html`);
    return page;
}

// What the boxes and lines are, and what their own times say that they should be.
const states = (page, now) => page.evaluate((at) => {
    const wrong = [], count = { not: 0, down: 0, back: 0, lines: 0 };
    for (const box of document.querySelectorAll('.box')) {
        const until = box.dataset.until === undefined ? Infinity : Number(box.dataset.until);
        const should = at < Number(box.dataset.from) ? 'not' : at < until ? 'down' : 'back';
        count[should]++;
        if (['not', 'down', 'back'].filter((s) => box.classList.contains(s)).join() !== should) wrong.push(`${box.textContent} is no ${should}`);
    }
    for (const line of document.querySelectorAll('.map .link')) {
        const seen = getComputedStyle(line).visibility === 'visible';
        count.lines += seen;
        if (seen !== (at >= Number(line.dataset.at))) wrong.push(line.textContent);
    }
    return { count, wrong };
}, now);

await tap.part('the map goes through its instants by keyboard, and says so', async () => {
    const page = await sample();
    const slider = page.getByRole('slider', { name: '発生からの時間' }), said = page.locator('.player output');
    const times = (await page.locator('.spread').getAttribute('data-times')).split(' ').map(Number);
    equal(await slider.inputValue(), String(times.length - 1), 'it begins with the end');
    equal((await states(page, times.at(-1))).wrong, [], 'the end');
    await slider.focus();
    await page.keyboard.press('Home');
    const first = await states(page, 0);
    equal(first.wrong, [], 'at the beginning');
    must(first.count.not > 10 && first.count.down > 5 && first.count.back === 0, `at the beginning ${JSON.stringify(first.count)}`);
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
    equal(await slider.inputValue(), '3', 'three instants on');
    const later = await states(page, times[3]);
    equal(later.wrong, [], 'three instants on');
    must(later.count.down > first.count.down && later.count.lines > first.count.lines, `no more is down than before: ${JSON.stringify(later.count)}`);
    const sentence = `2時間後：影響あり ${later.count.down} 件、回復 0 件`;
    equal(await said.textContent(), sentence, 'the sentence');
    equal(await slider.getAttribute('aria-valuetext'), sentence, 'aria-valuetext');
    equal(await said.getAttribute('aria-live'), 'polite', 'aria-live');
    await page.keyboard.press('End');
    const end = await states(page, times.at(-1));
    equal(end.wrong, [], 'the end again');
    must(end.count.not === 0 && end.count.back > 30 && end.count.down === 3, `in the end ${JSON.stringify(end.count)}`);
    await page.context().close();
});

await tap.part('it plays from the beginning, and pauses', async () => {
    const page = await sample({ lang: 'en' });
    await page.getByRole('button', { name: 'Play' }).click();
    const pause = page.getByRole('button', { name: 'Pause' });
    equal(await page.locator('.player output').getAttribute('aria-live'), 'off', 'while it plays nobody is talked to every second');
    await page.waitForFunction(() => Number(document.querySelector('.player input').value) === 2);
    await pause.click();
    equal(await page.locator('.player output').getAttribute('aria-live'), 'polite', 'after a pause');
    const stood = await page.locator('.player input').inputValue();
    await page.waitForTimeout(1200);
    equal(await page.locator('.player input').inputValue(), stood, 'it stands');
    must(/^After .+: \d+ down, 0 back$/.test(await page.locator('.player output').textContent()), 'the sentence in English');
    await page.context().close();
});

await tap.part('without script the picture of the end is complete', async () => {
    const page = await sample({ script: false });
    equal(await page.locator('.player').count(), 0, 'a player that nobody moves');
    const boxes = await page.locator('.box').count(), rows = await page.locator('section:has(.spread) tbody tr').count();
    equal(boxes, rows, 'boxes and rows of the table');
    for (const text of await page.locator('.box .in').allTextContents()) must(/↓ .+↑ /.test(text), `no times: ${text}`);
    must(await page.locator('.spread .later').isHidden(), 'the legend tells what is never seen');
    await page.context().close();
});

await tap.part('no word leaves its box', async () => {
    for (const lang of ['ja', 'en']) {
        const page = await sample({ lang });
        const over = await page.evaluate(() => [...document.querySelectorAll('.box .in, .spread .name')].filter((e) => {
            const room = e.parentElement.getBoundingClientRect(), own = e.getBoundingClientRect();
            return own.height > room.height + 1 || e.scrollWidth > e.clientWidth + 1;
        }).map((e) => e.textContent));
        equal(over, [], lang);
        await page.context().close();
    }
});

await tap.part('small charts: five in a row on a desk, one on a phone, on the same axes; steps are told to who points', async () => {
    const across = (page) => page.evaluate(() => {
        const tops = [...document.querySelectorAll('.curves .many > li')].map((e) => Math.round(e.getBoundingClientRect().top));
        return tops.filter((y) => y === tops[0]).length;
    });
    const page = await sample(), small = await sample({ viewport: phone });
    equal(await page.locator('.curves .many > li').count(), 10, 'charts');
    equal(await across(page), 5, 'in a row on a desk');
    equal(await across(small), 1, 'in a row on a phone');
    const axes = await page.evaluate(() => new Set([...document.querySelectorAll('.curves .plot')].map((p) => [...p.querySelectorAll('text.t2')].map((t) => t.textContent).join(' '))).size);
    equal(axes, 1, 'axes');
    const spot = await page.locator('.curves li').filter({ hasText: '電力' }).last().locator('.spot title').first().textContent();
    must(/^0分後、サービスレベル 100\.0%/.test(spot), spot);
    must(await page.locator('details.fold table').isHidden(), 'a table of many steps is folded');
    await page.getByText('表で見る（730 行）').click();
    must(await page.locator('details.fold table').isVisible(), 'and opens');
    for (const p of [page, small]) await p.context().close();
});

await tap.part('a phone moves the map within its box, not the page; the names of lanes stay', async () => {
    const page = await sample({ viewport: phone });
    const wide = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    equal(wide[0], wide[1], 'the page');
    const left = await page.evaluate(() => {
        const box = document.querySelector('.spread .scroll');
        box.scrollLeft = 300;
        return [box.scrollLeft, Math.round(document.querySelector('.spread .lanes').getBoundingClientRect().left - box.getBoundingClientRect().left)];
    });
    equal(left, [300, 0], 'scrolled, lanes');
    await page.context().close();
});

await tap.part('on paper stands the end, however far one had gone', async () => {
    const page = await sample();
    await page.getByRole('slider').focus();
    await page.keyboard.press('Home');
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
    equal(await page.locator('.box.not').count(), 0, 'boxes that are not reached');
    await page.emulateMedia({ media: 'print' });
    must(await page.locator('.player').isHidden(), 'a slider on paper');
    await page.context().close();
});

await tap.part('the page stays light', async () => {
    const bytes = readFileSync(join(made, 'cascade-ja.html')).length;
    must(bytes < 300000, `${bytes} bytes`);
});

const ways = [['ja', 'light', desk], ['ja', 'dark', phone], ['en', 'light', phone], ['en', 'dark', desk]];
for (const [lang, scheme, viewport] of ways)
    await tap.part(`axe: ${lang}, ${scheme}, ${viewport.width} px`, async () => {
        const page = await sample({ lang, scheme, viewport });
        await page.evaluate(axe);
        await page.getByRole('slider').focus();
        for (const at of ['Home', 'End']) { // pale and dark boxes; outlined and dark ones
            await page.keyboard.press(at);
            const found = await page.evaluate((tags) => window.axe.run(document.querySelector('main'), { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }), rules);
            equal(found.violations.flatMap((v) => v.nodes.slice(0, 3).map((n) => `${v.id}: ${n.target.join(' ')}: ${(n.any[0] ?? n.all[0] ?? n.none[0])?.message ?? v.help}`)), [], at);
        }
        if (pictures) await page.screenshot({ path: join(pictures, `drawings-${lang}-${scheme}-${viewport.width}.png`), fullPage: true });
        await page.context().close();
    });

tap.ok(complaints.length === 0, 'nothing in the console, nothing against our policy', complaints.join('\n'));
await browser.close();
server.close();
tap.end();
