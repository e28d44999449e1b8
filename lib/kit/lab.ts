// The shape of a lab. A folder under labs/ whose lab.ts exports one of these is a lab; nothing else is needed.

import type { Price } from '../core/plan';
import type { RunScope } from '../core/run';
import type { Aws } from './aws';
import type { Exercise } from './exercise';
import type { Permission } from './permission';
import type { Preflight } from './preflight';
import type { AccountSetting } from './setting';
import type { LabStackClass } from './stack';
import type { Sweeper } from './sweeper';

/** What a lab costs. */
export interface CostItem extends Price {
  /** The kind of thing that it is paid for, as its sweeper names it: "ec2:volume". */
  readonly kind?: string;
  /** Exercise that makes it, where it is not there by default. */
  readonly exercise?: string;
}

/** One stack of a lab. The code is loaded only when it is built, so that a plan costs nothing. */
export interface StackDefinition {
  /** Suffix of the stack's name where a lab has several. */
  readonly id?: string;
  /** A fixed region, where it is not the run's. */
  readonly region?: string;
  readonly load: () => Promise<LabStackClass>;
}

/** What the kit lends a lab while its stacks' parameters are worked out. */
export interface Preparation {
  /** Reads the account and nothing else; opened on first use. Where it is not asked, a template's default has to do. */
  readonly aws: () => Promise<Aws>;
  /** The caller's own address as one-address CIDR (/32 or /128). */
  readonly callerCidr: () => Promise<string>;
  /** The run's SSH key, made here on first use, mode 0600, gone after destroy. */
  readonly sshKey: () => Promise<{ readonly publicKey: string; readonly privateKeyFile: string }>;
}

/** A way in: a program of the learner's machine and its arguments. No shell is involved. */
export interface Connection {
  readonly program: string;
  readonly args: readonly string[];
  /** The program's environment beside this one's: for a password, which arguments would show to everybody. Never printed. */
  readonly env?: Readonly<Record<string, string>>;
  /** Runs beside the program, from before it to after it, with the run's credentials; it listens on a port of this machine. */
  readonly tunnel?: { readonly program: string; readonly args: readonly string[]; readonly port: number };
  /** What the learner should know before ("log in as ec2-user"). */
  readonly note?: string;
}

export interface Lab {
  /** The service's own name as AWS spells it, canonical in manifests: "Amazon EC2". */
  readonly title: string;
  /** Canonical service names that lead here; the title alone when left out. Empty for a lab that only others need. */
  readonly services?: readonly string[];
  readonly minutes: { readonly deploy: number; readonly destroy: number };
  /** Ids of labs that must be up first. */
  readonly needs?: readonly string[];
  readonly stacks: readonly StackDefinition[];
  /** Values of the stacks' CloudFormation parameters that differ by run and are no secret. */
  readonly parameters?: (prepare: Preparation) => Promise<Readonly<Record<string, string>>>;
  readonly exercises: readonly Exercise[];
  readonly sweepers: () => Promise<readonly Sweeper[]>;
  readonly connect?: (aws: Aws, scope: RunScope, privateKeyFile: string) => Promise<Connection>;
  readonly costs: readonly CostItem[];
  /** What whoever deploys, solves, checks and destroys this lab has to be allowed; nothing beyond. */
  readonly permissions?: readonly Permission[];
  /** What is looked at in a real account before anything is made in it. */
  readonly preflight?: () => Promise<readonly Preflight[]>;
  /** What belongs to the account rather than to the run, and which the lab or its learner changes. */
  readonly settings?: () => Promise<readonly AccountSetting[]>;
}

/** The identity function; it exists for its type. */
export const defineLab = (lab: Lab): Lab => lab;
