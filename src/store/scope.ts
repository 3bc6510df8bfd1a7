import type { Scope } from '#domain/scope.ts';
import { Prisma } from '#generated/prisma/client.ts';

/** `r` is the referral: reachable by its owner, the unit it was given to, and the holder of the assessment. */
export const reachesReferral = (scope: Scope): Prisma.Sql =>
  scope.unitIds === 'all'
    ? Prisma.sql`true`
    : Prisma.sql`(r.owner_unit_id = any(${scope.unitIds}::text[]) or r.responsible_unit_id = any(${scope.unitIds}::text[])
        or r.assessment_unit_id = any(${scope.unitIds}::text[]))`;

/** As above, and by who sent its notification: for acts that a notifier has on it, such as adding more. */
export const reachesReferralOrSent = (scope: Scope): Prisma.Sql =>
  scope.unitIds === 'all'
    ? Prisma.sql`true`
    : Prisma.sql`(${reachesReferral(scope)} or exists (select from notification sent
        where sent.id = r.notification_id and sent.sender_person_id = ${scope.personId}))`;

/** `n` is the notification: reachable by who sent it. */
export const sentBy = (scope: Scope): Prisma.Sql =>
  scope.unitIds === 'all' ? Prisma.sql`true` : Prisma.sql`n.sender_person_id = ${scope.personId}`;

/** `d` is a draft: its author's, and while unsent any writer's of the same institution. */
export const reachesDraft = (scope: Scope): Prisma.Sql =>
  scope.unitIds === 'all'
    ? Prisma.sql`true`
    : Prisma.sql`(d.author_id = ${scope.personId} or d.unit_id = any(${scope.unitIds}::text[]))`;
