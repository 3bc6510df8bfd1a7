import { isHandlerAt } from './colleagues.ts';
import { refuseField } from './field-errors.ts';
import type { Organisation } from './organisation.ts';
import type { Decision, Referral } from './referral.ts';
import { type Instant, localDay } from './time.ts';

/** A named colleague of the owning unit becomes the handler and is told. Throws INVALID for anybody else. */
export const assign = (referral: Referral, personId: string, { people }: Organisation, now: Instant): Decision => {
  const person = people.get(personId);
  if (!person || !isHandlerAt(person, referral.ownerUnit, localDay(now))) return refuseField('personId', 'not-in-unit');
  return {
    patch: { handlerId: person.id },
    facts: [{ kind: 'assigned', data: { to: person.id, from: referral.handlerId } }],
    mails: [{ template: 'assigned', to: { person: person.id }, exempt: referral.acute }],
  };
};
