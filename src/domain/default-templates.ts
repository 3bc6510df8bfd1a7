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
      ask: {
        da: 'Vi vil gerne vide mere om det, du har underrettet om.',
        en: 'We would like to know more about what you notified us of.',
      },
      'ask-observations': {
        da: 'Skriv gerne, hvad du har set eller hørt, og hvornår.',
        en: 'Please write what you have seen or heard, and when.',
      },
      'ask-words': {
        da: 'Skriv gerne, hvad barnet selv har sagt, med barnets egne ord.',
        en: "Please write what the child has said, in the child's own words.",
      },
      'ask-wellbeing': {
        da: 'Skriv gerne, hvordan barnet trives og udvikler sig.',
        en: 'Please write how the child is doing and developing.',
      },
      'ask-tried': {
        da: 'Skriv gerne, hvad I har forsøgt, og hvad det førte til.',
        en: 'Please write what you have tried, and what came of it.',
      },
      'ask-parents': {
        da: 'Skriv gerne, hvad du har talt med forældrene om, og hvad de svarede.',
        en: 'Please write what you have talked with the parents about, and what they answered.',
      },
      'ask-identity': {
        da: 'Skriv gerne, hvad du ved om, hvem barnet er: navn, fødselsdato eller adresse.',
        en: 'Please write what you know of who the child is: name, date of birth or address.',
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
