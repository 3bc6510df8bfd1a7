import * as board from '#store/board.ts';
import type { Tx } from '#store/db.ts';
import * as matters from '#store/matters.ts';
import * as measures from '#store/measures.ts';
import type { Closed, Open } from './store-call.ts';
import type { Stored } from './stored.ts';

const WRITTEN =
  'compare-and-set by id in the transaction that locked the referral through the scope, which may just have moved it';

const ended = async (tx: Tx, s: Stored): Promise<void> => {
  await tx.$executeRaw`
    update dispute set state = 'settled', ended_at = step_ends_at where id = ${s.disputeId}::uuid`;
};
const unanswered = async (tx: Tx, s: Stored): Promise<void> => {
  await tx.$executeRaw`update handover set state = 'proposed' where referral_id = ${s.disputedId}::uuid`;
};

/** The functions of inquiries, hand-overs, disputes, measures and feedback. */
export const STORE_OF_MATTERS: Readonly<Record<string, Closed | Open>> = {
  'board.ts findOpenDisputes': { by: 'party', call: (tx, scope) => board.findOpenDisputes(tx, scope) },
  'board.ts findHandedOver': {
    by: 'party',
    before: unanswered,
    call: (tx, scope) => board.findHandedOver(tx, scope, { cursor: null, limit: 10 }),
  },
  'board.ts countMatters': {
    by: 'party',
    before: unanswered,
    call: async (tx, scope) => {
      const { handed, dispute } = await board.countMatters(tx, scope, 10);
      return handed + dispute;
    },
  },
  'board.ts findEnding': {
    by: 'party',
    before: ended,
    call: (tx, scope, s) => board.findEnding(tx, scope, s.disputedId, { handoverId: null, disputeId: s.disputeId }),
  },
  'board.ts findMatterEvents': {
    by: 'party',
    call: (tx, scope, s) => board.findMatterEvents(tx, scope, s.disputedId),
  },
  'inquiries.ts insertInquiry': { open: 'only adds a case that did not exist, and opens none that did' },
  'matters.ts toDispute': { open: 'a conversion; it holds no query' },
  'matters.ts findOpenMatters': {
    by: 'party',
    call: async (tx, scope, s) => {
      const { handover, dispute, history } = await matters.findOpenMatters(tx, scope, s.disputedId);
      return [handover, dispute, ...history.owners, history.firstRouted].filter(Boolean);
    },
  },
  'matters.ts findEndedMatters': {
    by: 'party',
    before: ended,
    call: async (tx, scope, s) => {
      const { handover, dispute } = await matters.findEndedMatters(tx, scope, s.disputedId);
      return [handover, dispute].filter(Boolean);
    },
  },
  'matters.ts findParts': {
    by: 'party',
    before: async (tx, s) => {
      await tx.$executeRaw`alter table case_event disable trigger user`;
      await tx.$executeRaw`update case_event set kind = 'unit-changed', data = '{"parts": {"a": "b"}}'
        where referral_id = ${s.disputedId}::uuid and seq = 1`;
    },
    call: async (tx, scope, s) => Object.keys(await matters.findParts(tx, scope, s.disputedId)),
  },
  'matters.ts writeHandover': { open: WRITTEN },
  'matters.ts writeDispute': { open: WRITTEN },
  'matters.ts findDisputes': {
    by: 'system',
    call: (tx, scope, s) => matters.findDisputes(tx, scope, [s.disputeId]),
  },
  'measures.ts findMeasures': { by: 'unit', call: (tx, scope, s) => measures.findMeasures(tx, scope, s.disputedId) },
  'measures.ts writeMeasure': { open: WRITTEN },
  'measures.ts findFeedbacks': { by: 'unit', call: (tx, scope, s) => measures.findFeedbacks(tx, scope, s.disputedId) },
  'measures.ts writeFeedback': { open: WRITTEN },
};
