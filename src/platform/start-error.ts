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
