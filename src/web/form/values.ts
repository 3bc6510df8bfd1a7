import type { NotificationInput } from '#domain/notification-form.ts';

type YesNo = '' | 'yes' | 'no';
type Maybe<Choice extends string> = '' | Choice;

/** The form as it stands in the controls: texts and choices, nothing undefined. */
export type FormValues = {
  language: 'da' | 'en';
  children: {
    name: string;
    identity: 'known' | 'unborn' | 'unknown';
    cpr: string;
    address: { street: string; postalCode: string; city: string };
    protectedAddress: boolean;
    institution: string;
    ageEstimate: string;
  }[];
  family: {
    parents: { name: string; relation: string; custody: 'yes' | 'no' | 'unknown'; phone: string }[];
    siblings: { name: string; age: string }[];
    interpreter: boolean;
    language: string;
  };
  notifier: {
    basis: NonNullable<NotificationInput['notifier']['basis']>;
    notifierCode: string;
    name: string;
    role: string;
    workEmail: string;
    workPhone: string;
    postalAddress: string;
    relation: string;
  };
  concern: {
    narrative: string;
    observations: { on: string; text: string }[];
    childsWords: string;
    wellbeing: string;
    strengths: string;
    reasons: string[];
  };
  triedSoFar: { measure: string; effect: string }[];
  parentsInformed: { informed: YesNo; on: string; by: string; reaction: string; whyNot: string };
  acute: { marked: YesNo; why: string; called: string };
  violence: {
    suspected: YesNo;
    kind: Maybe<'physical' | 'psychological' | 'sexual' | 'witness' | 'other'>;
    whom: string;
    certainty: Maybe<'concrete' | 'diffuse'>;
  };
  honour: { suspected: YesNo; why: string };
  need: string;
};

export const FRESH = {
  child: {
    name: '',
    identity: 'known',
    cpr: '',
    address: { street: '', postalCode: '', city: '' },
    protectedAddress: false,
    institution: '',
    ageEstimate: '',
  },
  parent: { name: '', relation: '', custody: 'unknown', phone: '' },
  sibling: { name: '', age: '' },
  observation: { on: '', text: '' },
  tried: { measure: '', effect: '' },
} as const satisfies {
  child: FormValues['children'][number];
  parent: FormValues['family']['parents'][number];
  sibling: FormValues['family']['siblings'][number];
  observation: FormValues['concern']['observations'][number];
  tried: FormValues['triedSoFar'][number];
};

export const EMPTY: FormValues = {
  language: 'da',
  children: [FRESH.child],
  family: { parents: [], siblings: [], interpreter: false, language: '' },
  notifier: {
    basis: 'professional',
    notifierCode: '',
    name: '',
    role: '',
    workEmail: '',
    workPhone: '',
    postalAddress: '',
    relation: '',
  },
  concern: { narrative: '', observations: [], childsWords: '', wellbeing: '', strengths: '', reasons: [] },
  triedSoFar: [],
  parentsInformed: { informed: '', on: '', by: '', reaction: '', whyNot: '' },
  acute: { marked: '', why: '', called: '' },
  violence: { suspected: '', kind: '', whom: '', certainty: '' },
  honour: { suspected: '', why: '' },
  need: '',
};
