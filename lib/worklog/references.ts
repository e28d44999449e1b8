// The links of a cell → references and the ids of the study programme's labs.

import type { ManifestReference } from '../core/manifest';
import type { CellLine } from './cell-lines';
import { carried } from './redact';
import { LIMITS, squeeze } from './text';

const HOST = '.awsstudygroup.com';

/** Links of a cell, bare addresses included. A link whose text is broken over lines is one. */
export function referencesOf(lines: readonly CellLine[]): ManifestReference[] {
  const references: ManifestReference[] = [];
  for (const reference of lines.flatMap(linksOf)) {
    const last = references.at(-1);
    if (last?.url !== reference.url) references.push(reference);
    else if (last.text !== reference.text) {
      references[references.length - 1] = {
        text: carried(`${last.text} ${reference.text}`, LIMITS.title),
        url: last.url,
      };
    }
  }
  return references;
}

function linksOf(line: CellLine): ManifestReference[] {
  const linked = line.links.map(({ text, url }) => reference(text, url));
  const bare = addressesIn(line.text).filter((url) => !line.links.some((link) => link.text.includes(url)));
  return [...linked, ...bare.map((url) => reference(url, url))];
}

const reference = (text: string, url: string): ManifestReference => ({
  text: carried(squeeze(text), LIMITS.title),
  url: carried(url, LIMITS.url),
});

function addressesIn(text: string): string[] {
  if (!text.includes('://')) return [];
  return text.split(' ').flatMap((word) => {
    const at = word.search(/https?:\/\//);
    return at < 0 ? [] : [word.slice(at).replace(/[).,;>\]]+$/, '')];
  });
}

/** The lab id of an address such as https://000004.awsstudygroup.com/, or null. */
export function labIdOf(url: string): string | null {
  const host = /^https?:\/\/([^/?#:\s]{1,100})/i.exec(url)?.[1]?.toLowerCase();
  if (host === undefined || !host.endsWith(HOST)) return null;
  const id = host.slice(0, -HOST.length);
  return /^\d{6}$/.test(id) ? id : null;
}
