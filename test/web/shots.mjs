// Pictures:  MEGURI_URL=… MEGURI_PEOPLE=… node shots.mjs DIR [all]
// Those of README; with "all", every kind of page on desk, phone, in the dark and on paper, to be looked at.
import { mkdirSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { data, desk, enter, launch, phone, rows, someone, visitor } from './lib.mjs';
import { dailyPages, everyPage } from './pages.mjs';

const dir = process.argv[2] ?? 'shots';
mkdirSync(dir, { recursive: true });
const browser = await launch();
const staff = someone('staff'), manager = someone('section-manager'), officer = someone('centre-officer');
const sheet = `/inspect/sheet?round=demo-2026&respondent=${staff.post}`;

// The case that waits for the section manager to decide on it.
async function waiting() {
    const doc = await data(await enter(browser, manager), '/case/list.json?kind=permit&state=applied');
    return `/case/show?case=${encodeURIComponent(rows(doc)[0].case)}`;
}

// The newest notice that the centre of the synthetic infrastructure watches.
const sharer = someone('centre-officer', 'di-centre');
async function watched() {
    const doc = await data(await enter(browser, sharer), '/share/board.json');
    return `/share/board?notice=${encodeURIComponent(rows(doc)[0].notice)}`;
}

const readme = [
    // name, who, path, way of looking, height shown at most
    ['government', officer, '/inspect/whole?round=demo-2026', {}, 2000],
    ['home', manager, '/', {}, 1500],
    ['answering', staff, sheet, { viewport: phone }, 1700],
    ['manager', manager, `/inspect/unit?round=demo-2026&org=${manager.org}`, {}, 1700],
    ['ministries', officer, '/inspect/way?round=demo-2026', {}, 2200],
    ['case', manager, await waiting(), {}, 1300],
    ['clause', officer, '/inspect/clause?round=demo-2026&clause=2.2.1%281%29%28c%29', {}, 1900],
    ['run', officer, '/depend/run?model=ten-sectors&fail=ci-power&lasts=12&backup=ci-telecom&backup_hours=6', {}, 2150],
    ['board', sharer, await watched(), {}, 1900],
    ['dark', officer, '/inspect/whole?round=demo-2026', { scheme: 'dark', lang: 'en' }, 1500],
];

// A picture from the top to the end of the last block that fits; fewer colours where pngquant is there, for the
// repository's sake.
async function picture(page, file, most) {
    const size = page.viewportSize();
    const end = await page.evaluate((limit) => {
        const high = document.documentElement.scrollHeight;
        const ends = [...document.querySelectorAll('main > *, main .grid > * > *, main figure, fieldset.q')].map((e) => e.getBoundingClientRect().bottom + 10);
        return high <= limit ? high : Math.round(Math.max(400, ...ends.filter((y) => y <= limit)));
    }, most);
    await page.setViewportSize({ width: size.width, height: end });
    await page.screenshot({ path: file });
    await page.setViewportSize(size);
    spawnSync('pngquant', ['--force', '--skip-if-larger', '--ext', '.png', '64', file]);
}

const seats = new Map();
async function seat(who, way) {
    const key = `${who?.person} ${JSON.stringify(way)}`;
    if (!seats.has(key)) seats.set(key, who ? await enter(browser, who, way) : await visitor(browser, way));
    return seats.get(key);
}

if (process.argv[3] !== 'all') {
    for (const [name, who, path, way, most] of readme) {
        const page = await seat(who, { viewport: desk, ...way });
        await page.goto(path);
        if (name === 'answering') { // as it looks in the midst of it
            await page.getByRole('radio').first().check();
            await page.locator('fieldset.q').nth(1).getByRole('radio').nth(1).check();
            await page.evaluate(() => (document.activeElement.blur(), window.scrollTo(0, 0)));
        }
        await picture(page, `${dir}/${name}.png`, most);
        console.log(`# ${dir}/${name}.png`);
    }
} else {
    const name = (path, who) => `${path.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 60) || 'home'}-${who?.duty ?? 'nobody'}`;
    const first = await seat(officer, { viewport: desk });
    for (const [path, who] of await everyPage(first)) {
        const page = await seat(who, { viewport: desk });
        await page.goto(path);
        await picture(page, `${dir}/${name(path, who)}-desk.png`, 2600);
    }
    for (const [path, who] of dailyPages()) {
        for (const [word, way] of [['desk', { viewport: desk }], ['phone', { viewport: phone }], ['darkphone', { viewport: phone, scheme: 'dark' }],
            ['en', { viewport: desk, lang: 'en' }], ['enphone', { viewport: phone, lang: 'en' }], ['dark', { viewport: desk, scheme: 'dark' }]]) {
            const page = await seat(who, way);
            await page.goto(path);
            await picture(page, `${dir}/daily-${name(path, who)}-${word}.png`, 3000);
        }
        const page = await seat(who, { viewport: desk });
        await page.goto(path);
        await page.pdf({ path: `${dir}/daily-${name(path, who)}.pdf`, preferCSSPageSize: true, printBackground: true });
        spawnSync('pdftoppm', ['-r', '60', '-png', `${dir}/daily-${name(path, who)}.pdf`, `${dir}/daily-${name(path, who)}-print`]);
    }
}
await browser.close();
