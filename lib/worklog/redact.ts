// Any value → the same with every secret in its strings replaced: accounts, ARNs with one, e-mail addresses, keys.

import { cut } from './text';

const RULES: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN[A-Z ]{0,40}PRIVATE KEY-----.*/gs, '[private key]'],
  [/\b(?:A3T[A-Z0-9]|AKIA|ASIA|AROA|AIDA|AGPA|AIPA|ANPA|ANVA|ABIA|ACCA)[A-Z0-9]{12,}\b/g, '[access key]'],
  [/\b(?:gh[pousr]_|github_pat_|glpat-|xox[abprs]-|sk-)[A-Za-z0-9_-]{16,}/g, '[token]'],
  [/\barn:[a-z-]{1,20}:[a-z0-9-]{1,40}:[a-z0-9-]{0,30}:(?:\d{12})[^\s"'<>)]{0,400}/gi, '[arn]'],
  [/[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}/g, '[e-mail]'],
  [
    /\b((?:aws_?)?(?:secret|session)[ _-]?(?:access[ _-]?)?(?:key|token)|password|passwd|pwd|mật khẩu|api[ _-]?key)\b(\s{0,3}[:=]\s{0,3})(?!\[)[^\s,;|]{6,200}/giu,
    '$1$2[secret]',
  ],
  [
    /([?&](?:x-amz-(?:credential|signature|security-token)|signature|token|access_token|awsaccesskeyid)=)[^&#\s]{1,2000}/gi,
    '$1[secret]',
  ],
  [
    /(?<![\w/+.-])(?=[A-Za-z0-9/+]{0,39}\d)(?=[A-Za-z0-9/+]{0,39}[A-Z])(?=[A-Za-z0-9/+]{0,39}[a-z])[A-Za-z0-9/+]{40}(?![\w/+=-])/g,
    '[secret]',
  ],
  [/(?<![\w.-])\d{4}-\d{4}-\d{4}(?![\w-])|(?<!\d)\d{12}(?!\d)/g, '[account]'],
];

/** What secrets look like by themselves, and the words that announce them before a colon. Most texts have neither. */
const SUSPECT = /@|-----BEGIN|\d{12}|\d{4}-\d{4}-\d|[\w/+-]{16}/;
const ANNOUNCED = /pass|pwd|mật khẩu|secret|session|api|token|key|signature|credential/i;
const isSuspect = (text: string): boolean => SUSPECT.test(text) || (/[:=]/.test(text) && ANNOUNCED.test(text));

/** One text without secrets. */
export function redact(text: string): string {
  if (!isSuspect(text)) return text;
  let clean = text;
  for (const [pattern, replacement] of RULES) clean = clean.replace(pattern, replacement);
  return clean;
}

/** A text as a manifest carries it: without secrets, and no longer than a limit. A secret is not cut in half. */
export const carried = (text: string, limit: number): string => cut(redact(text), limit);

/** Every string of a plain value without secrets; keys and everything else stay. */
export function redactAll<T>(value: T): T {
  return redacted(value) as T;
}

function redacted(value: unknown): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map(redacted);
  if (typeof value !== 'object' || value === null) return value;
  const clean: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) clean[key] = redacted(inner);
  return clean;
}
