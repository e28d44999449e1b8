// Hashes of the templates that passed validation, kept in WORKLAB_HOME for the installed version of the rules.

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ValidatedTemplates } from '../synth/synthesize';
import { makePrivate } from './home';

const MOST = 500;

/** The memory of one home. `rules` names the version of the rules; another version starts from nothing. */
export function validatedTemplates(home: string, rules: string): ValidatedTemplates {
  const file = join(home, 'validated-templates.json');
  const known = read(file, rules);
  return {
    has: (hash) => known.includes(hash),
    add: (hashes) => {
      makePrivate(home);
      const all = [...new Set([...read(file, rules), ...hashes])].slice(-MOST);
      writeFileSync(`${file}.${process.pid}`, JSON.stringify({ rules, hashes: all }), { mode: 0o600 });
      renameSync(`${file}.${process.pid}`, file);
    },
  };
}

/** What cannot be read was not validated. */
function read(file: string, rules: string): readonly string[] {
  if (!existsSync(file)) return [];
  try {
    const stored = JSON.parse(readFileSync(file, 'utf8')) as { readonly rules: string; readonly hashes: string[] };
    return stored.rules === rules ? stored.hashes : [];
  } catch {
    return [];
  }
}
