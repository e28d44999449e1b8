// The twin of a landing zone that one account can have: its events kept and watched, an analyzer. The zone itself under guard.

import { CfnCondition, CfnParameter, Fn } from 'aws-cdk-lib';
import { CfnAnalyzer } from 'aws-cdk-lib/aws-accessanalyzer';
import type { Construct } from 'constructs';
import { LabStack, type LabStackProps } from '../../lib/kit/stack';
import { Archive } from './constructs/archive';
import { LandingZone, NOBODY } from './constructs/landing-zone';
import { Watch } from './constructs/watch';

export class ControlTowerStack extends LabStack {
  constructor(parent: Construct, id: string, props: LabStackProps) {
    super(parent, id, props);
    const named = (thing: string): string => this.named(thing);
    const archive = new Archive(this, 'Archive', { named });
    if (this.form === 'starter') return;

    new Watch(this, 'Watch', { archive, named });
    this.analyzer();
    if (!props.allowed.has('set-up-landing-zone')) return;
    new LandingZone(this, 'LandingZone', {
      logArchive: this.accountParameter('LogArchiveAccount', 'where the logs of all accounts are kept'),
      audit: this.accountParameter('AuditAccount', 'where the security team works'),
    });
  }

  /** An account has one for a region: where there is one already, it does. */
  private analyzer(): void {
    const wanted = new CfnParameter(this, 'MakesAnalyzer', {
      description: '"no" where the region has an analyzer of external access already: there can be one',
      default: 'yes',
      allowedValues: ['yes', 'no'],
    });
    const analyzer = new CfnAnalyzer(this, 'Analyzer', { analyzerName: this.named('external'), type: 'ACCOUNT' });
    analyzer.cfnOptions.condition = new CfnCondition(this, 'HasNoAnalyzer', {
      expression: Fn.conditionEquals(wanted.valueAsString, 'yes'),
    });
  }

  private accountParameter(id: string, what: string): string {
    return new CfnParameter(this, id, {
      description: `Id of the account ${what}; by default none, and then no landing zone is set up`,
      default: NOBODY,
      allowedPattern: '^[0-9]{12}$',
      constraintDescription: 'must be an account id: twelve digits',
    }).valueAsString;
  }
}
