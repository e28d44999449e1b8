// What a start of the sandbox tells while it works: few steps, each one line for people. Types only.

/** One step: `step` for programs, `text` for people. */
export interface SandboxProgress {
  readonly step: 'python' | 'environment' | 'installer' | 'packages' | 'waiting' | 'starting' | 'ready';
  readonly text: string;
}

/** Where the steps go. */
export type OnProgress = (progress: SandboxProgress) => void;
