// How long reading worklogs takes: 2,000 files in one call, and single files of growing size.

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/cli';
import { measure } from './measure';

const FILES = 2000;
const SIZES = [1, 10, 49];
const MIB = 1024 * 1024;

/** Prints seconds and peak memory. `home` is a folder of the bench's own. */
export async function benchWorklogs(home: string): Promise<void> {
  const sample = readFileSync(join(ROOT, 'labs', 'weeks', 'week-04.md'), 'utf8');
  const many = join(home, 'many');
  mkdirSync(many);
  const texts = realWorklogs() ?? [sample];
  const bytes = texts.reduce((sum, text) => sum + text.length, 0) / texts.length;
  for (let file = 0; file < FILES; file++)
    writeFileSync(join(many, `week-${file}.md`), texts[file % texts.length] ?? '');
  await report(`${FILES} worklogs of ${(bytes / 1024).toFixed(1)} KiB on average (aim 20 s, 400 MiB)`, many, home);
  rmSync(many, { recursive: true });
  const [head = '', ...rows] = sample.split(/(?=^\| \d+ )/m);
  for (const size of SIZES) {
    const file = join(home, `week-${size}.md`);
    const body = rows.join('').replace(/\n### [\s\S]*/, '\n');
    writeFileSync(file, head + body.repeat(Math.floor((size * MIB) / body.length)));
    await report(`one worklog of ${size} MiB`, file, home);
    rmSync(file);
  }
}

/** Worklogs that people really wrote, where they are at hand; else the sample week stands for all. */
function realWorklogs(): string[] | undefined {
  const corpus = join(ROOT, '..', 'shared', 'corpus');
  if (!existsSync(corpus)) return undefined;
  const files = readdirSync(corpus).filter((name) => /week\d+\.\w+\.md$/.test(name));
  return files.map((name) => readFileSync(join(corpus, name), 'utf8'));
}

async function report(name: string, path: string, home: string): Promise<void> {
  const { seconds, peak } = await measure(
    { words: ['bin/worklab.js', 'manifest', path, '--json'], environment: { WORKLAB_HOME: home } },
    ROOT,
  );
  process.stdout.write(`manifest of ${name}: ${seconds.toFixed(2)} s, peak ${Math.round(peak)} MiB\n`);
}
