// Lab links of a row against the catalogue of the study programme → remarks, and services for rows that name none.

import type { ManifestReference } from '../core/manifest';
import type { Remark } from './diagnostics';
import catalogue from './lab-catalogue.json';
import { wordsOf } from './phrases';
import { labIdOf } from './references';
import { mentionsOf } from './services';

interface CatalogueLab {
  readonly title: string;
  /** Canonical names of the services that its title names. */
  readonly services: readonly string[];
}

const labs: Readonly<Record<string, CatalogueLab>> = catalogue;

/** The catalogue's entry of a lab, or undefined. */
export const catalogueLab = (id: string): CatalogueLab | undefined => (Object.hasOwn(labs, id) ? labs[id] : undefined);

/** Checks the links of a row against their labels and, where a link has none, against what the row practises. */
export function checkLabLinks(
  references: readonly ManifestReference[],
  practised: readonly string[],
  line: number,
): Remark[] {
  return references.flatMap((reference): Remark[] => {
    const id = labIdOf(reference.url);
    if (id === null) return [];
    const remark = checkLink(reference.text, id, practised);
    return remark === null ? [] : [{ ...remark, line, near: `${id}.` }];
  });
}

function checkLink(label: string, id: string, practised: readonly string[]): Pick<Remark, 'code' | 'message'> | null {
  const lab = catalogueLab(id);
  if (lab === undefined) {
    return { code: 'worklog/unknown-lab', message: `lab ${id} is not in the catalogue of the study programme` };
  }
  if (!label.includes('://')) {
    const message = `"${label}" links to lab ${id}, which is "${lab.title}"`;
    return differs(namedIn(label), lab) ? { code: 'worklog/lab-title-differs', message } : null;
  }
  const message = `the row practises ${practised.join(', ')}, and links to lab ${id}, which is "${lab.title}"`;
  const isOther = lab.services.length > 0 && differs(practised, lab);
  return isOther ? { code: 'worklog/lab-about-other', message } : null;
}

/** True if services are named and none of them is one of the lab's. */
function differs(named: readonly string[], { title, services }: CatalogueLab): boolean {
  const known = new Set([...services, ...namedIn(title)]);
  return named.length > 0 && !named.some((service) => known.has(service));
}

function namedIn(text: string): string[] {
  return mentionsOf(wordsOf(text), text, []).flatMap((mention) => mention.services);
}
