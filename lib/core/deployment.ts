// A deployment: what stands after `deploy`. Types only.

/** A resource that the emulator skipped or only pretends to have. */
export interface NotEmulated {
  readonly type: string;
  readonly logicalId: string;
}

export interface DeployedStack {
  readonly name: string;
  readonly lab: string;
  /** CloudFormation's own word, for example CREATE_COMPLETE. */
  readonly status: string;
  readonly resources: number;
  readonly notEmulated: readonly NotEmulated[];
}
