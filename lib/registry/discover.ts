// labs/*/lab.ts → the labs by id. The folder's name is the id; no lab states its own.

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab } from '../kit';

export type Labs = ReadonlyMap<string, Lab>;

/** Every lab of a directory, by folder name, in alphabetical order. Loads their data, not their stacks or SDK clients. */
export function discoverLabs(directory: string): Labs {
  const ids = readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(directory, entry.name, 'lab.ts')))
    .map((entry) => entry.name)
    .sort();
  return new Map(ids.map((id) => [id, load(join(directory, id, 'lab'))]));
}

/** What the labs' emulator.py files declare for the sandbox. */
export const emulatorDeclarations = (directory: string, labs: Labs): string[] =>
  [...labs.keys()].map((id) => join(directory, id, 'emulator.py')).filter((file) => existsSync(file));

/** Canonical service name → the lab that serves it. */
export const servicesOf = (labs: Labs): ReadonlyMap<string, string> =>
  new Map([...labs].flatMap(([id, lab]) => (lab.services ?? [lab.title]).map((service) => [service, id] as const)));

function load(path: string): Lab {
  const { default: lab } = require(path) as { default?: Lab };
  if (lab === undefined) throw new Error(`${path}.ts has no default export; write "export default defineLab({ … })"`);
  return lab;
}
