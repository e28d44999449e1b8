// Names that the stack, the tasks and the solutions share. Plain data, so that reading it loads nothing.

/** The tag of CloudFormation stacks that worklab itself deploys; a learner's have none. */
export const LAB_TAG = 'worklab:lab';

/** What a learner writes on the repaired stack: the logical id of what failed first. */
export const ROOT_CAUSE = 'root-cause';

/** Where the templates of nested stacks lie in the run's bucket. */
export const NESTED = 'nested';

/** Templates of this folder that a learner begins with. */
export const TEMPLATES = 'labs/cloudformation/templates';

/** A second region for the stack set: another than the run's. */
export const elsewhere = (region: string): string => (region === 'us-west-2' ? 'us-east-1' : 'us-west-2');

/** How CloudFormation names the stacks of a stack set, before the set's own name. */
export const OF_A_SET = 'StackSet-';
