export const conflicts = {
  heading: 'Inhabile',
  lead: 'De kender barnet privat. Barnets sager findes ikke for dem.',
  by: 'Oplyst af {{who}}, {{when}}',
  reasonHint: 'Står kun i sagens tidslinje. Skriv kort, hvilken forbindelse der er.',
  declare: {
    reason: 'Hvorfor er du inhabil?',
    submit: 'Jeg er inhabil',
    done: 'Det er gemt. Barnets sager findes ikke længere for dig, og det, du havde, går videre til en kollega.',
  },
  name: {
    where: 'Hvor arbejder personen?',
    concerned: 'I eller over en enhed, der har del i sagen',
    whom: 'Hvem er inhabil?',
    reason: 'Hvorfor er personen inhabil?',
    submit: 'Luk for personens adgang',
    done: 'Det er gemt. Personen ser ikke længere barnets sager, og det, personen havde, går videre til en kollega.',
  },
  lift: {
    whom: 'Hvem er ikke længere inhabil?',
    reason: 'Hvorfor kan personen se sagen igen?',
    submit: 'Åbn for personens adgang',
  },
};
