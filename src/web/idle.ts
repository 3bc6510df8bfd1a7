/** Somebody who has not touched the page for this long is not there; the page's own questions keep no login alive. */
const IDLE_MS = 60_000;

let touched = true;
let idle = false;
export const noteActivity = (): void => {
  touched = true;
  idle = false;
};
for (const event of ['pointerdown', 'keydown', 'scroll', 'touchstart']) {
  window.addEventListener(event, noteActivity, { passive: true, capture: true });
}
setInterval(() => {
  idle = !touched;
  touched = false;
}, IDLE_MS);

/** Whoever writes without a login leaves no trace in one that they have. */
const atTheDoor = (): boolean => /^\/(underret|svar)(\/|$)/.test(window.location.pathname);

/** Told with every request (src/app.ts). */
export const idleHeader = (): Record<string, string> => (idle || atTheDoor() ? { 'Bindeled-Idle': '1' } : {});
