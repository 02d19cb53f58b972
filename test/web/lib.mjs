// What the scripts share: a browser, people who sign in by clicking, counting, and what a page complained of.
import { chromium } from 'playwright-core';
import { existsSync } from 'node:fs';

export const site = process.env.MEGURI_URL ?? 'http://127.0.0.1:8080';
const people = JSON.parse(process.env.MEGURI_PEOPLE ?? '[]'); // rows of `meguri demo people --format json`

export const desk = { width: 1280, height: 900 };
export const phone = { width: 390, height: 844 };

const browsers = ['chromium', 'chromium-browser', 'google-chrome'].map((name) => `/usr/bin/${name}`);

// No sandbox: root has none, containers often neither, and nothing but our own pages is opened.
export function launch() {
    return chromium.launch({
        executablePath: process.env.CHROMIUM ?? browsers.find(existsSync),
        args: ['--no-sandbox', '--disable-dev-shm-usage', '--font-render-hinting=none', '--lang=ja'],
    });
}

export function someone(duty, org) {
    const found = people.find((p) => p.duty === duty && (org === undefined || p.org === org));
    if (!found) throw new Error(`the demonstration has no ${duty} of ${org ?? 'anywhere'}`);
    return found;
}

// Everything a page should never do: errors in its console, our own policy violated, an answer of 5xx, a foreign host.
export function watch(page, into) {
    page.on('console', (m) => {
        if (m.type() === 'error' && !/Failed to load resource/.test(m.text())) into.push(`${page.url()}: console: ${m.text()}`);
    });
    page.on('pageerror', (e) => into.push(`${page.url()}: script: ${e.message}`));
    page.on('response', (r) => {
        if (r.status() >= 500) into.push(`${r.request().method()} ${r.url()}: ${r.status()}`);
    });
    page.on('request', (r) => {
        if (!r.url().startsWith(site) && !r.url().startsWith('data:') && !r.url().startsWith('blob:')) into.push(`asks ${r.url()}`);
    });
}

// A fresh browser profile at the sign-in page; lang as the browser would say it.
export async function visitor(browser, { lang = 'ja', viewport = desk, scheme = 'light', script = true, complaints = [] } = {}) {
    const context = await browser.newContext({
        viewport, colorScheme: scheme, javaScriptEnabled: script, locale: lang === 'ja' ? 'ja-JP' : 'en-GB',
        timezoneId: 'Asia/Tokyo', baseURL: site, acceptDownloads: true, reducedMotion: 'reduce',
        hasTouch: viewport.width < 600,
    });
    context.setDefaultTimeout(15000);
    const page = await context.newPage();
    watch(page, complaints);
    return page;
}

// Clicks on the person of the demonstration, as a visitor would.
export async function signIn(page, who) {
    await page.goto('/signin');
    await page.locator(`button[name="person"][value="${who.person}"]`).click();
    await page.waitForURL((u) => !u.pathname.startsWith('/signin'));
}

export async function enter(browser, who, options) {
    const page = await visitor(browser, options);
    await signIn(page, who);
    return page;
}

// The same data as the page, by the same session.
export async function data(page, path) {
    const answer = await page.context().request.get(path);
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${(await answer.text()).slice(0, 200)}`);
    return answer.json();
}
export const rows = (doc, name) => doc.tables.find((t) => name === undefined || t.name === name)?.rows ?? [];

// TAP: each part is a test; what it notes comes as comment.
export class Tap {
    n = 0;
    failed = 0;
    constructor(prefix) { this.prefix = prefix; }
    ok(good, name, detail = '') {
        this.n++;
        if (!good) this.failed++;
        console.log(`${good ? 'ok' : 'not ok'} ${this.n} - ${this.prefix}: ${name}`);
        if (!good && detail) for (const line of String(detail).split('\n').slice(0, 30)) console.log(`# ${line}`);
        return good;
    }
    async part(name, body) {
        const began = Date.now();
        try {
            await body();
            this.ok(true, name);
        } catch (e) {
            this.ok(false, name, `${e.message}\n${(e.stack ?? '').split('\n').filter((l) => l.includes('test/web/') && !l.includes('node_modules')).join('\n')}`);
        }
        if (process.env.MEGURI_TIMES) console.log(`# ${name}: ${Date.now() - began} ms`);
    }
    end() {
        console.log(`1..${this.n}`);
        process.exitCode = this.failed ? 1 : 0;
    }
}

export function must(good, what) {
    if (!good) throw new Error(what);
}
export function equal(a, b, what) {
    if (JSON.stringify(a) !== JSON.stringify(b)) throw new Error(`${what}: ${JSON.stringify(a)} is not ${JSON.stringify(b)}`);
}
