// Writes what an instance imports: node practice_files.mjs FOLDER [MINISTRY]
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { files } from './practice_world.mjs';

const [folder, only] = process.argv.slice(2);
for (const [, what, text] of files(only)) writeFileSync(join(folder, `${what}.csv`), text);
