import type { MailFacts } from './facts.ts';
import type { Language, Words } from './layout.ts';

type InBoth = Readonly<Record<Language, (facts: MailFacts) => Words>>;

const READ = { da: 'Se, hvad det drejer sig om', en: 'See what it is about' } as const;

/** Notices with a link only: what is said in a hand-over or a dispute stays behind the login. */
const notice = (da: Words, en: Words): InBoth => ({
  da: ({ link }) => ({ ...da, link: { label: READ.da, address: link } }),
  en: ({ link }) => ({ ...en, link: { label: READ.en, address: link } }),
});

/** The same, with the unit that has the case now: the page may be closed to the side that it did not go to. */
const outcome = (da: Words, en: Words): InBoth => {
  const plain = notice(da, en);
  const told = (words: Words, where: string | null): Words => ({
    ...words,
    paragraphs: [...words.paragraphs, ...(where === null ? [] : [where])],
  });
  return {
    da: (facts) => told(plain.da(facts), facts.unitName && `Sagen ligger nu hos ${facts.unitName}.`),
    en: (facts) => told(plain.en(facts), facts.unitName && `The case is with ${facts.unitName} now.`),
  };
};

export const handoverProposed = notice(
  {
    subject: 'Din enhed er bedt om at overtage en sag',
    paragraphs: [
      'En anden enhed foreslår, at din enhed overtager en sag.',
      'Tag imod den, eller afvis den og skriv, hvis den er i stedet. Afsenderen er ansvarlig, indtil I har taget imod.',
    ],
  },
  {
    subject: 'Your unit is asked to take over a case',
    paragraphs: [
      'Another unit proposes that your unit takes over a case.',
      'Accept it, or decline it and say whose it is instead. The sender owns it until you have accepted.',
    ],
  },
);

export const handoverAnswered = outcome(
  {
    subject: 'En overdragelse er besvaret eller trukket tilbage',
    paragraphs: ['En overdragelse, som din enhed er part i, er besvaret eller trukket tilbage.'],
  },
  {
    subject: 'A hand-over was answered or withdrawn',
    paragraphs: ['A hand-over that your unit is a side of has been answered or withdrawn.'],
  },
);

export const disputeRaised = notice(
  {
    subject: 'Ansvaret for en sag er uafklaret',
    paragraphs: [
      'Enheder er uenige om, hvis en sag er, eller en enhed har ikke svaret i tide.',
      'Du får mailen, fordi du kan være med til at afklare det eller følger det. Sagen har hele tiden en ansvarlig enhed.',
    ],
  },
  {
    subject: 'Whose a case is has to be settled',
    paragraphs: [
      'Units disagree about whose a case is, or a unit has not answered in time.',
      'You get this mail because you can help to settle it or follow it. The case has an owner all the time.',
    ],
  },
);

export const disputeClaimed = notice(
  {
    subject: 'En part har skrevet i en uenighed om ansvar',
    paragraphs: [
      'En enhed har skrevet, hvis ansvar den mener en sag er.',
      'Du får mailen, fordi du kan blive enig på din enheds vegne.',
    ],
  },
  {
    subject: 'A party has written in a dispute',
    paragraphs: [
      'A unit has written whose it thinks a case is.',
      'You get this mail because you can agree on behalf of your unit.',
    ],
  },
);

export const settlementProposed = notice(
  {
    subject: 'Der er foreslået en løsning på en uenighed',
    paragraphs: [
      'Der er foreslået, hvilken enhed der skal have ansvaret for en sag.',
      'Du kan sige ja på din enheds vegne. Når alle parter har sagt ja, flytter ansvaret med det samme.',
    ],
  },
  {
    subject: 'A settlement of a dispute is proposed',
    paragraphs: [
      'It is proposed which unit should have a case.',
      'You can agree on behalf of your unit. Once every party has agreed, the case moves at once.',
    ],
  },
);

export const stepBegun = notice(
  {
    subject: 'En uafklaret sag er gået et trin op',
    paragraphs: [
      'Ansvaret for en sag blev ikke afklaret i tide og er gået videre til næste trin.',
      'Du får mailen, fordi du nu kan aftale eller afgøre det, eller fordi du følger det.',
    ],
  },
  {
    subject: 'An unsettled case has climbed a step',
    paragraphs: [
      'Whose a case is was not settled in time, and it has gone on to the next step.',
      'You get this mail because you can now agree or decide, or because you follow it.',
    ],
  },
);

export const disputeSettled = outcome(
  {
    subject: 'Ansvaret for en sag er afklaret',
    paragraphs: ['Uenigheden eller eskaleringen er slut.'],
  },
  {
    subject: 'It is settled who has a case',
    paragraphs: ['The dispute or escalation has ended.'],
  },
);

export const climbedEarly = notice(
  {
    subject: 'En uenighed er løftet et trin før tid',
    paragraphs: [
      'En part har taget en uenighed om ansvar videre til næste trin, før trinnet var slut. Begrundelsen kan læses i systemet.',
      'Du får mailen, fordi du var med på det trin, der er forladt, nu kan aftale eller afgøre det, eller følger det.',
    ],
  },
  {
    subject: 'A dispute was taken up a step early',
    paragraphs: [
      'A party has taken a dispute to the next step before the step had ended. The reason can be read in the system.',
      'You get this mail because you were at the step that was left, can now agree or decide, or follow it.',
    ],
  },
);

export const dissentRecorded = notice(
  {
    subject: 'En afgørelse om ansvar har fået en dissens',
    paragraphs: [
      'En, der også kunne have afgjort en uenighed, har skrevet, at vedkommende ville have afgjort den anderledes.',
      'Afgørelsen gælder stadig, og ansvaret flytter sig ikke.',
    ],
  },
  {
    subject: 'Dissent from a decision on whose a case is',
    paragraphs: [
      'Somebody who could have decided a dispute too has recorded that they would have decided otherwise.',
      'The decision stands, and the case does not move.',
    ],
  },
);

const WHY_CALLED = {
  da: 'Du får mailen, fordi du kan aftale eller afgøre sagen på dette trin, eller følger den.',
  en: 'You get this mail because you can agree or decide at this step, or follow it.',
} as const;

export const meetingCalled = notice(
  {
    subject: 'Der er indkaldt til et møde om en uenighed',
    paragraphs: [
      'Der er sat dag og dagsorden for et møde om, hvis ansvar en sag er, eller dagen er flyttet.',
      WHY_CALLED.da,
    ],
  },
  {
    subject: 'A meeting about a dispute has been called',
    paragraphs: ['A meeting about whose a case is has got its date and agenda, or another date.', WHY_CALLED.en],
  },
);

export const meetingCancelled = notice(
  {
    subject: 'Et møde om en uenighed er aflyst',
    paragraphs: ['Mødet holdes ikke. Uenigheden går videre efter sin egen frist.', WHY_CALLED.da],
  },
  {
    subject: 'A meeting about a dispute is called off',
    paragraphs: ['The meeting will not be held. The dispute goes on by its own time limit.', WHY_CALLED.en],
  },
);

export const minutesRecorded = notice(
  {
    subject: 'Referatet af et møde om en uenighed er klar',
    paragraphs: [
      'Referatet kan læses i systemet. Ansvaret flytter sig først ved aftale eller afgørelse.',
      WHY_CALLED.da,
    ],
  },
  {
    subject: 'The minutes of a meeting about a dispute are there',
    paragraphs: ['They can be read in the system. The case moves only by agreement or decision.', WHY_CALLED.en],
  },
);
