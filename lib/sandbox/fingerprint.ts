// The emulator's code, its packages and the labs' declarations → one hash: another hash, another sandbox.

import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * The hash of everything that a sandbox is started with. The same in two checkouts of the same state, so that they do not
 * take the sandbox away from each other. Rejects if a declaration is not there.
 */
export async function fingerprintOf(engine: string, declarations: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  const own = [...(await codeOf(join(engine, 'emulator'))), join(engine, 'requirements.txt')];
  const parts = (await Promise.all(declarations.map(partsOf))).flat();
  for (const file of [...own, ...declarations, ...parts]) {
    const name = `${basename(dirname(file))}/${basename(file)}`;
    hash
      .update(`${name}\0`)
      .update(await readFile(file))
      .update('\0');
  }
  return hash.digest('hex');
}

/** The launcher runs what stands beside a declaration under its name ("emulator_types.py") with it. */
async function partsOf(declaration: string): Promise<string[]> {
  const directory = dirname(declaration);
  const stem = `${basename(declaration, '.py')}_`;
  const names = await readdir(directory);
  return names
    .filter((name) => name.startsWith(stem) && name.endsWith('.py'))
    .sort()
    .map((name) => join(directory, name));
}

/** In one order whatever the file system's. */
async function codeOf(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.py'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
