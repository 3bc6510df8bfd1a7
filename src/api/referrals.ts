import { z } from 'zod';
import { EVIDENCE_CODES } from '#domain/evidence.ts';
import { acknowledgeReferral } from '#usecases/acknowledge-referral.ts';
import { addEvidence } from '#usecases/add-evidence.ts';
import { assignReferral } from '#usecases/assign-referral.ts';
import { assignReferrals } from '#usecases/assign-referrals.ts';
import { identifyChild } from '#usecases/identify-child.ts';
import { listUnattended } from '#usecases/list-unattended.ts';
import { markReferralInError } from '#usecases/mark-referral-in-error.ts';
import { openInEmergency } from '#usecases/open-in-emergency.ts';
import { readCase } from '#usecases/read-case.ts';
import { readClocks } from '#usecases/read-clocks.ts';
import { readCounts, readNames, readWorklist, TABS } from '#usecases/read-worklist.ts';
import { searchReferrals } from '#usecases/search-referrals.ts';
import { showAddress } from '#usecases/show-address.ts';
import { stayOnReferral } from '#usecases/stay-on-referral.ts';
import { tellOwnerThen } from '#usecases/tell-owner-then.ts';
import { tellResponsible } from '#usecases/tell-responsible.ts';
import { tellWhoLooked } from '#usecases/tell-who-looked.ts';
import { at, id, page, target, text } from './inputs.ts';
import { doing, router } from './trpc.ts';

const one = z.strictObject({ id });

const acknowledgement = target.extend({
  known: z.strictObject({ unit: z.string().max(80).nullable(), disability: z.boolean(), elsewhere: z.boolean() }),
  need: z.string().max(80).nullable(),
});

const evidence = z.strictObject({ id, kind: z.enum(EVIDENCE_CODES), occurredAt: at, text: text(20_000) });

export const referrals = router({
  counts: doing('referral.list').query(({ ctx }) => readCounts(ctx.act)),
  worklist: doing('referral.list')
    .input(page.extend({ tab: z.enum(TABS).default('all') }))
    .query(({ ctx, input }) => readWorklist(ctx.act, input)),
  names: doing('referral.list')
    .input(z.strictObject({ ids: z.array(id).max(200) }))
    .query(({ ctx, input }) => readNames(ctx.act, input.ids)),
  search: doing('referral.list')
    .input(z.strictObject({ text: text(60) }))
    .query(({ ctx, input }) => searchReferrals(ctx.act, input.text)),
  openInEmergency: doing('referral.open-in-emergency')
    .input(z.strictObject({ text: text(60), reason: text(4_000) }))
    .mutation(({ ctx, input }) => openInEmergency(ctx.act, input)),
  get: doing('referral.read')
    .input(one)
    .query(({ ctx, input }) => readCase(ctx.act, input.id)),
  address: doing('referral.show-address')
    .input(one)
    .query(({ ctx, input }) => showAddress(ctx.act, input.id)),
  clocks: doing('referral.read')
    .input(one)
    .query(({ ctx, input }) => readClocks(ctx.act, input.id)),
  responsible: doing('referral.responsible')
    .input(one)
    .query(({ ctx, input }) => tellResponsible(ctx.act, input.id)),
  ownerThen: doing('referral.read')
    .input(z.strictObject({ id, at }))
    .query(({ ctx, input }) => tellOwnerThen(ctx.act, input)),
  lookups: doing('referral.read-lookups')
    .input(one)
    .query(({ ctx, input }) => tellWhoLooked(ctx.act, input.id)),
  acknowledge: doing('referral.acknowledge')
    .input(acknowledgement)
    .mutation(({ ctx, input }) => acknowledgeReferral(ctx.act, input)),
  assign: doing('referral.assign')
    .input(target.extend({ personId: z.string().max(120) }))
    .mutation(({ ctx, input }) => assignReferral(ctx.act, input)),
  unattended: doing('referral.list').query(({ ctx }) => listUnattended(ctx.act)),
  assignMany: doing('referral.assign')
    .input(z.strictObject({ ids: z.array(id).min(1).max(200), personId: z.string().max(120) }))
    .mutation(({ ctx, input }) => assignReferrals(ctx.act, input)),
  stayOn: doing('referral.stay-on')
    .input(target)
    .mutation(({ ctx, input }) => stayOnReferral(ctx.act, input)),
  addEvidence: doing('referral.add-evidence')
    .input(evidence)
    .mutation(({ ctx, input }) => addEvidence(ctx.act, input)),
  identifyChild: doing('referral.identify-child')
    .input(target.extend({ cpr: text(20), name: text(200) }))
    .mutation(({ ctx, input }) => identifyChild(ctx.act, input)),
  markInError: doing('referral.mark-in-error')
    .input(target.extend({ reason: text(2_000) }))
    .mutation(({ ctx, input }) => markReferralInError(ctx.act, input)),
});
