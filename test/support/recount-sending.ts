import type { SendingRow } from '#domain/sending.ts';
import type { Deps } from '#platform/deps.ts';
import { dueOf } from '#test/model/clocks.ts';

type Told = { readonly kind: string; readonly at: number; readonly data: Record<string, unknown> };
type Duty = { readonly due: number; readonly ended: number | null; readonly withheld: boolean };

const HVERDAGE = { n: 6, unit: 'hverdage' } as const;
const RECEIPT_WORKDAYS = { n: 6, unit: 'workdays' } as const;
const FEEDBACK = { n: 5, unit: 'workdays' } as const;
const ids = (value: unknown): string[] => (value as string[] | undefined) ?? [];

/** The duties of one child's matter, event by event: opened, met, withheld, and begun again when that was lifted. */
const dutiesOf = (events: readonly Told[]): Duty[] => {
  const duties = new Map<string, Duty>();
  const open = (id: unknown, at: number) =>
    duties.set(String(id), { due: dueOf(at, FEEDBACK), ended: null, withheld: false });
  const end = (answers: unknown, ended: number, withheld: boolean) => {
    for (const id of ids(answers)) duties.set(id, { due: duties.get(id)?.due ?? Number.NaN, ended, withheld });
  };
  for (const { kind, at, data } of events) {
    if (kind === 'decided') open(data.decisionId, at);
    if (kind === 'measure-started') open(data.measureId, at);
    if (kind === 'feedback-delivered') end(data.answers, at, false);
    if (kind === 'withholding-approved') end(data.answers, at, true);
    if (kind === 'withholding-lifted') {
      for (const id of ids(data.answers)) if (duties.get(id)?.withheld) open(id, at);
    }
  }
  return [...duties.values()];
};

/**
 * What came from where and what became of it, told by the journal and by the second model of the clocks: in no way that
 * the report does it. Until `end`, of all that was received.
 */
export const recountSending = async (db: Deps['db'], end: number): Promise<SendingRow[]> => {
  const referrals = await db.referral.findMany({ where: { notificationId: { not: null } } });
  const notifications = await db.notification.findMany();
  const all = await db.caseEvent.findMany({ orderBy: [{ referralId: 'asc' }, { seq: 'asc' }] });
  const byReferral = Map.groupBy(all, ({ referralId }) => referralId);
  const told = (id: string): Told[] =>
    (byReferral.get(id) ?? []).map(({ kind, occurredAt, data }) => ({
      kind,
      at: occurredAt.getTime(),
      data: data as Record<string, unknown>,
    }));
  const rows = new Map<string, Record<string, number>>();
  for (const { id, basis, senderUnitId, notifierCode } of notifications) {
    const sender = senderUnitId ?? `code-${notifierCode}`;
    const matters = referrals.filter((one) => one.notificationId === id).map((one) => told(one.id));
    const row = rows.get(sender) ?? {};
    rows.set(sender, row);
    const add = (part: string) => {
      row[part] = (row[part] ?? 0) + 1;
    };
    add('sent');
    const received = matters[0]?.find(({ kind }) => kind === 'notification-received')?.at ?? Number.NaN;
    const due = dueOf(received, HVERDAGE);
    const latest = Math.max(due, dueOf(received, RECEIPT_WORKDAYS));
    const delivered = matters.flat().find(({ kind }) => kind === 'receipt-delivered')?.at;
    if (basis !== 'anonymous') {
      if (delivered === undefined) add(end > latest ? 'late' : 'waiting');
      else add(delivered <= due ? 'inTime' : delivered <= latest ? 'between' : 'late');
    }
    if (basis !== 'professional') continue;
    for (const duty of matters.flatMap(dutiesOf)) {
      if (duty.ended === null) add(duty.due < end ? 'silent' : 'open');
      else if (duty.withheld) add('withheld');
      else add(duty.ended <= duty.due ? 'told' : 'toldLate');
    }
  }
  const none = { inTime: 0, between: 0, late: 0, waiting: 0, told: 0, toldLate: 0, withheld: 0, silent: 0, open: 0 };
  return [...rows]
    .map(([sender, row]) => ({ sender, sent: 0, ...none, ...row }))
    .toSorted((a, b) => (a.sender < b.sender ? -1 : 1));
};
