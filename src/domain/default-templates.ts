import type { FeedbackTemplate } from './rulebook.ts';

/** The words of the feedback as they are delivered; administrators change a sentence from a day on, by four eyes. */
export const TEMPLATES: readonly FeedbackTemplate[] = [
  {
    id: 'feedback-1',
    from: null,
    sentences: {
      received: {
        da: 'Vi modtog din underretning {when}.',
        en: 'We received your notification on {when}.',
      },
      investigation: {
        da: 'Der er sat en børnefaglig undersøgelse i gang.',
        en: 'An investigation has been started.',
      },
      'limited-examination': {
        da: 'Der er sat en afdækning i gang.',
        en: 'A limited examination has been started.',
      },
      supportive: {
        da: 'Der er sat en støttende indsats i gang.',
        en: 'A supportive measure has been started.',
      },
      placement: { da: 'Der er sat en anbringelse i gang.', en: 'A placement has been started.' },
      // True of a limited examination too, which is neither, so that silence about it tells nothing.
      none: {
        da: 'Der er på nuværende tidspunkt ikke sat en børnefaglig undersøgelse eller en indsats i gang.',
        en: 'No investigation and no measure has been started at present.',
      },
      // Something was started that the vocabulary does not name: to say "none" would be untrue.
      unnamed: {
        da: 'Kommunen har behandlet din underretning.',
        en: 'The municipality has dealt with your notification.',
      },
      measure: {
        da: 'Indsatsen er: {type}, varigheden er ikke fastlagt.',
        en: 'The measure is: {type}, its duration is not set.',
      },
      'measure-months': {
        da: 'Indsatsen er: {type}, planlagt til {months}.',
        en: 'The measure is: {type}, planned for {months}.',
      },
      'call-me': {
        da: 'Vi vil gerne tale med dig. Ring til os.',
        en: 'We would like to talk to you. Please call us.',
      },
      meeting: {
        da: 'Vi foreslår et møde med dig. Ring til os for at aftale et tidspunkt.',
        en: 'We propose a meeting with you. Please call us to agree on a time.',
      },
      withheld: {
        da: 'Kommunen har behandlet din underretning. Vi kan ikke fortælle mere.',
        en: 'The municipality has dealt with your notification. We cannot tell you more.',
      },
      contact: {
        da: 'Har du spørgsmål, kan du ringe til {department} på {phone}.',
        en: 'If you have questions, call {department} on {phone}.',
      },
    },
    status: 'recalled',
    source: 'barnets lov § 138; ordene er kommunens og efterprøves af en jurist',
  },
];
