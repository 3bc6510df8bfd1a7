import { sleep } from '#platform/clock.ts';
import { prepareMail } from '#usecases/prepare-mail.ts';
import { recordMail } from '#usecases/record-mail.ts';
import { render } from '../mail/templates.ts';
import type { Mailer } from '../mail/transport.ts';
import { TryAgain } from '../retry.ts';
import type { Handler, MakeCtx } from './handler.ts';

const RULE = 'mail.send';
/** Real milliseconds before each further try to record. */
const RECORD_AGAIN_MS = [100, 500, 2_000];

/** A mail that left and is not recorded would be sent a second time, so the record is worth a few tries. */
const record = async (makeCtx: MakeCtx, mail: Parameters<typeof recordMail>[1]): Promise<void> => {
  for (const pause of RECORD_AGAIN_MS) {
    try {
      return await recordMail(await makeCtx(RULE), mail);
    } catch {
      await sleep(pause);
    }
  }
  await recordMail(await makeCtx(RULE), mail);
};

/**
 * Sends one outbound message: taken, put into words, handed to the mail server, recorded. A second run finds nothing
 * to send. Killed between the server's answer and the record, it is sent again under the same Message-ID.
 */
export const mailSend =
  (mailer: Mailer): Handler<'mail.send'> =>
  async (makeCtx, { outboundMessageId }) => {
    const ctx = await makeCtx(RULE);
    const mail = await prepareMail(ctx, outboundMessageId);
    if (mail === null) return;
    const { id, messageId, to, template, language, facts } = mail;
    const outcome = await mailer.send({ ...render(template, language, facts), messageId, to, language, at: ctx.now });
    await record(makeCtx, { id, outcome });
    const { log } = ctx.deps;
    const fields = { outboundMessageId, code: outcome.answer };
    if (outcome.state === 'dropped') log.error('mail.dropped', fields);
    if (outcome.state === 'failed') throw new TryAgain(outcome.answer);
  };
