// What a lab needs to be allowed, as data: one statement of an IAM policy.

/** Allows actions on resources. Never every action on everything. */
export interface Permission {
  /** "rds:CreateDBInstance"; a wildcard only behind a verb: "rds:Describe*". */
  readonly actions: readonly string[];
  /**
   * ARN patterns, "*" where the service knows no narrower one for these actions. Names begin with "worklab-", and so do
   * the patterns: "arn:aws:rds:*:*:db:worklab-*".
   */
  readonly resources: readonly string[];
  /** As in IAM: operator, then key, then values. */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}
