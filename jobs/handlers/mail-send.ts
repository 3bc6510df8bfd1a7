import { sleep, stopwatch } from '#platform/clock.ts';
import { addressMail } from '#usecases/address-mail.ts';
import type { Ctx } from '#usecases/context.ts';
import { handOverMails } from '#usecases/hand-over-mails.ts';
import { type PreparedMail, prepareMail } from '#usecases/prepare-mail.ts';
import { recordMail } from '#usecases/record-mail.ts';
import { createLanes } from '../mail/lanes.ts';
import { render } from '../mail/templates.ts';
import { MAIL_CONNECTIONS, type Mailer } from '../mail/transport.ts';
import type { Handler, MakeCtx } from './handler.ts';

const RULE = 'mail.send';
/** Real milliseconds before each further try to record. */
const RECORD_AGAIN_MS = [100, 500, 2_000];
/** One address takes at most one connection, and no domain takes all. */
/** Real milliseconds for which a job goes on with others' messages: a process that is to end waits for it. */
const LONGEST_MS = 5_000;
const LIMITS = { perAddress: 1, perDomain: MAIL_CONNECTIONS - 1 };

/** A mail that left and is not recorded would be sent a second time, so the record is worth a few tries. */
const record = async (makeCtx: MakeCtx, attempt: Parameters<typeof recordMail>[1]) => {
  for (const pause of RECORD_AGAIN_MS) {
    try {
      return await recordMail(await makeCtx(RULE), attempt);
    } catch {
      await sleep(pause);
    }
  }
  return recordMail(await makeCtx(RULE), attempt);
};

/**
 * Sends one outbound message: taken, put into words, handed to the mail server, recorded. A second run finds nothing
 * to send. Killed between the server's answer and the record, it is sent again under the same Message-ID. While its
 * address is busy it gives its place back untouched, and whoever ends there goes on with it.
 */
export const mailSend = (mailer: Mailer): Handler<'mail.send'> => {
  const lanes = createLanes(LIMITS);

  const attempt = async (ctx: Ctx, makeCtx: MakeCtx, mail: PreparedMail): Promise<void> => {
    const { id, messageId, to, addressIndex, template, language, facts } = mail;
    const answer = await mailer.send({ ...render(template, language, facts), messageId, to, language, at: ctx.now });
    const outcome = await record(makeCtx, { id, addressIndex, answer });
    if (outcome === null || outcome.state === 'sent') return;
    const level = outcome.state === 'deferred' ? 'warn' : 'error';
    ctx.deps.log[level](`mail.${outcome.state}`, { outboundMessageId: id, code: outcome.reason });
  };

  const handOver = async (makeCtx: MakeCtx, ids: readonly string[]) => handOverMails(await makeCtx(RULE), ids);

  /** Answers the messages whose turn it is then. */
  const send = async (makeCtx: MakeCtx, id: string): Promise<readonly string[]> => {
    const ctx = await makeCtx(RULE);
    const addressed = await addressMail(ctx, id);
    if (addressed === null) return lanes.passOn();
    const { to } = addressed;
    // Without an address there is nothing to be busy; it is told otherwise.
    if (to !== null && !lanes.enter(to, id)) return [];
    try {
      const mail = await prepareMail(ctx, id, addressed);
      if (mail !== null) await attempt(ctx, makeCtx, mail);
    } catch (error) {
      if (to !== null) await handOver(makeCtx, lanes.leave(to));
      throw error;
    }
    return to === null ? lanes.passOn() : lanes.leave(to);
  };

  return async (makeCtx, { outboundMessageId }) => {
    const elapsed = stopwatch();
    let turn = await send(makeCtx, outboundMessageId);
    for (let [id] = turn; id !== undefined; [id] = turn) {
      if (elapsed() > LONGEST_MS) return handOver(makeCtx, turn);
      try {
        turn = await send(makeCtx, id);
      } catch {
        // It gets a job of its own, which tells what is wrong and tries again.
        return handOver(makeCtx, turn);
      }
    }
  };
};
