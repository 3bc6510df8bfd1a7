import { ageAt, parseCpr } from './cpr.ts';
import type { NotificationForm } from './notification-form.ts';
import type { RoutingInput } from './routing-facts.ts';
import { type Instant, localDay } from './time.ts';

type Child = Pick<NotificationForm['children'][number], 'identity' | 'cpr' | 'ageEstimate' | 'address' | 'institution'>;

/**
 * What routing may know of a child: a CPR's age in whole years on the local day of receipt, else the
 * notifier's estimate. A protected address routes like any other; only the code leaves here.
 */
export function childFacts(child: Child, receivedAt: Instant): RoutingInput['child'] {
  const parsed = child.cpr === undefined ? null : parseCpr(child.cpr, { training: true });
  const birthOn = parsed && 'birthOn' in parsed ? parsed.birthOn : null;
  const age = birthOn ? Math.max(0, ageAt(birthOn, localDay(receivedAt))) : child.ageEstimate;
  return {
    postalCode: child.address?.postalCode ?? null,
    age: child.identity === 'unborn' ? 'unborn' : age,
    institution: child.institution,
  };
}
