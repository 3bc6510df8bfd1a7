import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import type { Context, Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { dispositionOf, FILE_TYPES, MOST_BYTES, tooLarge } from '#domain/attachments.ts';
import { DomainError, type FieldError, type Reason } from '#domain/errors.ts';
import { addAttachment } from '#usecases/add-attachment.ts';
import { attachToDraft } from '#usecases/attach-to-draft.ts';
import { attachToNotification } from '#usecases/attach-to-notification.ts';
import type { Ctx } from '#usecases/context.ts';
import { openAttachment } from '#usecases/open-attachment.ts';
import type { ApiContext } from './context.ts';
import { keptByNobody } from './defences.ts';
import { asTrpcError, problemOf } from './errors.ts';
import { id } from './inputs.ts';
import { requestKey } from './trpc.ts';

/** Where files come and go; their bodies are counted here, not with all others. */
export const FILES = '/attachments/';

const NOT_HERE: Reason = {
  da: 'Her kan der ikke lægges filer på eller hentes filer. Brug den anden indgang til systemet.',
  en: 'Files cannot be added or fetched here. Use the other entrance to the system.',
};

type Told = { readonly code: string; readonly reason: Reason | null; readonly fields: readonly FieldError[] };

/** A refusal in the form of the other problems, with words and fields as procedures tell them. */
const refusal = (c: Context, status: number, { code, reason, fields }: Told): Response => {
  const body = JSON.stringify({ type: 'about:blank', status, code, reason, fields });
  // What is left of a body stays unread, so the connection cannot be used again.
  const headers = { 'content-type': 'application/problem+json', connection: 'close' };
  return c.body(body, status as ContentfulStatusCode, headers);
};

/** `attachment; filename*=UTF-8''…`: the name that the file had, which is personal data and stands in no address. */
const nameIn = (disposition: string | undefined): string => {
  const [, encoded = ''] = /filename\*=UTF-8''([\w!#$&+.^`|~%-]{1,3000})/i.exec(disposition ?? '') ?? [];
  try {
    return decodeURIComponent(encoded);
  } catch {
    return '';
  }
};

const actOf = ({ deps, login, now }: ApiContext): Ctx & { readonly who: string } => {
  if (login?.actor.kind !== 'person') throw new DomainError('UNAUTHENTICATED');
  return { deps, actor: login.actor, scope: login.scope, now, key: null, who: login.actor.personId };
};

const idIn = (c: Context): string => {
  const parsed = id.safeParse(c.req.param('id'));
  if (!parsed.success) throw new DomainError('NOT_FOUND');
  return parsed.data;
};

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** Where a file may be put → the act that puts it there, by the name under which its key is kept. */
const PLACES = {
  referral: { name: 'attachments.add', act: addAttachment },
  draft: { name: 'attachments.draft', act: attachToDraft },
  notification: { name: 'attachments.notification', act: attachToNotification },
} as const;

const takeTo =
  (place: keyof typeof PLACES) =>
  async (c: Context, asked: ApiContext): Promise<Response> => {
    const { name, act: put } = PLACES[place];
    const { who, ...act } = actOf(asked);
    const input = { id: idIn(c), name: nameIn(c.req.header('content-disposition')) };
    const key = requestKey(asked, who, name, input);
    if (Number(c.req.header('content-length') ?? 0) > MOST_BYTES) throw tooLarge();
    return c.json(await put({ ...act, key }, input, c.req.raw.body ?? nothing()));
  };

const give = async (c: Context, asked: ApiContext): Promise<Response> => {
  const { name, type, bytes, content } = await openAttachment(actOf(asked), idIn(c));
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { done, value } = await content.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: async () => void (await content.return()),
  });
  return c.body(body, 200, {
    'content-type': FILE_TYPES[type].mime,
    'content-length': String(bytes),
    'content-disposition': dispositionOf(name, type),
  });
};

/**
 * Files of a case, a draft or a notification: sent as the body they are, fetched as something to save. `enter` finds out who asks and counts them.
 * Without `kept`, as under Workers, every one of them is answered that there are none here.
 */
export const attachmentRoutes = (
  app: Hono,
  { kept, enter }: { readonly kept: boolean; readonly enter: (c: Context) => Promise<ApiContext> },
): void => {
  app.use(`${FILES}*`, keptByNobody);
  if (!kept) {
    app.all(`${FILES}*`, (c) => refusal(c, 501, { code: 'NOT_HERE', reason: NOT_HERE, fields: [] }));
    return;
  }
  const answering = (work: (c: Context, asked: ApiContext) => Promise<Response>) => async (c: Context) => {
    try {
      return await work(c, await enter(c));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return refusal(c, getHTTPStatusCodeFromError(asTrpcError(error)), problemOf(error));
    }
  };
  for (const place of Object.keys(PLACES) as (keyof typeof PLACES)[]) {
    app.post(`${FILES}${place}/:id`, answering(takeTo(place)));
  }
  app.get(`${FILES}:id`, answering(give));
};
