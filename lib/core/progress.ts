// What lib tells while it works: typed events. Only lib/cli turns them into text.

/** One step of a long act. `stage` groups them; the rest says what happened to what. */
export type Progress =
  | { readonly stage: 'sandbox'; readonly step: string; readonly text: string }
  | { readonly stage: 'synth'; readonly step: 'synthesizing' | 'validating' | 'done' }
  | {
      readonly stage: 'deploy';
      readonly stack: string;
      readonly status: string;
      readonly resource?: string;
      readonly type?: string;
      readonly reason?: string;
      /** Resources done and in all, of this stack, where known. */
      readonly done?: number;
      readonly total?: number;
    }
  | { readonly stage: 'check' | 'solve'; readonly lab: string; readonly exercise: string; readonly status: string }
  | {
      readonly stage: 'destroy';
      readonly step:
        | 'looking'
        | 'restoring'
        | 'removing'
        | 'removed'
        | 'failed'
        | 'deleting-stack'
        | 'stack-deleted'
        | 'proving';
      readonly kind: string;
      readonly id?: string;
      readonly region?: string;
      readonly reason?: string;
    };

/** Where progress goes. */
export type Emit = (progress: Progress) => void;
