import { setTimeout } from 'node:timers/promises';

const json = { 'content-type': 'application/json' };

/** Thrown for an answer that is a refusal; a lost connection throws what `fetch` throws. */
export class Refused extends Error {
  readonly status: number;
  readonly body: string;
  constructor(status: number, body: string) {
    super(`refused with ${status}`);
    this.status = status;
    this.body = body;
  }
}

const answer = async (response: Response): Promise<unknown> => {
  const text = await response.text();
  if (!response.ok) throw new Refused(response.status, text);
  return JSON.parse(text);
};

/** Logs a training person in over HTTP and answers their cookie. */
export const logInOver = async (url: string, person: string): Promise<string> => {
  const body = JSON.stringify({ person });
  const response = await fetch(`${url}/training/login`, { method: 'POST', headers: json, body });
  await answer(response);
  return response.headers.get('set-cookie')?.split(';')[0] ?? '';
};

/** A procedure over HTTP, as the pages call it. Answers its data. */
export const callOver = async (
  url: string,
  cookie: string,
  procedure: string,
  input: unknown,
  key: string = crypto.randomUUID(),
): Promise<unknown> => {
  const headers = { ...json, cookie, 'idempotency-key': key };
  const response = await fetch(`${url}/trpc/${procedure}`, { method: 'POST', headers, body: JSON.stringify(input) });
  return ((await answer(response)) as { result: { data: unknown } }).result.data;
};

/** Moves the training clock and waits until all is quiet. */
export const advanceOver = async (url: string, advance: string): Promise<void> => {
  const body = JSON.stringify({ advance });
  await answer(await fetch(`${url}/training/clock`, { method: 'POST', headers: json, body }));
};

/** Real milliseconds, for what has to happen at a random moment. */
export const realTime = (ms: number): Promise<void> => setTimeout(ms);
