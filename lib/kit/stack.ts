// The base of every lab's stack: marks everything as the run's, retains nothing, needs no bootstrap.

import {
  Aspects,
  CfnParameter,
  CfnResource,
  type IAspect,
  LegacyStackSynthesizer,
  RemovalPolicy,
  Stack,
} from 'aws-cdk-lib';
import type { CfnBucketProps } from 'aws-cdk-lib/aws-s3';
import { CfnParameter as SsmParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct, IConstruct } from 'constructs';
import type { Form, RunScope } from '../core/run';

/** How a lab's bucket begins: encrypted, without ACLs, closed to the public. */
export const CLOSED_BUCKET = {
  bucketEncryption: {
    serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }],
  },
  ownershipControls: { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] },
  publicAccessBlockConfiguration: {
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  },
} as const satisfies CfnBucketProps;

/** What lib/synth tells a stack. */
export interface LabStackProps {
  readonly scope: RunScope;
  /** The lab's id: its folder's name. */
  readonly lab: string;
  readonly form: Form;
  readonly env: { readonly account?: string; readonly region: string };
  readonly stackName: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Ids of guarded exercises that are let in. */
  readonly allowed: ReadonlySet<string>;
}

export type LabStackClass = new (parent: Construct, id: string, props: LabStackProps) => LabStack;

/** Values that differ by run or by reader travel as CloudFormation parameters, so that templates stay the same. */
export abstract class LabStack extends Stack {
  protected readonly run: RunScope;
  protected readonly form: Form;
  private readonly lab: string;

  constructor(parent: Construct, id: string, { scope, lab, form, env, stackName, tags }: LabStackProps) {
    super(parent, id, {
      env: env.account === undefined ? { region: env.region } : { account: env.account, region: env.region },
      stackName,
      tags: { ...tags },
      analyticsReporting: false,
      // The one synthesizer that needs nothing of a bootstrap: BootstraplessSynthesizer still names the bootstrap's roles.
      synthesizer: new LegacyStackSynthesizer(),
    });
    this.run = scope;
    this.form = form;
    this.lab = lab;
    Aspects.of(this).add(new RetainNothing());
  }

  /** "worklab-<run>-<thing>". */
  protected named(thing: string): string {
    return `${this.run.prefix}-${thing}`;
  }

  /** Publishes a value for other labs' stacks, as an SSM parameter that is read at their deployment. */
  protected publish(key: string, value: string): void {
    new SsmParameter(this, `Publish-${key}`, { type: 'String', name: this.parameterName(this.lab, key), value });
  }

  /**
   * A value that another lab of the run published. `type` is the inner type, for example "AWS::EC2::VPC::Id".
   * An SSM parameter, not an export: an export in use would block the deletion of the stack that made it.
   */
  protected published(lab: string, key: string, type = 'String'): string {
    const id = `${lab}-${key}`.replace(/[^A-Za-z0-9]/g, '');
    const known = this.node.tryFindChild(id) as CfnParameter | undefined;
    const parameter =
      known ??
      new CfnParameter(this, id, {
        type: `AWS::SSM::Parameter::Value<${type}>`,
        default: this.parameterName(lab, key),
      });
    return parameter.valueAsString;
  }

  private parameterName(lab: string, key: string): string {
    return `/${this.run.prefix}/${lab}/${key}`;
  }
}

/** Nothing in a lab outlives its stack. CDK's defaults for buckets, keys, log groups and databases do retain. */
class RetainNothing implements IAspect {
  visit(node: IConstruct): void {
    if (CfnResource.isCfnResource(node)) node.applyRemovalPolicy(RemovalPolicy.DESTROY);
  }
}
