/**
 * Why a process cannot start, as one sentence for the person at the terminal. Whoever catches it prints the message
 * alone and exits; it never holds the value of a setting.
 */
export class StartError extends Error {
  constructor(sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.name = 'StartError';
  }
}

/** There is no login yet but that of training mode, which must not be reachable in production. */
export const noRealLogin = (): StartError =>
  new StartError(
    'Production mode needs real login, which this version does not have yet; npm start runs training mode.',
  );
