export const login = {
  real: {
    title: 'Log ind',
    lead: 'Du logger ind med kommunens fælles login. Har du begyndt på noget, er det gemt.',
    submit: 'Log ind med kommunens login',
    training: 'Prøv det rigtige login',
    trainingText: 'I øvelsen svarer øvelseskommunens egen loginside.',
  },
  failed: {
    heading: 'Du blev ikke logget ind',
    utilgaengelig: 'Kommunens login svarer ikke lige nu. Prøv igen om lidt.',
    afbrudt: 'Login blev afbrudt eller tog for lang tid. Prøv igen.',
    ukendt:
      'Kommunens login kender dig, men Bindeled gør ikke. Bed en administrator om at oprette dig eller din rolle.',
    svagt:
      'Dit login var ikke sikkert nok. Log ind igen på den måde, kommunen kræver til sager om børn, fx med to faktorer.',
  },
  soon: {
    heading: 'Dit login udløber kl. {{time}}',
    text: 'Det, du har skrevet, er gemt.',
    stay: 'Bliv logget ind',
    again: 'Log ind igen',
  },
  sessions: {
    nav: 'Dine login',
    title: 'Dine login',
    titleOf: 'Login for {{person}}',
    lead: 'Her er du logget ind. Kender du ikke et af dem, så log det ud, og sig det til din leder.',
    leadOf: 'Her er personen logget ind. Det, du logger ud, er slut med det samme på alle maskiner.',
    begun: 'Logget ind',
    seen: 'Sidst brugt',
    ends: 'Udløber senest',
    here: 'Denne maskine',
    end: 'Log ud',
    endAll: 'Log ud alle andre steder',
    endAllOf: 'Log ud alle steder',
    ended_one: '{{count}} login er logget ud.',
    ended_other: '{{count}} login er logget ud.',
    empty: 'Personen er ikke logget ind nogen steder.',
  },
} as const;
