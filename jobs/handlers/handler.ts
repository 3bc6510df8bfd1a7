import type { MessageName, MessagePayload } from '#messages';
import type { Ctx } from '#usecases/context.ts';

/** Makes the system's context for one act, reading the clock anew. `rule` is the name under which the system acts. */
export type MakeCtx = (rule: string) => Promise<Ctx>;

/** Acts on one message. Runs at least once, so acting twice on the same payload must leave the same as acting once. */
export type Handler<N extends MessageName> = (makeCtx: MakeCtx, payload: MessagePayload<N>) => Promise<void>;
