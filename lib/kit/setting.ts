// A setting of the account that a lab changes: there is one of it, so it is put back rather than removed.

import type { Aws } from './aws';

/** JSON: what `read` returns goes into the journal and comes back out of it. Never a secret. */
export type SettingValue =
  | null
  | string
  | number
  | boolean
  | readonly SettingValue[]
  | { readonly [key: string]: SettingValue };

/**
 * Read and journalled before the run's first stack; put back by destroy, then read again and compared. `null` stands for
 * "never set", and restoring it removes the setting.
 */
export interface AccountSetting {
  /** "service:setting-name", for example "iam:account-password-policy". */
  readonly kind: string;
  /** Where it is: the run's region unless said otherwise. */
  readonly regions?: readonly string[];
  /** Reads it, or throws. Two reads of an unchanged setting are equal. */
  readonly read: (aws: Aws) => Promise<SettingValue>;
  /** Idempotent. Returns when the service says that it is as it was. */
  readonly restore: (aws: Aws, was: SettingValue) => Promise<void>;
}
