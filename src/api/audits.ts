import { z } from 'zod';
import { checkJournal, listAnchors } from '#usecases/check-journal.ts';
import { listAudits, openAudit } from '#usecases/open-audit.ts';
import { auditActs, auditReads, auditSetup } from '#usecases/read-audit.ts';
import { unmaskPerson } from '#usecases/unmask-person.ts';
import { wholeJournal } from './context.ts';
import { id, page, text } from './inputs.ts';
import { doing, router } from './trpc.ts';

const asked = page.extend({ id, caseNumber: text(40).nullable(), who: text(40).nullable() });

/** What auditors look at: who did what and who looked, with staff by pseudonym, and whether the journal holds. */
export const audits = router({
  list: doing('audit.open').query(({ ctx }) => listAudits(ctx.act)),
  open: doing('audit.open')
    .input(z.strictObject({ purpose: text(500) }))
    .mutation(({ ctx, input }) => openAudit(ctx.act, input)),
  reads: doing('audit.read')
    .input(asked)
    .query(({ ctx, input }) => auditReads(ctx.act, input)),
  acts: doing('audit.read')
    .input(asked)
    .query(({ ctx, input }) => auditActs(ctx.act, input)),
  setup: doing('audit.read')
    .input(asked)
    .query(({ ctx, input }) => auditSetup(ctx.act, input)),
  unmask: doing('audit.unmask')
    .input(z.strictObject({ id, who: text(40), reason: text(500) }))
    .mutation(({ ctx, input }) => unmaskPerson(ctx.act, input)),
  anchors: doing('journal.verify').query(({ ctx }) => listAnchors(wholeJournal(ctx.act))),
  verify: doing('journal.verify').query(({ ctx }) => checkJournal(wholeJournal(ctx.act))),
});
