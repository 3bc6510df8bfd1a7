export const restrictions = {
  badge: 'Begrænset',
  heading: 'Kun for disse personer',
  lead: 'Alle andre får at vide, at barnets sager ikke findes. Mangler en enhed nogen, åbner systemet sagen for dens leder eller den, der har vagt.',
  whom: 'Hvem må se barnets sager?',
  whomHint:
    'Vælg mindst én, der kan behandle sagen nu, og én leder, der kan ophæve begrænsningen. Den, der ikke er valgt, mister adgangen.',
  choose: 'Medarbejdere og ledere',
  reason: 'Hvorfor er sagen kun for dem?',
  submit: 'Gem, hvem sagen er åben for',
  done: 'Det er gemt. Barnets sager findes nu kun for dem, der er valgt.',
  liftReason: 'Hvorfor er det ikke længere nødvendigt?',
  lift: 'Åbn sagen for enheden igen',
};
