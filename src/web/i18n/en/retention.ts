import type { retention as danish } from '../da/retention.ts';
import type { SameKeys } from '../shape.ts';

export const retention: SameKeys<typeof danish> = {
  kept_one: '{{what}}: {{count}} day {{since}} ({{ground}}).',
  kept_other: '{{what}}: {{count}} days {{since}} ({{ground}}).',
  atOnce: '{{what}}: deleted {{since}} ({{ground}}).',
};
