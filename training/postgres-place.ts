import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { StartError } from '#platform/start-error.ts';
import { packagedBinaries } from './postgres-binaries.ts';
import { type SystemUser, systemUser } from './system-user.ts';

/** Where the embedded PostgreSQL lives and as whom it runs. */
export type Place = {
  /** Holds data, password, log and owner file. */
  readonly root: string;
  /** Folder with `bin`, `lib` and `share`. */
  readonly native: string;
  /** Set only when we are root, because PostgreSQL refuses to run as root. */
  readonly user: SystemUser | null;
};

export type Say = (line: string) => void;
export type StopLeftover = (root: string) => Promise<void>;

const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);
const ids = (user: SystemUser) => ({ uid: user.uid, gid: user.gid, cwd: '/' });
const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : 'unknown');

const runs = (native: string, user: SystemUser): boolean =>
  spawnSync(join(native, 'bin', 'postgres'), ['--version'], { ...ids(user), stdio: 'ignore' }).status === 0;

const writes = (dir: string, user: SystemUser): boolean =>
  spawnSync('/bin/sh', ['-c', 'cd "$0" && : > .probe && rm .probe', dir], { ...ids(user), stdio: 'ignore' }).status ===
  0;

/** Makes the folders that are missing, open to be walked through whatever the umask; leaves existing ones alone. */
const makeFolder = (dir: string): void => {
  try {
    const first = fs.mkdirSync(dir, { recursive: true });
    for (let made = dir; first !== undefined && made.length >= first.length; made = dirname(made))
      fs.chmodSync(made, 0o755);
  } catch (error) {
    throw new StartError(`The folder ${dir} cannot be made or written to (${codeOf(error)}).`);
  }
};

const isOurs = (base: string): boolean => {
  try {
    makeFolder(base);
    const stat = fs.lstatSync(base);
    return stat.isDirectory() && stat.uid === 0 && (stat.mode & 0o022) === 0;
  } catch {
    return false;
  }
};

/** Root's folders outside the checkout. In a shared temporary folder somebody else may have been first: then not. */
function* bases(): Generator<string> {
  for (const base of ['/var/lib/bindeled', join(tmpdir(), 'bindeled')]) if (isOurs(base)) yield base;
}

const openUp = (path: string): void => {
  const stat = fs.lstatSync(path);
  if (stat.isSymbolicLink()) return;
  fs.chmodSync(path, stat.isDirectory() || (stat.mode & 0o100) !== 0 ? 0o755 : 0o644);
  if (stat.isDirectory()) for (const name of fs.readdirSync(path)) openUp(join(path, name));
};

/** One copy per installed version, made beside its final name and renamed, so that a copy is whole or not there. */
const copyBinaries = (base: string, version: string, native: string): string => {
  const target = join(base, `postgresql-${version}`);
  if (fs.existsSync(target)) return target;
  const half = `${target}.${process.pid}`;
  fs.cpSync(native, half, { recursive: true, verbatimSymlinks: true });
  openUp(half);
  try {
    fs.renameSync(half, target);
  } catch {
    fs.rmSync(half, { recursive: true, force: true });
  }
  return target;
};

/** The installed binaries if the user can come to them, else a copy that it can come to. */
const runnable = (user: SystemUser): string | null => {
  const { native, version } = packagedBinaries();
  if (runs(native, user)) return native;
  for (const base of bases()) {
    const copy = copyBinaries(base, version, native);
    if (runs(copy, user)) return copy;
  }
  return null;
};

const whereFile = (dir: string): string => join(dirname(dir), 'where.json');

const notes = (dir: string): Record<string, unknown> => {
  try {
    const notes: unknown = JSON.parse(fs.readFileSync(whereFile(dir), 'utf8'));
    return typeof notes === 'object' && notes !== null ? { ...notes } : {};
  } catch {
    return {};
  }
};

/** The place noted for this very folder; a note that came along with a copied checkout is somebody else's. */
const noted = (dir: string): string | null => {
  const at = notes(dir)[dir];
  return typeof at === 'string' && fs.existsSync(at) ? at : null;
};

const own = (dir: string, user: SystemUser): boolean => {
  fs.chownSync(dir, user.uid, user.gid);
  return writes(dir, user);
};

/** What an earlier checkout of the same name left behind is not ours to go on with: its keys are gone. */
const relocate = async (dir: string, user: SystemUser, stopLeftover: StopLeftover): Promise<string | null> => {
  for (const base of bases()) {
    const root = join(base, hash(dir));
    if (fs.existsSync(root)) await stopLeftover(root);
    fs.rmSync(root, { recursive: true, force: true });
    makeFolder(root);
    if (!own(root, user)) continue;
    fs.writeFileSync(whereFile(dir), `${JSON.stringify({ ...notes(dir), [dir]: root }, null, 2)}\n`);
    return root;
  }
  return null;
};

const placeForRoot = async (dir: string, say: Say, stopLeftover: StopLeftover): Promise<Place> => {
  const known = noted(dir);
  const before = fs.existsSync(dir) ? fs.statSync(dir) : null;
  makeFolder(dir);
  const user = systemUser(join(known ?? dir, 'data'));
  const native = runnable(user);
  if (native === null)
    throw new StartError(`PostgreSQL will not run as root, and the user ${user.name} cannot run it.`);
  if (known !== null) return { root: known, native, user };
  if (own(dir, user)) return { root: dir, native, user };
  if (before === null) fs.rmdirSync(dir);
  else fs.chownSync(dir, before.uid, before.gid);
  const root = await relocate(dir, user, stopLeftover);
  if (root === null)
    throw new StartError(`The user ${user.name}, as whom PostgreSQL runs, can write to no folder here.`);
  say(`PostgreSQL runs as the user ${user.name}, who may not enter ${dir}; its data is in ${root}.`);
  return { root, native, user };
};

/**
 * Decides where the data of `dir` (absolute) goes. Root's PostgreSQL runs as a system user, and where that user cannot
 * come, data and binaries go to a place of their own, noted in `where.json` beside `dir`: nobody's folder is opened up.
 */
export const findPlace = async (dir: string, say: Say, stopLeftover: StopLeftover): Promise<Place> => {
  if (process.getuid?.() === 0) return placeForRoot(dir, say, stopLeftover);
  makeFolder(dir);
  try {
    fs.accessSync(dir, fs.constants.W_OK | fs.constants.X_OK);
  } catch (error) {
    throw new StartError(`The folder ${dir} cannot be written to (${codeOf(error)}).`);
  }
  return { root: dir, native: packagedBinaries().native, user: null };
};
