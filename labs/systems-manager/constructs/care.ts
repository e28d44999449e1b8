// What looks after the machine: documents, associations, a patch baseline and a maintenance window. All of it aims at a tag.

import {
  CfnAssociation,
  CfnDocument,
  CfnMaintenanceWindow,
  CfnMaintenanceWindowTarget,
  CfnMaintenanceWindowTask,
  CfnPatchBaseline,
} from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { HELLO, STATE, sessionDocument } from '../documents';
import { GATHER, OPERATING_SYSTEM, PATCH_GROUP_TAG, SCAN } from '../facts';

export interface CareProps {
  readonly named: (thing: string) => string;
  /** The value of the tag that marks the machines to look after. */
  readonly patchGroup: string;
  readonly sessionLogGroup: string;
}

export class Care extends Construct {
  private readonly target: { readonly key: string; readonly values: string[] };

  constructor(
    parent: Construct,
    id: string,
    private readonly props: CareProps,
  ) {
    super(parent, id);
    this.target = { key: `tag:${PATCH_GROUP_TAG}`, values: [props.patchGroup] };
    this.document('Session', 'session', 'Session', sessionDocument(props.sessionLogGroup));
    this.document('Hello', 'hello', 'Command', HELLO);
    const state = this.document('StateDocument', 'state', 'Command', STATE);
    this.associate('State', 'state', state.ref, 'rate(30 minutes)');
    this.associate('Inventory', 'inventory', GATHER, 'rate(30 minutes)', {
      applications: ['Enabled'],
      networkConfig: ['Enabled'],
    });
    this.associate('Scan', 'patch-scan', SCAN, 'rate(1 day)', { Operation: ['Scan'] });
    this.baseline();
    this.window();
  }

  private document(id: string, thing: string, documentType: string, content: object): CfnDocument {
    const name = this.props.named(thing);
    return new CfnDocument(this, id, {
      name,
      documentType,
      documentFormat: 'JSON',
      content,
      updateMethod: 'NewVersion',
    });
  }

  private associate(
    id: string,
    thing: string,
    name: string,
    scheduleExpression: string,
    parameters?: Readonly<Record<string, string[]>>,
  ): void {
    new CfnAssociation(this, id, {
      associationName: this.props.named(thing),
      name,
      targets: [this.target],
      scheduleExpression,
      complianceSeverity: 'MEDIUM',
      ...(parameters === undefined ? {} : { parameters }),
    });
  }

  /** For the machines of the tag alone: the account's default baseline stays as it is. */
  private baseline(): void {
    new CfnPatchBaseline(this, 'Baseline', {
      name: this.props.named('baseline'),
      description: 'Security updates that matter, as soon as they are out',
      operatingSystem: OPERATING_SYSTEM,
      defaultBaseline: false,
      patchGroups: [this.props.patchGroup],
      approvalRules: {
        patchRules: [
          {
            approveAfterDays: 0,
            complianceLevel: 'HIGH',
            patchFilterGroup: {
              patchFilters: [
                { key: 'CLASSIFICATION', values: ['Security'] },
                { key: 'SEVERITY', values: ['Critical', 'Important'] },
              ],
            },
          },
        ],
      },
    });
  }

  private window(): void {
    const window = new CfnMaintenanceWindow(this, 'Window', {
      name: this.props.named('window'),
      schedule: 'cron(0 4 ? * SUN *)',
      scheduleTimezone: 'Etc/UTC',
      duration: 2,
      cutoff: 1,
      allowUnassociatedTargets: false,
    });
    const target = new CfnMaintenanceWindowTarget(this, 'WindowTarget', {
      windowId: window.ref,
      name: this.props.named('window-target'),
      resourceType: 'INSTANCE',
      targets: [this.target],
    });
    new CfnMaintenanceWindowTask(this, 'WindowTask', {
      windowId: window.ref,
      name: this.props.named('window-scan'),
      taskType: 'RUN_COMMAND',
      taskArn: SCAN,
      targets: [{ key: 'WindowTargetIds', values: [target.ref] }],
      priority: 1,
      maxConcurrency: '1',
      maxErrors: '1',
      taskInvocationParameters: {
        maintenanceWindowRunCommandParameters: { parameters: { Operation: ['Scan'] }, timeoutSeconds: 600 },
      },
    });
  }
}
