/** Beside each step: what makes a good notification. */
export const guidance = {
  title: 'Råd til dette trin',
  children: {
    one: 'Er du bekymret for flere børn i samme familie, så tag dem med her. Hvert barn får sin egen sag.',
    two: 'Uden CPR-nummer kan sagen godt oprettes. Skriv navn og cirka alder, så finder vi resten.',
    three: 'Skole eller dagtilbud hjælper os, når adressen ikke er kendt.',
  },
  family: {
    one: 'Skriv kun det, du ved. Det er i orden at springe over.',
    two: 'Ved du, hvem der har forældremyndigheden, går det hurtigere.',
    three: 'Behov for tolk er vigtigt: så bliver det første møde rigtigt.',
  },
  concern: {
    one: 'Skriv, hvad du har set og hørt, og hvornår. Konkrete eksempler hjælper mere end vurderinger.',
    two: 'Barnets egne ord vejer tungt. Skriv dem, som de blev sagt.',
    three: 'Skriv også det gode: hvad kan barnet, og hvem er der omkring det?',
    four: 'Forældrene læser normalt med. Skriv respektfuldt og uden gæt.',
  },
  tried: {
    one: 'For eksempel samtaler, støtte i klassen, netværksmøder, PPR.',
    two: 'Skriv, hvad der hjalp, og hvad der ikke gjorde.',
  },
  parents: {
    one: 'Det bedste er som regel, at forældrene hører det fra dig, før du sender.',
    two: 'Undtagelsen er mistanke om vold eller overgreb, eller at barnet kan komme i fare. Ring så til kommunen først.',
  },
  acute: {
    one: 'Haster det, så ring. Ingen skal vente på, at en underretning bliver læst.',
    two: 'Kommunen vurderer alle underretninger inden for 24 timer, også dem, der ikke er akutte.',
    three: 'Er du i tvivl, så ring og spørg. Du behøver ikke nævne barnets navn.',
  },
  notifier: {
    one: 'Som fagperson kan du ikke være anonym over for familien.',
    two: 'Skriv din arbejdsmail og ikke en privat mail.',
    three: 'Fagpersoner får at vide, om der er sat noget i gang.',
  },
  review: {
    one: 'Kan en fremmed forstå, hvad du er bekymret for?',
    two: 'Er det tydeligt, hvad du selv har set, og hvad andre har fortalt?',
    three: 'Står der noget, som kun handler om andre end barnet? Så tag det ud.',
  },
} as const;
