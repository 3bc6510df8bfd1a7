import { instant } from '#domain/time.ts';
import { acknowledgeReferral } from '#usecases/acknowledge-referral.ts';
import { assessReferral } from '#usecases/assess-referral.ts';
import { decideReferral } from '#usecases/decide-referral.ts';
import { finishExamination } from '#usecases/finish-examination.ts';
import { followUpMeasure } from '#usecases/follow-up-measure.ts';
import { startMeasure } from '#usecases/start-measure.ts';
import { submitNotification } from '#usecases/submit-notification.ts';
import { tellNotifier } from './feedback-step.ts';
import { exampleForm } from './forms.ts';
import { given, type Known, NEW_HERE, type Step } from './step.ts';

const DUTY = 'duty-officer-dognvagten';
const CASEWORKER = 'caseworker-bbu-valby';
const about = 'friday';
const id = (known: Known): string => given(known, about);

/** Acute on a Friday night: the duty unit acts for the unit that is closed, and Monday morning it is theirs. */
export const friday: readonly Step[] = [
  {
    id: 'friday-submits',
    at: instant('2026-11-06T22:40:00+01:00'),
    who: 'institution-leader-skole-valby',
    act: 'submit-notification',
    run: async (ctx) => {
      const { referrals } = await submitNotification(ctx, exampleForm('03-acute-at-night', ctx.now));
      return { friday: referrals[0]?.id ?? '' };
    },
  },
  {
    id: 'friday-taken-by-duty',
    at: instant('2026-11-06T22:47:00+01:00'),
    who: DUTY,
    act: 'acknowledge-referral',
    run: async (ctx, known) => {
      await acknowledgeReferral(ctx, { id: id(known), ...NEW_HERE });
      return {};
    },
  },
  {
    id: 'friday-assessed',
    at: instant('2026-11-06T23:21:00+01:00'),
    who: DUTY,
    act: 'assess-referral',
    run: async (ctx, known) => {
      const evidence = 'conversation-with-child';
      await assessReferral(ctx, { id: id(known), acute: true, evidence, reason: 'Pigen sover hos sin moster i nat.' });
      return {};
    },
  },
  {
    id: 'friday-taken-on-monday',
    at: instant('2026-11-09T08:24:00+01:00'),
    who: 'intake-bbu-valby',
    act: 'acknowledge-referral',
    run: async (ctx, known) => {
      await acknowledgeReferral(ctx, { id: id(known), ...NEW_HERE });
      return {};
    },
  },
  {
    id: 'friday-decided',
    at: instant('2026-11-09T11:19:00+01:00'),
    who: CASEWORKER,
    act: 'decide-referral',
    run: async (ctx, known) => {
      await decideReferral(ctx, {
        id: id(known),
        outcome: 'immediate-measure',
        reason: 'Hun kan ikke være hjemme nu.',
      });
      return {};
    },
  },
  {
    id: 'friday-measure',
    at: instant('2026-11-09T14:03:00+01:00'),
    who: CASEWORKER,
    act: 'start-measure',
    run: async (ctx, known) => {
      const what = {
        type: 'respite',
        plannedMonths: 3,
        reason: 'Hun bor hos sin moster, mens vi taler med hjemmet.',
      } as const;
      return { fridayMeasure: (await startMeasure(ctx, { id: id(known), ...what })).measureId };
    },
  },
  tellNotifier({
    id: 'friday-told',
    at: '2026-11-10T09:48:00+01:00',
    who: CASEWORKER,
    about,
    channel: 'call',
    material: null,
  }),
  {
    id: 'friday-investigation',
    at: instant('2026-11-11T10:12:00+01:00'),
    who: CASEWORKER,
    act: 'decide-referral',
    run: async (ctx, known) => {
      await decideReferral(ctx, {
        id: id(known),
        outcome: 'investigation',
        reason: 'Konflikten derhjemme er ikke ny.',
      });
      return {};
    },
  },
  tellNotifier({
    id: 'friday-told-of-investigation',
    at: '2026-11-12T10:05:00+01:00',
    who: CASEWORKER,
    about,
    channel: 'call',
    material: null,
  }),
  {
    id: 'friday-investigated',
    at: instant('2027-02-03T13:47:00+01:00'),
    who: CASEWORKER,
    act: 'finish-examination',
    run: async (ctx, known) => {
      const conclusion = 'Familien har brug for hjælp til at tale sammen.';
      await finishExamination(ctx, { id: id(known), conclusion, preliminaryAssessment: null });
      return {};
    },
  },
  {
    id: 'friday-followed-up',
    at: instant('2027-02-05T10:31:00+01:00'),
    who: CASEWORKER,
    act: 'follow-up-measure',
    run: async (ctx, known) => {
      const conclusion = 'Hun er hjemme det meste af ugen. Aflastningen fortsætter.';
      const what = { evidence: 'conversation-with-child', conclusion, nextMonths: 3 } as const;
      await followUpMeasure(ctx, { id: id(known), measureId: given(known, 'fridayMeasure'), ...what });
      return {};
    },
  },
];
