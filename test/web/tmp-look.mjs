import { launch, enter, desk, phone } from './lib.mjs';
const b = await launch();
const shots = [
 ['c-progress', 'p20001', '/plan/progress?plan=demo26'], ['c-progress07', 'p20001', '/plan/progress?plan=sj2007'],
 ['c-status-owner', 'p20001', '/plan/status?plan=sj2007&by=owner&report=half'], ['c-status', 'p20001', '/plan/status?plan=sj2007'],
 ['c-status-sec', 'p20001', '/plan/status?plan=demo26&by=section'],
 ['c-milestones', 'p20001', '/plan/milestones?plan=demo26'], ['c-milestones07', 'p20001', '/plan/milestones?plan=sj2007'],
 ['c-silent', 'p20001', '/plan/silent?plan=demo26'], ['m-mine', 'p01080', '/plan/mine'], ['m-say', 'p01080', '/plan/say?plan=demo26&no=2'],
 ['c-measure', 'p20001', '/plan/measure?plan=demo26&no=2'], ['c-reports', 'p20001', '/plan/reports?plan=demo26'], ['c-changes', 'p20001', '/plan/changes?plan=demo26'],
];
for (const [vn, v] of [['d', desk], ['p', phone]]) for (const who of ['p20001', 'p01080']) {
  const page = await enter(b, { person: who }, { viewport: v, complaints: [] });
  for (const [n, w, u] of shots) if (w === who) { await page.goto(u); await page.screenshot({ path: `/tmp/shot/${n}-${vn}.png`, fullPage: true }); }
  await page.context().close();
}
// a conflict
for (const [vn, v] of [['d', desk], ['p', phone]]) {
  const p1 = await enter(b, { person: 'p02383' }, { viewport: v }), p2 = await enter(b, { person: 'p02383' }, { viewport: v });
  await p1.goto('/plan/say?plan=demo26&no=2'); await p2.goto('/plan/say?plan=demo26&no=2');
  await p1.locator('textarea[name=text]').fill('8割の端末で暗号化を終えた（' + vn + '）。'); await p1.locator('button:has-text("報告する"), form.open button').last().click(); await p1.waitForLoadState();
  await p1.screenshot({ path: `/tmp/shot/m-done-${vn}.png`, fullPage: true });
  await p2.locator('textarea[name=text]').fill('7割の端末で暗号化を終えた。持出し用の端末は11月に終えた。'); await p2.locator('form.open button').last().click(); await p2.waitForLoadState();
  await p2.screenshot({ path: `/tmp/shot/m-conflict-${vn}.png`, fullPage: true });
}
await b.close();
