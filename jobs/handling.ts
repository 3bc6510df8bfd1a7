import { DomainError } from '#domain/errors.ts';
import { MESSAGES, type MessageName } from '#messages';
import type { Logger } from '#platform/logger.ts';
import { anchorMade, type KeepOutside } from './handlers/anchor-made.ts';
import { basisCorrected } from './handlers/basis-corrected.ts';
import { childReview } from './handlers/child-review.ts';
import { clockDue } from './handlers/clock-due.ts';
import { fileScan } from './handlers/file-scan.ts';
import type { Handler, MakeCtx } from './handlers/handler.ts';
import { mailSend } from './handlers/mail-send.ts';
import { mailUndelivered } from './handlers/mail-undelivered.ts';
import { notificationOpened } from './handlers/notification-opened.ts';
import { notifierSuspected } from './handlers/notifier-suspected.ts';
import { receiptTold } from './handlers/receipt-told.ts';
import { unitsDue } from './handlers/units-due.ts';
import type { Mailer } from './mail/transport.ts';
import type { Job, QueuedName, QueueName } from './queues.ts';
import { forQueue } from './retry.ts';

type Handlers = { readonly [N in QueuedName]: Handler<N> };

/** What leaves the process. */
export type Outside = { readonly mailer: Mailer; readonly keep: KeepOutside };

/** One handler for each queued message: one that is missing does not compile. */
const handlersWith = ({ mailer, keep }: Outside): Handlers => ({
  'mail.send': mailSend(mailer),
  'mail.undelivered': mailUndelivered,
  'receipt.told': receiptTold,
  'notification.opened': notificationOpened,
  'notifier.suspected': notifierSuspected,
  'basis.corrected': basisCorrected,
  'clock.due': clockDue,
  'child.review': childReview,
  'units.due': unitsDue,
  'anchor.made': anchorMade(keep),
  'file.scan': fileScan,
});

const isQueued = (name: string, handlers: Handlers): name is QueuedName => Object.hasOwn(handlers, name);

const run = async <N extends QueuedName>(
  handlers: Handlers,
  makeCtx: MakeCtx,
  name: N,
  data: unknown,
): Promise<void> => {
  const parsed = MESSAGES[name as MessageName].safeParse(data);
  if (!parsed.success) throw new DomainError('INVALID');
  await handlers[name](makeCtx, parsed.data as Parameters<Handlers[N]>[1]);
};

/**
 * What a worker does with a job: checks the payload, acts, and turns whatever is thrown into an error that carries a
 * code and nothing else, with its class and frames in the log.
 */
export const createHandling = (outside: Outside, makeCtx: MakeCtx, log: Logger) => {
  const handlers = handlersWith(outside);
  return async (queue: QueueName, { id, name, data, attempt }: Job): Promise<void> => {
    try {
      // A message of a newer version waits for a process that knows it.
      if (!isQueued(name, handlers)) throw new DomainError('STALE');
      await run(handlers, makeCtx, name, data);
    } catch (thrown) {
      const { error, code, final } = forQueue(thrown);
      const fields = { queue, jobId: id, messageName: name, attempt, code };
      if (final) log.error('job.discarded', fields, thrown);
      else log.warn('job.failed', fields, thrown);
      throw error;
    }
  };
};
