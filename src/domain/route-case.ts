import { type ActingNow, actsNow } from './acting.ts';
import type { Matter, Organisation } from './organisation.ts';
import { deliveredWorld } from './regulations.ts';
import { type RoutingInput, route, type TraceEntry } from './routing.ts';
import { instant } from './time.ts';

/** A worked case as in `acceptance/routing.json`; `sender` is a unit id, `at` ISO 8601 with an offset. */
export type RouteCase = {
  readonly at: string;
  readonly matter?: Matter;
  readonly child: {
    readonly postalCode?: string | null;
    readonly age?: RoutingInput['child']['age'];
    readonly institution?: string | null;
  };
  readonly sender?: string | null;
  readonly need?: string | null;
  readonly known?: RoutingInput['known'];
  readonly elsewhere?: boolean;
  readonly acute?: boolean;
};

/** What `bindeled route` prints: `unit` is the responsible unit. */
export type RouteAnswer = {
  readonly unit: string;
  readonly rule: number;
  readonly actsNow: Pick<ActingNow, 'unit' | 'as'>;
  readonly trace: readonly TraceEntry[];
};

/** Routes a case as if it were received and registered at `at`, so that the 24 hours end one elapsed day later. */
export function routeCase(one: RouteCase, organisation: Organisation): RouteAnswer {
  const at = instant(one.at);
  const routed = route(
    {
      matter: one.matter ?? 'notification',
      child: {
        postalCode: one.child.postalCode ?? null,
        age: one.child.age ?? null,
        institution: one.child.institution ?? null,
      },
      senderUnit: one.sender ?? null,
      need: one.need ?? null,
      known: one.known ?? null,
      elsewhere: one.elsewhere ?? false,
      at,
    },
    organisation,
  );
  const acting = actsNow(
    { responsible: routed.unit, acute: one.acute ?? false, assessBy: at.add({ hours: 24 }), assessed: false, at },
    deliveredWorld(organisation),
  );
  return {
    unit: routed.unit,
    rule: routed.rule,
    actsNow: { unit: acting.unit, as: acting.as },
    trace: [...routed.trace, ...acting.trace],
  };
}
