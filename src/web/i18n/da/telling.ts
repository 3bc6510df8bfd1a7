export const telling = {
  lift: {
    lift: 'Hold den ikke tilbage mere',
    liftTold:
      'Orienteringen skyldes igen med en ny frist, og du kan give den bagefter. Underretter får ikke besked, før der er noget at fortælle.',
    heading: 'Orienteringen er holdt tilbage',
    lead: 'Underretter har fået at vide, at der ikke kan fortælles mere. Er de særlige forhold ophørt, kan den gives.',
    reason: 'Hvorfor skal den ikke længere holdes tilbage?',
    submit: 'Hold den ikke tilbage mere',
    done: 'Orienteringen skyldes igen. Du kan give den nu.',
  },
  sentence: {
    which: 'Hvilken sætning?',
    da: 'På dansk',
    en: 'På engelsk',
    hint: 'Det, der står i krøllede parenteser, udfyldes fra sagen. Behold det, som det er.',
    heading: 'Orienteringens ord',
    names: {
      received: 'Modtaget',
      investigation: 'Børnefaglig undersøgelse sat i gang',
      'limited-examination': 'Afdækning sat i gang',
      supportive: 'Støttende indsats sat i gang',
      placement: 'Anbringelse sat i gang',
      none: 'Intet sat i gang',
      unnamed: 'Behandlet, uden at det siges hvad',
      measure: 'Indsatsens art',
      'measure-months': 'Indsatsens art og varighed',
      'call-me': 'Ring til mig',
      meeting: 'Forslag om møde',
      withheld: 'Holdt tilbage',
      contact: 'Hvem man kan ringe til',
    },
  },
};
