import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Instant } from '#domain/time.ts';
import { type Municipality, startMunicipality } from '#training/municipality.ts';
import { openBrowser, type TestBrowser } from './browser.ts';

export type Site = {
  readonly municipality: Municipality;
  readonly browser: TestBrowser;
  /** Ends both, and removes what they have written. */
  readonly close: () => Promise<void>;
};

/** The training municipality with its pages, and a browser on it. `clockAt`: where its clock is held from the start. */
export const openSite = async (settings: { readonly clockAt?: Instant } = {}): Promise<Site> => {
  const dir = mkdtempSync(join(tmpdir(), 'bindeled-site-'));
  // Root's PostgreSQL runs as another user, who must be able to walk through.
  chmodSync(dir, 0o755);
  const logTo = pino.destination({ dest: join(dir, 'training.log'), mkdir: true, sync: false });
  const stops: (() => unknown)[] = [() => rmSync(dir, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (const stop of stops.splice(0).reverse()) await stop();
  };
  try {
    const municipality = await startMunicipality({
      dir: join(dir, 'bindeled'),
      port: 0,
      pages: true,
      logTo,
      ...settings,
    });
    stops.push(municipality.stop);
    const browser = await openBrowser(municipality.url);
    stops.push(browser.close);
    return { municipality, browser, close };
  } catch (error) {
    await close();
    throw error;
  }
};
