/** `npm run verify` asks for the full size; `npm test` for one that fits into minutes. */
const full: boolean = process.env.VERIFY === '1';

/** How often, how many: `n` in `npm test`, `fullN` in `npm run verify`. */
export const times = (n: number, fullN: number): number => (full ? fullN : n);
