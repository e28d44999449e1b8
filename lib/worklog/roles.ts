// A mention of a service → whether the clause works with it, or only speaks of it: as data, a metric, a place, an example.

import type { Clause } from './clauses';
import type { Word } from './phrases';
import type { Mention } from './services';

/** A list of words and of phrases of two words. */
const list = (words: string): ReadonlySet<string> => new Set(words.split(',').map((word) => word.trim()));

/** A service followed by one of these is measured: "EC2 CPU", "Lambda durations". */
const METRICS = list(
  'cpu, utilization, utilisation, duration, durations, errors, error, latency, connections, volumes, metrics, metric, requests, usage',
);
/** A service followed by one of these only lends its name: "RDS password", "CDK-generated". */
const BORROWED = list(
  'password, passwords, credential, credentials, generated, based, like, style, compatible, provided',
);
/** What stands close after one of these is looked into, not worked with. */
const LOOKED_INTO = list(
  'analyze, analyzing, analyse, analysing, query, querying, view, viewing, inspect, phân tích, truy vấn, xem',
);
/** Words that end the reach of the verb before them. */
const MEANS = list('with, using, via, through, by, bằng, qua, trên, in, on, into, từ, from, và, and');
const PLACES = list('in, on, into, within, inside, across, under, trên, trong, ở, tại, vào');
const EXAMPLES = list('like, such as, như, e g, ví dụ');
const PERMISSION = list('quyền, permission, permissions, access, policy, policies, role, roles');
const INSTEAD = list('instead of, rather than, without, unlike, thay vì, không cần, ngoài');
const ATTACH = list('attach, attached, gắn, gán');
const IMAGES = list('image, images, docker, git, commit, ecr, release');
const TO_WHOM = list('for, to, cho, yêu cầu, truy cập, require, requires, requiring');

/** The index of the last word that is on a list, or ends a phrase of the list; -1 if none. */
function lastOn(words: readonly Word[], phrases: ReadonlySet<string>): number {
  return words.findLastIndex(
    (word, at) => phrases.has(word.text) || phrases.has(`${words[at - 1]?.text ?? ''} ${word.text}`),
  );
}

/** So many words after "for" stands whom a role or a policy is for. */
const TO_WHOM_REACH = 3;
const NETWORK_USERS = new Set<Clause['kind']>(['doing', 'weak']);

/** True if the clause works with what a mention names. */
export function isWorkedWith(
  words: readonly Word[],
  mention: Mention,
  clause: Clause,
  services: readonly string[],
): boolean {
  const before = words.slice(Math.max(clause.from, mention.at - 4), mention.at);
  const after = words.slice(mention.at + mention.length, mention.at + mention.length + 2);
  const inClause = words.slice(clause.from, mention.at);
  if ((mention.purpose && !mention.named) || lastOn(inClause, INSTEAD) >= 0) return false;
  if (isMeasured(mention, after) || isBorrowed(after) || isLookedInto(before)) return false;
  if ((NETWORK_USERS.has(clause.kind) && isPlace(mention, before)) || lastOn(before.slice(-2), EXAMPLES) >= 0)
    return false;
  if (isImageTag(mention, words) || isHostedElsewhere(mention, services)) return false;
  return !isPermitted(mention, inClause, services);
}

function isMeasured(mention: Mention, after: readonly Word[]): boolean {
  if (mention.services.includes('Amazon CloudWatch')) return false;
  const [first, second] = after;
  if (first === undefined || first.gap.trim() !== '') return false;
  if (METRICS.has(first.text)) return true;
  // One word may stand between ("API Gateway request volumes"), but errors two words on are what is mended.
  return (
    second !== undefined && second.gap.trim() === '' && METRICS.has(second.text) && !second.text.startsWith('error')
  );
}

function isBorrowed(after: readonly Word[]): boolean {
  const [first, second] = after;
  if (first === undefined || !['', '-'].includes(first.gap.trim())) return false;
  // "S3 data" is data; "CloudTrail data events" and "Glue data catalog" are things of the service.
  return BORROWED.has(first.text) || (first.text === 'data' && second === undefined);
}

function isLookedInto(before: readonly Word[]): boolean {
  const verb = lastOn(before, LOOKED_INTO);
  return verb >= 0 && lastOn(before.slice(verb + 1), MEANS) < 0;
}

/** A network that something is launched into is chosen, not built. */
function isPlace(mention: Mention, before: readonly Word[]): boolean {
  return mention.services.includes('Amazon VPC') && lastOn(before, PLACES) >= 0;
}

/** Lightsail has instances of its own. */
const isHostedElsewhere = (mention: Mention, services: readonly string[]): boolean =>
  !mention.named && mention.services.includes('Amazon EC2') && services.includes('Amazon Lightsail');

/** The tag of a container image or a commit is none of AWS. */
function isImageTag(mention: Mention, words: readonly Word[]): boolean {
  return !mention.named && mention.services.includes('AWS Resource Groups & Tagging') && lastOn(words, IMAGES) >= 0;
}

/** What a role or a policy is about: "IAM role for EC2", "quyền truy cập EC2". */
function isPermitted(mention: Mention, inClause: readonly Word[], services: readonly string[]): boolean {
  if (mention.services.includes('AWS IAM') || !services.includes('AWS IAM') || lastOn(inClause, ATTACH) >= 0)
    return false;
  const right = inClause.findIndex((word) => PERMISSION.has(word.text));
  const toWhom = lastOn(inClause, TO_WHOM);
  return right >= 0 && toWhom > right && inClause.length - toWhom <= TO_WHOM_REACH;
}
