import type { Reason } from '#domain/errors.ts';
import { unitOf } from '#domain/organisation-tree.ts';
import type { OpenMatters } from '#domain/ownership.ts';
import { deliverAt } from '#domain/quiet-hours.ts';
import type { Mail, Referral } from '#domain/referral.ts';
import { STAGE_WORDS } from '#domain/stage-words.ts';
import { iso } from '#domain/time.ts';
import { clockName } from '#domain/timeline.ts';
import { type NextThing, whatNext, withoutRepeats } from '#domain/what-next.ts';
import type { World } from '#domain/world.ts';
import type { Ctx } from './context.ts';

/** How far ahead is looked, and how much of it is shown. */
const AHEAD_DAYS = 200;
const LOOKED_AT = 60;
const SHOWN = 12;

/** What the system will have done, as a thing to come; other lines of the same act need no words. */
const ACTS: Readonly<Record<string, Reason>> = {
  'ownership-returned': { da: 'Ansvaret går over af sig selv', en: 'Ownership passes by itself' },
  owned: { da: 'Ansvaret går over af sig selv', en: 'Ownership passes by itself' },
  'reviewed-at-closing': { da: 'Det afgøres igen, hvem der handler', en: 'It is decided again who acts' },
  'stayed-on': { da: 'Den, der er blevet på sagen, har den', en: 'Whoever has stayed on has it' },
  escalated: { da: 'Tavsheden går til lederne', en: 'The silence goes to the leaders' },
  'dispute-raised': { da: 'Det bliver en ansvarsuenighed', en: 'It becomes an ownership dispute' },
  'step-begun': { da: 'Uenigheden går et trin op', en: 'The dispute goes up a step' },
  'pause-ended': { da: 'Pausen slutter, og fristen løber igen', en: 'The pause ends and the clock runs again' },
};

/** What whoever is only a side of the ownership may know of: not the looks at who acts, which tell how far a case is. */
const OF_OWNERSHIP: ReadonlySet<string> = new Set(['acknowledge', 'handover', 'return-check']);
const isOfOwnership = ({ clock }: NextThing): boolean => OF_OWNERSHIP.has(clock) || clock.startsWith('ladder.');

const wordsOf = (thing: NextThing, { units }: World['organisation']): { what: Reason; detail: Reason | null } => {
  if (thing.kind === 'alarm') {
    return {
      what: clockName(thing.clock),
      detail: STAGE_WORDS[thing.stage as keyof typeof STAGE_WORDS] ?? null,
    };
  }
  const fact = thing.facts.find(({ kind }) => kind in ACTS);
  const data = fact?.data ?? {};
  const unit = units.get(String(fact?.kind === 'reviewed-at-closing' ? data.acting : data.unit))?.name;
  const what = (fact && ACTS[fact.kind]) ?? clockName(thing.clock);
  return { what, detail: unit ? { da: unit, en: unit } : null };
};

const receiverOf = ({ to }: Mail, { units, people }: World['organisation']) => {
  if ('person' in to) {
    const person = people.get(to.person);
    return person ? { title: person.title, unit: person.unit } : null;
  }
  const unit = 'unit' in to ? units.get(to.unit) : undefined;
  return unit ? { title: unit.name, unit: unit.id } : null;
};

/** *Det sker der nu*: what comes by itself, to whom, and when the mail leaves where quiet hours hold it. */
export const showNext = (
  ctx: Ctx,
  referral: Referral,
  open: OpenMatters,
  world: World,
  { ownershipOnly }: { readonly ownershipOnly: boolean },
) => {
  const { organisation, calendar } = world;
  const until = ctx.now.add({ hours: 24 * AHEAD_DAYS });
  const things = withoutRepeats(whatNext(referral, open, world, ctx.now, { until, most: LOOKED_AT }));
  return things
    .filter((thing) => !ownershipOnly || isOfOwnership(thing))
    .slice(0, SHOWN)
    .map((thing) => ({
      at: iso(thing.at),
      kind: thing.kind,
      ...wordsOf(thing, organisation),
      to: thing.mails.flatMap((mail) => {
        const receiver = receiverOf(mail, organisation);
        if (!receiver) return [];
        const unit = unitOf(organisation, receiver.unit);
        const leaves = deliverAt({ unit, calendar, now: thing.at, exempt: mail.exempt });
        return [{ title: receiver.title, heldUntil: leaves.equals(thing.at) ? null : iso(leaves) }];
      }),
    }));
};
