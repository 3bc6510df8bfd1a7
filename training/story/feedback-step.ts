import { instant } from '#domain/time.ts';
import { giveFeedback } from '#usecases/give-feedback.ts';
import { previewFeedback } from '#usecases/preview-feedback.ts';
import { given, type Step } from './step.ts';

type Telling = {
  readonly id: string;
  readonly at: string;
  readonly who: string;
  /** The name that the story has for the referral. */
  readonly about: string;
  readonly channel: 'site' | 'call';
  /** The internal written reason for telling type and duration too; null tells whether something was started. */
  readonly material: string | null;
};

/** The notifier is told exactly what the preview showed. */
export const tellNotifier = ({ id, at, who, about, channel, material }: Telling): Step => ({
  id,
  at: instant(at),
  who,
  act: 'give-feedback',
  run: async (ctx, known) => {
    const target = { id: given(known, about) };
    const { told } = await previewFeedback(ctx, { ...target, material: material !== null, choices: [] });
    await giveFeedback(ctx, { ...target, material, choices: [], channel, previewed: told });
    return {};
  },
});
