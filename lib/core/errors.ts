// Errors that somebody can act on: a stable code, what is wrong, and what to do. Anything else thrown is a bug.

/** Every code and the exit code it ends the process with: 2 usage, 3 worklog, 4 account, 5 deploy, 6 exercise, 7 residue. */
const EXIT_CODES = {
  'usage/invalid': 2,
  'usage/unknown-command': 2,
  'usage/unknown-lab': 2,
  'usage/unknown-exercise': 2,
  'usage/unknown-run': 2,
  'usage/no-run': 2,
  'usage/which-run': 2,
  'usage/target-conflict': 2,
  'usage/not-a-terminal': 2,
  'sandbox/port-in-use': 2,
  'sandbox/already-running': 2,
  'sandbox/no-python': 2,
  'sandbox/install-failed': 2,
  'sandbox/start-failed': 2,
  'sandbox/not-running': 2,
  'worklog/not-found': 3,
  'worklog/is-a-directory': 3,
  'worklog/not-text': 3,
  'worklog/too-large': 3,
  'worklog/unreadable': 3,
  'worklog/no-practice': 3,
  'account/no-credentials': 4,
  'account/expired-credentials': 4,
  'account/not-an-emulator': 4,
  'account/not-allowed': 4,
  'account/unreachable': 4,
  'account/unreadable-setting': 4,
  'account/not-ready': 4,
  'deploy/failed': 5,
  'deploy/invalid-template': 5,
  'destroy/busy': 7,
  'destroy/not-proven': 7,
  interrupted: 130,
} as const;

export type ErrorCode = keyof typeof EXIT_CODES;

interface Explanation {
  /** The offending value and what is wrong with it: lower case, no full stop. */
  readonly what: string;
  /** Where it was read ("week4.md:42"), if it was read somewhere. */
  readonly where?: string;
  /** The next step: a command to run or a line to change. */
  readonly fix: string;
  readonly cause?: unknown;
}

/** An error that somebody can act on. */
export class WorklabError extends Error {
  readonly fix: string;
  readonly where: string | undefined;

  constructor(
    readonly code: ErrorCode,
    { what, where, fix, cause }: Explanation,
  ) {
    super(what, { cause });
    this.name = 'WorklabError';
    this.fix = fix;
    this.where = where;
  }

  get exitCode(): number {
    return EXIT_CODES[this.code];
  }
}

/** The message of anything that was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
