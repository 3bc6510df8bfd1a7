import { childFacts } from '#domain/child-facts.ts';
import { DomainError } from '#domain/errors.ts';
import { refuseField } from '#domain/field-errors.ts';
import { registerInquiry as decide, demandRegistrar, type InquiryContent } from '#domain/inquiry.ts';
import { GENESIS } from '#domain/journal.ts';
import { demand } from '#domain/policy.ts';
import { nextDue } from '#domain/referral-due.ts';
import { years } from '#domain/routing-facts.ts';
import { findKnownChildren, holdChild, type KnownChild } from '#store/children.ts';
import { isUniqueViolation, type Tx } from '#store/db.ts';
import { insertInquiry } from '#store/inquiries.ts';
import { actOnce, type Ctx } from './context.ts';
import { type InquiryForm, parseInquiry } from './parse-inquiry.ts';
import { chainRows, clockRow, mailRows, outboxRow, timerRow } from './rows.ts';
import { routingFacts } from './submission-rows.ts';
import { currentWorld } from './world.ts';

/** `ownerUnit` is a unit's id: whoever registers it may not be of that unit, and then cannot open it. */
export type InquiryRegistered = { readonly id: string; readonly caseNumber: string; readonly ownerUnit: string };

/** What is sealed of the form as it was registered; the CPR stands with the child alone. */
const contentOf = ({ text, child }: InquiryForm): InquiryContent => {
  const { name, address, institution, ageEstimate } = child;
  return { text, child: { name, address, institution, ageEstimate } };
};

/** Held as it was found; whose records were destroyed while that was waited for is asked for again, and is a new child. */
const knownChild = async ({ scope }: Ctx, tx: Tx, cprIndex: Uint8Array): Promise<KnownChild | undefined> => {
  const [known] = await findKnownChildren(tx, scope, [cprIndex]);
  if (!known?.childId || (await holdChild(tx, scope, known.childId))) return known;
  return (await findKnownChildren(tx, scope, [cprIndex]))[0];
};

/**
 * A unit registers a need of its own: a referral without notification, owned and clocked at once. Idempotent by key.
 * Throws INVALID.
 */
export const registerInquiry = (ctx: Ctx, input: unknown): Promise<InquiryRegistered> =>
  register(ctx, input).catch((error: unknown) => {
    // Somebody else has made the child's record at the same instant: now it is known.
    if (isUniqueViolation(error)) return register(ctx, input);
    throw error;
  });

const register = (ctx: Ctx, input: unknown): Promise<InquiryRegistered> =>
  actOnce(ctx, async (tx) => {
    const { deps, scope, now, actor } = ctx;
    demand(actor, 'inquiry.register');
    const world = await currentWorld(ctx, tx);
    const { role, unit } = demandRegistrar(actor, world.organisation);
    const form: InquiryForm = parseInquiry(input, deps.training);
    if (form.need !== null && !world.organisation.matrix.some(({ id }) => id === form.need)) {
      refuseField('need', 'unknown-choice');
    }
    const { child } = form;
    if (child.institution !== null && !world.organisation.units.has(child.institution)) {
      refuseField('child.institution', 'institution-unknown');
    }
    const cprIndex = child.cpr === undefined ? null : deps.vault.index('cpr', child.cpr);
    const known = cprIndex ? await knownChild(ctx, tx, cprIndex) : undefined;
    const about = childFacts(child, now);
    const routing = { child: about, senderUnit: unit, need: form.need, known: known ? routingFacts(known) : null };
    const intake = decide({ routing, acute: form.acute, ...contentOf(form) }, world, now);
    const referralId = deps.newId(now);
    const childId = known?.childId ?? deps.newId(now);
    const newChild = known?.childId ? null : deps.vault.newKey('child', childId);
    const own = deps.vault.newKey('referral', referralId);
    const seal = (slot: string, value: unknown): Uint8Array => deps.vault.seal(own.key, slot, value);
    const chain = chainRows(ctx, referralId, { eventCount: 0, headHash: GENESIS }, intake.facts, role, seal);
    const mails = intake.mails.map((m) =>
      mailRows(ctx, world, { referralId, notificationId: null, language: 'da' }, m),
    );
    const { unit: ownerUnit, ...ownership } = intake.owner;
    const units = [ownerUnit, intake.routed.unit, intake.assessmentUnit].filter((u) => u !== null);
    const { name, cpr, address, identity, protectedAddress } = child;
    const stored = await insertInquiry(tx, scope, {
      sealedKeys: [own.wrapped, ...(newChild ? [newChild.wrapped] : [])],
      children: newChild
        ? [
            {
              id: childId,
              identity,
              cprIndex,
              protectedAddress,
              sealed: deps.vault.seal(newChild.key, 'content', { name, cpr, address }),
              createdAt: now,
              stateVersion: 0,
            },
          ]
        : [],
      protectedChildren: protectedAddress && known?.childId ? [known.childId] : [],
      referral: {
        id: referralId,
        matter: 'inquiry',
        childId,
        childPosition: 0,
        childAge: years(about.age),
        status: 'received',
        acute: form.acute,
        need: form.need,
        responsibleUnitId: intake.routed.unit,
        ownerUnitId: ownerUnit,
        provisionalRule: ownership.provisionalRule,
        assessmentUnitId: intake.assessmentUnit,
        receivedAt: now,
        registeredAt: now,
        nextDueAt: nextDue(intake.clocks),
        changedAt: now,
        stateVersion: 0,
        ...chain.head,
      },
      ownership: { id: deps.newId(now), referralId, unitId: ownerUnit, ...ownership, startedAt: now },
      events: chain.rows,
      deadlines: [
        ...intake.clocks.map((c) => clockRow(ctx, world, referralId, c)),
        ...intake.timers.map((t) => timerRow(ctx, referralId, t)),
      ],
      outbound: mails.map((m) => m.outbound),
      outbox: [
        ...mails.map((m) => m.outbox),
        outboxRow(ctx, { name: 'referral.changed', payload: { referralId, by: unit, units, persons: [] } }),
      ],
    });
    if (!stored) throw new DomainError('STALE');
    return { ...stored, ownerUnit };
  });
