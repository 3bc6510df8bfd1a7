import { isHandlerAt } from '#domain/colleagues.ts';
import { refuseField } from '#domain/field-errors.ts';
import { localDay } from '#domain/time.ts';
import type { Ctx } from './context.ts';
import { onReferral, type Recorded, type Target } from './on-referral.ts';

/** A named colleague of the owning unit becomes its handler and is told. */
export const assignReferral = (asked: Ctx, input: Target & { readonly personId: string }): Promise<Recorded> =>
  onReferral(asked, 'assign', 'referral.assign', input, async ({ ctx, referral, world: { organisation } }) => {
    const person = organisation.people.get(input.personId);
    if (!person || !isHandlerAt(person, referral.ownerUnit, localDay(ctx.now)))
      return refuseField('personId', 'not-in-unit');
    return {
      patch: { handlerId: person.id },
      facts: [{ kind: 'assigned', data: { to: person.id, from: referral.handlerId } }],
      mails: [{ template: 'assigned', to: { person: person.id }, exempt: referral.acute }],
    };
  });
