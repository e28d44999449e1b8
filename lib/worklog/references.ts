// The links of a cell → references and the ids of the study programme's labs.

import type { ManifestReference } from '../core/manifest';
import type { CellLine } from './cell-lines';
import { cut, LIMITS, squeeze } from './text';

const HOST = '.awsstudygroup.com';

/** Links of a cell, bare addresses included. */
export function referencesOf(lines: readonly CellLine[]): ManifestReference[] {
  return lines.flatMap((line) => {
    const linked = line.links.map(({ text, url }) => reference(text, url));
    const bare = addressesIn(line.text).filter((url) => !line.links.some((link) => link.text.includes(url)));
    return [...linked, ...bare.map((url) => reference(url, url))];
  });
}

const reference = (text: string, url: string): ManifestReference => ({
  text: cut(squeeze(text), LIMITS.title),
  url: cut(url, LIMITS.url),
});

function addressesIn(text: string): string[] {
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
