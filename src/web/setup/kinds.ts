/** The clocks of the law, in the order in which they are chosen from. */
export const DUTIES = ['assess-24h', 'receipt', 'investigation', 'follow-up'] as const;
