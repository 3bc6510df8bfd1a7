import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { mintScope } from '#domain/scope.ts';
import { Prisma } from '#generated/prisma/client.ts';
import { toRow, toRows } from '#store/db.ts';
import { insertSubmission } from '#store/submissions.ts';
import { parseNotification } from '#usecases/parse-notification.ts';
import { submissionRows } from '#usecases/submission-rows.ts';
import { keptWorld } from '#usecases/world.ts';
import { setStage } from './support/stage.ts';

const stage = await setStage();
try {
  const P = 'school-social-worker-skole-norrebro';
  const N = 'Barnet kommer ofte for sent, er træt og har ikke madpakke med. '.repeat(42);
  let n = 0;
  const cpr = (n: number) =>
    `${String((n % 28) + 1).padStart(2, '0')}${String((Math.floor(n / 28) % 12) + 41).padStart(2, '0')}${String(10 + (Math.floor(n / 336) % 10)).padStart(2, '0')}${4000 + (Math.floor(n / 3360) % 900) + 100}`;
  const body = (k: number) => ({
    children: [
      {
        name: 'Barn',
        cpr: cpr(k),
        address: { street: 'Øvelsesgade 1', postalCode: '2200', city: 'København N' },
        institution: 'skole-norrebro',
      },
    ],
    notifier: { basis: 'professional', notifierCode: 2, name: 'En lærer', role: 'Lærer' },
    concern: { narrative: N },
    parentsInformed: { informed: true },
  });
  const scope = mintScope({ personId: null, unitIds: 'all' });
  const now0 = await stage.deps.clock.now();
  let tickN = 0;
  const ctx = (): any => ({
    deps: stage.deps,
    actor: { kind: 'person', personId: P, unitId: 'skole-norrebro', roles: [], department: 'buf' },
    scope,
    now: now0.add({ milliseconds: tickN++ }),
    key: {
      keyHash: stage.deps.vault.index('idempotency', randomUUID()),
      requestHash: stage.deps.vault.index('idempotency', randomUUID()),
    },
  });
  const v = await keptWorld(ctx());
  const mk = (i: number) => {
    const c = ctx();
    const { notificationId, ...r } = submissionRows(
      c,
      v,
      {
        form: parseNotification(body(i), v.world, { training: true, receivedAt: c.now }),
        channel: 'form',
        receivedAt: c.now,
        senderPersonId: P,
        senderUnitId: 'skole-norrebro',
        registeredById: null,
      },
      [],
      'school-social-worker',
    );
    return { r: r as any, idx: [stage.deps.vault.index('cpr', cpr(i))] };
  };
  const c = new pg.Client({ connectionString: stage.databaseUrl });
  await c.connect();
  await c.query('set synchronous_commit=off');
  const pid = (await c.query('select pg_backend_pid() p')).rows[0].p;
  const tick = () => {
    const f = readFileSync('/proc/' + pid + '/stat', 'utf8').split(' ');
    return Number(f[13]) + Number(f[14]);
  };
  const cal = () => {
    const c = process.cpuUsage();
    let x = 0;
    const o: any = {};
    for (let i = 0; i < 400000; i++) {
      x = (x * 31 + i) | 0;
      if (i % 16 === 0) o['k' + (x & 255)] = String(x);
    }
    const d = process.cpuUsage(c);
    return (d.user + d.system) / 1000;
  };
  for (let i = 0; i < 20; i++) cal();
  const cur = async () => {
    const { r, idx } = mk(n++);
    const cap: any = {
      $queryRaw: (st: any, ...va: any[]) => {
        cap.q = Prisma.sql(st, ...va);
        return Promise.resolve([]);
      },
    };
    await insertSubmission(cap, scope, r, idx);
    return { text: cap.q.text, values: cap.q.values };
  };
  const TABLES: [string, string][] = [
    ['sealed_key', 'sealedKeys'],
    ['child', 'children'],
    ['ownership', 'ownerships'],
    ['case_event', 'events'],
    ['deadline', 'deadlines'],
    ['outbound_message', 'outbound'],
    ['outbox', 'outbox'],
    ['referral', 'referrals'],
    ['receipt', 'receipt'],
    ['idempotency_key', 'key'],
    ['notification', 'notification'],
  ];
  const json =
    (fn: string, how: (x: any) => any = JSON.stringify) =>
    async () => {
      const { r, idx } = mk(n++);
      const vals: any[] = [];
      const p = (x: any) => {
        vals.push(x);
        return '$' + vals.length;
      };
      const rows = (t: string) => {
        const name = TABLES.find((x) => x[0] === t)![1];
        const one = r[name];
        return `${fn}(null::${t}, ${p(how(toRows(Array.isArray(one) ? one : [one])))}::${fn.split('_')[0]})`;
      };
      const text = `with k as (insert into idempotency_key select x.* from ${rows('idempotency_key')} x
      where exists (select from organisation_version where id = 1 and version = ${p(r.organisationVersion)})
        and not exists (select from unnest(${p(idx)}::bytea[]) u(i), lateral (select from child where cpr_index = u.i union all select from known_case where cpr_index=u.i limit 1) z)
      on conflict do nothing returning key_hash),
    n as (insert into notification (id, channel, basis, notifier_code, sender_person_id, sender_unit_id, registered_by_id,
        received_at, registered_at, acute, suspected_violence, honour, need, reason_codes, language, sealed)
      select x.id, x.channel, x.basis, x.notifier_code, x.sender_person_id, x.sender_unit_id, x.registered_by_id,
        x.received_at, x.registered_at, x.acute, x.suspected_violence, x.honour, x.need, x.reason_codes, x.language, ${p(r.sealed)}
      from k, ${rows('notification')} x),
    ${['receipt', 'sealed_key', 'child', 'ownership', 'case_event', 'deadline', 'outbound_message', 'outbox'].map((t, i) => `c${i} as (insert into ${t} select x.* from k, ${rows(t)} x)`).join(',\n')}
    insert into referral select x.* from k, ${rows('referral')} x returning id::text as id, case_number as "caseNumber"`;
      return { text, values: vals };
    };
  const run = async (name: string, make: () => Promise<{ text: string; values: any[] }>, count = 1500) => {
    for (let i = 0; i < 100; i++) {
      const q = await make();
      await c.query({ name, ...q });
    }
    let cals = 0,
      k = 0;
    const t0 = tick();
    for (let i = 0; i < count; i++) {
      const q = await make();
      await c.query({ name, ...q });
      if (i % 50 === 0) {
        cals += cal();
        k++;
      }
    }
    const f = 3 / (cals / k);
    const raw = ((tick() - t0) * 10) / count;
    console.log(name.padEnd(12), 'pg norm', (raw * f).toFixed(3), 'raw', raw.toFixed(3));
  };
  const alter = async (sql: string) => {
    const l = (await c.query(sql)).rows.map((x: any) => Object.values(x)[0] as string);
    for (const s of l) await c.query(s);
  };
  const j = json('json_populate_recordset');
  await (await import(process.argv[2]!)).default({ run, cur, json, j, alter, c, mk, TABLES, toRows });
  await c.end();
} finally {
  await stage.stop();
}
