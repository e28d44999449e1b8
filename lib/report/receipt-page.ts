// The receipt → one page for people, HTML that prints on A4 and loads nothing from anywhere. Pure.

import type { Receipt } from '../core/receipt';
import { type Proof, totalOf } from '../core/residue';

const STYLE =
  'body{font:13px/1.45 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#111}' +
  'h1{font-size:1.4rem}h2{font-size:1rem;margin:1.4rem 0 .3rem}table{border-collapse:collapse;width:100%}' +
  'td,th{text-align:left;padding:.15rem .6rem .15rem 0;border-bottom:1px solid #ddd;vertical-align:top;overflow-wrap:anywhere}' +
  '.yes{color:#0a6b2d}.no{color:#a11}code{font-size:.92em}@media print{body{margin:0}}';

/** The page. */
export function receiptPage(receipt: Receipt): string {
  const { where, file, form, begun, ended, proven, journal, calls } = receipt;
  const verdict = proven
    ? '<span class="yes">proven clean: everything was listed again, and nothing of the run is left</span>'
    : '<span class="no">NOT proven clean</span>';
  return [
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Receipt of run ${text(where.run)}</title>`,
    `<style>${STYLE}</style><h1>Receipt of run ${text(where.run)}</h1><p><b>${verdict}</b></p>`,
    table([
      ['Worklog', text(file)],
      [
        'Account',
        `${text(where.account)} (${text(where.target)}${where.target === 'local' ? ': the sandbox on this laptop' : ''})`,
      ],
      ['Regions', text(receipt.regions.join(', '))],
      ['Form', text(form)],
      ['Begun, ended', `${text(begun)}, ${text(ended)}`],
      ['Calls of the proof', `${totalOf(calls)}`],
      [
        'Journal',
        `${journal.lines} lines${journal.intact ? '' : ', <span class="no">edited</span>'}, last hash <code>${text(journal.hash)}</code>`,
      ],
    ]),
    section('In the way', receipt.refused, ({ id, reason }) => [id, reason]),
    section('Left alone, and why', receipt.left, ({ kind, id, why = '' }) => [kind, id, why]),
    section('Settings of the account, before and after', receipt.settings, ({ kind, region, was, is }) => [
      kind,
      region,
      JSON.stringify(was),
      is === undefined ? 'could not be read' : JSON.stringify(is),
    ]),
    section('Looked at', receipt.proofs, (proof) => [
      proof.kind,
      proof.region,
      proof.status,
      seen(proof),
      asked(proof),
    ]),
    section('Removed', receipt.removed, ({ kind, id, region, at }) => [kind, id, region, at]),
    '<p>To look again: <code>npx worklab prove --receipt FILE</code> with the JSON beside this page.</p></html>\n',
  ].join('\n');
}

function seen(proof: Proof): string {
  if (proof.status === 'unknown') return proof.reason;
  return proof.status === 'found' ? proof.ids.join(', ') : proof.lookedAt;
}

const asked = ({ calls }: Proof): string =>
  Object.entries(calls)
    .map(([call, times]) => (times === 1 ? call : `${call} ×${times}`))
    .join(', ');

function section<Row>(title: string, rows: readonly Row[], cells: (row: Row) => readonly string[]): string {
  if (rows.length === 0) return '';
  return `<h2>${text(title)} (${rows.length})</h2>${table(rows.map((row) => cells(row).map(text)))}`;
}

/** Cells are HTML already. */
const table = (rows: readonly (readonly string[])[]): string =>
  `<table>${rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('\n')}</table>`;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const text = (value: string): string => value.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
