// The peer: DuckDB counting the same answers, in memory, on two threads, in the best form we know of:
// one column a clause, ENUM answers, one query for all columns. Usage: node duckdb.mjs [SHEETS [CLAUSES]]
import {DuckDBInstance} from '@duckdb/node-api';

const sheets = Number(process.argv[2] ?? 1000000);
const clauses = Number(process.argv[3] ?? 256);
const runs = 3;
const columns = Array.from({length: clauses}, (_, i) => `c${i}`);

// The answers are ordered so that "a duty arose" is one comparison. IN (…) took three times as long, FILTER thirty times.
const forms = {
  'ENUM, count_if': ['answers', c => `count_if(${c} >= 'not done'::answer), count_if(${c} = 'done'::answer)`],
  'ENUM, sum': ['answers', c => `sum((${c} >= 'not done'::answer)::UTINYINT), sum((${c} = 'done'::answer)::UTINYINT)`],
  'UTINYINT, count_if': ['codes', c => `count_if(${c} >= 2), count_if(${c} = 3)`],
  'UTINYINT, sum': ['codes', c => `sum(${c} >> 1), sum((${c} = 3)::UTINYINT)`],
};

const instance = await DuckDBInstance.create(':memory:', {threads: '2'});
const db = await instance.connect();
await db.run(`CREATE TYPE answer AS ENUM ('unanswered', 'no occasion', 'not done', 'done')`);
await db.run(`CREATE TABLE codes (${columns.map(c => `${c} UTINYINT`)})`);
// Eight clauses to a call of random(): 16 bits of it.
const words = Array.from({length: Math.ceil(clauses / 8)}, (_, i) => `(random() * 65536)::UINTEGER AS w${i}`);
const code = i => `((w${i >> 3} >> ${2 * (i & 7)}) & 3)::UTINYINT`;
await db.run(`INSERT INTO codes SELECT ${columns.map((_, i) => code(i))} FROM (SELECT ${words} FROM range(${sheets}))`);
const word = c => `CASE ${c} WHEN 0 THEN 'unanswered' WHEN 1 THEN 'no occasion' WHEN 2 THEN 'not done' ELSE 'done' END`;
await db.run(`CREATE TABLE answers AS SELECT ${columns.map(c => `(${word(c)})::answer AS ${c}`)} FROM codes`);

const best = {};
const results = {};
for (let run = 0; run < runs; run++) {
  for (const [name, [table, count]] of Object.entries(forms)) {
    const sql = `SELECT ${columns.map(count)} FROM ${table}`;
    const start = performance.now();
    const rows = await (await db.runAndReadAll(sql)).getRows();
    best[name] = Math.min(best[name] ?? Infinity, performance.now() - start);
    results[name] = rows[0].map(Number).join();
  }
}
if (new Set(Object.values(results)).size !== 1) throw new Error('the forms disagree');
const [form, ms] = Object.entries(best).sort((a, b) => a[1] - b[1])[0];
for (const [name, took] of Object.entries(best)) console.log(`${name}: ${took.toFixed(0)} ms`);
console.log(JSON.stringify({bench: 'duckdb', sheets, clauses, ms: Number(ms.toFixed(3)), form, threads: 2}));
