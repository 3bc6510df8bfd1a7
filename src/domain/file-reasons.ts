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
  'too-many-files': {
    da: 'er en for meget: der er allerede, hvad der kan være.',
    en: 'is one too many: no more can be there.',
  },
  'too-much-in-files': {
    da: 'fylder for meget sammen med de andre filer. Vælg en mindre fil.',
    en: 'is too large together with the other files. Choose a smaller one.',
  },
  'file-empty': { da: 'er tom.', en: 'is empty.' },
} as const satisfies Readonly<Record<string, Reason>>;
