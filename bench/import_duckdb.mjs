// The peer of the store: DuckDB reading the same wide file into one ENUM column a clause and counting all of them, on two
// threads; in memory, or into a database file with a checkpoint, which is what a commit of ours is.
// Usage: node import_duckdb.mjs CSV [DATABASE]; with a database the count is then repeated out of it.
import {DuckDBInstance} from '@duckdb/node-api';
import {closeSync, openSync, readSync} from 'node:fs';

const [csv, file] = process.argv.slice(2);
const runs = 5;

function headerOf(path) {
  const bytes = Buffer.alloc(1 << 16);
  const fd = openSync(path, 'r');
  const text = bytes.toString('utf8', 0, readSync(fd, bytes));
  closeSync(fd);
  return text.slice(0, text.indexOf('\n')).split(',');
}

const clauses = headerOf(csv).length - 1;
const columns = Array.from({length: clauses}, (_, i) => `c${i}`);
const instance = await DuckDBInstance.create(file ?? ':memory:', {threads: '2'});
const db = await instance.connect();
// In this order "a duty arose" is one comparison.
await db.run('SET preserve_insertion_order = false'); // as fast as it gets
await db.run(`CREATE TYPE answer AS ENUM ('-', '0', '1')`);
const types = `{'respondent': 'VARCHAR', ${columns.map(c => `'${c}': 'answer'`).join(', ')}}`;
const count = `SELECT count(*), ${columns.map(c => `count_if(${c} >= '0'::answer), count_if(${c} = '1'::answer)`)} FROM sheets`;

async function counted() {
  const start = performance.now();
  const rows = await (await db.runAndReadAll(count)).getRows();
  return {ms: performance.now() - start, sheets: Number(rows[0][0])};
}

const start = performance.now();
await db.run(`CREATE TABLE sheets AS SELECT * FROM read_csv('${csv}', header = true, auto_detect = false, delim = ',', columns = ${types})`);
if (file !== undefined) await db.run('CHECKPOINT');
const {sheets} = await counted();
const ms = performance.now() - start;
let best = Infinity;
for (let i = 0; i < runs; i++) best = Math.min(best, (await counted()).ms);
console.log(JSON.stringify({bench: 'duckdb', sheets, clauses, ms: Number(ms.toFixed(1)), recount_ms: Number(best.toFixed(1)), threads: 2}));
