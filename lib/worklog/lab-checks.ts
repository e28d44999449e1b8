// Lab links of a row against the catalogue of the study programme → diagnostics, and services for rows that name none.

import type { Diagnostic, ManifestReference } from '../core/manifest';
import { diagnostic } from './diagnostics';
import catalogue from './lab-catalogue.json';
import { wordsOf } from './phrases';
import { labIdOf } from './references';
import { mentionsOf } from './services';

interface CatalogueLab {
  readonly title: string;
  readonly services: readonly string[];
}

const labs: Readonly<Record<string, CatalogueLab>> = catalogue;

/** The catalogue's entry of a lab, or undefined. */
export const catalogueLab = (id: string): CatalogueLab | undefined => (Object.hasOwn(labs, id) ? labs[id] : undefined);

/** What the link's own label says the lab is about, against what the catalogue says. */
export function checkLabLinks(references: readonly ManifestReference[], line: number): Diagnostic[] {
  return references.flatMap(({ text, url }) => {
    const id = labIdOf(url);
    if (id === null) return [];
    const known = catalogueLab(id);
    if (known === undefined)
      return [diagnostic('worklog/unknown-lab', line, `lab ${id} is not in the catalogue of the study programme`)];
    return differs(text, known)
      ? [diagnostic('worklog/lab-title-differs', line, `"${text}" links to lab ${id}, which is "${known.title}"`)]
      : [];
  });
}

/** True if a link's label names services and none of them is one of the lab's. */
function differs(label: string, { title, services }: CatalogueLab): boolean {
  if (label.includes('://')) return false;
  const named = namedIn(label);
  const known = new Set([...services, ...namedIn(title)]);
  return named.length > 0 && !named.some((service) => known.has(service));
}

function namedIn(text: string): string[] {
  return mentionsOf(wordsOf(text), text, []).flatMap((mention) => mention.services);
}
