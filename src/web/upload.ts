import { headerName } from '#domain/attachments.ts';
import { idleHeader } from './idle.ts';

type Options = {
  /** Of the one thing that was meant; the same when it is sent again. */
  readonly key: string;
  /** From 0 to 1. */
  readonly progress: (part: number) => void;
  readonly signal: AbortSignal;
};

const read = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/**
 * Sends a file as the body of a request; `fetch` does not tell how far it has come. Throws what `problemOf` understands,
 * and what the signal says when it was stopped.
 */
export const upload = (path: string, file: File, { key, progress, signal }: Options): Promise<void> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.setRequestHeader('Idempotency-Key', key);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader('Content-Disposition', `attachment; ${headerName(file.name)}`);
    for (const [name, value] of Object.entries(idleHeader())) request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', ({ loaded, total }) => progress(total > 0 ? loaded / total : 0));
    request.addEventListener('load', () => {
      if (request.status === 200) resolve();
      else reject({ data: read(request.responseText) });
    });
    request.addEventListener('error', () => reject({ data: null }));
    request.addEventListener('abort', () => reject(signal.reason));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
