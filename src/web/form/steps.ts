export const STEPS = ['children', 'family', 'concern', 'tried', 'parents', 'acute', 'notifier', 'review'] as const;
export type Step = (typeof STEPS)[number];

/** Which step asks for a part of the notification. */
const PARTS: Readonly<Record<string, Step>> = {
  children: 'children',
  family: 'family',
  concern: 'concern',
  need: 'concern',
  triedSoFar: 'tried',
  parentsInformed: 'parents',
  acute: 'acute',
  violence: 'acute',
  honour: 'acute',
  notifier: 'notifier',
};

/** The step that asks for a field; the whole and what is asked nowhere belong to the last step. */
export const stepOf = (path: string): Step => PARTS[path.split('.')[0] ?? ''] ?? 'review';
