/* The routes of training mode: plain JSON, and not there in production. */

export type TrainingPerson = {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly unitName: string;
  readonly roles: readonly string[];
};
export type TrainingMail = {
  readonly id: string;
  readonly at: string;
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly text: string;
};

/** Thrown for any answer but a good one; `status` 404 means that this is no training. */
export class TrainingError extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`training answered ${status}`);
    this.status = status;
  }
}

const ask = async <Answer>(path: string, body?: unknown): Promise<Answer> => {
  const request =
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(`/training/${path}`, request);
  if (!response.ok) throw new TrainingError(response.status);
  return response.json() as Promise<Answer>;
};

export const training = {
  people: () => ask<TrainingPerson[]>('people'),
  login: (person: string) => ask<unknown>('login', { person }),
  clock: () => ask<{ now: string }>('clock'),
  /** ISO 8601 duration, or an instant to go to. Answers when everything on the way is done. */
  move: (how: { advance: string } | { to: string }) => ask<{ now: string }>('clock', how),
  mailbox: () => ask<TrainingMail[]>('mailbox'),
  examples: () => ask<{ loaded: number }>('examples', {}),
};
