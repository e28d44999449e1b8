// A run's SSH key pair: made here, kept beside the journal with mode 0600, gone when the run is proven.

import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makePrivate, runDirectory } from './home';

export interface SshKey {
  /** One line in OpenSSH's format. */
  readonly publicKey: string;
  readonly privateKeyFile: string;
}

/** Where a run's private key is, whether or not it has been made. */
export const privateKeyFile = (home: string, run: string): string => join(runDirectory(home, run), 'ssh', 'id_ed25519');

/** The run's key, made on first use. */
export async function sshKey(home: string, run: string): Promise<SshKey> {
  const file = privateKeyFile(home, run);
  const publicFile = `${file}.pub`;
  if (!existsSync(file) || !existsSync(publicFile)) {
    const { default: sshpk } = await import('sshpk');
    const key = sshpk.generatePrivateKey('ed25519');
    key.comment = `worklab-${run}`;
    makePrivate(join(runDirectory(home, run), 'ssh'));
    writeFileSync(file, key.toString('ssh-private'), { mode: 0o600 });
    writeFileSync(publicFile, `${key.toPublic().toString('ssh')}\n`, { mode: 0o600 });
  }
  return { publicKey: readFileSync(publicFile, 'utf8').trim(), privateKeyFile: file };
}

/** Removes the run's key and the hosts it was used with. */
export const forgetSshKey = (home: string, run: string): void =>
  rmSync(join(runDirectory(home, run), 'ssh'), { recursive: true, force: true });
