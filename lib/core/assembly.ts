// What synthesis leaves for deployment: stacks and their templates. Types only.

/** A CloudFormation template, as far as worklab reads it. */
export interface Template {
  readonly Parameters?: Readonly<Record<string, unknown>>;
  readonly Resources?: Readonly<Record<string, { readonly Type: string; readonly Condition?: string }>>;
}

/** One stack of the assembly. */
export interface SynthesizedStack {
  /** The stack's name in CloudFormation. */
  readonly name: string;
  readonly lab: string;
  readonly region: string;
  readonly template: Template;
}
