import type { Reason } from './errors.ts';

/** Why a file is not taken, as the rest of a sentence that begins with *Filen*. */
export const FILE_REASONS = {
  'file-too-large': {
    da: 'fylder mere end 20 MB. Vælg en mindre fil.',
    en: 'is larger than 20 MB. Choose a smaller one.',
  },
  'file-type': {
    da: 'skal være en PDF eller et billede (JPEG, PNG, WebP eller HEIC).',
    en: 'must be a PDF or a picture (JPEG, PNG, WebP or HEIC).',
  },
  'file-empty': { da: 'er tom.', en: 'is empty.' },
} as const satisfies Readonly<Record<string, Reason>>;
