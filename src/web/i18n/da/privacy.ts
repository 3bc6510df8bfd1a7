/** The privacy notice: whom it binds, what is kept and why, who sees it, for how long, one's rights. */
export const privacy = {
  title: 'Om dine og barnets oplysninger',
  lead: 'Kommunen er dataansvarlig for det, der skrives her. Siden fortæller, hvad der gemmes, hvem der ser det, og hvilke rettigheder du har.',
  parents: {
    title: 'Forældrene får normalt lov at læse underretningen',
    text: 'Forældre har som parter normalt ret til at læse den og til at få at vide, hvem der har underrettet. Ved mistanke om vold eller overgreb, eller hvis der er risiko for barnet, får de det ikke, før en navngiven sagsbehandler har taget stilling. Den, der er mistænkt, får intet at vide af sig selv.',
  },
  why: {
    title: 'Hvorfor og med hvilken ret',
    text: 'Oplysningerne bruges til at behandle underretninger og hjælpe barnet efter barnets lov. Retsgrundlaget er kommunens myndighedsopgave efter databeskyttelsesforordningens artikel 6, stk. 1, litra e, og artikel 9, stk. 2, litra f, og databeskyttelsesloven.',
  },
  what: {
    title: 'Hvad der gemmes',
    child: 'Om barnet og familien: det, du skriver i underretningen.',
    you: 'Om dig: navn, stilling og kontaktoplysninger, som du selv skriver dem. Fagpersoner og andre kommuner bekræfter deres arbejdsmail med en engangskode.',
    codes:
      'Engangskoder gemmes kun som et aftryk og virker i 10 minutter. Link i mails kan åbnes én gang og i 14 dage.',
    counting:
      'For at stoppe misbrug tælles det i en time, hvor ofte der sendes fra samme netadresse. Adressen selv gemmes ikke.',
  },
  anonymous: {
    title: 'Hvis du underretter anonymt',
    not: 'Vi gemmer ikke netadresse, browser, cookies, kladde eller det præcise tidspunkt; kun timen. Der føres ingen log over besøget.',
    counted:
      'Hvor ofte der sendes fra samme sted, tælles kun i serverens hukommelse under en nøgle, der skiftes hver dag.',
    text: 'Selve teksten gemmes. Skriver du noget, som kun du kan vide, kan andre gætte, hvem du er.',
    told: 'Du får hverken kvittering eller svar, og vi kan ikke spørge dig om mere.',
  },
  who: {
    title: 'Hvem ser dem',
    unit: 'Kun den enhed, der har ansvaret, og den, der vurderer, kan læse underretningen.',
    logged: 'Hver gang en medarbejder læser oplysninger om et barn, registreres det, hvem det var og hvornår.',
    others:
      'Hører barnet til i en anden kommune, sendes underretningen dertil. Underrettere får ikke at vide, om andre har underrettet.',
  },
  how: {
    title: 'Hvordan de passes på',
    sealed: 'Navne, CPR-numre, adresser og tekster gemmes krypteret.',
    mail: 'Mails indeholder aldrig personoplysninger, kun et link eller en engangskode.',
    cookies: 'Siden bruger kun én cookie, og kun når du er logget ind. Der er ingen statistik eller sporing.',
  },
  long: {
    title: 'Hvor længe',
    text: 'Underretningen er en del af barnets sag og gemmes og slettes efter reglerne for den.',
  },
  rights: {
    title: 'Dine rettigheder',
    text: 'Du kan bede om at se oplysninger om dig selv, få fejl rettet og i visse tilfælde få dem slettet, begrænset eller gøre indsigelse. Kommunens databeskyttelsesrådgiver kan hjælpe dig. Du kan klage til Datatilsynet.',
  },
} as const;
