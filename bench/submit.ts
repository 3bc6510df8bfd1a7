import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { drive, httpClient, median } from './support/load.ts';
import { onStage } from './support/stage.ts';

const CLIENTS = 16;
const ROUNDS = 3;

const FLOOR = readFileSync(join(import.meta.dirname, 'floor.sql'), 'utf8');
const [SET_UP = '', SUBMIT = ''] = FLOOR.split('-- submit\n');

/** About 3 kB, as a thorough school writes. */
const NARRATIVE = 'Barnet kommer ofte for sent, er træt og har ikke madpakke med. '.repeat(42);

const cprOf = (n: number): string => {
  const day = String((n % 28) + 1).padStart(2, '0');
  const month = String((Math.floor(n / 28) % 12) + 41).padStart(2, '0');
  const year = String(10 + (Math.floor(n / 336) % 10)).padStart(2, '0');
  return `${day}${month}${year}${4000 + (Math.floor(n / 3360) % 900) + 100}`;
};

const notification = (n: number): string =>
  JSON.stringify({
    children: [
      {
        name: `Barn ${n}`,
        cpr: cprOf(n),
        address: { street: 'Øvelsesgade 1', postalCode: '2200', city: 'København N' },
        institution: 'skole-norrebro',
      },
    ],
    notifier: { basis: 'professional', notifierCode: 2, name: 'En lærer', role: 'Lærer' },
    concern: { narrative: NARRATIVE },
    parentsInformed: { informed: true },
  });

/** Submissions a second over HTTP against the floor: what the database alone can take of the same, in the same run. */
export const submit = ({ tiny }: { readonly tiny: boolean }) =>
  onStage(async (stage) => {
    const total = tiny ? 64 : 4000;
    const connections = await Promise.all(Array.from({ length: CLIENTS }, stage.connect));
    await connections[0]?.query(SET_UP);
    const cookie = await stage.login('school-social-worker-skole-norrebro');
    const post = httpClient(stage.apiUrl);
    const payload = { narrative: NARRATIVE };
    const floorOnce = async (client: number): Promise<void> => {
      await connections[client]?.query({
        name: 'floor',
        text: SUBMIT,
        values: [randomUUID(), JSON.stringify(payload), '2026-11-02T09:00:00Z', 1],
      });
    };
    let sent = 0;
    const productOnce = async (): Promise<void> => {
      const n = sent++;
      await post('/trpc/notifications.submit', notification(n), { cookie, 'idempotency-key': randomUUID() });
    };
    await drive(CLIENTS, Math.ceil(total / 2), floorOnce);
    await drive(CLIENTS, Math.ceil(total / 2), productOnce);
    const rounds = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const floor = await drive(CLIENTS, total, floorOnce);
      const product = await drive(CLIENTS, total, productOnce);
      rounds.push({ floor, product, ratio: Math.round((product.perSecond / floor.perSecond) * 1000) / 1000 });
    }
    return {
      name: 'submit',
      ratio: median(rounds.map((r) => r.ratio)),
      p99: median(rounds.map((r) => r.product.p99)),
      errors: rounds.reduce((sum, r) => sum + r.product.errors + r.floor.errors, 0),
      perSecond: median(rounds.map((r) => r.product.perSecond)),
      floor: median(rounds.map((r) => r.floor.perSecond)),
      bars: { ratio: 0.3, p99: 100, errors: 0 },
      settings: { clients: CLIENTS, submissionsARound: total, rounds },
    };
  });
