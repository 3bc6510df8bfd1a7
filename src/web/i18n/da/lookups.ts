export const lookups = {
  ask: 'Hvem har set sagen?',
  lead: 'Alle opslag i sagen, de nyeste først: hvem, i hvilken rolle, hvornår og hvorfor. Dit eget opslag i denne liste står der også.',
  count_one: '{{count}} opslag.',
  count_other: '{{count}} opslag.',
  more: 'De {{shown}} nyeste vises.',
  as: '{{who}}, {{role}}, {{unit}}',
  gone: 'Ukendt person',
  reading: {
    ask: 'Se, hvad der er læst',
    lead: 'Dagen før og indtil opgaven kom, det nyeste først. At du ser det, bliver registreret.',
    none: 'Intet er læst i den tid.',
  },
};
