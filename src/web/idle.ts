/** Somebody who has not touched the page for this long is not there; the page's own questions keep no login alive. */
const IDLE_MS = 60_000;

let touchedAt = performance.now();
export const noteActivity = (): void => {
  touchedAt = performance.now();
};
for (const event of ['pointerdown', 'keydown', 'scroll', 'touchstart']) {
  window.addEventListener(event, noteActivity, { passive: true, capture: true });
}

/** Told with every request (src/app.ts). */
export const idleHeader = (): Record<string, string> =>
  performance.now() - touchedAt > IDLE_MS ? { 'Bindeled-Idle': '1' } : {};
