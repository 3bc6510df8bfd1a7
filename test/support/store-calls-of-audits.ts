import * as lines from '#store/audit-lines.ts';
import * as audits from '#store/audits.ts';
import type { Tx } from '#store/db.ts';
import type { Closed, Open } from './store-call.ts';
import type { Stored } from './stored.ts';

const id = '01a00000-0000-7000-8000-0000000000d1';
const row = ({ now }: Stored) => ({
  ...{ id, personId: 'auditor-sof-stab', purpose: 'Kort' },
  ...{ openedAt: now, endsAt: now.add({ hours: 1 }) },
});
const opened = (tx: Tx, s: Stored) => audits.insertAudit(tx, s.scopes.auditor, row(s));
const all = ({ now }: Stored) => ({ cursor: null, until: now, caseNumber: null, personId: null, limit: 9 });
const unmasked = { auditId: id, personId: 'somebody', reason: 'Kort' };
/** Somebody has looked, and something was done to the setup. */
const happened = async (tx: Tx, { now, referral }: Stored): Promise<void> => {
  const at = new Date(now.epochMilliseconds);
  const who = { personId: 'stranger', unitId: 'nowhere', role: 'caseworker', purpose: 'case' };
  const what = { referralIds: [referral.id], childIds: [], mac: new Uint8Array(1) };
  await tx.readLog.create({ data: { id: crypto.randomUUID(), at, ...who, ...what } });
  await tx.setupEvent.create({ data: { id: crypto.randomUUID(), at, kind: 'installed', data: {} } });
};

/** Audits are their auditor's; lists of acts and look-ups are auditors'. */
export const STORE_OF_AUDITS: Readonly<Record<string, Closed | Open>> = {
  'audits.ts insertAudit': { by: 'auditor', call: (tx, scope, s) => audits.insertAudit(tx, scope, row(s)) },
  'audits.ts findAudits': { by: 'auditor', before: opened, call: (tx, scope) => audits.findAudits(tx, scope, 9) },
  'audits.ts findAudit': {
    by: 'auditor',
    before: opened,
    call: (tx, scope, { now }) => audits.findAudit(tx, scope, id, now),
  },
  'audits.ts insertUnmasked': {
    by: 'auditor',
    before: opened,
    call: (tx, scope, { now }) => audits.insertUnmasked(tx, scope, unmasked, now),
  },
  'audits.ts findUnmasked': {
    by: 'auditor',
    before: async (tx, s) => {
      await opened(tx, s);
      await audits.insertUnmasked(tx, s.scopes.auditor, unmasked, s.now);
    },
    call: (tx, scope) => audits.findUnmasked(tx, scope, id),
  },
  'audit-lines.ts findReadLines': {
    by: 'auditor',
    before: happened,
    call: (tx, scope, s) => lines.findReadLines(tx, scope, all(s)),
  },
  'audit-lines.ts findActLines': { by: 'auditor', call: (tx, scope, s) => lines.findActLines(tx, scope, all(s)) },
  'audit-lines.ts findSetupLines': {
    by: 'auditor',
    before: happened,
    call: (tx, scope, s) => lines.findSetupLines(tx, scope, all(s)),
  },
};
