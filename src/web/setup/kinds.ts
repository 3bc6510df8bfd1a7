/* Every clock that a rule stands behind, in the order in which they are chosen from. */

export const POLICY_CLOCKS = ['acknowledge', 'handover', 'feedback', 'request-for-more', 'partshoring'] as const;
export const DUTIES = ['assess-24h', 'receipt', 'investigation', 'follow-up'] as const;
