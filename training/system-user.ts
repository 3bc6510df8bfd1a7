import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { StartError } from '#platform/start-error.ts';

export type SystemUser = { readonly name: string; readonly uid: number; readonly gid: number };

const OWN_USER = 'bindeled-pg';

const id = (flag: string, name: string): number => {
  const { status, stdout } = spawnSync('id', [flag, name], { encoding: 'utf8' });
  return status === 0 ? Number.parseInt(stdout, 10) : Number.NaN;
};

const find = (name: string): SystemUser | null => {
  const [uid, gid] = [id('-u', name), id('-g', name)];
  return uid > 0 && gid >= 0 ? { name, uid, gid } : null;
};

const create = (name: string): SystemUser | null => {
  spawnSync(
    'useradd',
    ['--system', '--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin', name],
    {
      stdio: 'ignore',
    },
  );
  return find(name);
};

/**
 * As whom root starts PostgreSQL: the owner of the data if there is some, else a system user of our own, made when it
 * is missing, else an unprivileged one that every machine has.
 */
export const systemUser = (dataDir: string): SystemUser => {
  if (existsSync(dataDir)) {
    const { uid, gid } = statSync(dataDir);
    if (uid !== 0) return { name: `number ${uid}`, uid, gid };
  }
  const user = find(OWN_USER) ?? create(OWN_USER) ?? find('postgres') ?? find('nobody');
  if (user === null) {
    throw new StartError(
      `PostgreSQL will not run as root, and a user ${OWN_USER} for it could not be made; start as another user.`,
    );
  }
  return user;
};
