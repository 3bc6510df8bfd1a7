import type { Scope } from '#domain/scope.ts';
import { Prisma } from '#generated/prisma/client.ts';

/** The setup, and the bare clocks that a change of it would move: the system and administrators. */
export const administers = (scope: Scope): boolean => scope.unitIds === 'all' || scope.administers;

/** Lists of acts and look-ups: the system and auditors. */
export const audits = (scope: Scope): boolean => scope.unitIds === 'all' || scope.audits;

/** The responsibility matrix, and what of the past referrals it is tried on: as above, and BUF-SOF coordinators. */
export const keepsMatrix = (scope: Scope): boolean => administers(scope) || scope.keepsMatrix;

/** Whose name on something reaches this person: their own and of whom they stand in for. */
export const namedAs = ({ personId, standsInFor }: Scope): readonly string[] =>
  personId === null ? [] : [personId, ...standsInFor];

/** `r` is a referral: the people for whom it is not there; and, when it is restricted, who is named, who is related, and whom its own child's list names. */
export const closedTo: Prisma.Sql = Prisma.sql`array(select barred_people(r.id)) as barred,
  (select jsonb_build_object('named', array(select named_people(r.id)), 'related', array(select related_people(r.id)),
      'own', (
      select to_jsonb(coalesce(array_agg(distinct n.person_id) filter (where n.person_id is not null), '{}'))
      from restrictions_by_child(r.id) b
        left join restriction_name n on n.restriction_id = b.restriction_id and n.removed_at is null
      where b.child_id = r.child_id having count(*) > 0))
    where exists (select from restrictions_of(r.id))) as restricted`;

/** Is this referral there for the person? Not for whoever is related to its child. Whose none is asked for nothing. */
export const isOpenTo = (scope: Scope, referralId: Prisma.Sql): Prisma.Sql =>
  scope.barredFrom.length === 0
    ? Prisma.sql`true`
    : Prisma.sql`(${referralId} = any(${scope.barredFrom}::uuid[])) is not true`;

/** May an auditor know that it is there? A list of named people keeps nobody from being audited; kinship to the child does. */
export const isOpenToAudit = (scope: Scope, referralId: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`(${isOpenTo(scope, referralId)} or not exists (
    select from related_people(${referralId}) b(id) where b.id = ${scope.personId}))`;

/** Where the referral itself is not at hand: it has not been destroyed. */
const isThere = (referralId: Prisma.Sql): Prisma.Sql => Prisma.sql`not exists (
  select from referral gone where gone.id = ${referralId} and gone.destroyed_at is not null)`;

/** The same of the cases of a notification, which go together. */
const isKept = Prisma.sql`not exists (
  select from referral gone where gone.notification_id = n.id and gone.destroyed_at is not null)`;

/**
 * `r` is the referral: reachable by its owner, the unit it was given to, the holder of the assessment, and whoever is
 * named to re-assess it, or stands in for them; and by whoever reads it in an emergency. One that was destroyed is there for
 * nobody.
 */
export const reachesReferral = (scope: Scope): Prisma.Sql => {
  if (scope.unitIds === 'all') return Prisma.sql`true`;
  const own = Prisma.sql`((r.owner_unit_id = any(${scope.unitIds}::text[]) or r.responsible_unit_id = any(${scope.unitIds}::text[])
        or r.assessment_unit_id = any(${scope.unitIds}::text[]) or r.reassessor_id = any(${namedAs(scope)}::text[]))
        and ${isOpenTo(scope, Prisma.sql`r.id`)} and r.destroyed_at is null)`;
  return scope.emergencyIn === null
    ? own
    : Prisma.sql`(${own} or (r.id = ${scope.emergencyIn}::uuid and r.destroyed_at is null))`;
};

/** As above, and by who sent its notification: for acts that a notifier has on it, such as adding more. */
const reachesReferralOrSent = (scope: Scope): Prisma.Sql =>
  scope.unitIds === 'all'
    ? Prisma.sql`true`
    : Prisma.sql`((${reachesReferral(scope)} or exists (select from notification sent
        where sent.id = r.notification_id and sent.sender_person_id = any(${toldAs(scope)}::text[])))
        and r.destroyed_at is null)`;

/**
 * As above, and by the other sides of what is open about its ownership: the receiver of a hand-over, the parties of a
 * dispute and those who follow disputes. Reaches the referral's ownership, not the content of the case.
 */
export const reachesReferralInvolved = (scope: Scope): Prisma.Sql =>
  scope.unitIds === 'all'
    ? Prisma.sql`true`
    : Prisma.sql`(${reachesReferralOrSent(scope)} or (${isOpenTo(scope, Prisma.sql`r.id`)} and r.destroyed_at is null
        and (exists (select from handover involved where involved.referral_id = r.id and involved.state = 'proposed'
          and involved.to_unit_id = any(${scope.unitIds}::text[]))
        or exists (select from dispute open where open.referral_id = r.id and open.state = 'open'
          and open.party_unit_ids && ${disputesOf(scope)}::text[]))))`;

/** Empty for the system, which needs no list. */
const disputesOf = (scope: Scope): readonly string[] => (scope.disputesOf === 'all' ? [] : scope.disputesOf);

/** `d` is a dispute: reachable by its parties, by who may have a say in it or follows it, and by the owner `r`. */
export const reachesDispute = (scope: Scope): Prisma.Sql =>
  scope.unitIds === 'all'
    ? Prisma.sql`true`
    : Prisma.sql`((d.party_unit_ids && ${disputesOf(scope)}::text[] or r.owner_unit_id = any(${scope.unitIds}::text[]))
        and ${isOpenTo(scope, Prisma.sql`d.referral_id`)})`;

/** `d` is an ended dispute and `h` an answered hand-over: reachable by those who were a side of it. */
export const wasOf = (scope: Scope): { readonly dispute: Prisma.Sql; readonly handover: Prisma.Sql } =>
  scope.unitIds === 'all'
    ? { dispute: Prisma.sql`true`, handover: Prisma.sql`true` }
    : {
        dispute: Prisma.sql`(d.party_unit_ids && ${disputesOf(scope)}::text[] and ${isOpenTo(scope, Prisma.sql`d.referral_id`)}
          and ${isThere(Prisma.sql`d.referral_id`)})`,
        handover: Prisma.sql`((h.from_unit_id = any(${scope.unitIds}::text[]) or h.to_unit_id = any(${scope.unitIds}::text[]))
          and ${isOpenTo(scope, Prisma.sql`h.referral_id`)} and ${isThere(Prisma.sql`h.referral_id`)})`,
      };

/** Also by whoever was a side of a dispute of it that has ended: for what they may still add to its record. */
export const reachesReferralOnceInvolved = (scope: Scope): Prisma.Sql =>
  scope.unitIds === 'all'
    ? Prisma.sql`true`
    : Prisma.sql`((${reachesReferralInvolved(scope)} or exists (select from dispute d
        where d.referral_id = r.id and d.state <> 'open' and ${wasOf(scope).dispute})) and r.destroyed_at is null)`;

/** Whose notifications they are told of: their own, and of those who have left in whose place they are. */
const toldAs = ({ personId, inPlaceOf }: Scope): readonly string[] =>
  personId === null ? [] : [personId, ...inPlaceOf.map((left) => left.personId)];

/** `n` is the notification: reachable by who sent it, logged in or by the link that was opened. */
export const sentBy = (scope: Scope): Prisma.Sql => {
  if (scope.unitIds === 'all') return Prisma.sql`true`;
  return scope.door
    ? Prisma.sql`(n.id = ${scope.door.notificationId}::uuid and ${isKept})`
    : Prisma.sql`(n.sender_person_id = any(${toldAs(scope)}::text[]) and ${isKept})`;
};

/** `n` is the notification: by who sent it, or by a unit that has one of its referrals. */
export const reachesNotification = (scope: Scope): Prisma.Sql => Prisma.sql`(${sentBy(scope)} or exists (
  select from referral r where r.notification_id = n.id and ${reachesReferral(scope)}))`;

/**
 * `n` is the notification, `f` a feedback of it: told to this person. In the place of somebody who left, what was told
 * since then; and what had not reached them, but for what was told because it mattered to their own work.
 */
export const toldTo = (scope: Scope): Prisma.Sql => {
  if (scope.inPlaceOf.length === 0) return sentBy(scope);
  const since = scope.inPlaceOf.map((left) => left.since.toString());
  return Prisma.sql`(${isKept} and (n.sender_person_id = ${scope.personId} or exists (
    select from unnest(${scope.inPlaceOf.map(({ personId }) => personId)}::text[], ${since}::timestamptz[]) l(person, since)
    where n.sender_person_id = l.person and (f.given_at >= l.since
      or (f.tier <> '2' and coalesce(f.delivered_at, 'infinity') >= l.since)))))`;
};

/** Codes, links and counts of the open door: whoever comes there, and the system. */
export const atDoor = (scope: Scope): boolean => scope.unitIds === 'all' || scope.door !== null;

/** `d` is a draft: its author's, and while unsent any writer's of the same institution. */
export const reachesDraft = (scope: Scope): Prisma.Sql =>
  scope.unitIds === 'all'
    ? Prisma.sql`true`
    : Prisma.sql`(d.author_id = ${scope.personId} or d.unit_id = any(${scope.unitIds}::text[]))`;

/** `h` is a hand-over: was it declined? Once a dispute about it has ended its state says so no more, the journal does. */
export const wasDeclined = (h: Prisma.Sql): Prisma.Sql => Prisma.sql`exists (select from case_event refused
  where refused.referral_id = ${h}.referral_id and refused.kind = 'handover-declined'
    and refused.data ->> 'handover' = ${h}.id::text)`;

/** The legal basis of a notification `n`: as it was sent, or as it was corrected last. */
export const basisOf: Prisma.Sql = Prisma.sql`coalesce((
  select e.data ->> 'to' from case_event e join referral s on s.id = e.referral_id
  where s.notification_id = n.id and e.kind = 'basis-corrected'
  order by e.registered_at desc, e.referral_id desc, e.seq desc limit 1), n.basis)`;

/**
 * It came to the door, or from a program for somebody it names, as one that feedback is owed for, and nobody has looked
 * whether that is so.
 */
export const isUnchecked: Prisma.Sql = Prisma.sql`(n.sender_person_id is null
  and (n.registered_by_id is null or n.registered_by_id like 'machine:%')
  and n.basis in ('professional', 'municipality') and not exists (
    select from case_event e join referral s on s.id = e.referral_id
    where s.notification_id = n.id and e.kind in ('basis-confirmed', 'basis-corrected')))`;

/** Its notifier is named as a suspect, by what was said last; said of one of its children, it holds for all. */
export const hasSuspect = (notificationId: Prisma.Sql): Prisma.Sql => Prisma.sql`coalesce((
  select e.kind from case_event e join referral s on s.id = e.referral_id
  where s.notification_id = ${notificationId} and e.kind in ('notifier-suspected', 'notifier-cleared')
  order by e.registered_at desc, e.referral_id desc, e.seq desc limit 1) = 'notifier-suspected', false)`;

/**
 * `n` is the notification, `f` a feedback of it that two people stood behind withholding: is that told? Not what was
 * withheld from a suspect as one, for that it stands there tells that something was decided.
 */
export const tellsWithheld = (f: Prisma.Sql): Prisma.Sql => Prisma.sql`(${f}.approved_by is not null
  and not (${f}.to_suspect and ${hasSuspect(Prisma.sql`n.id`)}))`;
