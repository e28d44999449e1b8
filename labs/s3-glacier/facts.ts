// Facts that the stack makes and the checks look for, said once. Plain data, so that reading it loads nothing.

/** Storage classes by the names of S3's API, from warm to cold, and by their names in the console. */
export const ARCHIVE_CLASSES = ['GLACIER_IR', 'GLACIER', 'DEEP_ARCHIVE'] as const;
export type ArchiveClass = (typeof ARCHIVE_CLASSES)[number];

export const CALLED: Readonly<Record<ArchiveClass, string>> = {
  GLACIER_IR: 'Glacier Instant Retrieval',
  GLACIER: 'Glacier Flexible Retrieval',
  DEEP_ARCHIVE: 'Glacier Deep Archive',
};

/**
 * Days that an object is charged for at least, in each class
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html, 2026-11-22).
 */
export const MINIMUM_DAYS: Readonly<Record<ArchiveClass, number>> = { GLACIER_IR: 90, GLACIER: 90, DEEP_ARCHIVE: 180 };

/** The classes that have to be restored from; the third is read at once. */
export const RESTORED_FROM: readonly string[] = ['GLACIER', 'DEEP_ARCHIVE'];

/** Where the lab's rules apply. */
export const LOGS = 'logs/';
export const SHARED = 'shared/';

/** When the lab moves what lies under logs/: no class is left before its minimum is over. */
export const MOVES: readonly { readonly to: ArchiveClass; readonly days: number }[] = [
  { to: 'GLACIER_IR', days: 30 },
  { to: 'GLACIER', days: 120 },
  { to: 'DEEP_ARCHIVE', days: 210 },
];

/** Days without access after which Intelligent-Tiering archives. */
export const TIERS = [
  { tier: 'ARCHIVE_ACCESS', days: 90 },
  { tier: 'DEEP_ARCHIVE_ACCESS', days: 180 },
] as const;

/** Nothing in this lab is locked for longer. */
export const LOCK_DAYS = 1;

/** What is put under retrieval/, and how each is asked back. Expedited is not offered for Deep Archive. */
export const RETRIEVALS = [
  { key: 'retrieval/urgent.txt', storageClass: 'GLACIER', tier: 'Expedited' },
  { key: 'retrieval/ordinary.txt', storageClass: 'GLACIER', tier: 'Standard' },
  { key: 'retrieval/patient.txt', storageClass: 'DEEP_ARCHIVE', tier: 'Bulk' },
] as const;
