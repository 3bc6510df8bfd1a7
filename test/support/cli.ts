import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { env } from 'node:process';

const CLI = join(import.meta.dirname, '..', '..', 'src', 'entry', 'cli.ts');
/** Settings of the machine on which the suite runs must not reach the command. */
const SETTINGS =
  /^(DATABASE_URL|QUEUE_URL|SMTP_URL|OIDC_\w+|ENCRYPTION_KEYS|PUBLIC_URL|PORT|LANG|LC_\w+|NODE_OPTIONS|VITEST\w*)$/;

export type Ran = { readonly status: number | null; readonly out: string; readonly err: string };

/** `bindeled` as a process of its own, with only the settings given, in the folder given. */
export const runCli = (
  args: readonly string[],
  options: { readonly cwd?: string; readonly settings?: Readonly<Record<string, string>> } = {},
): Promise<Ran> =>
  new Promise((resolve, reject) => {
    const own = Object.fromEntries(Object.entries(env).filter(([name]) => !SETTINGS.test(name)));
    const child = spawn(process.execPath, [CLI, ...args], {
      cwd: options.cwd,
      env: { ...own, ...options.settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, out, err }));
  });
