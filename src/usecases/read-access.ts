import { markChanged, THIRD_PARTIES, type Told, unreviewed } from '#domain/access-items.ts';
import { ACCESS_CLOCK } from '#domain/access-request.ts';
import { illegal } from '#domain/lifecycle.ts';
import { demand } from '#domain/policy.ts';
import { caseViewer, cut } from '#domain/sees-what.ts';
import { instant, iso } from '#domain/time.ts';
import { zipOf } from '#domain/zip.ts';
import { findAccessRequests } from '#store/access-requests.ts';
import { inOrder, inTransaction } from '#store/db.ts';
import { getReferral } from '#store/referrals.ts';
import { accessContent } from './access-content.ts';
import type { Ctx } from './context.ts';
import { logRead } from './log-read.ts';
import { ACCESS, openRequest } from './on-access.ts';
import { subjectOf } from './on-referral.ts';
import { getKey } from './open-records.ts';
import type { AccessDocument } from './review-access.ts';
import { currentWorld } from './world.ts';

/** The request of a case as it stands, with every item and what was said of it. Logged as a reading. Throws NOT_FOUND. */
export const readAccess = (ctx: Ctx, id: string) =>
  inTransaction(ctx.deps.db, async (tx) => {
    const referral = await getReferral(tx, ctx.scope, id);
    const role = demand(ctx.actor, ACCESS, subjectOf(referral));
    const world = await currentWorld(ctx, tx);
    const { people } = world.organisation;
    const titleOf = (person: string): string => people.get(person)?.title ?? person;
    const [open, all] = [await openRequest(ctx, tx, id), await findAccessRequests(tx, ctx.scope, id)];
    const content = open && (await accessContent(ctx, tx, world, id));
    if (content) {
      await logRead(ctx, tx, role, 'access', { referralIds: content.referralIds, childIds: content.childIds });
    }
    const clock = referral.clocks.find(({ kind }) => kind === ACCESS_CLOCK);
    const review = open?.review ?? {};
    return cut('access', caseViewer(ctx.actor, subjectOf(referral)), {
      caseNumber: referral.caseNumber,
      open: open &&
        content && {
          receivedAt: iso(open.request.receivedAt),
          openedBy: titleOf(open.request.openedBy),
          dueAt: clock ? iso(clock.dueAt) : null,
          elsewhere: content.elsewhere,
          left: unreviewed(content.items, review).length,
          items: markChanged(content.items, review).map(({ third, place: _, ...item }) => {
            const said = review[item.key];
            return {
              ...item,
              third: third && { da: THIRD_PARTIES[third].da, en: THIRD_PARTIES[third].en },
              said: said ? { keep: said.keep, reason: said.reason, by: titleOf(said.by) } : null,
            };
          }),
        },
      ended: all
        .filter(({ state }) => state !== 'open')
        .map(({ id: requestId, state, receivedAt, closedAt, closedBy }) => ({
          ...{ id: requestId, state, receivedAt: iso(receivedAt) },
          closedAt: closedAt ? iso(closedAt) : null,
          closedBy: titleOf(closedBy ?? ''),
        })),
    });
  });

const BLACKED = 'Udeladt af hensyn til andre.';

const sectionsOf = (items: readonly Told[]) => {
  const headings = [...new Set(items.map(({ section }) => section))];
  return headings.map((heading) => ({
    heading,
    lines: items
      .filter(({ section }) => section === heading)
      .map(({ label, text }) => ({ label, text: text ?? BLACKED })),
  }));
};

/**
 * The answer that was released, as an archive: a tagged PDF to read, and the same as JSON. In Danish, as the case is. Whoever
 * fetches it gives it to whoever asked; the system sends nothing. Logged as a reading. Throws ILLEGAL_TRANSITION.
 */
export const fetchAccess = async (
  ctx: Ctx,
  { id, requestId }: { readonly id: string; readonly requestId: string },
): Promise<{ readonly fileName: string; readonly zip: string }> => {
  const { print, vault } = ctx.deps;
  const document = await inTransaction(ctx.deps.db, async (tx) => {
    const referral = await getReferral(tx, ctx.scope, id);
    const role = demand(ctx.actor, ACCESS, subjectOf(referral));
    const found = (await findAccessRequests(tx, ctx.scope, id)).find((one) => one.id === requestId);
    if (!found?.document) throw illegal('Svaret er ikke frigivet.', 'The answer was not released.');
    const key = await getKey(ctx, tx, 'access-request', requestId);
    const opened = vault.open(key, 'document', found.document) as AccessDocument;
    const cases = await inOrder(opened.referralIds, (one) => getReferral(tx, ctx.scope, one));
    for (const one of cases) demand(ctx.actor, ACCESS, subjectOf(one));
    const childIds = [...new Set([referral, ...cases].map(({ childId }) => childId))];
    await logRead(ctx, tx, role, 'access', { referralIds: opened.referralIds, childIds });
    return opened;
  });
  if (!print) throw illegal('Her kan der ikke laves PDF.', 'No PDF can be made here.');
  const { releasedAt, caseNumbers, items } = document;
  const title = `Indsigt: sag ${caseNumbers.join(', ')}`;
  const at = new Date(instant(releasedAt).epochMilliseconds);
  const pdf = await print({ title, language: 'da', at, sections: sectionsOf(items) });
  const told = items.map(({ section, label, text }) => ({ section, label, text, withheld: text === null }));
  const json = JSON.stringify({ format: 'bindeled.access', version: 1, releasedAt, caseNumbers, items: told }, null, 2);
  const zip = zipOf([
    { name: 'indsigt.pdf', bytes: pdf },
    { name: 'indsigt.json', bytes: new TextEncoder().encode(json) },
  ]);
  return { fileName: `indsigt-${requestId}.zip`, zip: Buffer.from(zip).toString('base64') };
};
