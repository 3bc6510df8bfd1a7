import { randomUUID } from 'node:crypto';
import { createApp } from '#app';
import type { Deps } from '#platform/deps.ts';
import type { Answer } from './api.ts';
import type { TestMunicipality } from './municipality.ts';

export const DOCTOR = 'laege@klinik.example';

/** A professional from outside, with whatever else the form says. */
export const professional = (email: string = DOCTOR) => ({
  notifier: { basis: 'professional', notifierCode: 4, name: 'Lise Læge', role: 'Læge', workEmail: email },
});
export const citizen = (more: Record<string, unknown> = {}) => ({
  notifier: { basis: 'citizen', notifierCode: 13, name: 'Nabo', ...more },
  parentsInformed: undefined,
});
export const anonymous = () => ({ notifier: { basis: 'anonymous', notifierCode: 8 }, parentsInformed: undefined });

/** The HTTP app of a municipality at work, as it looks from network addresses that the test names. */
export const doorTo = (town: TestMunicipality) => {
  let visitor: string | null = null;
  const app = createApp({ depsFor: (): Deps => town.deps, visitorOf: () => visitor });
  const call = async (procedure: string, input: unknown, key: string = randomUUID()): Promise<Answer> => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': key };
    const response = await app.request(`/trpc/${procedure}`, { method: 'POST', headers, body: JSON.stringify(input) });
    const text = await response.text();
    const body = JSON.parse(text) as { result?: { data?: unknown }; error?: { data?: Answer['problem'] } };
    const { status } = response;
    return { status, data: body.result?.data, problem: body.error?.data ?? null, text, headers: response.headers };
  };
  /** The last mail to an address, once all is quiet. */
  const lastMail = async (to: string) => {
    await town.settle();
    const mail = town.catcher.list().findLast((one) => one.to.includes(to));
    if (!mail) throw new Error('no mail');
    return mail;
  };
  /** What stands last in the mails to an address, beside which others may have come. */
  const inMails = async (to: string, pattern: RegExp): Promise<string> => {
    await town.settle();
    const mails = town.catcher.list().filter((one) => one.to.includes(to));
    return mails.map(({ text }) => pattern.exec(text)?.[1]).findLast((part) => part !== undefined) ?? '';
  };
  const codeIn = (to: string): Promise<string> => inMails(to, /Koden er (\d{6})/);
  const tokenIn = (to: string): Promise<string> => inMails(to, /\/svar#([\w-]+)/);
  return {
    call,
    lastMail,
    codeIn,
    tokenIn,
    from: (address: string | null) => {
      visitor = address;
    },
    /** What an act mails to an address is under way and does not arrive, however fast the jobs are. */
    holdingMail: async <R>(to: string, act: () => Promise<R>): Promise<R> => {
      await town.settle();
      town.catcher.misbehave(to, { kind: 'greylist', times: Number.POSITIVE_INFINITY });
      try {
        const done = await act();
        await town.settle();
        return done;
      } finally {
        town.catcher.misbehave(to, null);
      }
    },
    /** A code for an address, out of its mail. */
    confirm: async (email: string) => {
      const { data } = await call('door.requestCode', { email, language: 'da' });
      return { id: (data as { codeId: string }).codeId, code: await codeIn(email) };
    },
  };
};
