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

const CASEWORKER = 'caseworker-bbu-norrebro';
const about = 'school';
const id = (known: Known): string => given(known, about);

/** An ordinary notification from a school, all the way to feedback and follow-up. */
export const school: readonly Step[] = [
  {
    id: 'school-submits',
    at: instant('2026-11-03T10:13:00+01:00'),
    who: 'school-social-worker-skole-norrebro',
    act: 'submit-notification',
    run: async (ctx) => {
      const { referrals } = await submitNotification(ctx, exampleForm('01-plain', ctx.now));
      return { school: referrals[0]?.id ?? '' };
    },
  },
  {
    id: 'school-taken',
    at: instant('2026-11-03T13:26:00+01:00'),
    who: 'intake-bbu-norrebro',
    act: 'acknowledge-referral',
    run: async (ctx, known) => {
      await acknowledgeReferral(ctx, { id: id(known), ...NEW_HERE });
      return {};
    },
  },
  {
    id: 'school-assessed',
    at: instant('2026-11-03T14:52:00+01:00'),
    who: CASEWORKER,
    act: 'assess-referral',
    run: async (ctx, known) => {
      const evidence = 'contact-with-notifier';
      await assessReferral(ctx, { id: id(known), acute: false, evidence, reason: 'Skolen ser hende hver dag.' });
      return {};
    },
  },
  {
    id: 'school-decided',
    at: instant('2026-11-06T10:18:00+01:00'),
    who: CASEWORKER,
    act: 'decide-referral',
    run: async (ctx, known) => {
      await decideReferral(ctx, { id: id(known), outcome: 'investigation', reason: 'Fraværet og omsorgen hjemme.' });
      return {};
    },
  },
  tellNotifier({
    id: 'school-told-of-investigation',
    at: '2026-11-09T09:36:00+01:00',
    who: CASEWORKER,
    about,
    channel: 'site',
    material: null,
  }),
  {
    id: 'school-investigated',
    at: instant('2026-12-15T11:08:00+01:00'),
    who: CASEWORKER,
    act: 'finish-examination',
    run: async (ctx, known) => {
      const conclusion = 'Mor har brug for støtte til hverdagen.';
      await finishExamination(ctx, { id: id(known), conclusion, preliminaryAssessment: null });
      return {};
    },
  },
  {
    id: 'school-measure',
    at: instant('2026-12-17T10:44:00+01:00'),
    who: CASEWORKER,
    act: 'start-measure',
    run: async (ctx, known) => {
      const what = { type: 'family-treatment', plannedMonths: 6, reason: 'Mor er enig.' } as const;
      return { schoolMeasure: (await startMeasure(ctx, { id: id(known), ...what })).measureId };
    },
  },
  tellNotifier({
    id: 'school-told-of-measure',
    at: '2026-12-18T09:14:00+01:00',
    who: CASEWORKER,
    about,
    channel: 'site',
    material: 'Skolen skal tilrettelægge sin egen støtte efter den.',
  }),
  {
    id: 'school-followed-up',
    at: instant('2027-03-09T10:22:00+01:00'),
    who: CASEWORKER,
    act: 'follow-up-measure',
    run: async (ctx, known) => {
      const what = {
        evidence: 'meeting',
        conclusion: 'Fraværet er faldet. Indsatsen fortsætter.',
        nextMonths: 6,
      } as const;
      await followUpMeasure(ctx, { id: id(known), measureId: given(known, 'schoolMeasure'), ...what });
      return {};
    },
  },
];
