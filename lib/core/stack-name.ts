// Lab → stack name, without the run: "ec2", or "backup-copy" where a lab has several stacks. Pure.

/** The part of a stack's name that follows the run's prefix. */
export const stackName = (lab: string, id?: string): string => (id === undefined ? lab : `${lab}-${id}`);
